"""A catalogue and its datasets in the terms of schema.org, for search engines.

Made of what the catalogue says in DCAT, so that a page says to machines what the RDF says.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from reti_graph.catalogue.authority_labels import LANGUAGES
from reti_graph.formats import TURTLE
from reti_graph.html import distributions as files
from reti_graph.language import choose
from reti_graph.terms import DCAT, DCTERMS, EU_AUTHORITY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reti_graph.html.said import Said

    Json = dict[str, object]

_CONTEXT: Final = "https://schema.org/"
# What datasets refer to, and what it is.
_REFERRED: Final = (
    ("rightsHolder", "Organization"),
    ("publisher", "Organization"),
    ("spatial", "Place"),
)
# How the addresses of the files end that are told.
_ANY: Final = ("",)
_IN_BRIEF: Final = (f".{TURTLE.extension}",)
_TAGS: Final[Mapping[str, str]] = MappingProxyType(
    {f"{EU_AUTHORITY}language/{code}": tag for tag, (code, _) in LANGUAGES.items()}
)
# The literals of a dataset that schema.org has as they are.
_TEXTS: Final = (
    ("identifier", DCTERMS + "identifier"),
    ("dateModified", DCTERMS + "modified"),
    ("datePublished", DCTERMS + "issued"),
    ("version", DCAT + "version"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Describing:
    """What is said, and whom it is told: in one language, by the address the site is reached at.

    `base` begins the IRIs of the site, `address` those of its pages; both end with "/".
    """

    said: Said
    language: str
    languages: tuple[str, ...]
    base: str
    address: str

    def text(self, node: object, predicate: str) -> str:
        """Return a text in the language, else in another one; empty when there is none."""
        return choose(self.said.texts(node, predicate), self.language, self.languages)


def catalog_data(told: Describing, paths: Sequence[str]) -> Json:
    """Return the catalogue with its datasets, which stand at some paths below the base.

    Of their files only those in Turtle are told: a page has no room for a thousand, and the page
    of each dataset tells all of its own.
    """
    node = ox.NamedNode(f"{told.base}catalog")
    catalog = _thing(told, node, "DataCatalog", "catalog")
    catalog["dataset"] = [{"@id": told.base + path} for path in paths]
    datasets = [_dataset(told, path, _IN_BRIEF) for path in paths]
    nodes = [node, *(ox.NamedNode(told.base + path) for path in paths)]
    return {"@context": _CONTEXT, "@graph": [catalog, *datasets, *_named(told, nodes)]}


def dataset_data(told: Describing, path: str) -> Json:
    """Return one dataset, which stands at a path below the base, with all its files."""
    found = _dataset(told, path, _ANY)
    others = _named(told, [ox.NamedNode(told.base + path)])
    return {"@context": _CONTEXT, "@graph": [found, *others]}


def _dataset(told: Describing, path: str, endings: tuple[str, ...]) -> Json:
    node = ox.NamedNode(told.base + path)
    found = _thing(told, node, "Dataset", path)
    found["isAccessibleForFree"] = True
    found["temporalCoverage"] = _period(told.said, node)
    found["spatialCoverage"] = _references(told.said.nodes(node, DCTERMS + "spatial"))
    found["includedInDataCatalog"] = {"@id": f"{told.base}catalog"}
    found["distribution"] = list(_downloads(told, node, endings))
    return _without_gaps(found)


def _thing(told: Describing, node: ox.NamedNode, kind: str, path: str) -> Json:
    """Return what catalogues and datasets have in common."""
    said = told.said
    texts = {name: said.literal(node, predicate) for name, predicate in _TEXTS}
    licence = said.node(node, DCTERMS + "license") or _licence(said, node)
    found: Json = {
        "@type": kind,
        "@id": node.value,
        "url": told.address + path,
        "name": told.text(node, DCTERMS + "title"),
        "description": told.text(node, DCTERMS + "description"),
        **{name: value.value for name, value in texts.items() if value},
        "license": licence.value if licence else None,
        "creator": _references(said.nodes(node, DCTERMS + "rightsHolder")),
        "publisher": _references(said.nodes(node, DCTERMS + "publisher")),
        "keywords": _keywords(told, node),
        "inLanguage": [
            _TAGS.get(each.value, each.value) for each in said.nodes(node, DCTERMS + "language")
        ],
    }
    return _without_gaps(found)


def _licence(said: Said, dataset: ox.NamedNode) -> ox.NamedNode | None:
    """Return the licence of a dataset's files, where it has none itself (DCAT-AP_IT)."""
    found = (said.node(each, DCTERMS + "license") for each in files.distributions(said, dataset))
    return next(filter(None, found), None)


def _references(nodes: Iterable[ox.NamedNode]) -> list[Json]:
    return [{"@id": node.value} for node in nodes]


def _named(told: Describing, nodes: Sequence[ox.NamedNode]) -> Iterator[Json]:
    """Yield the agents and places that some things refer to, each once."""
    kinds = {
        value: kind
        for name, kind in _REFERRED
        for node in nodes
        for value in told.said.nodes(node, DCTERMS + name)
    }
    for value, kind in kinds.items():
        name = choose(told.said.labels_of(value), told.language, told.languages)
        yield _without_gaps({"@type": kind, "@id": value.value, "name": name})


def _keywords(told: Describing, node: ox.NamedNode) -> list[str]:
    """Return the keywords in the language, and those in none."""
    found = told.said.literals(node, DCAT + "keyword")
    return [each.value for each in found if each.language in {None, "", told.language}]


def _period(said: Said, dataset: ox.NamedNode) -> str | None:
    """Return the time a dataset is about, as ISO 8601 writes intervals."""
    period = said.node(dataset, DCTERMS + "temporal")
    ends = (said.literal(period, DCAT + name) for name in ("startDate", "endDate"))
    start, end = (each.value if each else ".." for each in ends)
    return f"{start}/{end}" if (start, end) != ("..", "..") else None


def _downloads(told: Describing, dataset: ox.NamedNode, endings: tuple[str, ...]) -> Iterator[Json]:
    for each in files.distributions(told.said, dataset):
        place = files.location(told.said, each)
        if place is not None and place.value.endswith(endings):
            yield _download(told, each, place)


def _download(told: Describing, distribution: ox.NamedNode, place: ox.NamedNode) -> Json:
    said, size = told.said, files.size(told.said, distribution)
    return _without_gaps(
        {
            "@type": "DataDownload",
            "name": told.text(distribution, DCTERMS + "title"),
            "contentUrl": place.value,
            "encodingFormat": files.sent_type(said, distribution),
            "contentSize": f"{size} B" if size is not None else None,
            "sha256": files.checksum(said, distribution),
        }
    )


def _without_gaps(found: Json) -> Json:
    return {name: value for name, value in found.items() if value not in (None, "", [])}
