"""Reading a description out of a store.

What points at a thing may be without bound, so it can be had in pages; what is said of the thing
itself and what its own graph says is always whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from reti_graph.binding import bind
from reti_graph.describe.incoming import Incoming, read_incoming
from reti_graph.describe.names import ThingNames
from reti_graph.describe.passages import OF_SOURCES, read_passages
from reti_graph.describe.values import Description, QuadDescription, Statement
from reti_graph.errors import UnknownThingError
from reti_graph.terms import RDF_TYPE, RDFS_LABEL

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from reti_graph.describe.values import Page, Passage
    from reti_graph.stores.port import Store
    from reti_graph.terms import Term

Labels = dict[ox.NamedNode, dict[str, str]]

_KNOWN: Final = """
ASK { { $thing ?predicate ?object } UNION { ?subject ?predicate $thing }
  UNION { GRAPH $thing { ?subject ?predicate ?object } } }"""
# A statement may stand in no named graph: then the default graph alone has it.
_ABOUT: Final = """
SELECT ?subject ?predicate ?object ?graph WHERE {
  {
    $thing ?predicate ?object BIND($thing AS ?subject)
    OPTIONAL { GRAPH ?graph { $thing ?predicate ?object } }
  }
  UNION { GRAPH $thing { ?subject ?predicate ?object } BIND($thing AS ?graph) }
}"""
_LABELS: Final = f"""
SELECT ?thing ?label ?graph WHERE {{
  VALUES ?thing {{ %s }}
  ?thing <{RDFS_LABEL.value}> ?label
  OPTIONAL {{ GRAPH ?graph {{ ?thing <{RDFS_LABEL.value}> ?label }} }}
}}"""
# A passage, and the parts it names: to look through its graph would be to read whole lists.
_OWN: Final = """
SELECT ?subject ?predicate ?object ?graph WHERE {
  VALUES (?graph ?passage) { %s }
  { GRAPH ?graph { ?passage ?predicate ?object } BIND(?passage AS ?subject) }
  UNION {
    GRAPH ?graph { ?passage ?link ?subject . ?subject ?predicate ?object }
    FILTER(STRSTARTS(STR(?subject), CONCAT(STR(?graph), "#")))
  }
}"""
_SOURCES: Final = """
SELECT ?subject ?predicate ?object ?graph WHERE {
  VALUES ?subject { %s } ?subject ?predicate ?object FILTER(?predicate IN (%s))
  OPTIONAL { GRAPH ?graph { ?subject ?predicate ?object } }
}"""


def is_known(store: Store, iri: ox.NamedNode) -> bool:
    """Tell whether the data says anything of a thing, or with it.

    Raises ParameterError when the IRI is not http, https or urn; StoreError when the store fails.
    """
    return store.ask(bind(_KNOWN, {"thing": iri}))


def describe(
    store: Store, iri: ox.NamedNode, *, page: Page | None = None, names: ThingNames | None = None
) -> Description:
    """Return what the data says of a thing, with one page of what points at it, or with all.

    A page beyond the last has no incoming statements; `pages` tells. `names` are those of the
    store, kept for the next time. Raises UnknownThingError, with the things of the most similar
    names, when nothing is said; ParameterError when the IRI is not http, https or urn;
    StoreError when the store fails.
    """
    own, incoming = _read(store, iri, page, names)
    quads = (*own, *incoming.quads)
    passages = read_passages(store, _graphs(quads))
    named = {iri, *incoming.counts, *(node for quad in quads for node in _named(quad))}
    named |= {passage.source for passage in passages.values()} | _judged(passages.values())
    said = tuple(_statements(own, passages))
    return Description(
        iri=iri,
        outgoing=tuple(s for s in said if s.subject == iri),
        incoming=tuple(_statements(incoming.quads, passages)),
        contents=tuple(s for s in said if iri not in (s.subject, s.object)),
        labels=_labels(store, named),
        incoming_total=sum(incoming.counts.values()),
        incoming_counts=incoming.counts,
        page=page.number if page else 1,
        pages=incoming.pages,
    )


def describe_quads(
    store: Store, iri: ox.NamedNode, *, page: Page | None = None, names: ThingNames | None = None
) -> tuple[ox.Quad, ...]:
    """Return the description of a thing as quads, for RDF formats.

    They are the statements, what each passage says of itself, the title and the date of its
    source, and the labels of things named, each in its own graph. Takes and raises what
    `describe` does.
    """
    return quad_description(store, iri, page=page, names=names).quads


def quad_description(
    store: Store, iri: ox.NamedNode, *, page: Page | None = None, names: ThingNames | None = None
) -> QuadDescription:
    """Return what `describe_quads` does, with the numbers of a description in pages."""
    own, incoming = _read(store, iri, page, names)
    quads = (*own, *incoming.quads)
    passages = read_passages(store, _graphs(quads))
    parts = _evidence(store, passages.values()) if passages else ()
    named = {iri, *(node for quad in quads for node in _named(quad))} | _judged(passages.values())
    labels = (
        _quad({"subject": row["thing"], "predicate": RDFS_LABEL, "object": row["label"], **row})
        for row in store.select(_LABELS % _written(named)).dicts()
    )
    whole = tuple(dict.fromkeys((*quads, *map(_quad, parts), *labels)))
    return QuadDescription(whole, sum(incoming.counts.values()), incoming.pages)


def _evidence(store: Store, passages: Collection[Passage]) -> Iterator[Mapping[str, Term]]:
    """Yield what passages say of themselves, and what tells which sources they are from."""
    pairs = " ".join(sorted(f"({passage.iri} {passage.iri})" for passage in passages))
    yield from store.select(_OWN % pairs).dicts()
    sources = _written({passage.source for passage in passages})
    told = ", ".join(f"<{predicate}>" for predicate in OF_SOURCES)
    yield from store.select(_SOURCES % (sources, told)).dicts()


def _judged(passages: Iterable[Passage]) -> set[ox.NamedNode]:
    """Return the concepts that tell how complete lists are, for their labels."""
    return {passage.completeness for passage in passages if passage.completeness}


def _read(
    store: Store, iri: ox.NamedNode, page: Page | None, names: ThingNames | None
) -> tuple[list[ox.Quad], Incoming]:
    """Return what is said of a thing and in its graph, in reading order, and what points at it."""
    found = map(_quad, store.select(bind(_ABOUT, {"thing": iri})).dicts())
    own = sorted(dict.fromkeys(found), key=_reading_order)
    incoming = read_incoming(store, iri, page)
    if not own and not incoming.counts:
        raise UnknownThingError(iri.value, (names or ThingNames()).nearest(store, iri.value))
    return own, incoming


def _quad(row: Mapping[str, Term]) -> ox.Quad:
    parts = (row["subject"], row["predicate"], row["object"], row.get("graph"))
    return ox.Quad(*parts)  # type: ignore[arg-type]


def _reading_order(quad: ox.Quad) -> tuple[bool, str, str, str, str]:
    """Order statements as they are read: the type first, then by property and value."""
    parts = map(str, (quad.predicate, quad.object, quad.subject, quad.graph_name))
    return (quad.predicate != RDF_TYPE, *parts)  # type: ignore[return-value]


def _named(quad: ox.Quad) -> Iterator[ox.NamedNode]:
    for node in (quad.subject, quad.predicate, quad.object, quad.graph_name):
        if isinstance(node, ox.NamedNode):
            yield node


def _graphs(quads: Iterable[ox.Quad]) -> set[ox.NamedNode]:
    return {quad.graph_name for quad in quads if isinstance(quad.graph_name, ox.NamedNode)}


def _statements(
    quads: Iterable[ox.Quad], passages: Mapping[ox.NamedNode, Passage]
) -> Iterator[Statement]:
    graphs: dict[ox.Triple, list[ox.NamedNode]] = {}
    for quad in quads:
        names = graphs.setdefault(quad.triple, [])
        if isinstance(quad.graph_name, ox.NamedNode):
            names.append(quad.graph_name)
    for triple, names in graphs.items():
        said_by = tuple(passages[name] for name in names if name in passages)
        yield Statement(triple.subject, triple.predicate, triple.object, tuple(names), said_by)


def _labels(store: Store, things: Iterable[ox.NamedNode]) -> Labels:
    labels: Labels = {}
    for row in store.select(_LABELS % _written(things)).dicts():
        thing, label = row["thing"], row["label"]
        if isinstance(thing, ox.NamedNode) and isinstance(label, ox.Literal):
            labels.setdefault(thing, {})[label.language or ""] = label.value
    return labels


def _written(nodes: Iterable[ox.NamedNode]) -> str:
    return " ".join(sorted(map(str, nodes)))
