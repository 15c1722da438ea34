"""What the places of the rows are called: their names, who gives them, and their IRIs."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from slugify import slugify

from tools.import_facts.findings import problem
from tools.import_facts.graph import Kind, Passage
from tools.import_facts.places import Key
from tools.import_facts.record_says import literal
from tools.import_facts.tables import PLACES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reti_graph.problems import Problem
    from tools.import_facts.cities import City
    from tools.import_facts.listed import Listed
    from tools.import_facts.places import Places
    from tools.import_facts.tables import PlaceKind, PlaceTable

GIVEN: Final[Mapping[str, str]] = {
    "en": "I nomi inglesi delle città che nessun elenco in inglese nomina sono quelli di GeoNames.",
    "it": "I nomi italiani che un elenco abbrevia sono quelli di GeoNames.",
}


@dataclass(frozen=True, slots=True)
class Thing:
    """A city or territorial body: its prefixed name, labels by language, and what it is.

    `given` are the languages in which the editors give the name.
    """

    term: str
    kind: PlaceKind
    country: str
    labels: Mapping[str, str]
    given: tuple[str, ...] = ()

    @property
    def class_(self) -> str:
        """The class as Turtle has it."""
        return "reti:City" if self.kind == "city" else "reti:TerritorialBody"


@dataclass(frozen=True, slots=True)
class _Names:
    labels: Mapping[str, str]
    given: tuple[str, ...]
    slug: str
    fixed: bool


@dataclass(frozen=True, slots=True)
class Naming:
    """What names are given with: the table, places and rows of GeoNames by id."""

    table: PlaceTable
    places: Places
    cities: Mapping[str, City]

    def things(
        self, listed: Sequence[Listed], needed: Iterable[str]
    ) -> tuple[Mapping[Key, Thing], Sequence[Problem]]:
        """Name the places of rows, and the cities that are needed by their GeoNames ids.

        `listed` is in the order in which lists name places. A place whose name another has already
        is a problem, and has none.
        """
        spellings: dict[Key, list[Listed]] = defaultdict(list)
        for each in listed:
            spellings[each.key].append(each)
        for number in sorted(needed, key=int):
            spellings[Key(number, "", self.cities[number].country)] += ()
        names = {key: self._names(key, rows) for key, rows in spellings.items()}
        slugs, clashes = _told_apart(names)
        things = {key: self._thing(key, names[key], slug) for key, slug in slugs.items()}
        return things, clashes

    def _thing(self, key: Key, names: _Names, slug: str) -> Thing:
        kind = self.places.kind(key)
        prefix = "city" if kind == "city" else "territorial-body"
        return Thing(f"{prefix}:{slug}", kind, key.country, names.labels, names.given)

    def _names(self, key: Key, rows: Sequence[Listed]) -> _Names:
        known = self.table.known.get(key.geonames_id)
        if known:
            return _Names({"en": known.en, "it": known.it}, (), known.slug, fixed=True)
        labels: dict[str, str] = {}
        shortened = False
        for row in rows:
            spelling = row.member.city
            if key.geonames_id and spelling in self.table.abbreviated:
                shortened = True
            elif row.entry.spellings:
                labels.setdefault(row.entry.language, spelling)
        given = tuple(self._missing(key, labels, shortened=shortened))
        if given:
            labels |= dict.fromkeys(given, self._own_name(key))
        slug = self.table.slugs.get(key.geonames_id) or slugify(labels.get("en") or labels["it"])
        return _Names(labels, given, slug, fixed=key.geonames_id in self.table.slugs)

    def _missing(self, key: Key, labels: Mapping[str, str], *, shortened: bool) -> Iterator[str]:
        """Yield the languages in which the editors must give the name.

        A city has an English name, everything has some name.
        """
        if "en" not in labels and (self.places.kind(key) == "city" or not labels):
            yield "en"
        if shortened and "it" not in labels:
            yield "it"

    def _own_name(self, key: Key) -> str:
        return self.cities[key.geonames_id].name if key.geonames_id else key.name


def _told_apart(names: Mapping[Key, _Names]) -> tuple[Mapping[Key, str], Sequence[Problem]]:
    """Give places of one name the country's letters too, but for those whose name is settled."""
    sharing: dict[str, list[Key]] = defaultdict(list)
    for key, found in names.items():
        sharing[found.slug].append(key)
    slugs = {
        key: found.slug
        if found.fixed or len(sharing[found.slug]) == 1
        else f"{found.slug}-{key.country.lower()}"
        for key, found in names.items()
    }
    first: dict[str, Key] = {}
    for key, slug in slugs.items():
        first.setdefault(slug, key)
    clashes = [_clash(first[slug], key, slug) for key, slug in slugs.items() if first[slug] != key]
    return {key: slug for slug, key in first.items()}, clashes


def _clash(one: Key, other: Key, slug: str) -> Problem:
    names = " / ".join(key.geonames_id or key.name for key in (one, other))
    it = f"Due luoghi ({names}) hanno lo stesso nome «{slug}»: darne uno in slugs o known."
    en = f'Two places ({names}) have the same name "{slug}"; give one of them in slugs or known.'
    return problem(PLACES, None, it, en)


def given_names(things: Iterable[Thing]) -> tuple[Passage, ...]:
    """Return the editors' passages with the names they give, one a language."""
    ordered = sorted(things, key=lambda thing: thing.term)
    said = {
        language: {
            thing.term: (f"rdfs:label {literal(thing.labels[language], language)}",)
            for thing in ordered
            if language in thing.given
        }
        for language in GIVEN
    }
    return tuple(
        Passage("editorial", f"city-names-{language}", GIVEN[language], "it", says, Kind.WORDS)
        for language, says in said.items()
        if says
    )
