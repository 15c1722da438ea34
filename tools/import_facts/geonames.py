"""What GeoNames says of the cities: one record a place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tools.import_facts.countries import country
from tools.import_facts.graph import Kind, Passage
from tools.import_facts.record_says import About, Triple, grouped, literal, triples
from tools.import_facts.record_tables import FigureSays

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tools.import_facts.cities import City
    from tools.import_facts.names import Thing

SOURCE: Final = "geonames"


def record(thing: Thing, city: City) -> Passage:
    """Return the record of a city."""
    words = (city.geonames_id, city.name, city.country, city.lat, city.lon, str(city.population))
    return Passage(
        source=SOURCE,
        slug=city.geonames_id,
        quote=", ".join(words),
        language="en",
        says=grouped(_record(thing, city)),
        kind=Kind.RECORD,
    )


def _record(thing: Thing, city: City) -> Iterator[Triple]:
    yield Triple(thing.term, "a", "reti:City")
    if city.name not in thing.labels.values():
        # GeoNames does not tell the language of a name.
        yield Triple(thing.term, "skos:altLabel", literal(city.name, "und"))
    yield Triple(thing.term, "geo:lat", city.lat)
    yield Triple(thing.term, "geo:long", city.lon)
    yield Triple(thing.term, "dcterms:spatial", f"<https://sws.geonames.org/{city.geonames_id}/>")
    yield Triple(thing.term, "reti:country", country(city.country))
    # GeoNames writes 0 where it knows no population.
    if city.population:
        figure = FigureSays(measure="population", value=city.population, bound="exact")
        yield from triples(figure, About(thing.term, SOURCE))
