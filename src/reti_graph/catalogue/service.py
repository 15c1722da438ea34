"""The description of the SPARQL service (SPARQL 1.1 Service Description)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from reti_graph.catalogue.statements import nodes, statements, texts
from reti_graph.formats import FORMATS
from reti_graph.terms import (
    DCTERMS,
    RDF_TYPE,
    RDFS,
    RDFS_LABEL,
    RETI,
    SD,
    VOID,
    XSD_DECIMAL,
    XSD_INTEGER,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from reti_graph.catalogue.published import Published
    from reti_graph.catalogue.statements import Value
    from reti_graph.formats import Format

GEOF: Final = "http://www.opengis.net/def/function/geosparql/"
# The functions pyoxigraph has beyond those of SPARQL 1.1: GeoSPARQL 1.1, in part.
EXTENSION_FUNCTIONS: Final = tuple(
    GEOF + name
    for name in (
        *("area", "asGeoJSON", "centroid", "convexHull", "coordinateDimension", "difference"),
        *("dimension", "distance", "ehContains", "ehCoveredBy", "ehCovers", "ehDisjoint"),
        *("ehEquals", "ehInside", "ehMeet", "ehOverlap", "envelope", "getSRID", "intersection"),
        *("isEmpty", "isSimple", "length", "perimeter", "rcc8dc", "rcc8ec", "rcc8eq", "rcc8ntpp"),
        *("rcc8ntppi", "rcc8po", "rcc8tpp", "rcc8tppi", "relate", "sfContains", "sfCrosses"),
        *("sfDisjoint", "sfEquals", "sfIntersects", "sfOverlaps", "sfTouches", "sfWithin"),
        *("spatialDimension", "symDifference", "union"),
    )
)
# The settings that are told, each by the property of the ontology that says it.
LIMITS: Final[Mapping[str, str]] = {
    "query_seconds": "querySeconds",
    "query_bytes": "queryBytes",
    "query_depth": "queryDepth",
    "query_patterns": "queryPatterns",
    "query_tokens": "queryTokens",
    "query_operators": "queryOperators",
    "answer_bytes": "answerBytes",
    "memory_bytes": "memoryBytes",
    "queue_length": "queueLength",
    "client_seconds": "clientSeconds",
    "workers": "workers",
}
_FORMATS: Final = "http://www.w3.org/ns/formats/"
_IN_SECONDS: Final = "Seconds"
SERVICE_NAMES: Final[Mapping[str, str]] = {
    "it": "Servizio SPARQL",
    "en": "SPARQL service",
}
_DATASET_NAMES: Final[Mapping[str, str]] = {
    "it": "Grafi interrogabili",
    "en": "Graphs that can be queried",
}
_DEFAULT_GRAPH_NAMES: Final[Mapping[str, str]] = {
    "it": "Grafo predefinito",
    "en": "Default graph",
}
_DEFAULT_GRAPH_COMMENTS: Final[Mapping[str, str]] = {
    "it": "L’unione di tutti i grafi: ogni tripla c’è una volta sola, in quanti grafi si trovi.",
    "en": "The union of all graphs: each triple is there once, in however many graphs it stands.",
}


def service_description(published: Published) -> tuple[ox.Quad, ...]:
    """Return what `<base>sparql` is: its languages, formats, functions, graphs and limits.

    SERVICE is not among the features, for it is not answered.
    """
    service = published.named("sparql")
    graphs = published.named("sparql#dataset")
    return (
        *statements(
            service,
            {
                RDF_TYPE.value: nodes(SD, "Service"),
                RDFS_LABEL.value: texts(SERVICE_NAMES),
                SD + "endpoint": published.reached("sparql"),
                SD + "supportedLanguage": nodes(SD, "SPARQL11Query"),
                SD + "feature": nodes(SD, "UnionDefaultGraph"),
                SD + "resultFormat": map(format_node, FORMATS),
                SD + "extensionFunction": map(ox.NamedNode, EXTENSION_FUNCTIONS),
                SD + "defaultDataset": graphs,
                SD + "availableGraphs": graphs,
                **_limits(published.limits),
            },
        ),
        *_graphs(graphs, published),
    )


def format_node(known: Format) -> ox.NamedNode:
    """Return the IRI that W3C gave a format (Unique URIs for File Formats)."""
    # That of JSON-LD is another in pyoxigraph.
    return ox.NamedNode(_FORMATS + known.ox.iri.rpartition("/")[2])


def _limits(limits: Mapping[str, int | float]) -> dict[str, ox.Literal]:
    return {
        RETI + name: _number(limits[setting], in_seconds=name.endswith(_IN_SECONDS))
        for setting, name in LIMITS.items()
        if setting in limits
    }


def _number(value: float, *, in_seconds: bool) -> ox.Literal:
    """Return a limit: parts of a second count, parts of anything else do not."""
    plain = format(Decimal(str(value)).normalize(), "f")
    return ox.Literal(plain, datatype=XSD_DECIMAL if in_seconds else XSD_INTEGER)


def _graphs(dataset: ox.NamedNode, published: Published) -> tuple[ox.Quad, ...]:
    """Return what can be asked: the default graph, with VoID's numbers, and the named graphs."""
    default = published.named("sparql#default-graph")
    return (
        *statements(
            dataset,
            {
                RDF_TYPE.value: nodes(SD, "Dataset"),
                RDFS_LABEL.value: texts(_DATASET_NAMES),
                SD + "defaultGraph": default,
                SD + "namedGraph": published.graphs,
                DCTERMS + "relation": published.named("dataset"),
            },
        ),
        *statements(
            default,
            {
                # What VoID's numbers are told of is a void:Dataset.
                RDF_TYPE.value: [*nodes(SD, "Graph"), *nodes(VOID, "Dataset")],
                RDFS_LABEL.value: texts(_DEFAULT_GRAPH_NAMES),
                RDFS + "comment": texts(_DEFAULT_GRAPH_COMMENTS),
                **published.statistics.in_void(),
            },
        ),
        *_named_graphs(published),
    )


def _named_graphs(published: Published) -> Iterator[ox.Quad]:
    """Yield what the named graphs are; each is its own description, where its triples are told."""
    for graph, triples in published.statistics.graphs.items():
        said: dict[str, Value | Iterable[Value]] = {
            RDF_TYPE.value: nodes(SD, "NamedGraph", "Graph"),
            SD + "name": graph,
            SD + "graph": graph,
            VOID + "triples": ox.Literal(triples),
        }
        yield from statements(graph, said)
