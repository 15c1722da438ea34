"""Names in a release of many statements: found by its register, never by a look at all of them."""

from __future__ import annotations

from collections import defaultdict
from itertools import islice
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from reti_graph.canned.choices import MOST, Choices
from reti_graph.describe import ThingNames
from reti_graph.naming import nearest
from reti_graph.terms import DCTERMS, RDFS_LABEL

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reti_graph.config import Settings
    from reti_graph.stores.port import Store
    from reti_graph.web.directory import StoredDirectory

# With the pairs given, engines look each up; given apart they look through all statements.
_LABELS: Final = "SELECT ?thing ?label { VALUES (?thing ?name) { %s } ?thing ?name ?label }"
_LABEL, _TITLE = RDFS_LABEL, f"<{DCTERMS}title>"
# Things without a label are no choices; a kind of which none has one is soon given up.
_MOST_TRIED: Final = 10 * MOST
_LIKE: Final = 2_000
_OFFERED: Final = 3
# What it takes to compare two names grows faster than their length.
_LONGEST: Final = 100


class ListedChoices(Choices):
    """The things of each kind, in the order of their names."""

    def __init__(self, store: Store, settings: Settings, directory: StoredDirectory) -> None:
        """Look into a store that does not change, for names that are in a directory."""
        super().__init__(store, settings)
        self._labelled = store
        self._base = settings.base_iri
        self._directory = directory

    def _look_up(self, space: str) -> Mapping[str, Mapping[str, str]]:
        """Return the labels of the first things in a namespace, by their slugs."""
        if not space.startswith(self._base):
            return super()._look_up(space)
        start = space.removeprefix(self._base)
        names = self._directory.below(start, _MOST_TRIED)
        things = [self._base + name for name in names if "/" not in name.removeprefix(start)]
        labelled = (
            (iri.removeprefix(space), labels)
            for place in range(0, len(things), MOST)
            for iri, labels in self._labels_of(things[place : place + MOST])
        )
        return dict(islice(labelled, MOST))

    def _labels_of(self, iris: Sequence[str]) -> Iterator[tuple[str, Mapping[str, str]]]:
        """Yield the labels of those that have any, in order."""
        written = " ".join(f"(<{iri}> {_LABEL}) (<{iri}> {_TITLE})" for iri in iris)
        labels: defaultdict[str, dict[str, str]] = defaultdict(dict)
        rows = self._labelled.select(_LABELS % written).rows
        for row in sorted(rows, key=lambda row: [getattr(term, "value", "") for term in row]):
            match row:
                case [ox.NamedNode() as thing, ox.Literal() as label]:
                    labels[thing.value][label.language or ""] = label.value
        return ((iri, labels[iri]) for iri in iris if iri in labels)


class ListedNames(ThingNames):
    """Names that look like another: those of its own folder that begin alike."""

    def __init__(self, store: Store, base: str, directory: StoredDirectory) -> None:
        """Take the store whose names are in a directory; others are read as ever."""
        super().__init__()
        self._listed = store
        self._base = base
        self._directory = directory

    def nearest(self, store: Store, iri: str) -> tuple[str, ...]:
        """See `ThingNames.nearest`; nobody waits for names that are not known yet."""
        if store is not self._listed:
            return super().nearest(store, iri)
        known = self._directory.known
        name = iri.removeprefix(self._base)
        if known is None or name == iri or len(name) > _LONGEST:
            return ()
        folder, slash, slug = name.rpartition("/")
        start = folder + slash
        below = (near.removeprefix(start) for near in known.below(start + slug[:1], _LIKE))
        alike = nearest(slug, (each for each in below if "/" not in each), _OFFERED)
        return tuple(self._base + start + each for each in alike)
