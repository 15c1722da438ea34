"""Reading a Turtle or TriG file so that every quad knows the line it stands on.

pyoxigraph is fed one line at a time; the lines handed out when a quad comes back are its line.
A plain literal that ends its line needs care: the parser looks past it for a language tag or a
datatype. It is therefore fed with its datatype written out, which names the same term
(RDF 1.1 Concepts, 3.3).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import IO, TYPE_CHECKING, cast

import pyoxigraph as ox

from reti_graph.problems import Location, Problem
from reti_graph.sources.findings import finding
from reti_graph.sources.turtle_tokens import Token, place, tokens

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_AS_STRING = "^^<http://www.w3.org/2001/XMLSchema#string>"
# A quote, and then nothing but white space or a comment on its line.
_MAY_END_LINE = re.compile(r"[\"'][ \t]*(?:#[^\r\n]*)?(?:[\r\n]|\Z)")
_MARK = "\ufeff"
_MARK_HINT = "The file begins with a byte order mark; save it without."


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that was read: quads in the order of the text, and the line each one ends on.

    `name` is the path within the site, with `/`. A file with a problem has no quads.
    """

    name: str
    quads: tuple[ox.Quad, ...] = ()
    lines: tuple[int, ...] = ()
    prefixes: Mapping[str, str] = field(default_factory=dict)

    def in_graph(self, graph: ox.NamedNode) -> SourceFile:
        """Return the same file with the quads of its default graph in `graph`."""
        moved = tuple(
            _moved(quad, graph) if quad.graph_name == ox.DefaultGraph() else quad
            for quad in self.quads
        )
        return replace(self, quads=moved)


def _moved(quad: ox.Quad, graph: ox.NamedNode) -> ox.Quad:
    return ox.Quad(quad.subject, quad.predicate, quad.object, graph)


def parse_file(path: Path, name: str) -> tuple[SourceFile, tuple[Problem, ...]]:
    """Read a `.ttl` or `.trig` file; `name` stands for it in findings.

    The problem says why the file cannot be read, or where it is no UTF-8, Turtle or TriG. After
    the first mistake a parser guesses, so there is one problem a file at most.
    """
    text = read_text(path, name)
    if isinstance(text, Problem):
        return SourceFile(name), (text,)
    return parse_text(text, name)


def read_text(path: Path, name: str) -> str | Problem:
    """Return the text of a UTF-8 file, or the problem that keeps it from being used."""
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        return finding(
            "unreadable-file",
            Location(name),
            it=f"Il file non si può leggere: {reason}.",
            en=f"The file cannot be read: {reason}.",
        )
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line, column = place(data[: error.start].decode("utf-8"), len(data))
        return finding(
            "not-utf-8",
            Location(name, line, column),
            it="Il file non è in UTF-8.",
            en="The file is not UTF-8.",
            hint="Save it as UTF-8.",
        )
    return _marked(name) if text.startswith(_MARK) else text


def _marked(name: str) -> Problem:
    return finding(
        "byte-order-mark",
        Location(name, 1, 1),
        it="Il file comincia con un byte order mark.",
        en="The file begins with a byte order mark.",
        hint="Save it without.",
    )


def parse_text(text: str, name: str) -> tuple[SourceFile, tuple[Problem, ...]]:
    """Read Turtle, or TriG when `name` ends in `.trig`; see `parse_file`."""
    try:
        return _read(_with_datatypes(text), name), ()
    except SyntaxError:
        # Read again as it stands, so that the column is the author's.
        try:
            return _read(text, name), ()
        except SyntaxError as error:
            return SourceFile(name), (_syntax_problem(error, text, name),)


def _read(text: str, name: str) -> SourceFile:
    feed = _Feed(text)
    trig = name.endswith(".trig")
    parser = ox.parse(
        cast("IO[bytes]", feed), format=ox.RdfFormat.TRIG if trig else ox.RdfFormat.TURTLE
    )
    read = [(quad, feed.line) for quad in parser]
    quads = tuple(quad for quad, _ in read)
    return SourceFile(name, quads, tuple(line for _, line in read), dict(parser.prefixes))


def _with_datatypes(text: str) -> str:
    """Write out the datatype of each plain literal that is followed by the end of its line."""
    if not _MAY_END_LINE.search(text):
        return text
    found = list(tokens(text))
    pieces = []
    for index, token in enumerate(found):
        pieces.append(token.text)
        if token.kind == "string" and _ends_line_plain(found, index):
            pieces.append(_AS_STRING)
    return "".join(pieces)


def _ends_line_plain(found: Sequence[Token], index: int) -> bool:
    ends_line = False
    for token in islice(found, index + 1, None):
        if token.kind not in ("space", "comment"):
            return ends_line and token.kind != "at" and token.text != "^^"
        ends_line = ends_line or "\n" in token.text or "\r" in token.text
    return False


def _syntax_problem(error: SyntaxError, text: str, name: str) -> Problem:
    reason = error.msg.partition(": ")[2] or error.msg
    return finding(
        "syntax",
        Location(name, error.lineno, error.offset),
        it=f"Errore di sintassi: {reason}.",
        en=f"Syntax error: {reason}.",
        hint=_MARK_HINT if text.startswith(_MARK) else None,
    )


class _Feed:
    """A file object for the parser that gives a line or a piece of it at each read.

    `line` counts the lines begun so far.
    """

    def __init__(self, text: str) -> None:
        self._lines = iter(text.encode().splitlines(keepends=True))
        self._rest = b""
        self.line = 0

    def read(self, size: int = -1) -> bytes:
        """Return the next line, or `size` bytes of it when it is longer; nothing at the end."""
        if not self._rest:
            self._rest = next(self._lines, b"")
            self.line += bool(self._rest)
        # The parser ends the process when it gets more than it asked for.
        end = len(self._rest) if size < 0 else size
        piece, self._rest = self._rest[:end], self._rest[end:]
        return piece
