"""What a catalogue says (DCAT), as cells of a page for a reader."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pyoxigraph as ox

from reti_graph.html.cells import Cell
from reti_graph.html.distributions import distributions
from reti_graph.terms import DCAT, DCTERMS, VCARD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reti_graph.html.cells import Reader
    from reti_graph.html.said import Said
    from reti_graph.html.views_catalog import Facts
    from reti_graph.terms import Term


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """What is said, who reads it, and the public address, which ends with "/"."""

    said: Said
    reader: Reader
    address: str

    @property
    def catalog(self) -> ox.NamedNode:
        """The name of the catalogue."""
        return ox.NamedNode(f"{self.reader.base}catalog")

    @property
    def whole(self) -> ox.NamedNode:
        """The name of the dataset that is the whole graph."""
        return ox.NamedNode(f"{self.reader.base}dataset")

    def title(self, node: ox.NamedNode) -> Cell:
        """Return a title without that of the whole graph, which begins those of its parts."""
        whole = self.reader.text(self.said.texts(self.whole, DCTERMS + "title")).text
        found = self.reader.text(self.said.texts(node, DCTERMS + "title"))
        own = found.text.removeprefix(f"{whole}: ")
        own = own[:1].upper() + own[1:]
        return replace(found, text=own, raw=own)

    def values(self, node: ox.NamedNode, predicate: str) -> tuple[Cell, ...]:
        """Return how the values of a property are shown."""
        return tuple(self.shown(term) for term in self.said.values(node, predicate))

    def names(self, node: ox.NamedNode, predicate: str) -> tuple[Cell, ...]:
        """Return values by their names alone: the same few would be linked a hundred times."""
        found = self.values(node, predicate)
        return tuple(Cell(cell.text, cell.text, lang=cell.lang) for cell in found)

    def shown(self, term: Term) -> Cell:
        """Return how a value is shown: what lives on this host is led to without its name."""
        cell = self.reader.cell(term)
        if isinstance(term, ox.NamedNode) and term.value.startswith(self.address):
            path = "/" + term.value.removeprefix(self.address)
            return replace(cell, href=self.reader.local(path), external=False)
        # Nothing on the page stands for the parts of the catalogue that only have a name.
        own = isinstance(term, ox.NamedNode) and term.value.startswith(f"{self.catalog.value}#")
        return replace(cell, href=None) if own else cell


def licences(page: Listed, dataset: ox.NamedNode) -> tuple[Cell, ...]:
    """Return the licences of a dataset, which are those of its files, each once."""
    holders = (dataset, *distributions(page.said, dataset))
    found = (cell for holder in holders for cell in page.values(holder, DCTERMS + "license"))
    return tuple(dict.fromkeys(found))


def told(facts: Facts) -> Iterator[tuple[str, tuple[Cell, ...]]]:
    """Yield the lines that have something in them."""
    return ((word, cells) for word, cells in facts if cells)


def contact(page: Listed, dataset: ox.NamedNode) -> tuple[Cell, ...]:
    """Return where questions about a dataset go: the office's name, e-mail address and page."""
    office = page.said.node(dataset, DCAT + "contactPoint")
    mails = page.said.nodes(office, VCARD + "hasEmail")
    pages = page.said.nodes(office, VCARD + "hasURL")
    return (
        *(page.reader.cell(name) for name in page.said.literals(office, VCARD + "fn")),
        *(Cell(unquote(mail.value.removeprefix("mailto:")), mail.value) for mail in mails),
        *(replace(page.shown(found), text=found.value) for found in pages),
    )
