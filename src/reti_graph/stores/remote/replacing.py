"""One graph of a store elsewhere made another one, and the union with it.

The store then holds no release any more but what it was changed to, under a name of its own.
"""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING, Protocol

import pyoxigraph as ox

from reti_graph.errors import RefusedError
from reti_graph.stores.remote.held import (
    NO_GRAPH,
    Reader,
    changing_update,
    held_update,
    read_held,
    undo_cleared_update,
)
from reti_graph.stores.remote.scoped import Scope
from reti_graph.stores.remote.values import GENID

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reti_graph.stores.remote.values import Remote


class Writer(Reader, Protocol):
    """What asks and changes a store: `Connection` does."""

    def update(self, text: str, *, repeatable: bool = False) -> None:
        """Do an update; again after a failure only if it is `repeatable`."""
        ...


def replace(
    connection: Writer, remote: Remote, graph: ox.NamedNode, triples: Iterable[ox.Triple]
) -> None:
    """Make these the triples of a graph of the site, and bring the union in line.

    One update where the store shows it whole or not at all; else several, during which the store
    says that it is being changed. Blank nodes become IRIs (RDF 1.1 Concepts, 3.5). Raises
    RefusedError for a store that takes no updates and for a graph that is none of the site's, and
    StoreError as `Connection.update` does.
    """
    if remote.addresses.update is None:
        raise RefusedError(
            "This store takes no updates, as far as is known.",
            hint="Set store.update_url, or publish where the store has its data from.",
        )
    if not Scope.of(remote).has(graph.value):
        raise RefusedError(
            f"{graph} is no graph of the site.",
            hint=f"The site's graphs begin with {remote.base}; {remote.held} is kept for itself.",
        )
    changed = f"changed-{secrets.token_hex(16)}"
    change = list(_change(remote, graph, _lines(remote.base, graph, triples)))
    end = [undo_cleared_update(remote.base), held_update(remote.base, changed, None)]
    if remote.dialect.atomic:
        connection.update(" ;\n".join([*change, *end]), repeatable=True)
        return
    before = read_held(connection, remote.base)
    begin = changing_update(remote.base, before.digest, changed)
    for update in (begin, *change, *end):
        connection.update(update, repeatable=True)


def _change(remote: Remote, graph: ox.NamedNode, lines: Sequence[str]) -> Iterator[str]:
    """Yield the operations; those that add have as many statements as the store takes."""
    keeps_union = remote.dialect.default_graph != "union"
    if keeps_union:
        yield _forgotten(remote, graph)
    yield f"CLEAR SILENT GRAPH {graph}"
    most = max(1, remote.dialect.statements // 2)
    for start in range(0, len(lines), most):
        some = "\n".join(lines[start : start + most])
        union = _in_union(remote, some) if keeps_union else ""
        yield f"INSERT DATA {{ GRAPH {graph} {{ {some} }} {union} }}"


def _forgotten(remote: Remote, graph: ox.NamedNode) -> str:
    """Take out of the union what no other graph of the site says, and nothing outside says."""
    there = f"GRAPH {graph} {{ ?s ?p ?o }}"
    other = f"GRAPH ?other {{ ?s ?p ?o }} {Scope.of(remote).filter('?other')}"
    nowhere = f"GRAPH {ox.NamedNode(remote.base + NO_GRAPH)} {{ ?s ?p ?o }}"
    return f"""DELETE {{ {_in_union(remote, "?s ?p ?o")} }} WHERE {{
        {there}
        FILTER NOT EXISTS {{ {other} FILTER(?other != {graph}) }}
        FILTER NOT EXISTS {{ {nowhere} }}
    }}"""


def _in_union(remote: Remote, statements: str) -> str:
    union = remote.union
    return statements if union is None else f"GRAPH {ox.NamedNode(union)} {{ {statements} }}"


def _lines(base: str, graph: ox.NamedNode, triples: Iterable[ox.Triple]) -> list[str]:
    """Return triples as SPARQL, each once, with an IRI of the graph's own for each blank node."""
    quads = ox.Dataset(ox.Quad(each.subject, each.predicate, each.object) for each in triples)
    quads.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    space = f"{base}{GENID}{hashlib.sha256(graph.value.encode()).hexdigest()[:16]}-"
    return sorted(
        f"{_named(quad.subject, space)} {quad.predicate} {_named(quad.object, space)} ."
        for quad in quads
    )


def _named(term: object, space: str) -> str:
    return f"<{space}{term.value}>" if isinstance(term, ox.BlankNode) else str(term)
