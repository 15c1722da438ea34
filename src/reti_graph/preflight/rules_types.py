"""What a catalogue holds at all: the catalogue, its datasets and services, and their types."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from reti_graph.naming import compact
from reti_graph.preflight.vocabularies import PREFIXES
from reti_graph.terms import DCAT, DCATAPIT, DCTERMS, FOAF, RDF, VCARD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from reti_graph.preflight.rules_read import Catalogue
    from reti_graph.problems import Problem, Term

_TYPE: Final = RDF + "type"
# What a node of each part must be: of each group at least one, of which the first is proposed.
_CATALOGUE: Final = ((DCAT + "Catalog",), (DCATAPIT + "Catalog",))
_DATASET: Final = ((DCAT + "Dataset",), (DCATAPIT + "Dataset",))
_DISTRIBUTION: Final = ((DCAT + "Distribution",), (DCATAPIT + "Distribution",))
_AGENT: Final = (
    (FOAF + "Agent", FOAF + "Organization", FOAF + "Person", FOAF + "Group"),
    (DCATAPIT + "Agent",),
)
_CONTACT: Final = (
    tuple(VCARD + name for name in ("Organization", "Kind", "Individual", "Group", "Location")),
    (DCATAPIT + "Organization",),
)
_LICENCE: Final = ((DCTERMS + "LicenseDocument",), (DCATAPIT + "LicenseDocument",))
_WHY: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "untyped": (
            "un portale riconosce le cose dal tipo, e questa non la legge, o la legge a metà",
            "a portal knows things by their type, and reads this one not at all or by half",
        ),
        "untyped-detail": (
            "il profilo italiano lo chiede, e i controlli sulle classi non riescono",
            "the Italian profile wants it, and checks of classes fail",
        ),
    }
)


def catalogue_problems(catalogue: Catalogue) -> Iterator[Problem]:
    """Yield what is wrong with the catalogue as a whole."""
    if not catalogue.catalogues:
        yield catalogue.found(
            "no-catalogue",
            None,
            "Non c'è nessun catalogo: manca una risorsa di tipo dcat:Catalog che elenchi i dataset"
            " con dcat:dataset.",
            "There is no catalogue: a resource of type dcat:Catalog that lists the datasets with"
            " dcat:dataset is missing.",
            hint="<…/catalog> a dcat:Catalog, dcatapit:Catalog .",
        )
    yield from _several(catalogue)
    if not catalogue.datasets:
        yield catalogue.found(
            "no-datasets",
            next(iter(catalogue.catalogues), None),
            "Non c'è nessun dataset: un portale cancellerebbe tutti quelli che ha preso da qui."
            " Elencali con dcat:dataset.",
            "There is no dataset: a portal would delete all it has taken from here. List them"
            " with dcat:dataset.",
            path=DCAT + "dataset",
        )
    yield from _unlinked(catalogue)


def _several(catalogue: Catalogue) -> Iterator[Problem]:
    """Yield each catalogue after the first that is no part of another."""
    within = _values(catalogue, catalogue.catalogues, (DCAT + "catalog", DCTERMS + "hasPart"))
    inside = (n for n in catalogue.catalogues if catalogue.graph.values(n, DCTERMS + "isPartOf"))
    within |= set(inside)
    roots = [node for node in catalogue.catalogues if node not in within]
    for node in roots[1:]:
        yield catalogue.found(
            "two-catalogues",
            node,
            f"c'è anche il catalogo {roots[0]}, e un portale non sa di quale siano i dataset."
            " Tienine uno solo, o di' con dcat:catalog che uno è parte dell'altro.",
            f"there is the catalogue {roots[0]}, too, and a portal cannot tell whose the datasets"
            " are. Keep one, or say with dcat:catalog that one is a part of the other.",
        )


def _unlinked(catalogue: Catalogue) -> Iterator[Problem]:
    listed = _values(catalogue, catalogue.catalogues, (DCAT + "dataset", DCAT + "service"))
    for node in catalogue.datasets if catalogue.catalogues else ():
        if node not in listed:
            yield catalogue.found(
                "dataset-unlinked",
                node,
                "il catalogo non lo elenca, e non tutti i portali lo vedono. Aggiungilo al catalogo"
                " con dcat:dataset.",
                "the catalogue does not list it, and not every portal sees it. Add it to the"
                " catalogue with dcat:dataset.",
                hint=f"dcat:dataset {node}",
            )
    for node in catalogue.services if catalogue.catalogues else ():
        if node not in listed:
            yield catalogue.found(
                "service-unlinked",
                node,
                "il catalogo non lo elenca, e i portali non lo vedono. Aggiungilo al catalogo con"
                " dcat:service.",
                "the catalogue does not list it, and portals do not see it. Add it to the catalogue"
                " with dcat:service.",
                hint=f"dcat:service {node}",
            )


def type_problems(catalogue: Catalogue) -> Iterator[Problem]:
    """Yield each node whose part asks for types that it does not have."""
    licences = _values(catalogue, catalogue.distributions, (DCTERMS + "license",))
    parts: tuple[tuple[str, Iterable[Term], tuple[tuple[str, ...], ...]], ...] = (
        ("untyped", catalogue.catalogues, _CATALOGUE),
        ("untyped", catalogue.datasets, _DATASET),
        ("untyped", catalogue.distributions, _DISTRIBUTION),
        ("untyped", catalogue.agents, _AGENT),
        ("untyped-detail", _offices(catalogue), _CONTACT),
        ("untyped-detail", sorted(licences, key=str), _LICENCE),
    )
    for code, nodes, wanted in parts:
        for node in nodes:
            yield from _untyped(catalogue, code, node, wanted)


def _offices(catalogue: Catalogue) -> Iterator[Term]:
    """Yield the contact points that are no agents: that they are is another finding."""
    return (node for node in catalogue.contacts if node not in catalogue.agents)


def _untyped(
    catalogue: Catalogue, code: str, node: Term, wanted: tuple[tuple[str, ...], ...]
) -> Iterator[Problem]:
    if isinstance(node, ox.Literal | ox.Triple):
        return
    kinds = catalogue.graph.values(node, _TYPE)
    has = {kind.value for kind in kinds if isinstance(kind, ox.NamedNode)}
    missing = [compact(names[0], PREFIXES) for names in wanted if has.isdisjoint(names)]
    if missing:
        it, en = _WHY[code]
        yield catalogue.found(
            code,
            node,
            f"non ha il tipo {' né '.join(missing)}: {it}. Aggiungilo con rdf:type.",
            f"it has not the type {' nor '.join(missing)}: {en}. Add it with rdf:type.",
            path=_TYPE,
            hint=f"{node} a {', '.join(missing)} .",
        )


def rdf_problems(catalogue: Catalogue) -> Iterator[Problem]:
    """Yield the first statement that is written in a way RDF 1.1 does not know."""
    for triple in catalogue.graph.triples:
        if isinstance(triple.object, ox.Triple) or getattr(triple.object, "direction", None):
            yield catalogue.found(
                "rdf-12",
                triple.subject,
                "il catalogo usa RDF 1.2 (una tripla come valore, o un testo con la direzione), che"
                " i portali non leggono. Scrivilo in RDF 1.1.",
                "the catalogue uses RDF 1.2 (a triple as a value, or a text with a direction),"
                " which portals do not read. Write it in RDF 1.1.",
                path=triple.predicate.value,
                value=triple.object,
            )
            return


def _values(catalogue: Catalogue, nodes: Iterable[Term], predicates: Iterable[str]) -> set[Term]:
    """Return what some nodes have as values of some properties."""
    names = tuple(predicates)
    return {value for n in nodes for name in names for value in catalogue.graph.values(n, name)}
