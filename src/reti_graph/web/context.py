"""What every endpoint needs to know of the site, and of the request before it."""

from __future__ import annotations

import ipaddress
from http import HTTPStatus
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, cast
from urllib.parse import urlsplit

from starlette.exceptions import HTTPException

from reti_graph import gate
from reti_graph.accept import negotiate_language
from reti_graph.html.cells import Reader
from reti_graph.html.views import Alternate, Frame
from reti_graph.naming import header_iri, iri_of, on_this_host

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyoxigraph as ox
    from starlette.requests import Request

    from reti_graph.config import Settings
    from reti_graph.web.publication import Served

SERVED: Final = "reti_graph.served"
"""Where in a request's scope the release stands that it is answered from."""

# In an address or in a form: taking more apart would hold up the others.
MOST_PARAMETERS: Final = 200

_SECONDS_TO_START: Final = "2"
_LICENCES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "https://creativecommons.org/licenses/by/4.0/": "CC BY 4.0",
        "https://creativecommons.org/publicdomain/zero/1.0/": "CC0 1.0",
    }
)
_DIGEST_SHOWN: Final = 12
# One network of a household or an office has as many IPv6 addresses as it likes.
_IPV6_BITS: Final = 64


def served(request: Request) -> Served:
    """Return the release that a request is answered from.

    Raises HTTPException with status 503 while there is none.
    """
    found = cast("Served | None", request.scope.get(SERVED))
    if found is None:
        raise HTTPException(
            HTTPStatus.SERVICE_UNAVAILABLE,
            "Nothing is published yet",
            {"Retry-After": _SECONDS_TO_START},
        )
    return found


def header(request: Request, name: str) -> str | None:
    """Return a list header of a request, its lines joined (RFC 9110, 5.3), or None."""
    lines = request.headers.getlist(name)
    return ", ".join(lines) if lines else None


def client_of(request: Request) -> str:
    """Return who asks, as far as the time of queries is counted: an address or its network."""
    host = request.client.host if request.client else ""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    if address.version == 4:  # noqa: PLR2004 -- the version of IP
        return host
    return str(ipaddress.ip_network((address, _IPV6_BITS), strict=False))


def root_of(settings: Settings) -> str:
    """Return the path the site is reached under, without "/" at its end: "" or "/reti"."""
    return urlsplit(settings.public_url or "/").path.rstrip("/")


def address_of(settings: Settings, path: str) -> str:
    """Return the whole address of a path of the site, as outsiders use it."""
    return (settings.public_url or settings.base_iri) + path.removeprefix("/")


def gate_limits(settings: Settings) -> gate.Limits:
    """Return how large a query may be."""
    limits = settings.limits
    return gate.Limits(
        size=limits.query_bytes,
        depth=limits.query_depth,
        patterns=limits.query_patterns,
        tokens=limits.query_tokens,
        operators=limits.query_operators,
    )


def local(request: Request, path: str) -> str:
    """Return a path of the site as it is reached from outside, below the public address."""
    return on_this_host(root_of(served(request).settings) + path)


def path_iri(request: Request) -> str:
    """Return the IRI that stands for the request's path, whatever host it came in by."""
    raw = request.scope.get("raw_path")
    path = raw.decode("latin-1").partition("?")[0] if raw else request.scope["path"]
    return iri_of(path, served(request).settings.base_iri)


def chosen_language(request: Request) -> str | None:
    """Return the language asked for by path or by `?lang=`, when pages come in it."""
    wanted = request.scope.get("language") or request.query_params.get("lang")
    return wanted if wanted in served(request).languages else None


def page_language(request: Request) -> str:
    """Return the language of a page: as chosen, else Accept-Language, else the site's first."""
    offers = served(request).languages
    accepted = header(request, "accept-language")
    return chosen_language(request) or negotiate_language(accepted, offers)


def reader(
    request: Request, labels: Mapping[ox.NamedNode, Mapping[str, str]] | None = None
) -> Reader:
    """Return who a page is written for."""
    site = served(request)
    return Reader(
        base=site.settings.base_iri,
        prefixes=site.settings.prefixes,
        language=page_language(request),
        languages=site.settings.languages,
        keep_language=chosen_language(request) is not None,
        labels=labels or {},
        root=root_of(site.settings),
    )


def frame(
    request: Request,
    who: Reader,
    alternates: tuple[Alternate, ...] = (),
    query: tuple[tuple[str, str], ...] = (),
) -> Frame:
    """Return what stands around a page; `query` is what of its query string makes it this page."""
    site = served(request)
    settings = site.settings
    return Frame(
        reader=who,
        site_title=who.text(settings.title).text,
        languages=site.languages,
        publisher=settings.publisher.name,
        licence=settings.licence,
        licence_name=_LICENCES.get(settings.licence, settings.licence),
        digest=site.release.digest[:_DIGEST_SHOWN],
        path=local(request, request.scope.get("document") or header_iri(request.scope["path"])),
        query=query,
        alternates=alternates,
    )
