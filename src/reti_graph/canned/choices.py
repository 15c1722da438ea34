"""What a parameter may be given: the things of its kinds, each with the word that stands for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from reti_graph.binding import bind
from reti_graph.canned.parameters import StoredThings, namespace
from reti_graph.terms import DCTERMS, RDFS_LABEL

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reti_graph.canned.query import Param
    from reti_graph.config import Settings
    from reti_graph.stores.port import Store
    from reti_graph.terms import Term

# More choices help nobody; a name can still be written.
MOST: Final = 500
# Names of things that were asked for.
MOST_FOUND: Final = 10_000
_LABELS: Final = f"""
SELECT ?thing ?label WHERE {{
  {{ SELECT DISTINCT ?thing WHERE {{
      VALUES ?name {{ <{RDFS_LABEL.value}> <{DCTERMS}title> }}
      ?thing ?name ?any FILTER(STRSTARTS(STR(?thing), $space))
  }} ORDER BY ?thing LIMIT {MOST} }}
  VALUES ?name {{ <{RDFS_LABEL.value}> <{DCTERMS}title> }}
  ?thing ?name ?label
}}"""


@dataclass(frozen=True, slots=True)
class Choice:
    """A thing that a parameter may be: what stands for it, and its labels by language."""

    value: str
    labels: Mapping[str, str]


class Choices:
    """The things of each kind, looked up once.

    May be used by many threads: at worst something is looked up twice.
    """

    def __init__(self, store: Store, settings: Settings) -> None:
        """Look into a store that does not change."""
        self._store = store
        self._settings = settings
        self._things = StoredThings(store)
        self._by_space: dict[str, Mapping[str, Mapping[str, str]]] = {}
        self._found: set[str] = set()

    def of(self, param: Param) -> tuple[Choice, ...]:
        """Return the things a parameter may be, at most MOST of each kind, kind by kind.

        A slug that an earlier kind has too is written with its prefix.
        """
        return tuple(self._choices(param))

    def has(self, node: ox.NamedNode) -> bool:
        """Tell whether anything is said of a thing, or with it."""
        if node.value in self._found:
            return True
        found = self._things.has(node)
        if found and len(self._found) < MOST_FOUND:
            self._found.add(node.value)
        return found

    def slugs(self, space: str) -> Sequence[str]:
        """Return the last parts of the IRIs in a namespace, at most MOST."""
        return tuple(self._labels(space))

    def _choices(self, param: Param) -> Iterator[Choice]:
        taken: set[str] = set()
        for kind in param.kinds:
            labels = self._labels(namespace(kind, self._settings))
            for slug, texts in labels.items():
                yield Choice(f"{kind}:{slug}" if slug in taken else slug, texts)
            taken.update(labels)

    def _labels(self, space: str) -> Mapping[str, Mapping[str, str]]:
        if space not in self._by_space:
            self._by_space[space] = self._look_up(space)
        return self._by_space[space]

    def _look_up(self, space: str) -> Mapping[str, Mapping[str, str]]:
        found: dict[str, dict[str, str]] = {}
        rows = self._store.select(bind(_LABELS, {"space": ox.Literal(space)})).rows
        for thing, label in sorted(rows, key=_by_name):
            if isinstance(thing, ox.NamedNode) and isinstance(label, ox.Literal):
                slug = thing.value.removeprefix(space)
                if "/" not in slug and "#" not in slug:
                    found.setdefault(slug, {})[label.language or ""] = label.value
        return found


def _by_name(row: Sequence[Term | None]) -> tuple[str, str]:
    """Order labels by their things, and those of one by their texts."""
    thing, label = (getattr(term, "value", "") for term in row)
    return thing, label
