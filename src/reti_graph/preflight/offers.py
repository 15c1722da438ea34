"""What a catalogue promises about each file: where it is, its type, size and checksum."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from reti_graph.preflight.file_types import GZIP, of_format, of_media_type, of_name
from reti_graph.preflight.wording import local_name, named
from reti_graph.terms import DCAT, DCTERMS, SPDX

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reti_graph.preflight.graph import Graph
    from reti_graph.problems import Term

_ALGORITHM: Final = "checksumAlgorithm_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """An address of a distribution.

    A `download` is the file itself, else the address only has to answer. `types` has the media
    types that the properties named beside them promise; `packed` is the one of dcat:compressFormat.
    `sizes` and `checksums`, with the algorithm first, are as written.
    """

    dataset: Term
    distribution: Term
    address: str
    download: bool = True
    types: tuple[tuple[str, str], ...] = ()
    packed: str | None = None
    sizes: tuple[str, ...] = ()
    checksums: tuple[tuple[str, str], ...] = ()

    @property
    def media_type(self) -> str | None:
        """The media type of what is in the file: as promised, else as its name ends."""
        promised = (media_type for _, media_type in self.types if media_type not in GZIP)
        return next(promised, None) or of_name(self.address)

    @property
    def gzipped(self) -> bool:
        """True when the file is promised to be compressed with gzip."""
        return self.packed in GZIP or any(media_type in GZIP for _, media_type in self.types)


def offers_of(graph: Graph) -> tuple[Offer, ...]:
    """Return every offer of every dataset, in their order; services answer for themselves."""
    return tuple(
        offer
        for dataset in graph.datasets()
        for distribution in graph.nodes(dataset, DCAT + "distribution")
        for offer in _of(graph, dataset, distribution)
    )


def _of(graph: Graph, dataset: Term, distribution: Term) -> Iterator[Offer]:
    downloads = [named(each) for each in graph.values(distribution, DCAT + "downloadURL")]
    for address in downloads:
        yield Offer(
            dataset=dataset,
            distribution=distribution,
            address=address,
            types=tuple(_types(graph, distribution)),
            packed=_packed(graph, distribution),
            sizes=tuple(named(each) for each in graph.values(distribution, DCAT + "byteSize")),
            checksums=tuple(_checksums(graph, distribution)),
        )
    if graph.values(distribution, DCAT + "accessService"):
        return
    for each in graph.values(distribution, DCAT + "accessURL"):
        if (address := named(each)) not in downloads:
            yield Offer(dataset=dataset, distribution=distribution, address=address, download=False)


def _types(graph: Graph, distribution: Term) -> Iterator[tuple[str, str]]:
    for value in graph.values(distribution, DCTERMS + "format"):
        if media_type := of_format(named(value)):
            yield "dct:format", media_type
    for value in graph.values(distribution, DCAT + "mediaType"):
        if media_type := of_media_type(named(value)):
            yield "dcat:mediaType", media_type


def _packed(graph: Graph, distribution: Term) -> str | None:
    values = graph.values(distribution, DCAT + "compressFormat")
    return next((of_media_type(named(value)) or named(value) for value in values), None)


def _checksums(graph: Graph, distribution: Term) -> Iterator[tuple[str, str]]:
    """Yield algorithm and value, such as `sha256` and the digits, of each checksum."""
    for checksum in graph.values(distribution, SPDX + "checksum"):
        algorithms = graph.values(checksum, SPDX + "algorithm")
        values = graph.values(checksum, SPDX + "checksumValue")
        for algorithm, value in zip(algorithms, values, strict=False):
            name = local_name(named(algorithm)).removeprefix(_ALGORITHM)
            yield name.lower(), named(value).strip().lower()
