"""`publish`: a checked site, or a release in a folder, written into a SPARQL store elsewhere."""

from __future__ import annotations

import os
from contextlib import closing, contextmanager
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import click

from reti_graph import wiring, wiring_remote
from reti_graph.cli.dataset import site_root
from reti_graph.cli.options import NamedPath, refuse_site_beside, site_option
from reti_graph.cli.output import write_table
from reti_graph.cli.progress import progress_bar
from reti_graph.cli.waiting import wait_for
from reti_graph.config import value_findings, with_values
from reti_graph.deliver.kept import room
from reti_graph.deliver.publishing import publish as publish_release
from reti_graph.deliver.publishing import roll_back
from reti_graph.deliver.released import opened_release, read_release
from reti_graph.deliver.report import changes_by_kind
from reti_graph.deliver.target import Target
from reti_graph.deliver.wanted import Published
from reti_graph.environment import with_environment
from reti_graph.errors import ParameterError
from reti_graph.sources.site import read_settings
from reti_graph.stores.remote.connection import Connection
from reti_graph.stores.remote.values import GENID

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from reti_graph.config import Settings
    from reti_graph.deliver.plan import ChangedGraph, Kind
    from reti_graph.deliver.report import Outcome
    from reti_graph.deliver.wanted import Publishable
    from reti_graph.stores.remote.values import Remote

_DONE: Final[Mapping[Kind, str]] = MappingProxyType(
    {"add": "added", "replace": "replaced", "drop": "dropped"}
)


@click.command(
    epilog="What is not given here is taken from the environment (RETI_STORE_URL, ...), then from"
    " [store] in the site's reti.toml. Credentials are RETI_STORE_USER and RETI_STORE_PASSWORD, or"
    " RETI_STORE_TOKEN."
)
@click.argument("url", metavar="[URL]", required=False)
@click.option("--dry-run", is_flag=True, help="Read what is there, list what would be changed.")
@click.option(
    "--rollback", is_flag=True, help="Go back to the release before, which the store keeps."
)
@click.option(
    "--take-over",
    is_flag=True,
    help="Go on where a publisher of another release was cut off. Only if it runs no more.",
)
@click.option("--update-url", metavar="URL", help="Where the store takes SPARQL updates.")
@click.option(
    "--graphs-url", metavar="URL", help="Where it speaks the SPARQL Graph Store HTTP Protocol."
)
@click.option(
    "--release",
    "folder",
    metavar="DIR",
    type=NamedPath(),
    help="Publish the release in DIR, which `build` wrote, instead of a site.",
)
@site_option
def publish(  # noqa: PLR0913 - one for each option
    *,
    url: str | None,
    dry_run: bool,
    rollback: bool,
    take_over: bool,
    update_url: str | None,
    graphs_url: str | None,
    folder: Path | None,
    site: Path | None,
) -> None:
    """Check the site and write it into the SPARQL store that answers queries at URL.

    Readers see the release before or the new one, never a mixture. Graphs outside of the site's
    namespace are not touched. What is there already is not written again, and what was cut off can
    be run again. Nothing is written when the data is wrong. A release was checked when it was
    written; that its statements are those still is checked, and they are held in memory some at a
    time.
    """
    if rollback and take_over:
        raise ParameterError("--rollback goes back whoever was cut off: leave --take-over out.")
    refuse_site_beside(folder)
    sources = _site(site_root(site)) if folder is None else _release(folder)
    with sources as source:
        settings = _store_settings(source.settings, url, update_url, graphs_url)
        release = None if rollback else source.read(settings)
        remote = wait_for(
            lambda: wiring_remote.find_store(settings, os.environ), "asking the store"
        )
        click.echo("\n".join(wiring_remote.told(remote)))
        outcome = _publish(remote, release, take_over=take_over, dry_run=dry_run)
    if dry_run:
        _write_plan(outcome.changes or ())
    blank_nodes = 0 if release is None else release.blank_nodes
    for line in _told(outcome, remote, blank_nodes, dry_run=dry_run):
        click.echo(line)


@dataclass(frozen=True, slots=True)
class _Source:
    """What is published: its settings, and what reads it with those it is published with."""

    settings: Settings
    read: Callable[[Settings], Publishable]


@contextmanager
def _site(root: Path) -> Iterator[_Source]:
    def read(settings: Settings) -> Publishable:
        checked = wait_for(lambda: wiring.open_release(root), "checking the site")
        return Published.of_release(checked.digest, checked.quads, settings.base_iri)

    yield _Source(read_settings(root), read)


@contextmanager
def _release(folder: Path) -> Iterator[_Source]:
    with opened_release(folder) as files, room() as beside:
        yield _Source(
            files.settings,
            lambda _settings: wait_for(lambda: read_release(files, beside), "reading the release"),
        )


def _publish(
    remote: Remote, release: Publishable | None, *, take_over: bool, dry_run: bool
) -> Outcome:
    """Publish a release, or go back to the one before."""
    connection = Connection(remote.addresses, remote.patience, remote.credentials)
    with closing(connection), progress_bar() as watcher:
        target = Target(connection, remote)
        if release is None:
            return roll_back(target, watcher, dry_run=dry_run)
        return publish_release(target, release, watcher, take_over=take_over, dry_run=dry_run)


def _store_settings(
    settings: Settings, url: str | None, update_url: str | None, graphs_url: str | None
) -> Settings:
    """Return the settings with what was given; ParameterError for an address that will not do."""
    changed = with_environment(settings, os.environ)
    if url is not None:
        changed = wiring_remote.with_store(changed, url)
    flags = {"store.update_url": update_url, "store.graphs_url": graphs_url}
    changed = with_values(changed, {key: value for key, value in flags.items() if value})
    given = {
        "store.url": "URL",
        "store.update_url": "--update-url",
        "store.graphs_url": "--graphs-url",
    }
    for key, reason in value_findings(changed):
        if key in given:
            raise ParameterError(f"{given[key]}: {reason}.", parameter=key.rpartition(".")[2])
    return changed


def _write_plan(changes: Iterable[ChangedGraph]) -> None:
    """List the graphs that would be changed."""
    rows = [
        (change.kind, change.graph, f"{change.added:,}", f"{change.removed:,}")
        for change in changes
    ]
    if rows:
        write_table(("change", "graph", "add", "remove"), rows)


def _told(outcome: Outcome, remote: Remote, blank_nodes: int, *, dry_run: bool) -> Iterator[str]:
    """Yield what was done, and what is there now."""
    if outcome.mended:
        yield "The store says that it holds this release, but its graphs are others."
    yield from _changes(outcome, dry_run=dry_run)
    statements, graphs = _n(outcome.statements, "statement"), _n(outcome.graphs, "graph")
    there = f"{statements} in {graphs}"
    if outcome.written:
        yield f"Release {outcome.digest}: {there}, as published."
        yield f"Content hash {outcome.content_hash}, read back."
    elif dry_run and outcome.changes is not None:
        yield f"Release {outcome.digest} would be there: {there}. Nothing was written."
    else:
        yield f"Release {outcome.digest} is there already: {there}. Nothing was written."
    if outcome.previous is not None and not dry_run:
        yield f"--rollback goes back to release {outcome.previous}."
    if blank_nodes:
        yield f"{_n(blank_nodes, 'blank node')} got an IRI below {remote.base}{GENID}."
    if outcome.foreign:
        seen = ", but queries see them too" if remote.dialect.default_graph == "union" else ""
        yield f"Graphs of others, left alone{seen}: {outcome.foreign:,}."


def _changes(outcome: Outcome, *, dry_run: bool) -> Iterator[str]:
    for kind, changed in changes_by_kind(outcome.changes or ()).items():
        if changed.graphs:
            done = f"would be {_DONE[kind]}" if dry_run else _DONE[kind]
            added = f"{_n(changed.added, 'statement')} added"
            yield f"{_n(changed.graphs, 'graph')} {done}: {added}, {changed.removed:,} removed."


def _n(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
