"""The catalogue: every dataset and both services, as portals harvest it.

DCAT-AP 3.0.1 and DCAT-AP_IT at once. What is named is described as well, for a harvester reads
nothing but this; and no node is blank, for portals know things by their IRIs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reti_graph.catalogue.agents import publisher
from reti_graph.catalogue.authorities import DATA_THEMES, languages, place
from reti_graph.catalogue.data_services import query_service, sparql_service
from reti_graph.catalogue.licences import licence
from reti_graph.catalogue.records import dataset, page
from reti_graph.catalogue.standards import DCAT_AP, DCAT_AP_IT
from reti_graph.catalogue.statements import Described, day, nodes, texts, told
from reti_graph.catalogue.titles import worded
from reti_graph.terms import DCAT, DCATAPIT, DCTERMS, FOAF, RDF_TYPE, RDFS_LABEL

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pyoxigraph as ox

    from reti_graph.catalogue.parts import File, Part
    from reti_graph.catalogue.published import Published
    from reti_graph.catalogue.statements import Said

_NAMES: Final[Mapping[str, str]] = {"it": "Catalogo", "en": "Catalogue"}


def catalog(
    published: Published, parts: Sequence[Part], files: Sequence[File]
) -> tuple[ox.Quad, ...]:
    """Return `<base>catalog` with all its datasets and services, each statement once.

    `files` are those of all datasets. There is at least one dataset, the whole graph.
    """
    return told(described(published, parts, datasets(published, parts, files)))


def datasets(
    published: Published, parts: Sequence[Part], files: Sequence[File]
) -> Mapping[str, Described]:
    """Return the dataset of each part by its path; `files` are those of all."""
    by_part = {part.name: [file for file in files if file.part == part.name] for part in parts}
    return {part.path: dataset(published, part, by_part[part.name]) for part in parts}


def described(
    published: Published, parts: Sequence[Part], listed: Mapping[str, Described]
) -> Described:
    """Return the catalogue of some datasets, which are those of `parts`."""
    return Described(
        published.named("catalog"),
        {
            **_identity(published, parts),
            DCAT + "dataset": [*listed.values()],
            DCAT + "service": [sparql_service(published), query_service(published)],
        },
    )


def _identity(published: Published, parts: Sequence[Part]) -> Said:
    settings = published.settings
    names = worded(settings, _NAMES)
    titles = {tag: f"{name}: {settings.title[tag]}" for tag, name in names.items()}
    return {
        RDF_TYPE.value: [*nodes(DCAT, "Catalog"), *nodes(DCATAPIT, "Catalog")],
        RDFS_LABEL.value: texts(titles),
        DCTERMS + "title": texts(titles),
        DCTERMS + "description": texts(worded(settings, settings.description)),
        DCTERMS + "publisher": publisher(published),
        DCTERMS + "issued": day(min(part.dated.issued for part in parts)),
        DCTERMS + "modified": day(max(part.dated.modified for part in parts)),
        DCTERMS + "language": languages(settings.languages),
        DCTERMS + "license": licence(settings.licence),
        DCTERMS + "spatial": [place(iri) for iri in settings.catalogue.spatial],
        DCTERMS + "conformsTo": [DCAT_AP, DCAT_AP_IT],
        DCAT + "themeTaxonomy": DATA_THEMES,
        FOAF + "homepage": page(published, ""),
    }
