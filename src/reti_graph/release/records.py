"""Datasets and files as the manifest of a release has them."""

from __future__ import annotations

from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal

import msgspec
import pyoxigraph as ox

from reti_graph.catalogue.csvw import CSVW_METADATA
from reti_graph.catalogue.known import examples_of, facts_of, links_of, statistics_of
from reti_graph.catalogue.linksets import Linkset
from reti_graph.catalogue.parts import File, Kind, Known, Part
from reti_graph.catalogue.source_facts import SourceFacts
from reti_graph.catalogue.statistics import Statistics, Usage
from reti_graph.formats import FORMATS
from reti_graph.sources.dates import Dated
from reti_graph.terms import XSD_DATE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reti_graph.catalogue.published import Published

_FORMATS: Final = MappingProxyType({each.name: each for each in (*FORMATS, CSVW_METADATA)})


class StatisticsRecord(msgspec.Struct, frozen=True):
    """The numbers of a dataset: of a property in how many triples, and with how many ends."""

    quads: int
    triples: int
    entities: int
    subjects: int
    objects: int
    graphs: int
    classes: dict[str, int]
    properties: dict[str, tuple[int, int, int]]


class FactsRecord(msgspec.Struct, frozen=True):
    """What the sources of a dataset say of themselves."""

    count: int
    languages: tuple[str, ...]
    earliest: str | None
    latest: str | None
    licence: str | None
    rights: dict[str, str]
    descriptions: dict[str, str]


class PartRecord(msgspec.Struct, frozen=True):
    """A dataset with what is known of it."""

    name: str
    kind: Kind
    issued: date
    modified: date
    statistics: StatisticsRecord
    facts: FactsRecord
    shown: tuple[str, ...] = ()
    links: tuple[tuple[str, str, int], ...] = ()


class FileRecord(msgspec.Struct, frozen=True):
    """A file, and the part it is of, if it is of one."""

    bytes: int
    sha256: str
    part: str | None = None
    format: str | None = None
    coding: Literal["gzip"] | None = None


def file_entry(file: File) -> dict[str, object]:
    """Return what the manifest of a release with a store says of a file."""
    known = FileRecord(file.size, file.sha256, file.part, file.target.name, file.coding)
    told: dict[str, object] = msgspec.to_builtins(known)
    return told


def files_of(entries: Mapping[str, FileRecord]) -> Iterator[File]:
    """Yield the files that are of a part, by what the manifest says of all."""
    for path, known in entries.items():
        if known.part is not None and known.format is not None:
            yield File(
                path=path,
                part=known.part,
                target=_FORMATS[known.format],
                size=known.bytes,
                sha256=known.sha256,
                coding=known.coding,
            )


def part_record(part: Part, published: Published) -> PartRecord:
    """Return what is to be kept of a part; examples and links are those of the whole alone."""
    base = published.settings.base_iri
    whole = part.kind == "whole"
    links = links_of(part, published) if whole else ()
    return PartRecord(
        name=part.name,
        kind=part.kind,
        issued=part.dated.issued,
        modified=part.dated.modified,
        statistics=_statistics_record(statistics_of(part)),
        facts=_facts_record(facts_of(part, base)),
        shown=tuple(node.value for node in examples_of(part, base)) if whole else (),
        links=tuple((link.space, link.predicate.value, link.triples) for link in links),
    )


def part_of(record: PartRecord) -> Part:
    """Return the part that a record is of, without its statements."""
    return Part(
        name=record.name,
        kind=record.kind,
        quads=(),
        dated=Dated(record.issued, record.modified),
        known=Known(
            statistics=_statistics(record.statistics),
            facts=_facts(record.facts),
            shown=tuple(map(ox.NamedNode, record.shown)),
            links=tuple(
                Linkset(space, ox.NamedNode(predicate), triples)
                for space, predicate, triples in record.links
            ),
        ),
    )


def _statistics_record(counted: Statistics) -> StatisticsRecord:
    return StatisticsRecord(
        quads=counted.quads,
        triples=counted.triples,
        entities=counted.entities,
        subjects=counted.subjects,
        objects=counted.objects,
        graphs=len(counted.graphs),
        classes={kind.value: count for kind, count in counted.classes.items()},
        properties={
            name.value: (used.triples, used.subjects, used.objects)
            for name, used in counted.properties.items()
        },
    )


def _statistics(record: StatisticsRecord) -> Statistics:
    return Statistics(
        quads=record.quads,
        triples=record.triples,
        entities=record.entities,
        subjects=record.subjects,
        objects=record.objects,
        classes={ox.NamedNode(kind): count for kind, count in record.classes.items()},
        properties={ox.NamedNode(iri): Usage(*used) for iri, used in record.properties.items()},
        graphs={},
    )


def _facts_record(facts: SourceFacts) -> FactsRecord:
    return FactsRecord(
        count=facts.count,
        languages=facts.languages,
        earliest=facts.earliest.value if facts.earliest else None,
        latest=facts.latest.value if facts.latest else None,
        licence=facts.licence,
        rights=dict(facts.rights),
        descriptions=dict(facts.descriptions),
    )


def _facts(record: FactsRecord) -> SourceFacts:
    return SourceFacts(
        count=record.count,
        languages=record.languages,
        earliest=_day(record.earliest),
        latest=_day(record.latest),
        licence=record.licence,
        rights=record.rights,
        descriptions=record.descriptions,
    )


def _day(text: str | None) -> ox.Literal | None:
    return ox.Literal(text, datatype=XSD_DATE) if text else None
