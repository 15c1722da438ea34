"""The requests that ask a query, as SPARQLWrapper writes them (SPARQL 1.1 Protocol, 2.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from SPARQLWrapper import JSON, N3, POST, URLENCODED, SPARQLWrapper

from reti_graph import formats
from reti_graph.gate import QueryForm
from reti_graph.stores.remote.transport import Call

if TYPE_CHECKING:
    from collections.abc import Sequence

RESULTS = (formats.JSON.media_type, "application/json")
GRAPHS = (formats.N_TRIPLES.media_type, formats.TURTLE.media_type)
"""N-Triples before Turtle, in which Virtuoso writes some numbers as others."""

_ROWS = frozenset([QueryForm.SELECT, QueryForm.ASK])


class _Question(SPARQLWrapper):
    """A query of a form that is known.

    The library guesses the form by regular expressions that take very long on some texts, and
    would open connections by urllib, one for each query; it only writes the requests here.
    """

    def __init__(self, endpoint: str, text: str, form: QueryForm) -> None:
        """Ask by POST, as a form, and for formats in the header alone."""
        self._form = form
        super().__init__(endpoint, returnFormat=JSON if form in _ROWS else N3)
        self.setQuery(text)
        self.setMethod(POST)
        self.setRequestMethod(URLENCODED)
        self.setOnlyConneg(True)

    def _parseQueryType(self, query: str) -> str:  # noqa: N802 - SPARQLWrapper's name
        del query
        return self._form.value

    def _getAcceptHeader(self) -> str:  # noqa: N802 - SPARQLWrapper's name
        return accepted(formats_of(self._form))

    def call(self) -> Call:
        """Return the request."""
        request = self._createRequest()
        return Call(
            method=request.get_method(),
            url=request.full_url,
            setting="url",
            headers=dict(request.header_items()),
            content=cast("bytes", request.data),
        )


def question(
    endpoint: str, text: str, form: QueryForm, parameters: Sequence[tuple[str, str]]
) -> Call:
    """Return the request that asks a query, with parameters of the protocol beside it."""
    asked = _Question(endpoint, text, form)
    for name, value in parameters:
        asked.addParameter(name, value)
    return asked.call()


def formats_of(form: QueryForm) -> tuple[str, ...]:
    """Return the media types that an answer to a query of this form may have, the best first."""
    return RESULTS if form in _ROWS else GRAPHS


def accepted(media_types: Sequence[str]) -> str:
    """Return the Accept header for these, the best first (RFC 9110, 12.5.1)."""
    best, *others = media_types
    return ", ".join([best, *(f"{other};q=0.5" for other in others)])
