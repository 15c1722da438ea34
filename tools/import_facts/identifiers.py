"""What other registers call the cities: their items in Wikidata, their territories in Italy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.import_facts.graph import Kind, Passage
from tools.import_facts.record_says import literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reti_graph.problems import Problem
    from tools.import_facts.cities import City
    from tools.import_facts.names import Thing
    from tools.import_facts.tables import ListTable, MatchList, RegisterList


def wikidata(table: ListTable, cities: Mapping[str, tuple[Thing, City]]) -> Iterator[Passage]:
    """Yield a passage for each list of matches that has one of the cities.

    What is sure is the same thing (owl:sameAs), what is less sure a close match; the rest is left.
    """
    for entry in table.matches:
        says = {
            thing.term: (f"{relation} wikidata:{city.wikidata}",)
            for thing, city in cities.values()
            if entry.cited in city.wikidata_sources
            and (relation := _relation(city.wikidata_confidence))
        }
        if says:
            yield _passage(entry, entry.source_slug, "en", says)


def _relation(confidence: str) -> str | None:
    return {"high": "owl:sameAs", "medium": "skos:closeMatch"}.get(confidence)


def territories(table: ListTable, cities: Mapping[str, tuple[Thing, City]]) -> Iterator[Passage]:
    """Yield the passage with the codes and territories of the Italian cities, if there are any."""
    says = {
        thing.term: (
            f"reti:istatCode {literal(city.istat_code)}",
            f"skos:exactMatch <{city.territory}>",
        )
        for thing, city in cities.values()
        if city.istat_code
    }
    if says:
        entry = table.territories
        yield _passage(entry, entry.source.slug, entry.source.languages[0], says)


def _passage(
    entry: MatchList | RegisterList, source: str, language: str, says: Mapping[str, Sequence[str]]
) -> Passage:
    return Passage(
        source=source,
        slug=entry.slug,
        quote=entry.quote,
        language=language,
        says={term: tuple(lines) for term, lines in says.items()},
        kind=Kind.LIST,
        covers=entry.covers.words,
        completeness="partial",
    )


def uncited(table: ListTable, city: City) -> Problem | None:
    """Return the problem of a row that names a list of matches no table knows."""
    known = {entry.cited for entry in table.matches}
    strange = [cited for cited in city.wikidata_sources if cited not in known]
    if not strange:
        return None
    return city.line.problem(
        f"lists.toml non ha «{strange[0]}» tra i suoi matches: questo lo si lascia fuori.",
        f'lists.toml does not have "{strange[0]}" among its matches; add it: this one is left out.',
    )
