"""The ways a dataset is to be had: dumps, tables, the SPARQL service, answers of canned queries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from reti_graph.catalogue.authorities import (
    AVAILABLE,
    SHA256,
    SPARQL_RESULTS,
    file_type,
    media_type,
)
from reti_graph.catalogue.authority_labels import FILE_TYPES
from reti_graph.catalogue.csvw import metadata_path
from reti_graph.catalogue.data_services import query_service, sparql_service
from reti_graph.catalogue.service import SERVICE_NAMES
from reti_graph.catalogue.standards import TABULAR_DATA
from reti_graph.catalogue.statements import Described, day, nodes, texts
from reti_graph.catalogue.titles import worded
from reti_graph.formats import CSV, GZIP_TYPE
from reti_graph.gate import QueryForm
from reti_graph.terms import (
    DCAT,
    DCATAP,
    DCATAPIT,
    DCTERMS,
    FOAF,
    RDF_TYPE,
    RDFS_LABEL,
    SPDX,
    XSD,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reti_graph.canned.query import CannedQuery
    from reti_graph.catalogue.parts import File, Part
    from reti_graph.catalogue.published import Published
    from reti_graph.catalogue.statements import Said

_HEX: Final = ox.NamedNode(XSD + "hexBinary")
_SIZE: Final = ox.NamedNode(XSD + "nonNegativeInteger")
_GZIP: Final = media_type(GZIP_TYPE)
_DUMP: Final[Mapping[str, str]] = {
    "it": "Tutto l’insieme di dati in un file",
    "en": "The whole dataset in one file",
}
_PACKED: Final[Mapping[str, str]] = {
    "it": "Tutto l’insieme di dati in un file compresso con gzip",
    "en": "The whole dataset in one file, compressed with gzip",
}
# By whether the format knows graphs.
_GRAPHS: Final[Mapping[bool, Mapping[str, str]]] = {
    True: {"it": "{file}: {format}, con i grafi.", "en": "{file}: {format}, with the graphs."},
    False: {
        "it": "{file}: {format}, senza i grafi.",
        "en": "{file}: {format}, without the graphs.",
    },
}
_TABLE_TITLE: Final[Mapping[str, str]] = {"it": "Tabella: {kind}", "en": "Table: {kind}"}
_TABLE: Final[Mapping[str, str]] = {
    "it": "Tabella delle cose del tipo «{kind}», una riga ciascuna, con metadati CSVW.",
    "en": "Table of the things of the kind “{kind}”, a row each, with CSVW metadata.",
}
_SPARQL: Final[Mapping[str, str]] = {
    "it": "Il grafo intero, interrogabile in SPARQL.",
    "en": "The whole graph, to be queried in SPARQL.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What holds for every distribution of a dataset: how it may be used, and its languages."""

    licence: Described
    languages: Sequence[Described]
    rights: Sequence[Described]


def distributions(
    published: Published, part: Part, files: Sequence[File], terms: Terms
) -> Iterator[Described]:
    """Yield the distributions of a dataset, each named `{dataset}#…`, always by the same name.

    The files are those of all datasets. The whole graph can be queried as well, in SPARQL and by
    the canned queries that answer with rows.
    """
    own = _Distributions(published, part, terms)
    paths = {file.path for file in files if file.part == part.name}
    for file in files:
        if file.part == part.name and file.target.extension in FILE_TYPES:
            yield own.table(file, paths) if file.target == CSV else own.dump(file)
    if part.kind == "whole":
        yield own.endpoint()
        yield from map(own.answer, in_rows(published.queries))


def in_rows(queries: Iterable[CannedQuery]) -> Iterator[CannedQuery]:
    """Yield the queries whose answers are distributions: those that answer with rows."""
    return (query for query in queries if query.form is QueryForm.SELECT)


def answer_path(query: CannedQuery) -> str:
    """Return where the answer of a query in rows is, below the site's address."""
    return f"query/{query.name}.{CSV.extension}"


@dataclass(frozen=True, slots=True)
class _Distributions:
    published: Published
    part: Part
    terms: Terms

    def dump(self, file: File) -> Described:
        name = FILE_TYPES[file.target.extension][1]
        files = self._worded(_PACKED if file.coding else _DUMP)
        words = worded(self.published.settings, _GRAPHS[file.target.datasets])
        title = f"{name} (gzip)" if file.coding else name
        return self._file(
            file,
            file.path.removeprefix(f"{self.part.stem}."),
            dict.fromkeys(self.published.settings.languages, title),
            {tag: text.format(file=files[tag], format=name) for tag, text in words.items()},
        )

    def table(self, file: File, paths: set[str]) -> Described:
        kind = file.path.rpartition("/")[2].removesuffix(f".{CSV.extension}")
        more: Said = {DCTERMS + "conformsTo": TABULAR_DATA}
        metadata = metadata_path(file.path)
        if metadata in paths:
            page = self.published.reached(metadata)
            document = Described(page, {RDF_TYPE.value: nodes(FOAF, "Document")})
            more = {**more, FOAF + "page": document}
        titles = self._worded(_TABLE_TITLE, kind=kind)
        return self._file(file, f"table-{kind}", titles, self._worded(_TABLE, kind=kind), more)

    def endpoint(self) -> Described:
        settings = self.published.settings
        return self._described(
            "sparql",
            worded(settings, SERVICE_NAMES),
            worded(settings, _SPARQL),
            {
                DCTERMS + "format": SPARQL_RESULTS,
                DCAT + "accessURL": self.published.reached("sparql"),
                DCAT + "accessService": sparql_service(self.published),
            },
        )

    def answer(self, query: CannedQuery) -> Described:
        settings = self.published.settings
        address = self.published.reached(answer_path(query))
        return self._described(
            f"query-{query.name}",
            worded(settings, query.summary),
            worded(settings, query.description),
            {
                DCTERMS + "format": file_type(CSV),
                DCAT + "mediaType": media_type(CSV.media_type),
                DCAT + "accessURL": address,
                DCAT + "downloadURL": address,
                DCAT + "accessService": query_service(self.published),
            },
        )

    def _file(
        self,
        file: File,
        name: str,
        titles: Mapping[str, str],
        descriptions: Mapping[str, str],
        more: Said | None = None,
    ) -> Described:
        address = self.published.reached(file.path)
        return self._described(
            name,
            titles,
            descriptions,
            {
                DCTERMS + "format": file_type(file.target),
                DCAT + "mediaType": media_type(file.target.media_type),
                DCAT + "compressFormat": [_GZIP] if file.coding else [],
                DCAT + "accessURL": address,
                DCAT + "downloadURL": address,
                DCAT + "byteSize": ox.Literal(str(file.size), datatype=_SIZE),
                SPDX + "checksum": self._checksum(file, name),
                **(more or {}),
            },
        )

    def _checksum(self, file: File, name: str) -> Described:
        return Described(
            self._named(f"checksum-{name}"),
            {
                RDF_TYPE.value: nodes(SPDX, "Checksum"),
                SPDX + "algorithm": SHA256,
                SPDX + "checksumValue": ox.Literal(file.sha256, datatype=_HEX),
            },
        )

    def _described(
        self, name: str, titles: Mapping[str, str], descriptions: Mapping[str, str], more: Said
    ) -> Described:
        return Described(
            self._named(name),
            {
                RDF_TYPE.value: [*nodes(DCAT, "Distribution"), *nodes(DCATAPIT, "Distribution")],
                RDFS_LABEL.value: texts(titles),
                DCTERMS + "title": texts(titles),
                DCTERMS + "description": texts(descriptions),
                DCTERMS + "license": self.terms.licence,
                DCTERMS + "rights": self.terms.rights,
                DCTERMS + "language": self.terms.languages,
                DCTERMS + "issued": day(self.part.dated.issued),
                DCTERMS + "modified": day(self.part.dated.modified),
                DCATAP + "availability": AVAILABLE,
                **more,
            },
        )

    def _named(self, name: str) -> ox.NamedNode:
        return self.published.named(f"{self.part.path}#{name}")

    def _worded(self, words: Mapping[str, str], **values: str) -> Mapping[str, str]:
        own = worded(self.published.settings, words)
        return {tag: text.format(**values) for tag, text in own.items()}
