"""The pages of the site: a frame and a view go in, HTML text comes out.

Everything is escaped by the templates; no page needs scripts, fonts or images from anywhere.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from reti_graph.html.words import words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reti_graph.html.views import (
        Document,
        Frame,
        Home,
        Message,
        QueryView,
        SparqlView,
    )
    from reti_graph.html.views_catalog import CatalogView, DatasetPage

_COMPACT_JSON: Final = MappingProxyType({"ensure_ascii": False, "separators": (",", ":")})


def home_page(frame: Frame, home: Home) -> str:
    """Return the first page: the networks, the queries, the graph in figures."""
    return _render("home.html", frame, home=home)


def document_page(frame: Frame, document: Document) -> str:
    """Return the page of one thing: what is said of it, and the words that say it."""
    return _render("document.html", frame, document=document)


def queries_page(frame: Frame, queries: tuple[QueryView, ...]) -> str:
    """Return the list of canned queries."""
    return _render("queries.html", frame, queries=queries)


def query_page(frame: Frame, query: QueryView) -> str:
    """Return the page of one canned query: its form, its results or its error, its text."""
    return _render("query.html", frame, query=query)


def sparql_page(frame: Frame, sparql: SparqlView) -> str:
    """Return the SPARQL page: a form, and the results or the error of what was asked."""
    return _render("sparql.html", frame, sparql=sparql)


def catalog_page(frame: Frame, catalog: CatalogView) -> str:
    """Return the page of the catalogue: its datasets with their files, and how to harvest it."""
    return _render("catalog.html", frame, catalog=catalog)


def dataset_page(frame: Frame, page: DatasetPage) -> str:
    """Return the page of one dataset: all that the catalogue says of it, and its files."""
    return _render("dataset.html", frame, page=page)


def message_page(frame: Frame, message: Message) -> str:
    """Return a page that says what went wrong."""
    return _render("message.html", frame, message=message)


@cache
def static_files() -> Mapping[str, bytes]:
    """Return the files that pages refer to under `/static/`, by name."""
    folder = resources.files(__package__) / "static"
    return MappingProxyType({entry.name: entry.read_bytes() for entry in folder.iterdir()})


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("reti_graph.html"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.policies["json.dumps_kwargs"] = _COMPACT_JSON
    return made


def rendered(template: str, **values: object) -> str:
    """Return a template with values in it; every text is escaped."""
    return _environment().get_template(template).render(**values)


def _render(template: str, frame: Frame, **values: object) -> str:
    return rendered(template, frame=frame, w=words(frame.reader.language), **values)
