"""A small catalogue in which nothing is wrong, what is changed in it, and who answers for it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from reti_graph.errors import StoreError
from reti_graph.preflight.answers import Answer
from reti_graph.preflight.graph import Graph

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reti_graph.preflight.answers import Method

BASE: Final = "http://127.0.0.1:8000/"
CATALOG: Final = f"{BASE}catalog"
GOOD: Final = (Path(__file__).parents[2] / "assets" / "catalogue" / "good.ttl").read_text("utf-8")
TURTLE: Final = "text/turtle; charset=utf-8"
FILE: Final = "<http://127.0.0.1:8000/tree/1> a <http://127.0.0.1:8000/Tree> .\n"


def changed(*changes: tuple[str, str], text: str = GOOD) -> str:
    """Return the good catalogue with texts, which must be in it, replaced."""
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return text


def graph(text: str) -> Graph:
    """Return the graph of a catalogue in Turtle."""
    parsed = ox.parse(text, format=ox.RdfFormat.TURTLE, base_iri=BASE)
    return Graph(quad.triple for quad in parsed)


def node(path: str) -> ox.NamedNode:
    """Return the name of something in the good catalogue."""
    return ox.NamedNode(BASE + path)


class Shelf:
    """A Fetcher that has a text and a media type for each address, and 404 for all others."""

    def __init__(self, texts: Mapping[str, tuple[str, str]]) -> None:
        """Take what there is."""
        self._texts = texts

    def fetch(
        self, method: Method, address: str, *, accept: str | None = None, most: int
    ) -> Answer:
        """Give what there is, whatever is accepted."""
        del accept
        if not address.startswith("http"):
            raise StoreError(f"{address} is no http or https address.")
        if address not in self._texts:
            return Answer(address=address, status=404, headers={})
        text, media_type = self._texts[address]
        body = b"" if method == "HEAD" else text.encode()
        headers = {"content-type": media_type}
        return Answer(address=address, status=200, headers=headers, body=body, cut=len(body) > most)


def shelf(catalogue: str, **other: tuple[str, str]) -> Shelf:
    """Return a Fetcher for a catalogue with its two files and its service.

    `other` has more addresses, by what they are below the base.
    """
    files = {
        CATALOG: (catalogue, TURTLE),
        f"{BASE}trees.ttl": (FILE, TURTLE),
        f"{BASE}benches.ttl": (FILE, TURTLE),
        f"{BASE}sparql": ("{}", "application/sparql-results+json"),
    }
    return Shelf(files | {BASE + path: answer for path, answer in other.items()})
