"""From what a catalogue says of one dataset (DCAT, VoID) to the page that shows it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from reti_graph.html.cells import Cell
from reti_graph.html.distributions import file_tables
from reti_graph.html.listed import Listed, contact, licences, told
from reti_graph.html.views_catalog import DatasetPage, DatasetView
from reti_graph.terms import DCAT, DCTERMS, PROV, VOID

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyoxigraph as ox

    from reti_graph.html.cells import Reader
    from reti_graph.html.said import Said
    from reti_graph.html.views_catalog import Facts


_OPEN: Final = "…"


def dataset_view(said: Said, iri: ox.NamedNode, reader: Reader, address: str) -> DatasetPage:
    """Return the page of a dataset that `said` describes; the site is reached at `address`."""
    page = Listed(said=said, reader=replace(reader, labels=said.labels()), address=address)
    return DatasetPage(
        iri=iri.value,
        dataset=DatasetView(
            anchor="dataset",
            title=page.reader.text(said.texts(iri, DCTERMS + "title")),
            description=page.reader.text(said.texts(iri, DCTERMS + "description")),
            facts=tuple(told(_facts(page, iri))),
            files=file_tables(said, iri, reader, address),
        ),
        catalog=reader.local("/catalog"),
    )


def _facts(page: Listed, iri: ox.NamedNode) -> Facts:
    return (
        ("publisher", page.values(iri, DCTERMS + "publisher")),
        ("holder", page.values(iri, DCTERMS + "rightsHolder")),
        ("contact", contact(page, iri)),
        ("licence", licences(page, iri)),
        ("issued", page.values(iri, DCTERMS + "issued")),
        ("modified", page.values(iri, DCTERMS + "modified")),
        ("dataset_frequency", page.names(iri, DCTERMS + "accrualPeriodicity")),
        ("dataset_period", tuple(_periods(page, iri))),
        ("dataset_places", page.values(iri, DCTERMS + "spatial")),
        ("dataset_languages", page.names(iri, DCTERMS + "language")),
        ("themes", page.names(iri, DCAT + "theme")),
        ("dataset_keywords", tuple(_keywords(page, iri))),
        ("dataset_provenance", page.names(iri, DCTERMS + "provenance")),
        ("dataset_derived", page.values(iri, PROV + "wasDerivedFrom")),
        ("dataset_conforms", page.values(iri, DCTERMS + "conformsTo")),
        ("dataset_statements", page.values(iri, VOID + "triples")),
        ("dataset_entities", page.values(iri, VOID + "entities")),
        ("dataset_identifier", page.values(iri, DCTERMS + "identifier")),
        ("dataset_version", page.values(iri, DCAT + "version")),
    )


def _periods(page: Listed, iri: ox.NamedNode) -> Iterator[Cell]:
    """Yield the periods, each with its first and its last day as far as they are told."""
    for period in page.said.nodes(iri, DCTERMS + "temporal"):
        ends = (page.values(period, DCAT + name) for name in ("startDate", "endDate"))
        days = [cells[0].text if cells else _OPEN for cells in ends]
        yield Cell(" – ".join(days), period.value)


def _keywords(page: Listed, iri: ox.NamedNode) -> Iterator[Cell]:
    """Yield the keywords in the reader's language, or in none."""
    for keyword in page.said.literals(iri, DCAT + "keyword"):
        if keyword.language in (None, page.reader.language):
            yield page.reader.cell(keyword)
