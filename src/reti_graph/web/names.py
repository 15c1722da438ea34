"""Names for what has no label: passages by their words, relations by what they relate."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from reti_graph.html.literals import is_time, readable
from reti_graph.language import choose
from reti_graph.terms import DCTERMS, ORG, PROV, RDF, RDF_TYPE, RDFS_LABEL, RETI

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reti_graph.describe import Description
    from reti_graph.stores.port import Store
    from reti_graph.terms import Term

    Labels = Mapping[ox.NamedNode, Mapping[str, str]]
    Row = Mapping[str, Term]

_LABELS: Final = f"""
SELECT ?node ?label WHERE {{ VALUES ?node {{ %s }} ?node <{RDFS_LABEL.value}> ?label }}"""
_DETAILS: Final = """
SELECT ?node ?predicate ?object WHERE { VALUES ?node { %s } ?node ?predicate ?object }"""
_WORDS: Final = frozenset({RETI + "quote", DCTERMS + "title"})
# What a relation says beyond whom it relates.
_LEFT_OUT: Final = frozenset(
    {
        RDF_TYPE.value,
        PROV + "hadPrimarySource",
        DCTERMS + "subject",
        *(RETI + name for name in ("approaches", "place", "refersTo", "showcases")),
    }
)
_TOLD: Final = frozenset({RDF + "value", *(RETI + name for name in ("since", "during", "date"))})
# Who comes before where, and both before how.
_ORDER: Final = (ORG + "member", RETI + "partner", RETI + "participant", ORG + "organization")


def labels_of(store: Store, nodes: Iterable[ox.NamedNode]) -> Labels:
    """Return the labels of things, by language."""
    found: dict[ox.NamedNode, dict[str, str]] = defaultdict(dict)
    for row in store.select(_LABELS % _written(nodes)).dicts():
        node, label = row["node"], row["label"]
        if isinstance(node, ox.NamedNode) and isinstance(label, ox.Literal):
            found[node][label.language or ""] = label.value
    return found


def all_names(
    store: Store, description: Description, base: str, languages: Sequence[str]
) -> Labels:
    """Return a name for every thing of the site in a description: its label, or one made up."""
    statements = (*description.outgoing, *description.incoming, *description.contents)
    ends = (node for found in statements for node in (found.subject, found.object))
    named = {description.iri, *ends}
    nameless = [
        node
        for node in named
        if isinstance(node, ox.NamedNode)
        and node.value.startswith(base)
        and node not in description.labels
    ]
    sources = {said.source: said.source_titles for found in statements for said in found.passages}
    return {**sources, **made_up(store, nameless, languages), **description.labels}


def made_up(store: Store, nodes: Iterable[ox.NamedNode], languages: Sequence[str]) -> Labels:
    """Return names for things without label, made of what the data says of them."""
    told: dict[ox.NamedNode, list[Row]] = defaultdict(list)
    # Not every engine orders literals as SPARQL has it.
    for row in sorted(store.select(_DETAILS % _written(nodes)).dicts(), key=_text):
        node = row["node"]
        if isinstance(node, ox.NamedNode):
            told[node].append(row)
    objects = {row["object"] for rows in told.values() for row in rows}
    labels = labels_of(store, [term for term in objects if isinstance(term, ox.NamedNode)])
    names = {node: _name(rows, labels, languages) for node, rows in told.items()}
    return {node: name for node, name in names.items() if name}


def _name(rows: Sequence[Row], labels: Labels, languages: Sequence[str]) -> Mapping[str, str]:
    words = [row["object"] for row in rows if _predicate(row) in _WORDS]
    own = {term.language or "": term.value for term in words if isinstance(term, ox.Literal)}
    related = {language: _related(rows, labels, language, languages) for language in languages}
    return own or {language: name for language, name in related.items() if name}


def _related(rows: Sequence[Row], labels: Labels, language: str, languages: Sequence[str]) -> str:
    """Return `Membership: Milan · C40 · member · September 2009`, or nothing if untyped."""
    kinds = [row["object"] for row in rows if _predicate(row) == RDF_TYPE.value]
    kind = next(iter(_shown(kinds, labels, language, languages)), "")
    ordered = sorted((row for row in rows if _predicate(row) not in _LEFT_OUT), key=_place)
    parts = [row["object"] for row in ordered if _is_told(row)]
    shown = " · ".join(dict.fromkeys(_shown(parts, labels, language, languages)))
    if not kinds or not shown:
        return ""
    return f"{kind[:1].upper()}{kind[1:]}: {shown}" if kind else shown


def _shown(
    terms: Iterable[Term], labels: Labels, language: str, languages: Sequence[str]
) -> Iterator[str]:
    for term in terms:
        if isinstance(term, ox.Literal):
            yield readable(term, language)
        elif isinstance(term, ox.NamedNode) and term in labels:
            yield choose(labels[term], language, languages)


def _text(row: Row) -> tuple[str, ...]:
    return tuple(getattr(row[name], "value", "") for name in ("node", "predicate", "object"))


def _is_told(row: Row) -> bool:
    value = row["object"]
    return isinstance(value, ox.NamedNode) or (
        _predicate(row) in _TOLD and isinstance(value, ox.Literal) and _is_short(value)
    )


def _is_short(value: ox.Literal) -> bool:
    return is_time(value) or not value.language


def _place(row: Row) -> tuple[bool, int]:
    predicate = _predicate(row)
    place = _ORDER.index(predicate) if predicate in _ORDER else len(_ORDER)
    return (isinstance(row["object"], ox.Literal), place)


def _predicate(row: Row) -> str:
    return getattr(row["predicate"], "value", "")


def _written(nodes: Iterable[ox.NamedNode]) -> str:
    return " ".join(sorted(map(str, nodes)))
