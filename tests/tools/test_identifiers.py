from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.tools.facts import city, member
from tools.import_facts.cities import TERRITORIES
from tools.import_facts.run import REPORT

if TYPE_CHECKING:
    from tests.tools.planning import Plan


@pytest.mark.parametrize(
    ("confidence", "expected"), [("high", "owl:sameAs"), ("medium", "skos:closeMatch"), ("low", "")]
)
def test_wikidata_is_as_sure_as_the_row(planned: Plan, confidence: str, expected: str) -> None:
    """In the passage of each list that the row names."""
    row = city(
        "1",
        "Milan",
        wikidata_qid="Q490",
        wikidata_source="a store matches.json; a store more.csv (ITMIL)",
        wikidata_confidence=confidence,
    )
    found = planned(member("Alpha", "Milan"), places=[row])
    text = found.files.get("data/store/identifiers.trig", "")
    assert text.count("wikidata:Q490") == (2 if expected else 0)
    assert text.count(f"city:milan {expected} wikidata:Q490") == 2 or not expected
    assert ("data/store/source.trig" in found.files) == bool(expected)


def test_an_unknown_list_of_matches_is_a_problem(planned: Plan) -> None:
    """The city is taken, the match is not."""
    row = city(
        "1", "Milan", wikidata_qid="Q490", wikidata_source="hearsay", wikidata_confidence="high"
    )
    found = planned(member("Alpha", "Milan"), places=[row])
    (problem,) = found.problems
    assert str(problem.location) == "cities.csv:2"
    assert "wikidata" not in "".join(found.files).replace(REPORT, "")
    assert "city:milan" in found.files["data/alpha-page/members.trig"]


def test_an_italian_city_has_its_code_and_territory(planned: Plan) -> None:
    """The address has brackets, and is written in full."""
    iri = f"{TERRITORIES}015146-(2015-01-01)"
    found = planned(
        member("Alpha", "Milan"),
        places=[city("1", "Milan", istat_code="015146", ontopia_iri=iri)],
    )
    text = found.files["data/italian-vocabularies/identifiers.trig"]
    assert 'reti:istatCode "015146"' in text
    assert f"skos:exactMatch <{iri}>" in text
