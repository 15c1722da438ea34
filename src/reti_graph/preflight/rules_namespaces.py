"""Names that look like those of the vocabularies and are not: https for http, a slash for a hash.

To a program they are other names altogether, so that a portal reads past all that is said so.
"""

from __future__ import annotations

import re
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from reti_graph.preflight.graph import Graph
from reti_graph.preflight.vocabularies import PREFIXES
from reti_graph.terms import RDF_TYPE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reti_graph.preflight.rules_read import Catalogue
    from reti_graph.problems import Problem

# The vocabularies that portals read: what is said with other prefixes they pass over anyway.
_NAMESPACES: Final = tuple(
    PREFIXES[name]
    for name in (
        *("adms", "dcat", "dcatapit", "dct", "foaf", "hydra", "locn", "owl", "prov", "rdf"),
        *("rdfs", "skos", "spdx", "vcard"),
    )
)
_SCHEME: Final = re.compile(r"^https?://(?:www\.)?", re.IGNORECASE)
_LOCAL: Final = re.compile(r"[^#/]*$")


def _bare(namespace: str) -> str:
    return _SCHEME.sub("", namespace).rstrip("#/").lower()


_RIGHT: Final[Mapping[str, str]] = MappingProxyType({_bare(name): name for name in _NAMESPACES})


@lru_cache(maxsize=1024)
def meant(iri: str) -> str:
    """Return the name of a vocabulary that an IRI was meant to be, or the IRI as it is."""
    local = _LOCAL.search(iri)
    start = local.start() if local else len(iri)
    right = _RIGHT.get(_bare(iri[:start])) if start else None
    return iri if right is None else right + iri[start:]


def mended(graph: Graph) -> Graph:
    """Return a graph in which properties and types have the names that were meant.

    Rules and shapes look at that: what is said in a misspelt namespace is reported as that, once,
    and must neither be missed everywhere else nor hide what else is wrong.
    """
    if all(meant(iri) == iri for triple in graph.triples for iri in _names(triple)):
        return graph
    return Graph(_mended(triple) for triple in graph.triples)


def _mended(triple: ox.Triple) -> ox.Triple:
    predicate = ox.NamedNode(meant(triple.predicate.value))
    value = triple.object
    if predicate == RDF_TYPE and isinstance(value, ox.NamedNode):
        value = ox.NamedNode(meant(value.value))
    return ox.Triple(triple.subject, predicate, value)


def namespace_problems(catalogue: Catalogue, graph: Graph) -> Iterator[Problem]:
    """Yield each namespace that is misspelt in properties or types, once, with how often it is.

    `graph` is the catalogue's as it was written.
    """
    uses: dict[str, list[tuple[ox.Triple, str]]] = {}
    for triple in graph.triples:
        for iri in _names(triple):
            if meant(iri) != iri:
                uses.setdefault(_LOCAL.sub("", iri), []).append((triple, iri))
    for wrong, found in uses.items():
        triple, iri = found[0]
        right = _LOCAL.sub("", meant(iri))
        typed = triple.predicate == RDF_TYPE
        yield catalogue.found(
            "namespace",
            triple.subject,
            f"<{wrong}> non è il namespace giusto, che è <{right}>: un portale non legge nulla di"
            f" quanto è detto così ({len(found)} volte nel catalogo). Correggi il prefisso.",
            f"<{wrong}> is not the right namespace, which is <{right}>: a portal reads nothing of"
            f" what is said like that ({len(found)} times in the catalogue). Mend the prefix.",
            path=triple.predicate.value,
            value=triple.object if typed else None,
            hint=f"<{meant(iri)}>",
        )


def _names(triple: ox.Triple) -> Iterator[str]:
    yield triple.predicate.value
    if triple.predicate == RDF_TYPE and isinstance(triple.object, ox.NamedNode):
        yield triple.object.value
