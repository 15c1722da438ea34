"""What the dumps of a release say of names, line by line, without holding them.

A mark says of a name below the site's base that some part of the release speaks of it. The lines
of a dump are in order, so what one graph says of one name stands together.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from reti_graph.catalogue.splitting import source_of
from reti_graph.sources.nquads import graph_of
from reti_graph.terms import RDF_TYPE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from reti_graph.catalogue import Part

    Graph = bytes | None
    DayOf = Callable[[Graph], bytes]

PAGES: Final = ("", "catalog", "queries")
"""Pages of all that a site has, and of what it says of itself, below its base."""

_TYPE: Final = f" {RDF_TYPE} ".encode()
_NAMED: Final = 1
_TYPED: Final = 2
_NO_DAY: Final = b""
_MOST_SEEN: Final = 10_000


class Mark(NamedTuple):
    """A name without its fragment, and what is known of it.

    `named`: the whole graph speaks of it. `typed`: it is said to be something. `day`: when the
    part that speaks of it last changed (ISO 8601), or nothing if that is none but the whole.
    """

    name: bytes
    named: bool
    typed: bool
    day: bytes


def marks(folder: Path, parts: Sequence[Part], base: str) -> Iterator[bytes]:
    """Yield the marks of a release as lines; `parts` have the whole first. Raises OSError."""
    whole, *others = parts
    for path in PAGES:
        yield _line(path.encode(), _TYPED, _day(whole))
    for part in parts:
        yield _line(part.path.encode(), _TYPED, _day(part))
    yield from _said(_dump(folder, whole), _days(folder, others, base), _NAMED, base)
    for part in (part for part in others if part.kind in {"shapes", "queries"}):
        yield from _said(_dump(folder, part), partial(_always, _day(part)), 0, base)


def read_mark(line: bytes) -> Mark:
    """Return the mark that a line has."""
    name, flags, day = line[:-1].split(b"\t")
    known = int(flags)
    return Mark(name, named=bool(known & _NAMED), typed=bool(known & _TYPED), day=day)


def written_mark(mark: Mark) -> bytes:
    """Return a mark as a line."""
    return _line(mark.name, _NAMED * mark.named | _TYPED * mark.typed, mark.day)


def _days(folder: Path, parts: Sequence[Part], base: str) -> DayOf:
    """Return what tells of a graph when the parts last changed that it belongs to."""
    sources = {base + part.name: _day(part) for part in parts if part.kind == "source"}
    ontology: dict[Graph, bytes] = {}
    for part in (part for part in parts if part.kind == "ontology"):
        with _dump(folder, part).open("rb") as lines:
            ontology = dict.fromkeys(map(graph_of, lines), _day(part))

    def day_of(graph: Graph) -> bytes:
        source = source_of(graph[1:-1].decode(), sources) if graph else None
        return max(sources[source] if source else _NO_DAY, ontology.get(graph, _NO_DAY))

    return day_of


def _always(day: bytes, _graph: Graph) -> bytes:
    return day


def _said(dump: Path, day_of: DayOf, flags: int, base: str) -> Iterator[bytes]:
    with dump.open("rb") as lines:
        for subject, graph, day, typed in _runs(lines, day_of):
            if name := _name(subject, base):
                yield _line(name, flags | _TYPED * typed, day)
            if graph is not None and (name := _name(graph, base)):
                yield _line(name, flags, day)


def _runs(lines: Iterable[bytes], day_of: DayOf) -> Iterator[tuple[bytes, Graph, bytes, bool]]:
    """Yield each subject with each graph that speaks of it, and again where it has a type.

    What stands together is yielded once, but for a subject of more graphs than are remembered.
    """
    start = b" "
    seen: dict[Graph, bytes] = {}
    for line in lines:
        if not line.startswith(start):
            start = line[: line.index(b" ") + 1]
            seen.clear()
        graph = graph_of(line)
        typed = line.startswith(_TYPE, len(start) - 1) and b"#" not in start
        if typed or graph not in seen:
            if len(seen) > _MOST_SEEN:
                seen.clear()
            seen[graph] = day = day_of(graph)
            yield start[:-1], graph, day, typed


def _name(node: bytes, base: str) -> bytes:
    """Return a name below the base, without fragment; nothing for the name of anything else."""
    start = f"<{base}".encode()
    return node[len(start) : -1].partition(b"#")[0] if node.startswith(start) else b""


def _line(name: bytes, flags: int, day: bytes) -> bytes:
    return b"%b\t%d\t%b\n" % (name, flags, day)


def _dump(folder: Path, part: Part) -> Path:
    return folder / f"{part.stem}.nq"


def _day(part: Part) -> bytes:
    return part.dated.modified.isoformat().encode()
