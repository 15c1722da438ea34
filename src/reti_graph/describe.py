"""What the data says of one thing: statements from and to it, each with the words that say so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from reti_graph.binding import bind
from reti_graph.errors import UnknownThingError
from reti_graph.naming import nearest
from reti_graph.terms import DCTERMS, PROV, RDF_TYPE, RDFS_LABEL, RETI

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from reti_graph.stores.port import Store
    from reti_graph.terms import Term

Labels = dict[ox.NamedNode, dict[str, str]]

_ABOUT: Final = """
SELECT ?subject ?predicate ?object ?graph WHERE {
  { GRAPH ?graph { $thing ?predicate ?object } BIND($thing AS ?subject) }
  UNION { GRAPH ?graph { ?subject ?predicate $thing } BIND($thing AS ?object) }
  UNION { GRAPH $thing { ?subject ?predicate ?object } BIND($thing AS ?graph) }
}"""
_PASSAGES: Final = f"""
SELECT ?passage ?quote ?section ?position ?source ?title WHERE {{
  VALUES ?passage {{ %s }}
  ?passage <{RETI}quote> ?quote ; <{PROV}wasQuotedFrom> ?source .
  OPTIONAL {{ ?passage <{RETI}section> ?section }}
  OPTIONAL {{ ?passage <{RETI}position> ?position }}
  OPTIONAL {{ ?source <{DCTERMS}title> ?title }}
}}"""
_LABELS: Final = f"""
SELECT ?thing ?label ?graph WHERE {{
  VALUES ?thing {{ %s }}
  GRAPH ?graph {{ ?thing <{RDFS_LABEL.value}> ?label }}
}}"""
_OWN: Final = """
SELECT ?subject ?predicate ?object ?graph WHERE {
  VALUES ?graph { %s }
  GRAPH ?graph { ?subject ?predicate ?object }
  FILTER(?subject = ?graph || STRSTARTS(STR(?subject), CONCAT(STR(?graph), "#")))
}"""
_SUBJECTS: Final = "SELECT DISTINCT ?subject WHERE { ?subject ?predicate ?object }"


@dataclass(frozen=True, slots=True)
class Passage:
    """The words of a source that say something, and where they stand in it."""

    iri: ox.NamedNode
    quote: ox.Literal
    source: ox.NamedNode
    source_titles: Mapping[str, str]
    section: str | None = None
    position: int | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """A triple, the graphs it stands in, and those of them that are passages."""

    subject: Term
    predicate: ox.NamedNode
    object: Term
    graphs: tuple[ox.NamedNode, ...]
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Description:
    """All that is known of a thing.

    `contents` is what the graph of its name says of other things, where it is such a graph: for
    a passage, what its words say. `labels` holds the labels, by language, of every thing named.
    """

    iri: ox.NamedNode
    outgoing: tuple[Statement, ...]
    incoming: tuple[Statement, ...]
    contents: tuple[Statement, ...]
    labels: Mapping[ox.NamedNode, Mapping[str, str]]


def describe(store: Store, iri: ox.NamedNode) -> Description:
    """Return what the data says of a thing.

    Raises UnknownThingError, with the things of the most similar names, when that is nothing;
    ParameterError when the IRI is not http, https or urn; StoreError when the store fails.
    """
    quads = _quads(store, iri)
    graphs = {quad.graph_name for quad in quads if isinstance(quad.graph_name, ox.NamedNode)}
    passages = _passages(store, graphs)
    statements = tuple(_statements(quads, passages))
    named = {iri, *(node for quad in quads for node in _named(quad))}
    named |= {passage.source for passage in passages.values()}
    return Description(
        iri=iri,
        outgoing=tuple(s for s in statements if s.subject == iri),
        incoming=tuple(s for s in statements if s.object == iri),
        contents=tuple(s for s in statements if iri not in (s.subject, s.object)),
        labels=_labels(store, named),
    )


def describe_quads(store: Store, iri: ox.NamedNode) -> tuple[ox.Quad, ...]:
    """Return the description of a thing as quads, for RDF formats.

    They are the statements, what each passage says of itself, and the labels of things named,
    each in its own graph. Raises as `describe`.
    """
    quads = _quads(store, iri)
    graphs = {quad.graph_name for quad in quads if isinstance(quad.graph_name, ox.NamedNode)}
    own = store.select(_OWN % _written(_passages(store, graphs))).dicts() if graphs else ()
    named = {iri, *(node for quad in quads for node in _named(quad))}
    labels = (
        ox.Quad(row["thing"], RDFS_LABEL, row["label"], row["graph"])  # type: ignore[arg-type]
        for row in store.select(_LABELS % _written(named)).dicts()
    )
    return tuple(dict.fromkeys((*quads, *map(_quad, own), *labels)))


def _quads(store: Store, iri: ox.NamedNode) -> list[ox.Quad]:
    found = store.select(bind(_ABOUT, {"thing": iri})).dicts()
    if not found:
        raise UnknownThingError(iri.value, _nearest(store, iri.value))
    return sorted(dict.fromkeys(map(_quad, found)), key=_reading_order)


def _nearest(store: Store, iri: str) -> tuple[str, ...]:
    """Return the IRIs whose last part is most like that of an IRI nothing is said of."""
    rows = store.select(_SUBJECTS).dicts()
    known = [row["subject"].value for row in rows if isinstance(row["subject"], ox.NamedNode)]
    by_slug = {_slug(name): name for name in sorted(known, reverse=True)}
    return tuple(by_slug[slug] for slug in nearest(_slug(iri), by_slug))


def _slug(iri: str) -> str:
    return iri.replace("#", "/").rstrip("/").rpartition("/")[2]


def _quad(row: Mapping[str, Term]) -> ox.Quad:
    parts = (row["subject"], row["predicate"], row["object"], row["graph"])
    return ox.Quad(*parts)  # type: ignore[arg-type]


def _reading_order(quad: ox.Quad) -> tuple[bool, str, str, str, str]:
    """Order statements as they are read: the type first, then by property and value."""
    parts = map(str, (quad.predicate, quad.object, quad.subject, quad.graph_name))
    return (quad.predicate != RDF_TYPE, *parts)  # type: ignore[return-value]


def _named(quad: ox.Quad) -> Iterator[ox.NamedNode]:
    for node in (quad.subject, quad.predicate, quad.object, quad.graph_name):
        if isinstance(node, ox.NamedNode):
            yield node


def _statements(
    quads: Iterable[ox.Quad], passages: Mapping[ox.NamedNode, Passage]
) -> Iterator[Statement]:
    graphs: dict[ox.Triple, list[ox.NamedNode]] = {}
    for quad in quads:
        if isinstance(quad.graph_name, ox.NamedNode):
            graphs.setdefault(quad.triple, []).append(quad.graph_name)
    for triple, names in graphs.items():
        said_by = tuple(passages[name] for name in names if name in passages)
        yield Statement(triple.subject, triple.predicate, triple.object, tuple(names), said_by)


def _passages(store: Store, graphs: Iterable[ox.NamedNode]) -> dict[ox.NamedNode, Passage]:
    found: dict[ox.NamedNode, Passage] = {}
    titles: dict[Term, dict[str, str]] = {}
    for row in store.select(_PASSAGES % _written(graphs)).dicts():
        iri, quote, source = row["passage"], row["quote"], row["source"]
        title, position = row.get("title"), row.get("position")
        if isinstance(title, ox.Literal):
            titles.setdefault(source, {})[title.language or ""] = title.value
        match iri, quote, source:
            case ox.NamedNode(), ox.Literal(), ox.NamedNode():
                found[iri] = Passage(
                    iri=iri,
                    quote=quote,
                    source=source,
                    source_titles=titles.setdefault(source, {}),
                    section=getattr(row.get("section"), "value", None),
                    position=int(position.value) if isinstance(position, ox.Literal) else None,
                )
    return found


def _labels(store: Store, things: Iterable[ox.NamedNode]) -> Labels:
    labels: Labels = {}
    for row in store.select(_LABELS % _written(things)).dicts():
        thing, label = row["thing"], row["label"]
        if isinstance(thing, ox.NamedNode) and isinstance(label, ox.Literal):
            labels.setdefault(thing, {})[label.language or ""] = label.value
    return labels


def _written(nodes: Iterable[ox.NamedNode]) -> str:
    return " ".join(sorted(map(str, nodes)))
