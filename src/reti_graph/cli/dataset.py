"""The site a command works on, read from disk and made ready to be asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reti_graph import wiring
from reti_graph.derive import derive
from reti_graph.errors import DataError
from reti_graph.problems import Report
from reti_graph.sources.site import SHAPES, Site, read_site

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from reti_graph.config import Settings
    from reti_graph.problems import Problem
    from reti_graph.stores.port import Store


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


def derived(site: Site) -> Dataset:
    """Derive what follows from what a site says and put it all in a store.

    The shapes do not run: they take most of the time, and whoever asks while editing wants to see
    what the files say. What is published is a release, which is always checked.
    """
    quads = site.quads
    following = derive(quads, site.rules)
    return Dataset(site.settings, wiring.local_store((*quads, *following), site.settings))
