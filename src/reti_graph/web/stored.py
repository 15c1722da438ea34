"""A release on disk, ready to be served: its store, its files and the names in it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from reti_graph.canned.choices import Choices
from reti_graph.catalogue.statistics import by_iri
from reti_graph.describe import ThingNames
from reti_graph.errors import StoreError
from reti_graph.web.directory import StoredDirectory
from reti_graph.web.dump_files import StoredDumps
from reti_graph.web.edition import Edition, served_at
from reti_graph.web.listed_names import ListedChoices, ListedNames
from reti_graph.web.opening import Lookup

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from reti_graph.catalogue import Published
    from reti_graph.config import Settings
    from reti_graph.release import OnDisk
    from reti_graph.stores.port import Store

# A description that names more graphs helps nobody.
_MOST_GRAPHS: Final = 10_000
# Looking at all of so many takes a tenth of a second.
_MOST_LOOKED_THROUGH: Final = 100_000
_GRAPHS: Final = "SELECT ?graph (COUNT(*) AS ?n) { GRAPH ?graph { ?s ?p ?o } } GROUP BY ?graph"
_ONTOLOGY: Final = "dump/ontology.nq"


def stored_edition(
    release: OnDisk, settings: Settings, store: Store, check: Callable[[], None]
) -> tuple[Edition, StoredDirectory]:
    """Return a release on disk as it is served with these settings, and its directory.

    `store` has its statements, and `check` raises StoreError when its files are not there any
    more. Raises StoreError when a file cannot be read.
    """
    directory = StoredDirectory(release.folder, release.parts, settings)
    try:
        ontology = ox.parse(path=release.folder / _ONTOLOGY, format=ox.RdfFormat.N_QUADS)
        edition = Edition(
            published=_with_graphs(release, served_at(release.published, settings), store),
            ontology=tuple(ontology),
            shapes=release.shapes(),
            contexts=release.contexts,
            dumps=StoredDumps(release.folder, release.parts, release.files, check),
            directory=directory,
        )
    except (OSError, SyntaxError) as error:
        raise StoreError(f"The release cannot be read: {error}.") from error
    return edition, directory


def stored_lookup(edition: Edition, directory: StoredDirectory, store: Store) -> Lookup:
    """Return where to look for the statements of a release; names of many are not looked for."""
    settings = edition.settings
    if _is_small(edition.published):
        return Lookup(store=store, choices=Choices(store, settings), names=ThingNames())
    return Lookup(
        store=store,
        choices=ListedChoices(store, settings, directory),
        names=ListedNames(store, settings.base_iri, directory),
    )


def _is_small(known: Published) -> bool:
    """Tell whether a question may look at all statements."""
    most = min(_MOST_LOOKED_THROUGH, known.settings.limits.quads_in_memory)
    return known.statistics.quads <= most


def _with_graphs(release: OnDisk, known: Published, store: Store) -> Published:
    """Return what is known with the names and sizes of the graphs, unless there are too many."""
    if release.graphs > _MOST_GRAPHS or not _is_small(known):
        return known
    counted = by_iri(_graphs(store))
    return replace(known, statistics=replace(known.statistics, graphs=counted))


def _graphs(store: Store) -> Iterator[tuple[object, int]]:
    for graph, count in store.select(_GRAPHS).rows:
        if isinstance(count, ox.Literal):
            yield graph, int(count.value)
