"""From the quads of a catalogue (DCAT) to the page that shows it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from reti_graph.html.distributions import file_tables
from reti_graph.html.listed import Listed, contact, licences, told
from reti_graph.html.views_catalog import CatalogView, DatasetView, ServiceView
from reti_graph.terms import DCAT, DCTERMS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reti_graph.catalogue import Part
    from reti_graph.html.cells import Reader
    from reti_graph.html.said import Said
    from reti_graph.html.views_catalog import Facts, Feed

# The lines below the title of the catalogue: the word before them, and whose values they have.
_LINES: Final = (
    ("publisher", DCTERMS + "publisher"),
    ("holder", DCTERMS + "rightsHolder"),
    ("licence", DCTERMS + "license"),
    ("issued", DCTERMS + "issued"),
    ("modified", DCTERMS + "modified"),
)
_SOURCE: Final = "source"


def catalog_view(
    said: Said, parts: Sequence[Part], reader: Reader, feeds: tuple[Feed, ...], address: str
) -> CatalogView:
    """Return the page of the catalogue that `said` describes, for a reader.

    `parts` are its datasets in their order; `address` is where the site is reached. Datasets of
    sources come in the alphabetical order of their titles.
    """
    page = Listed(said=said, reader=replace(reader, labels=said.labels()), address=address)
    node = page.catalog
    # Whose the data is stands at the datasets (DCAT-AP_IT).
    lines = (
        (word, page.values(node, predicate) or page.values(page.whole, predicate))
        for word, predicate in _LINES
    )
    own = [_dataset(page, part) for part in parts if part.kind != _SOURCE]
    shared = own[0].facts if own else ()
    sources = (_dataset(page, part, shared) for part in parts if part.kind == _SOURCE)
    return CatalogView(
        iri=node.value,
        title=page.reader.text(said.texts(node, DCTERMS + "title")),
        description=page.reader.text(said.texts(node, DCTERMS + "description")),
        facts=tuple(told((*lines, ("contact", contact(page, page.whole))))),
        own=tuple(own),
        sources=tuple(sorted(sources, key=lambda view: view.title.text.casefold())),
        services=tuple(_services(page, node)),
        feeds=feeds,
    )


def _dataset(page: Listed, part: Part, shared: Facts = ()) -> DatasetView:
    """Return a dataset, without the facts that it shares with the whole graph."""
    said, reader = page.said, page.reader
    node = ox.NamedNode(reader.base + part.path)
    return DatasetView(
        anchor=part.path.replace("/", "-"),
        title=replace(page.title(node), href=reader.href(node.value)),
        description=reader.text(said.texts(node, DCTERMS + "description")),
        facts=tuple(fact for fact in told(_facts(page, node)) if fact not in shared),
        files=file_tables(said, node, reader, page.address),
    )


def _facts(page: Listed, node: ox.NamedNode) -> Facts:
    """Return what is told of a dataset in a line each."""
    return (
        ("issued", page.values(node, DCTERMS + "issued")),
        ("modified", page.values(node, DCTERMS + "modified")),
        ("licence", licences(page, node)),
        ("themes", page.names(node, DCAT + "theme")),
        ("dataset_identifier", page.values(node, DCTERMS + "identifier")),
    )


def _services(page: Listed, node: ox.NamedNode) -> Iterator[ServiceView]:
    for service in page.said.nodes(node, DCAT + "service"):
        title = page.title(service)
        for endpoint in page.said.nodes(service, DCAT + "endpointURL"):
            shown = replace(page.shown(endpoint), text=endpoint.value, code=True)
            yield ServiceView(title, shown)
