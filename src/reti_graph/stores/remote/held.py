"""Which release a store elsewhere holds: what the graph `<base>release` says, and its writing.

The graph says of itself which release is wholly there (`dcat:version`), which one can be gone back
to (`dct:replaces`), and while graphs are being changed, from which to which (`adms:versionNotes`).
`<base>release/undo` holds what brings the release before back: N-Quads, in pieces.

Each text of an update here leaves the graph readable wherever it is cut off between two of its
operations: what is new is written before what is old is taken away.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, Protocol, TypeAlias

import pyoxigraph as ox

from reti_graph.gate import QueryForm
from reti_graph.stores.remote.answers import solutions
from reti_graph.stores.remote.values import HELD
from reti_graph.terms import ADMS, DCAT, DCTERMS, RDF

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reti_graph.stores.remote.transport import Reply

Change: TypeAlias = Literal["add", "remove"]

UNDO: Final = f"{HELD}/undo"
"""The graph, below the site's base, of what brings the release before back."""
NO_GRAPH: Final = f"{HELD}/default"
"""The graph, below the site's base, of the triples that are in the union though in no graph."""

_VERSION: Final = ox.NamedNode(f"{DCAT}version")
_REPLACES: Final = ox.NamedNode(f"{DCTERMS}replaces")
_CHANGING: Final = ox.NamedNode(f"{ADMS}versionNotes")
_VALUE: Final = ox.NamedNode(f"{RDF}value")
_BETWEEN: Final = "|"


class Reader(Protocol):
    """What asks a store as it is, with nothing kept out of GRAPH: `Connection` does."""

    def query(self, text: str, form: QueryForm) -> Reply:
        """Return the answer as the store wrote it."""
        ...


@dataclass(frozen=True, slots=True)
class Held:
    """What a store says it holds.

    `digest` is the release that is wholly there, `previous` the one that can be gone back to,
    `changing` the digests from which (empty for none) and to which a change goes that has begun
    and has not ended. With both `digest` and `changing` no graph was changed yet, or all were.
    """

    digest: str | None = None
    previous: str | None = None
    changing: tuple[str, str] | None = None


def read_held(reader: Reader, base: str) -> Held:
    """Return what a store holds of the site with this base. Raises StoreError as `query` does."""
    query = f"SELECT ?p ?o {{ GRAPH {_held(base)} {{ {_held(base)} ?p ?o }} }}"
    said = {
        row[0]: row[1].value
        for row in solutions(reader.query(query, QueryForm.SELECT)).rows
        if isinstance(row[1], ox.Literal)
    }
    begun, between, ended = said.get(_CHANGING, "").partition(_BETWEEN)
    return Held(
        digest=said.get(_VERSION),
        previous=said.get(_REPLACES),
        changing=(begun, ended) if between else None,
    )


def holds_query(base: str, digest: str) -> str:
    """Return the ASK whether a store holds exactly this release."""
    held = _held(base)
    return f"ASK {{ GRAPH {held} {{ {held} {_VERSION} {ox.Literal(digest)} }} }}"


def changing_update(base: str, before: str | None, after: str) -> str:
    """Return the update that says a change from one release to another has begun.

    It comes before the first graph is changed, and again when another release is wanted in the
    middle of a change: `before` stays what can be gone back to.
    """
    notes = f"{before or ''}{_BETWEEN}{after}"
    return " ;\n".join(
        [_said(base, _CHANGING, notes), _but(base, _CHANGING, notes), _unsaid(base, _VERSION)]
    )


def held_update(base: str, digest: str, previous: str | None) -> str:
    """Return the update that says a release is wholly there; it comes after the last graph."""
    replaces = (
        [_unsaid(base, _REPLACES)]
        if previous is None
        else [_said(base, _REPLACES, previous), _but(base, _REPLACES, previous)]
    )
    version = [_said(base, _VERSION, digest), _but(base, _VERSION, digest)]
    return " ;\n".join([*replaces, *version, _unsaid(base, _CHANGING)])


def held_triples(base: str, held: Held) -> tuple[ox.Triple, ...]:
    """Return what the graph says when a store holds this."""
    notes = None if held.changing is None else _BETWEEN.join(held.changing)
    said = ((_VERSION, held.digest), (_REPLACES, held.previous), (_CHANGING, notes))
    return tuple(
        ox.Triple(_held(base), predicate, ox.Literal(value))
        for predicate, value in said
        if value is not None
    )


def held_condition(base: str, held: Held) -> str:
    """Return graph patterns with one solution while a store says exactly this, else with none."""
    said = held_triples(base, held)
    silent = {_VERSION, _REPLACES, _CHANGING} - {triple.predicate for triple in said}
    return " ".join(
        [
            *(_triple(base, triple.predicate, str(triple.object)) for triple in said),
            *(
                f"FILTER NOT EXISTS {{ {_triple(base, predicate, '?said')} }}"
                for predicate in sorted(silent, key=str)
            ),
        ]
    )


def undo_triple(base: str, change: Change, number: int, quads: str) -> ox.Triple:
    """Return what the graph of the undo journal says of one piece: what to add or to remove."""
    piece = ox.NamedNode(f"{base}{UNDO}#{change}-{number:04}")
    return ox.Triple(piece, _VALUE, ox.Literal(quads))


def undo_update(base: str, change: Change, number: int, quads: str) -> str:
    """Return the update that keeps one piece of the undo journal."""
    piece = undo_triple(base, change, number, quads)
    return f"INSERT DATA {{ GRAPH {_undo(base)} {{ {piece} }} }}"


def undo_cleared_update(base: str) -> str:
    """Return the update that empties the undo journal."""
    return f"CLEAR SILENT GRAPH {_undo(base)}"


def read_undo(reader: Reader, base: str) -> Iterator[tuple[Change, str]]:
    """Yield the pieces of the undo journal in their order, each read when it is wanted.

    Raises StoreError as `query` does.
    """
    graph = _undo(base)
    names = f"SELECT ?piece {{ GRAPH {graph} {{ ?piece {_VALUE} ?quads }} }}"
    pieces = {row[0] for row in solutions(reader.query(names, QueryForm.SELECT)).rows}
    for piece in sorted(str(each) for each in pieces):
        query = f"SELECT ?quads {{ GRAPH {graph} {{ {piece} {_VALUE} ?quads }} }}"
        for row in solutions(reader.query(query, QueryForm.SELECT)).rows:
            if isinstance(row[0], ox.Literal):
                yield ("add" if "#add-" in piece else "remove"), row[0].value


def _held(base: str) -> ox.NamedNode:
    return ox.NamedNode(base + HELD)


def _undo(base: str) -> ox.NamedNode:
    return ox.NamedNode(base + UNDO)


def _said(base: str, predicate: ox.NamedNode, value: str) -> str:
    return f"INSERT DATA {{ {_triple(base, predicate, str(ox.Literal(value)))} }}"


def _unsaid(base: str, predicate: ox.NamedNode) -> str:
    return f"DELETE WHERE {{ {_triple(base, predicate, '?said')} }}"


def _but(base: str, predicate: ox.NamedNode, value: str) -> str:
    """Take away every other value."""
    old = _triple(base, predicate, "?said")
    return f"DELETE {{ {old} }} WHERE {{ {old} FILTER(?said != {ox.Literal(value)}) }}"


def _triple(base: str, predicate: ox.NamedNode, value: str) -> str:
    held = _held(base)
    return f"GRAPH {held} {{ {held} {predicate} {value} }}"
