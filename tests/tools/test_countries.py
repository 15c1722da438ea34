from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.tools.facts import member
from tests.tools.planning import said
from tools.import_facts.countries import country, is_country

if TYPE_CHECKING:
    from tests.tools.planning import Plan


def test_countries_are_described_once(planned: Plan) -> None:
    """With both names and their two letters, also for what has no place in GeoNames."""
    found = planned(
        member("Alpha", "Milan"),
        member("Beta", "Torino", "2"),
        member("Alpha", "Brussels Region", "", country="BE"),
    )
    text = found.files["data/editorial/countries.trig"]
    assert text.count("a reti:Country") == 2
    assert 'rdfs:label "Belgio"@it, "Belgium"@en' in text
    assert 'skos:notation "IT"' in text
    region = said(found, "data/alpha-page/members.trig")
    assert "territorial-body:brussels-region reti:country eu-country:BEL" in region
    assert "territorial-body:brussels-region org:classification territory-kind:region" in region


@pytest.mark.parametrize("code", ["XX", "it", "ITA", ""])
def test_what_is_no_country_has_no_name(code: str) -> None:
    """Rows with such a code are problems before anybody asks."""
    assert not is_country(code)
    with pytest.raises(LookupError):
        country(code)
