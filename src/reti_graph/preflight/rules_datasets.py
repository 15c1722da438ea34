"""Datasets that cannot be told apart, distributions that cannot be read, contacts that are none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from reti_graph.preflight.rules_read import AGENTS
from reti_graph.terms import DCAT, DCTERMS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from reti_graph.preflight.graph import Graph
    from reti_graph.preflight.rules_read import Catalogue
    from reti_graph.problems import Problem, Term

_IDENTIFIER: Final = DCTERMS + "identifier"
_TITLE: Final = DCTERMS + "title"
_LICENCE: Final = DCTERMS + "license"
_ADDRESSES: Final = (DCAT + "accessURL", DCAT + "downloadURL")


def dataset_problems(catalogue: Catalogue) -> Iterator[Problem]:
    """Yield what keeps datasets from being told apart."""
    yield from _shared(
        catalogue,
        "identifier-shared",
        _IDENTIFIER,
        it="l'identificativo è lo stesso di {other}: per un portale sono un solo dataset, e l'uno"
        " sovrascrive l'altro. Dai a ognuno il suo dct:identifier.",
        en="the identifier is that of {other}, too: to a portal they are one dataset, and one"
        " overwrites the other. Give each its own dct:identifier.",
        key=lambda text: text.value.strip(),
    )
    yield from _shared(
        catalogue,
        "title-shared",
        _TITLE,
        it="il titolo è lo stesso di {other}: il portale ne fa l'indirizzo della pagina, e i due"
        " si scontrano. Scrivi titoli diversi.",
        en="the title is that of {other}, too: the portal makes the page's address of it, and the"
        " two collide. Write different titles.",
        key=lambda text: f"{text.language or ''} {' '.join(text.value.split()).casefold()}",
    )


def _shared(
    catalogue: Catalogue,
    code: str,
    predicate: str,
    *,
    it: str,
    en: str,
    key: Callable[[ox.Literal], str],
) -> Iterator[Problem]:
    """Yield each dataset that has a text of an earlier one, once."""
    first: dict[str, Term] = {}
    for dataset in catalogue.datasets:
        for value in catalogue.graph.values(dataset, predicate):
            if not isinstance(value, ox.Literal) or not value.value.strip():
                continue
            other = first.setdefault(key(value), dataset)
            if other != dataset:
                texts = (text.format(other=other) for text in (it, en))
                yield catalogue.found(code, dataset, *texts, path=predicate, value=value)
                break


def distribution_problems(catalogue: Catalogue) -> Iterator[Problem]:
    """Yield what keeps a portal from reading a distribution, or from reaching its file."""
    for node in catalogue.distributions:
        if isinstance(node, ox.BlankNode):
            yield catalogue.found(
                "blank-distribution",
                node,
                "non ha un IRI, e il portale italiano non ne legge formato e licenza. Dalle un"
                " IRI.",
                "it has no IRI, and the Italian portal does not read its format and licence. Give"
                " it an IRI.",
            )
        for predicate in _ADDRESSES:
            for value in catalogue.graph.values(node, predicate):
                if not _is_address(value):
                    yield catalogue.found(
                        "url",
                        node,
                        "l'indirizzo non è un IRI http o https, e nessuno ci arriva. Scrivilo tra"
                        " < >, non come testo.",
                        "the address is no http or https IRI, and nobody gets there. Write it in"
                        " < >, not as text.",
                        path=predicate,
                        value=value,
                    )
    yield from _differing_licences(catalogue)


def _is_address(value: Term) -> bool:
    return isinstance(value, ox.NamedNode) and value.value.lower().startswith(
        ("http://", "https://")
    )


def _differing_licences(catalogue: Catalogue) -> Iterator[Problem]:
    graph = catalogue.graph
    for dataset in catalogue.datasets:
        nodes = graph.values(dataset, DCAT + "distribution")
        licences = {value for node in nodes for value in graph.values(node, _LICENCE)}
        if len(licences) > 1:
            yield catalogue.found(
                "licences-differ",
                dataset,
                "le distribuzioni hanno licenze diverse, e il portale scrive che la licenza non è"
                " indicata. Dai a tutte la stessa, o fanne più dataset.",
                "its distributions have different licences, and the portal writes that there is"
                " none. Give all the same, or make several datasets of it.",
                path=_LICENCE,
            )


def contact_problems(catalogue: Catalogue) -> Iterator[Problem]:
    """Yield agents and contact points that are none."""
    yield from _texts(
        catalogue,
        (*catalogue.catalogues, *catalogue.datasets),
        AGENTS,
        "agent-text",
        it="l'ente è scritto come testo, e un portale ne vuole il nome e il codice IPA. Scrivi un"
        " IRI con foaf:name e dct:identifier.",
        en="the agent is written as text, and a portal wants its name and its IPA code. Write an"
        " IRI with foaf:name and dct:identifier.",
    )
    yield from _texts(
        catalogue,
        catalogue.datasets,
        (DCAT + "contactPoint",),
        "contact-text",
        it="il punto di contatto è scritto come testo. Scrivi un IRI con vcard:fn e"
        " vcard:hasEmail.",
        en="the contact point is written as text. Write an IRI with vcard:fn and vcard:hasEmail.",
    )
    agents = set(catalogue.agents)
    for contact, dataset in catalogue.contacts.items():
        if contact in agents:
            yield catalogue.found(
                "contact-is-agent",
                dataset,
                "il punto di contatto ha l'IRI dell'ente: il portale mescola il nome dell'ufficio e"
                " quello dell'ente. Dai all'ufficio un IRI suo.",
                "the contact point has the IRI of the agent: the portal mixes up the name of the"
                " office and that of the agent. Give the office an IRI of its own.",
                path=DCAT + "contactPoint",
                value=contact,
            )


def _texts(
    catalogue: Catalogue,
    nodes: Iterable[Term],
    predicates: Iterable[str],
    code: str,
    *,
    it: str,
    en: str,
) -> Iterator[Problem]:
    names = tuple(predicates)
    for node in dict.fromkeys(nodes):
        for predicate in names:
            for value in catalogue.graph.values(node, predicate):
                if isinstance(value, ox.Literal):
                    yield catalogue.found(code, node, it, en, path=predicate, value=value)


def identifier_problems(catalogue: Catalogue, before: Graph) -> Iterator[Problem]:
    """Yield each dataset whose identifier is no longer the one of the catalogue before."""
    for dataset in catalogue.datasets:
        now, was = (_identifiers(graph, dataset) for graph in (catalogue.graph, before))
        if now and was and now != was:
            former = ", ".join(was)
            yield catalogue.found(
                "identifier-changed",
                dataset,
                f"l'identificativo era “{former}”: chi lo cita con quello non lo trova più."
                " Rimettilo.",
                f"the identifier was “{former}”: whoever cites it by that no longer finds it. Put"
                " it back.",
                path=_IDENTIFIER,
                value=next(iter(catalogue.graph.values(dataset, _IDENTIFIER))),
                hint=former,
            )


def _identifiers(graph: Graph, node: object) -> tuple[str, ...]:
    values = graph.values(node, _IDENTIFIER)
    return tuple(sorted(value.value for value in values if isinstance(value, ox.Literal)))
