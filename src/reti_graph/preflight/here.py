"""A site's catalogue as it will be once it is published, harvested on this machine."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from reti_graph.preflight.local_server import local_server
from reti_graph.preflight.over_http import HttpFetcher

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reti_graph.config import Settings
    from reti_graph.preflight.answers import Fetcher


@contextmanager
def served_here(site: Path, settings: Settings) -> Iterator[tuple[Fetcher, str]]:
    """Serve a site for a while; give what fetches from it and its catalogue's public address.

    The addresses are those of the settings, wherever they lead today: what is asked of them is
    asked of this machine. Raises as `local_server`.
    """
    public = settings.public_url or settings.base_iri
    with local_server(site) as address, HttpFetcher({public: address}) as fetcher:
        yield fetcher, f"{public}catalog"
