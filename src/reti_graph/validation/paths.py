"""Property paths: read from a shapes graph or from text, and written in one way.

The text is SPARQL 1.1 path syntax (section 9.1) with full IRIs, no spaces and no parentheses that
can be left out, so that two paths are the same when their texts are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeAlias

import pyoxigraph as ox

from reti_graph.naming import expand
from reti_graph.terms import RDF_TYPE
from reti_graph.validation.triples import sh

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reti_graph.validation.triples import Node, TripleIndex

_TOKEN: Final = re.compile(r"\s*(<[^<>\s]*>|[\^/|()*+?]|[\w.-]*:[\w.-]*|a\b)")
_MARKS: Final = MappingProxyType(
    {"zeroOrMorePath": "*", "oneOrMorePath": "+", "zeroOrOnePath": "?"}
)
_OPERATORS: Final = ("inversePath", "alternativePath", *_MARKS)
_DEEPEST: Final = 50


@dataclass(frozen=True, slots=True)
class Step:
    """One property."""

    iri: ox.NamedNode


@dataclass(frozen=True, slots=True)
class Inverse:
    """A path walked backwards."""

    of: Path


@dataclass(frozen=True, slots=True)
class Repeat:
    """A path walked `*`, `+` or `?` times."""

    of: Path
    mark: str


@dataclass(frozen=True, slots=True)
class Sequence:
    """Paths one after the other."""

    parts: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Alternative:
    """One path of several."""

    parts: tuple[Path, ...]


Path: TypeAlias = Step | Inverse | Repeat | Sequence | Alternative


def path_of_shape(shapes: TripleIndex, shape: Node) -> Path | None:
    """Return the path of a property shape, or None when it has none or a malformed one."""
    found = shapes.objects(shape, sh("path"))
    return read_path(shapes, found[0]) if len(found) == 1 else None


def read_path(shapes: TripleIndex, node: Node, depth: int = 0) -> Path | None:
    """Return the path that a node of the shapes graph describes (SHACL 2.3.1), or None."""
    if isinstance(node, ox.NamedNode):
        return Step(node)
    if depth > _DEEPEST or not isinstance(node, ox.BlankNode):
        return None
    parts = _read_list(shapes, node, depth)
    return Sequence(parts) if parts else _read_operator(shapes, node, depth)


def _read_operator(shapes: TripleIndex, node: Node, depth: int) -> Path | None:
    operands = ((name, value) for name in _OPERATORS for value in shapes.objects(node, sh(name)))
    for name, operand in operands:
        if name == "alternativePath":
            choices = _read_list(shapes, operand, depth)
            return Alternative(choices) if choices else None
        inner = read_path(shapes, operand, depth + 1)
        if inner is None:
            return None
        return Inverse(inner) if name == "inversePath" else Repeat(inner, _MARKS[name])
    return None


def _read_list(shapes: TripleIndex, head: Node, depth: int) -> tuple[Path, ...] | None:
    parts = [read_path(shapes, member, depth + 1) for member in shapes.members(head) or ()]
    whole = tuple(part for part in parts if part)
    return whole if len(whole) == len(parts) and len(whole) > 1 else None


def path_text(path: Path) -> str:
    """Write a path as SPARQL with full IRIs."""
    return _write(path)[0]


def _write(path: Path) -> tuple[str, int]:
    """Return the text and how tightly its outermost operator binds."""
    match path:
        case Step(iri):
            return str(iri), 4
        case Repeat(inner, mark):
            return _enclosed(inner, 4) + mark, 3
        case Inverse(inner):
            return "^" + _enclosed(inner, 3), 2
        case Sequence(parts):
            return "/".join(_enclosed(part, 1) for part in parts), 1
        case Alternative(parts):
            return "|".join(_enclosed(part, 0) for part in parts), 0


def _enclosed(path: Path, least: int) -> str:
    text, binding = _write(path)
    return text if binding >= least else f"({text})"


def steps(path: Path) -> Iterator[tuple[ox.NamedNode, bool]]:
    """Yield each property of a path, and whether it is walked backwards."""
    match path:
        case Step(iri):
            yield iri, False
        case Inverse(inner):
            for iri, backwards in steps(inner):
                yield iri, not backwards
        case Repeat(inner, _):
            yield from steps(inner)
        case Sequence(parts) | Alternative(parts):
            for part in parts:
                yield from steps(part)


def parse_path(text: str, prefixes: Mapping[str, str]) -> Path:
    """Return the path written in SPARQL syntax, prefixed names and `a` allowed.

    Raises ValueError when the text is not a path or uses an unknown prefix.
    """
    tokens: list[str] = []
    position = 0
    text = text.rstrip()
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            raise ValueError(f"not a property path: {text}")
        tokens.append(match[1])
        position = match.end()
    reader = _Reader(tokens, prefixes)
    path = reader.alternative()
    if reader.tokens:
        raise ValueError(f"not a property path: {text}")
    return path


class _Reader:
    """Reads a path from its tokens, from the loosest operator to the tightest."""

    def __init__(self, tokens: list[str], prefixes: Mapping[str, str]) -> None:
        self.tokens = tokens
        self.prefixes = prefixes

    def take(self, *wanted: str) -> str | None:
        return self.tokens.pop(0) if self.tokens and self.tokens[0] in wanted else None

    def alternative(self) -> Path:
        parts = [self.sequence()]
        while self.take("|"):
            parts.append(self.sequence())
        return Alternative(tuple(parts)) if len(parts) > 1 else parts[0]

    def sequence(self) -> Path:
        parts = [self.inverse()]
        while self.take("/"):
            parts.append(self.inverse())
        return Sequence(tuple(parts)) if len(parts) > 1 else parts[0]

    def inverse(self) -> Path:
        return Inverse(self.repeat()) if self.take("^") else self.repeat()

    def repeat(self) -> Path:
        path = self.primary()
        mark = self.take("*", "+", "?")
        return Repeat(path, mark) if mark else path

    def primary(self) -> Path:
        if self.take("("):
            path = self.alternative()
            if not self.take(")"):
                raise ValueError("a parenthesis of the path is not closed")
            return path
        if not self.tokens:
            raise ValueError("the path ends too early")
        return Step(self.name(self.tokens.pop(0)))

    def name(self, token: str) -> ox.NamedNode:
        if token == "a":  # noqa: S105 - the SPARQL keyword, no secret
            return RDF_TYPE
        iri = token[1:-1] if token.startswith("<") else expand(token, self.prefixes)
        if iri is None:
            raise ValueError(f"unknown prefix: {token}")
        return ox.NamedNode(iri)
