"""What the data is made of, in numbers, where it is to be had and what it is linked to (VoID)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

import pyoxigraph as ox

from reti_graph.catalogue.agents import publisher
from reti_graph.catalogue.known import examples_of, links_of, statistics_of
from reti_graph.catalogue.licences import canonical
from reti_graph.catalogue.namespaces import fragment, word_of_space, words_of
from reti_graph.catalogue.service import format_node
from reti_graph.catalogue.statements import day, nodes, statements, texts, told
from reti_graph.catalogue.titles import title_of, worded
from reti_graph.formats import RDF_FORMATS
from reti_graph.naming import compact
from reti_graph.terms import DCTERMS, FOAF, RDF_TYPE, RDFS, RDFS_LABEL, VOID

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reti_graph.catalogue.linksets import Linkset
    from reti_graph.catalogue.parts import File, Part
    from reti_graph.catalogue.published import Published
    from reti_graph.catalogue.statements import Value

    Said: TypeAlias = dict[str, Value | Iterable[Value]]

DESCRIPTION: Final = ".well-known/void"
"""Where the description stands below the site's base (VoID, 7)."""

_TITLES: Final[Mapping[str, str]] = {"it": "Descrizione VoID", "en": "VoID description"}
_COUNTED: Final[Mapping[str, str]] = {
    "it": (
        "Ogni tripla è contata una volta sola, in quanti grafi si trovi. I file N-Quads e TriG,"
        " che tengono i grafi, contengono {quads} quadruple in {graphs} grafi."
    ),
    "en": (
        "Each triple is counted once, in however many graphs it stands. The N-Quads and TriG"
        " files, which keep the graphs, hold {quads} quads in {graphs} graphs."
    ),
}
_TARGET_LABELS: Final[Mapping[str, str]] = {"it": "I dati di {space}", "en": "The data of {space}"}
_LINK_LABELS: Final[Mapping[str, str]] = {
    "it": "Collegamenti a {space} con {predicate}",
    "en": "Links to {space} by {predicate}",
}


def void(published: Published, parts: Sequence[Part], files: Sequence[File]) -> tuple[ox.Quad, ...]:
    """Return what `<base>dataset`, the whole graph, is as a void:Dataset, and what it consists of.

    Its subsets are what each source says and the ontology, the partitions by class and property,
    and the linksets. `parts` must hold the whole graph, the release that is published, and `files`
    the dumps that are to be told. All stands in the default graph, nothing twice.
    """
    whole = next(part for part in parts if part.kind == "whole")
    return (
        *_description(published, whole),
        *_whole(published, whole, files),
        *_subsets(published, parts, files),
        *_classes(published),
        *_properties(published),
        *_links(published, whole),
        *told(publisher(published)),
    )


def _description(published: Published, whole: Part) -> tuple[ox.Quad, ...]:
    """Return what the document is that says all this."""
    title = _worded(published, _TITLES)
    dataset = published.named(whole.path)
    said: Said = {
        RDF_TYPE.value: nodes(VOID, "DatasetDescription"),
        RDFS_LABEL.value: title,
        DCTERMS + "title": title,
        DCTERMS + "modified": day(whole.dated.modified),
        FOAF + "primaryTopic": dataset,
        FOAF + "topic": dataset,
    }
    return statements(published.named(DESCRIPTION), said)


def _whole(published: Published, whole: Part, files: Sequence[File]) -> tuple[ox.Quad, ...]:
    settings, counted = published.settings, published.statistics
    shown = examples_of(whole, settings.base_iri)
    return statements(
        published.named(whole.path),
        {
            **_access(published, whole, files),
            **counted.in_void(),
            DCTERMS + "description": texts(worded(settings, settings.description)),
            DCTERMS + "license": ox.NamedNode(canonical(settings.licence)),
            DCTERMS + "publisher": publisher(published).node,
            FOAF + "homepage": published.reached(""),
            RDFS + "comment": _worded(
                published, _COUNTED, quads=counted.quads, graphs=len(counted.graphs)
            ),
            VOID + "feature": map(format_node, RDF_FORMATS),
            VOID + "sparqlEndpoint": published.reached("sparql"),
            VOID + "uriSpace": ox.Literal(settings.base_iri),
            VOID + "vocabulary": published.vocabularies,
            VOID + "exampleResource": shown,
            VOID + "rootResource": shown[:1],
        },
    )


def _access(published: Published, part: Part, files: Sequence[File]) -> Said:
    """Return what a part is called, since when it is there, and the dumps of all its triples."""
    own = [file.path for file in files if file.part == part.name]
    dumps = [path for path in own if path.startswith(f"{part.stem}.")]
    return {
        RDF_TYPE.value: nodes(VOID, "Dataset"),
        DCTERMS + "title": texts(title_of(published, part)),
        DCTERMS + "issued": day(part.dated.issued),
        DCTERMS + "modified": day(part.dated.modified),
        VOID + "dataDump": map(published.reached, dumps),
    }


def _subsets(
    published: Published, parts: Sequence[Part], files: Sequence[File]
) -> Iterator[ox.Quad]:
    """Yield what the parts are that the whole graph holds; shapes and queries are not in it."""
    for part in parts:
        if part.kind in ("source", "ontology"):
            counted = statistics_of(part)
            said: Said = {**_access(published, part, files), **counted.in_void()}
            yield from _part_of_whole(published, "subset", published.named(part.path), said)


def _classes(published: Published) -> Iterator[ox.Quad]:
    for kind, instances in published.statistics.classes.items():
        node = _own(published, "class", *words_of(kind.value, published.settings.prefixes))
        said: Said = {
            RDF_TYPE.value: nodes(VOID, "Dataset"),
            VOID + "class": kind,
            VOID + "entities": ox.Literal(instances),
        }
        yield from _part_of_whole(published, "classPartition", node, said)


def _properties(published: Published) -> Iterator[ox.Quad]:
    for name, used in published.statistics.properties.items():
        node = _own(published, "property", *words_of(name.value, published.settings.prefixes))
        said: Said = {
            RDF_TYPE.value: nodes(VOID, "Dataset"),
            VOID + "property": name,
            VOID + "triples": ox.Literal(used.triples),
            VOID + "distinctSubjects": ox.Literal(used.subjects),
            VOID + "distinctObjects": ox.Literal(used.objects),
        }
        yield from _part_of_whole(published, "propertyPartition", node, said)


def _links(published: Published, whole: Part) -> Iterator[ox.Quad]:
    """Yield the linksets, and once each data set they lead to."""
    found = links_of(whole, published)
    for space in dict.fromkeys(linked.space for linked in found):
        said: Said = {
            RDF_TYPE.value: nodes(VOID, "Dataset"),
            RDFS_LABEL.value: _worded(published, _TARGET_LABELS, space=space),
            VOID + "uriSpace": ox.Literal(space),
        }
        yield from statements(_target(published, space), said)
    for linked in found:
        yield from _linkset(published, linked, published.named(whole.path))


def _linkset(published: Published, linked: Linkset, dataset: ox.NamedNode) -> tuple[ox.Quad, ...]:
    prefixes = published.settings.prefixes
    predicate, target = linked.predicate, _target(published, linked.space)
    words = (word_of_space(linked.space, prefixes), *words_of(predicate.value, prefixes))
    said: Said = {
        RDF_TYPE.value: nodes(VOID, "Linkset"),
        RDFS_LABEL.value: _worded(
            published,
            _LINK_LABELS,
            space=linked.space,
            predicate=compact(predicate.value, prefixes),
        ),
        VOID + "target": [dataset, target],
        VOID + "subjectsTarget": dataset,
        VOID + "objectsTarget": target,
        VOID + "linkPredicate": predicate,
        VOID + "triples": ox.Literal(linked.triples),
    }
    return _part_of_whole(published, "subset", _own(published, "links", *words), said)


def _target(published: Published, space: str) -> ox.NamedNode:
    return _own(published, "target", word_of_space(space, published.settings.prefixes))


def _own(published: Published, *words: str) -> ox.NamedNode:
    """Return a name for something that belongs to the description of the whole graph."""
    return published.named(f"dataset#{fragment(*words)}")


def _part_of_whole(
    published: Published, by: str, node: ox.NamedNode, said: Said
) -> tuple[ox.Quad, ...]:
    """Return what is said of a subset of the whole graph, and that it is one."""
    return (
        *statements(published.named("dataset"), {VOID + by: node}),
        *statements(node, said),
    )


def _worded(published: Published, words: Mapping[str, str], **values: str | int) -> list[Value]:
    spoken = worded(published.settings, words)
    return texts({tag: text.format(**values) for tag, text in spoken.items()})
