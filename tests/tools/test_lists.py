from __future__ import annotations

from typing import TYPE_CHECKING

from tests.tools.facts import member
from tests.tools.planning import said

if TYPE_CHECKING:
    from tests.tools.planning import Plan


def test_a_list_becomes_a_source_with_one_passage(planned: Plan) -> None:
    """Its quote, what it covers and how complete it is stand in the passage; so do its members."""
    found = planned(member("Alpha", "Milan"), member("Alpha", "Torino", "2"))
    assert found.problems == ()
    text = found.files["data/alpha-page/members.trig"]
    assert text.count("a reti:Passage, reti:List ;") == 1
    assert 'reti:quote "the members"@en' in text
    assert "reti:completeness completeness:complete" in text
    assert 'reti:covers "chi c’è"@it, "who is there"@en' in text
    assert 'dcterms:issued "2020"^^xsd:gYear' in found.files["data/alpha-page/source.trig"]
    node = "membership:city-torino--alpha"
    statements = said(found, "data/alpha-page/members.trig")
    assert f"{node} org:member city:torino" in statements
    assert f"{node} org:organization network:alpha" in statements
    assert f"{node} org:role role:member" in statements
    assert 'city:torino rdfs:label "Torino"@en' in statements


def test_a_spelling_that_is_not_the_name_is_an_alternative(planned: Plan) -> None:
    """In the passage of the list that has it; an abbreviation is one, too."""
    found = planned(
        member("Alpha", "Mailand"),
        member("Beta", "Milano"),
        member("Beta", "Novate M.se", "4"),
    )
    assert 'city:milan skos:altLabel "Mailand"@en' in said(found, "data/alpha-page/members.trig")
    statements = said(found, "data/beta-page/members.trig")
    assert 'city:milan rdfs:label "Milano"@it' in statements
    assert 'city:novate-milanese skos:altLabel "Novate M.se"@it' in statements
    names = said(found, "data/editorial/city-names.trig")
    assert 'city:novate-milanese rdfs:label "Novate Milanese"@it' in names


def test_a_programme_is_taken_part_in(planned: Plan) -> None:
    """With the date of the selection."""
    found = planned(member("Gamma", "Milan", since="2013-12 (first group)"))
    node = "participation:city-milan--gamma"
    statements = said(found, "data/gamma-page/members.trig")
    assert f"{node} reti:participant city:milan" in statements
    assert f"{node} reti:participationIn programme:gamma" in statements
    assert f"{node} org:role role:participant" in statements
    assert any(text.startswith(f'{node} reti:since "2013-12"') for text in statements)


def test_a_role_is_a_second_membership_of_a_body_that_is_described(planned: Plan) -> None:
    """The first has no date: the source gives one to the role only."""
    found = planned(member("Delta", "Milan", since="2020-04 (chair)"))
    statements = said(found, "data/delta-page/members.trig")
    assert "body:delta-board org:subOrganizationOf network:alpha" in statements
    node = "membership:city-milan--delta-board"
    assert f"{node} org:role role:member" in statements
    assert f"{node}--chair org:role role:chair" in statements
    dated = [text for text in statements if "reti:since" in text]
    assert [text.split()[0] for text in dated] == [f"{node}--chair"]


def test_founders_have_a_record_of_their_own(planned: Plan) -> None:
    """Its words are those of the rows; there may be other founders."""
    found = planned(
        member("Alpha", "Milan", since="2012 (founder)"),
        member("Alpha", "Turin", "2", since="2012 (founder)"),
        member("Alpha", "Cologne", "3", country="DE"),
    )
    text = found.files["data/alpha-page/members.trig"]
    assert 'reti:quote "Milan, Turin: 2012 (founder)"@en' in text
    assert text.count("reti:Record") == 1
    statements = said(found, "data/alpha-page/members.trig")
    node = "founding:alpha-page--alpha"
    assert f"{node} reti:founder city:turin" in statements
    assert f"{node} reti:founder city:cologne" not in statements
    assert any(text.startswith(f'{node} reti:foundersComplete "false"') for text in statements)


def test_a_list_whose_spellings_are_not_its_own_says_no_names(planned: Plan) -> None:
    """Only who is on it."""
    found = planned(member("Alpha", "Milan", source_title="Alpha: the members, seen twice"))
    text = found.files["data/alpha-table/members.trig"]
    assert "membership:city-milan--alpha a org:Membership" in text
    assert "abel" not in text.replace("prefix rdfs", "")
