"""Names that look like one nothing is said of, looked for where it would stand.

All names are read once: a wrong address costs a comparison with the names of a few folders, not
a look at the whole data.
"""

from __future__ import annotations

import re
import threading
from collections import defaultdict
from itertools import takewhile
from typing import TYPE_CHECKING, Final, TypeAlias

import pyoxigraph as ox

from reti_graph.naming import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from reti_graph.stores.port import Store

    # What the IRIs in a folder end with, by what they start with.
    _Folders: TypeAlias = Mapping[str, frozenset[str]]

SLUGS_KEPT: Final = 2_000
FOLDERS_KEPT: Final = 2_000
_OFFERED: Final = 3
# What it takes to compare two names grows faster than their length.
_LONGEST: Final = 100
_SUBJECTS: Final = "SELECT DISTINCT ?subject WHERE { ?subject ?predicate ?object }"
_PARTS: Final = re.compile(r"(?P<folder>.*[/#])?(?P<slug>[^/#]+[/#]?)", re.DOTALL)


class ThingNames:
    """The names of the things in stores that do not change, read when first needed.

    Of each folder (`…/id/network/`) so many slugs are kept, and so many folders, the largest.
    For many threads. One object serves all stores of a release.
    """

    def __init__(self) -> None:
        """Start with nothing read."""
        self._read: dict[Store, _Folders] = {}
        self._reading = threading.Lock()

    def nearest(self, store: Store, iri: str) -> tuple[str, ...]:
        """Return the IRIs of the store that are most like this one, the best first.

        They are in the same folder; where none there is like it, they have the same last part
        in another folder, or are alike in a folder whose name is. Raises StoreError when the
        store fails.
        """
        folder, slug = _split(iri)
        if not slug or len(slug) > _LONGEST:
            return ()
        folders = self._folders(store)
        near = [folder + name for name in nearest(slug, folders.get(folder, ()), _OFFERED)]
        near = near or list(dict.fromkeys(_elsewhere(folder, slug, folders)))
        return tuple(near[:_OFFERED])

    def _folders(self, store: Store) -> _Folders:
        with self._reading:
            if store not in self._read:
                terms = (term for row in store.select(_SUBJECTS).rows for term in row)
                iris = (term.value for term in terms if isinstance(term, ox.NamedNode))
                self._read[store] = _by_folder(iris)
            return self._read[store]


def _by_folder(iris: Iterable[str]) -> _Folders:
    found: dict[str, list[str]] = defaultdict(list)
    for iri in iris:
        folder, slug = _split(iri)
        if slug and len(slug) <= _LONGEST:
            found[folder].append(slug)
    largest = sorted(found, key=lambda folder: (-len(found[folder]), folder))
    return {
        folder: frozenset(sorted(found[folder])[:SLUGS_KEPT]) for folder in largest[:FOLDERS_KEPT]
    }


def _elsewhere(folder: str, slug: str, folders: _Folders) -> Iterator[str]:
    """Yield what has the same last part, the closest folder first, then what is like both."""
    same = [known for known in folders if slug in folders[known]]
    for known in sorted(same, key=lambda known: (-_shared(folder, known), known)):
        yield known + slug
    parent, part = _split(folder)
    beside = {_split(known)[1] for known in folders if _split(known)[0] == parent}
    for name in nearest(part, beside, _OFFERED) if len(part) <= _LONGEST else ():
        for near in nearest(slug, folders[parent + name], _OFFERED):
            yield parent + name + near


def _shared(one: str, other: str) -> int:
    """Return how many parts two folders have in common, from the root on."""
    pairs = zip(one.split("/"), other.split("/"), strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _split(iri: str) -> tuple[str, str]:
    """Return what an IRI starts with and its last part; an ending "/" or "#" belongs to that."""
    match = _PARTS.fullmatch(iri)
    return (match["folder"] or "", match["slug"]) if match else (iri, "")
