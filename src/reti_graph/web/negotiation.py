"""Which format an answer gets: by suffix, else by `?format=`, else by the Accept header."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from reti_graph.accept import negotiate
from reti_graph.errors import FormatError, ParameterError
from reti_graph.formats import (
    CSV,
    JSON,
    JSON_LD,
    N_QUADS,
    N_TRIPLES,
    RDF_XML,
    TRIG,
    TSV,
    TURTLE,
    XML,
    by_name,
)
from reti_graph.html.views import Alternate
from reti_graph.web.context import header

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from starlette.requests import Request

    from reti_graph.formats import Format

HTML_TYPE: Final = "text/html"

# In the server's order of preference, which decides between types a client likes equally.
GRAPH_FORMATS: Final = (TURTLE, JSON_LD, N_TRIPLES, TRIG, N_QUADS, RDF_XML)
TABLE_FORMATS: Final = (JSON, CSV, TSV, XML)
# What SPARQL libraries call formats that go by another name here.
_ALIASES: Final[Mapping[str, Format]] = MappingProxyType({"n3": TURTLE, "rdf+xml": RDF_XML})


@dataclass(frozen=True, slots=True)
class Choice:
    """A format, None for an HTML page, and the request headers that decided it."""

    target: Format | None
    vary: tuple[str, ...] = ()


def choose(
    request: Request,
    offers: Sequence[Format],
    *,
    html_first: bool,
    suffix: str | None = None,
    lenient: bool = False,
) -> Choice:
    """Return the format a request gets of those offered, HTML always being one of them.

    With `html_first` a client without preference gets HTML. A `lenient` choice passes over a
    `?format=` that is made for another kind of answer, and takes two names of one format, for
    SPARQLWrapper sends them. Raises FormatError, which names what there is, when nothing fits,
    and ParameterError when two formats are named.
    """
    given = request.query_params.getlist("format")
    if len(given) > 1 and not lenient:
        raise _given_twice()
    named = suffix or (_fitting(given, offers) if lenient else next(iter(given), None))
    spoken = () if _language_is_chosen(request) else ("Accept-Language",)
    if named:
        target = _by_name(named, offers)
        return Choice(target, spoken if target is None else ())
    types = {target.media_type: target for target in offers}
    aliases = {"application/json": JSON} if JSON in offers else {}
    ordered = [HTML_TYPE, *types] if html_first else [*types, HTML_TYPE]
    accepted = negotiate(header(request, "accept"), [*ordered, *aliases])
    if accepted is None:
        raise _unavailable("None of the accepted formats is available", offers)
    return Choice((types | aliases).get(accepted), ("Accept", *spoken))


def alternates(
    path: str, pairs: Iterable[tuple[str, str]], offers: Iterable[Format]
) -> tuple[Alternate, ...]:
    """Return the addresses of an answer in every format, chosen by `?format=`."""
    kept = [(name, value) for name, value in pairs if name != "format"]
    return tuple(
        Alternate(
            title(target),
            target.media_type,
            f"{path}?{urlencode([*kept, ('format', short_name(target))])}",
        )
        for target in offers
    )


def title(target: Format) -> str:
    """Return the name of a format as people know it: N-Triples, CSV."""
    return target.ox.name if target.kind == "rdf" else target.name.upper()


def short_name(target: Format) -> str:
    """Return what stands for a format in an address: ttl, csv."""
    return target.extension if target.kind == "rdf" else target.name


def is_format(name: str) -> bool:
    """True when some answer, though perhaps not this one, comes in a format of that name."""
    try:
        by_name(name)
    except FormatError:
        return name.lower() in _ALIASES
    return True


def _language_is_chosen(request: Request) -> bool:
    return "lang" in request.query_params or "language" in request.scope


def _fitting(given: Sequence[str], offers: Sequence[Format]) -> str | None:
    """Return the name of the one format that fits, none for those of others, or an unknown one."""
    fitting = {
        _found(name, offers): name
        for name in given
        if name.lower() == "html" or _found(name, offers) is not None
    }
    if len(fitting) > 1:
        raise _given_twice()
    if fitting:
        return next(iter(fitting.values()))
    return None if any(map(is_format, given)) else next(iter(given), None)


def _found(name: str, offers: Sequence[Format]) -> Format | None:
    try:
        target = _ALIASES.get(name.lower()) or by_name(name, offers[0].kind)
    except FormatError:
        return None
    return target if target in offers else None


def _by_name(name: str, offers: Sequence[Format]) -> Format | None:
    if name.lower() == "html":
        return None
    target = _found(name, offers)
    if target is None:
        raise _unavailable(f'The format "{name}" is not available', offers)
    return target


def _given_twice() -> ParameterError:
    return ParameterError('The parameter "format" is given twice.', parameter="format")


def _unavailable(message: str, offers: Sequence[Format]) -> FormatError:
    types = ", ".join([HTML_TYPE, *(target.media_type for target in offers)])
    return FormatError(f"{message}.", hint=f"Available: {types}.")
