"""What every endpoint needs to know of the site, and of the request before it."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Final, cast

from starlette.exceptions import HTTPException

from reti_graph.accept import negotiate_language
from reti_graph.html.cells import Reader
from reti_graph.html.views import Alternate, Frame
from reti_graph.html.words import LANGUAGES
from reti_graph.naming import iri_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pyoxigraph as ox
    from starlette.requests import Request

    from reti_graph.config import Settings
    from reti_graph.release import Release
    from reti_graph.stores.port import Store

# Fewer than there are threads, so that some are left for pages whatever is asked.
QUERIES_AT_ONCE: Final = 4
_SECONDS_TO_RETRY: Final = "5"
_LICENCES: Final[Mapping[str, str]] = {
    "https://creativecommons.org/licenses/by/4.0/": "CC BY 4.0",
    "https://creativecommons.org/publicdomain/zero/1.0/": "CC0 1.0",
}
_DIGEST_SHOWN: Final = 12


@dataclass(frozen=True, slots=True)
class Served:
    """What one application serves: a release, and the store that holds its quads."""

    release: Release
    store: Store
    _places: threading.Semaphore = field(
        default_factory=lambda: threading.BoundedSemaphore(QUERIES_AT_ONCE), compare=False
    )

    @contextmanager
    def place_for_query(self) -> Iterator[Store]:
        """Give the store to a query of a client's choice while there is a place for one more.

        Raises HTTPException with status 503 when there is none.
        """
        if not self._places.acquire(blocking=False):
            raise HTTPException(
                HTTPStatus.SERVICE_UNAVAILABLE,
                "Too many queries are running",
                {"Retry-After": _SECONDS_TO_RETRY},
            )
        try:
            yield self.store
        finally:
            self._places.release()

    @property
    def settings(self) -> Settings:
        """The settings of the release's site."""
        return self.release.settings

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages pages come in: those of the site that the pages have words for."""
        own = tuple(tag for tag in self.settings.languages if tag in LANGUAGES)
        return own or ("en",)


def served(request: Request) -> Served:
    """Return what the application of a request serves."""
    return cast("Served", request.app.state.served)


def path_iri(request: Request) -> str:
    """Return the IRI that stands for the request's path, whatever host it came in by."""
    raw = request.scope.get("raw_path")
    path = raw.decode("latin-1").partition("?")[0] if raw else request.scope["path"]
    return iri_of(path, served(request).settings.base_iri)


def chosen_language(request: Request) -> str | None:
    """Return the language asked for by `?lang=`, when pages come in it."""
    wanted = request.query_params.get("lang")
    return wanted if wanted in served(request).languages else None


def page_language(request: Request) -> str:
    """Return the language of a page: `?lang=`, else Accept-Language, else the site's first."""
    offers = served(request).languages
    header = request.headers.get("accept-language")
    return chosen_language(request) or negotiate_language(header, offers) or offers[0]


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
    )


def frame(request: Request, who: Reader, alternates: tuple[Alternate, ...] = ()) -> Frame:
    """Return what stands around a page."""
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
        path=request.url.path,
        query=tuple(request.query_params.multi_items()),
        alternates=alternates,
    )
