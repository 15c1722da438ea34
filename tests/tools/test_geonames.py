from __future__ import annotations

from typing import TYPE_CHECKING

from tests.tools.facts import member
from tools.import_facts.run import REPORT

if TYPE_CHECKING:
    from tests.tools.planning import Plan


def test_geonames_places_a_city(planned: Plan) -> None:
    """Coordinates, country and population stand in the record; so does its own name, if another."""
    found = planned(member("Alpha", "Cologne", "3", country="DE"))
    text = found.files["data/geonames/places.trig"]
    assert 'reti:quote "3, Köln, DE, 45.46427, -9.18951, 100"@en' in text
    assert "geo:lat 45.46427 ;" in text
    assert "geo:long -9.18951 ;" in text
    assert "dcterms:spatial <https://sws.geonames.org/3/> ;" in text
    assert "reti:country eu-country:DEU" in text
    assert 'skos:altLabel "Köln"@und' in text
    assert "figure:geonames--cologne--population a reti:Figure" in text
    assert "rdf:value 100 ;" in text
    assert "dcterms:license" in found.files["data/geonames/source.trig"]


def test_a_population_of_nothing_is_no_population(planned: Plan) -> None:
    """GeoNames writes 0 where it knows none; the report says so."""
    found = planned(member("Beta", "Novate M.se", "4"))
    assert "figure:" not in found.files["data/geonames/places.trig"]
    assert "lines 5." in found.files[REPORT]
