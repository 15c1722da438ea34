"""The site a command works on, read from disk and made ready to be asked."""

from __future__ import annotations

import os
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from reti_graph import wiring
from reti_graph.cli.waiting import wait_for
from reti_graph.derive import derive
from reti_graph.environment import with_environment
from reti_graph.errors import DataError
from reti_graph.problems import Report
from reti_graph.sources.site import SHAPES, Site, read_site

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from reti_graph.config import Settings
    from reti_graph.problems import Problem
    from reti_graph.stores.port import Store


_ALL_BUT_QUERIES: Final = SHAPES | frozenset(("ontology", "data", "rules", "contexts"))


@dataclass(frozen=True, slots=True)
class Dataset:
    """What a site says, with what follows from it, in a store."""

    settings: Settings
    store: Store


def site_root(site: Path | None) -> Path:
    """Return the folder that was named, or that of the bundled site."""
    return site if site is not None else wiring.bundled_site()


def raise_if_wrong(problems: Sequence[Problem]) -> None:
    """Raise DataError when one of the problems is a violation."""
    report = Report(tuple(problems))
    if not report.conforms:
        raise DataError(report)


def open_site(site: Path | None) -> Site:
    """Read a site but for its shapes; DataError when a file cannot be read or parsed."""
    found, problems = read_site(site_root(site), without=SHAPES)
    raise_if_wrong(problems)
    return found


def site_for(site: Path | None, endpoint: str | None) -> Site:
    """Read a site as `open_site`; with an endpoint only its settings and queries."""
    if endpoint is None:
        return open_site(site)
    found, problems = read_site(site_root(site), without=_ALL_BUT_QUERIES)
    raise_if_wrong(problems)
    return found


@contextmanager
def asked(site: Site, endpoint: str | None) -> Iterator[Dataset]:
    """Give what a site says, or what a SPARQL endpoint has in its place.

    Raises SettingsError for an address that will not do, StoreError when nobody answers there.
    """
    if endpoint is None:
        yield wait_for(lambda: derived(site), "reading the site")
        return
    # What asks over HTTP takes longer to import than most commands take to answer.
    from reti_graph import wiring_remote  # noqa: PLC0415 - as said

    settings = wiring_remote.with_store(with_environment(site.settings, os.environ), endpoint)
    find = partial(wiring_remote.find_store, settings, os.environ)
    with closing(wiring_remote.remote_store(wait_for(find, "asking"), settings)) as store:
        yield Dataset(settings, store)


def derived(site: Site) -> Dataset:
    """Derive what follows from what a site says and put it all in a store.

    The shapes do not run: they take most of the time, and whoever asks while editing wants to see
    what the files say. What is published is a release, which is always checked.
    """
    quads = site.quads
    following = derive(quads, site.rules)
    return Dataset(site.settings, wiring.local_store((*quads, *following), site.settings))
