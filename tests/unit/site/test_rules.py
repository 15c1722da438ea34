from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pyoxigraph as ox
import pytest

Read = Callable[[str], frozenset[ox.Quad]]
Derive = Callable[..., frozenset[ox.Quad]]

MEMBERSHIP = """
page:p { membership:m a org:Membership ; org:member city:milan ; org:organization network:c40 ;
    org:role %s . }
"""
SAID = 'page:p { membership:m reti:%s "%s"^^xsd:%s . }'


@pytest.mark.parametrize(
    ("role", "agent_side", "organization_side"),
    [
        ("role:member", "reti:memberOf", "reti:hasMember"),
        ("role:chair", "reti:chairs", "reti:chairedBy"),
        ("role:co-chair", "reti:coChairs", "reti:coChairedBy"),
        ("role:founder", "reti:founded", "reti:foundedBy"),
        ("role:signatory", "reti:signatoryOf", "reti:hasSignatory"),
        ("role:participant", "reti:participatesIn", "reti:hasParticipant"),
        ("role:partner", "reti:participatesIn", "reti:hasParticipant"),
        ("role:host", "reti:hosts", "reti:hostedBy"),
        ("role:vice-chair", "reti:memberOf", "reti:hasMember"),
        ("role:coordinator", "reti:memberOf", "reti:hasMember"),
    ],
)
def test_a_role_yields_its_direct_property_and_the_inverse(
    role: str, agent_side: str, organization_side: str, derived: Derive, quads: Read
) -> None:
    """A membership gives the property its role names, both ways, in its own passage."""
    expected = quads(f"""page:p {{ city:milan {agent_side} network:c40 .
        network:c40 {organization_side} city:milan . }}""")
    found = derived(MEMBERSHIP % role, "direct-property-of-role", "predicates-inverse")
    assert found == expected


def test_a_membership_said_in_two_passages_gives_each_its_own_statement(
    derived: Derive, quads: Read
) -> None:
    """Evidence is kept passage by passage."""
    twice = MEMBERSHIP % "role:chair" + MEMBERSHIP.replace("page:p", "page:q") % "role:chair"
    expected = quads("""page:p { city:milan reti:chairs network:c40 . }
        page:q { city:milan reti:chairs network:c40 . }""")
    assert derived(twice, "direct-property-of-role") == expected


def test_a_role_and_a_member_in_different_passages_give_nothing(derived: Derive) -> None:
    """No passage alone says that this agent has this role, so none supports the statement."""
    split = """page:p { membership:m org:member city:milan ; org:organization network:c40 . }
        page:q { membership:m org:role role:chair . }"""
    assert not derived(split, "direct-property-of-role")


def test_only_founders_found(derived: Derive, quads: Read) -> None:
    """An initiator or a supporter is no founder."""
    founding = """page:p { founding:f org:resultingOrganization network:efus ;
        reti:founder city:lyon ; reti:initiator office:mayor ; reti:supporter organization:o . }"""
    expected = quads("""page:p { network:efus reti:foundedBy city:lyon .
        city:lyon reti:founded network:efus . }""")
    assert derived(founding, "founded-by", "predicates-inverse") == expected


def test_partners_partner_with_each_other_and_not_with_themselves(
    derived: Derive, quads: Read
) -> None:
    """A partnership gives one statement each way."""
    partnership = "page:p { partnership:x reti:partner network:a, network:b . }"
    expected = quads("""page:p { network:a reti:partnersWith network:b .
        network:b reti:partnersWith network:a . }""")
    assert derived(partnership, "partners-with") == expected


def test_a_symmetric_statement_holds_the_other_way_round(derived: Derive, quads: Read) -> None:
    """reti:partnersWith is declared symmetric."""
    one_way = "page:p { network:a reti:partnersWith network:b . }"
    expected = quads("page:p { network:b reti:partnersWith network:a . }")
    assert derived(one_way, "predicates-symmetric") == expected


def test_a_host_hosts(derived: Derive, quads: Read) -> None:
    """A hosting gives the direct property and its inverse."""
    hosting = "page:p { hosting:h reti:host municipality:milan ; reti:hosted body:staff . }"
    expected = quads("""page:p { municipality:milan reti:hosts body:staff .
        body:staff reti:hostedBy municipality:milan . }""")
    assert derived(hosting, "hosts", "predicates-inverse") == expected


def test_a_participant_participates(derived: Derive, quads: Read) -> None:
    """A participation gives the direct property and its inverse, whatever the role."""
    participation = """page:p { participation:x reti:participant city:milan ;
        reti:participationIn project:impulse ; org:role role:partner . }"""
    expected = quads("""page:p { city:milan reti:participatesIn project:impulse .
        project:impulse reti:hasParticipant city:milan . }""")
    assert derived(participation, "participates-in", "predicates-inverse") == expected


def test_a_city_participates_in_a_programme(derived: Derive, quads: Read) -> None:
    """What is taken part in may be a programme: no rule asks what it is."""
    participation = """page:p { participation:x reti:participant city:milan ;
        reti:participationIn programme:resilient ; org:role role:participant . }"""
    expected = quads("""page:p { city:milan reti:participatesIn programme:resilient .
        programme:resilient reti:hasParticipant city:milan . }""")
    assert derived(participation, "participates-in", "predicates-inverse") == expected


def test_inverses_declared_outside_our_ontology_derive_nothing(derived: Derive) -> None:
    """org:holds and org:heldBy are not ours to derive, even where a passage declares them so."""
    others = """page:p { org:holds owl:inverseOf org:heldBy . person:p org:holds office:o .
        reti:memberOf owl:inverseOf org:heldBy . }"""
    assert not derived(others, "predicates-inverse")


@pytest.mark.parametrize(
    ("one", "other", "comparable"),
    [
        ('"2009"^^xsd:gYear', '"2010"^^xsd:gYear', True),
        ('"2009-09"^^xsd:gYearMonth', '"2010-01"^^xsd:gYearMonth', True),
        ('"2009"^^xsd:gYear', '"2010-01"^^xsd:gYearMonth', False),
        ('"2009"^^xsd:gYear', '"2010-01-01"^^xsd:date', False),
        ('"2009-09"^^xsd:gYearMonth', '"2010-01-01"^^xsd:date', False),
    ],
)
def test_the_store_compares_times_of_one_precision_only(
    one: str, other: str, *, comparable: bool
) -> None:
    """That is why the rules derive days: were it otherwise, they would not be needed."""
    prefix = "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> "
    earlier = ox.Store().query(f"{prefix} ASK {{ FILTER({one} < {other}) }}")
    assert bool(earlier) == comparable


@pytest.mark.parametrize(
    ("value", "datatype", "first", "last"),
    [
        ("2009", "gYear", "2009-01-01", "2009-12-31"),
        ("2009-09", "gYearMonth", "2009-09-01", "2009-09-30"),
        ("2009-12", "gYearMonth", "2009-12-01", "2009-12-31"),
        ("2023-02", "gYearMonth", "2023-02-01", "2023-02-28"),
        ("2024-02", "gYearMonth", "2024-02-01", "2024-02-29"),
        ("1900-02", "gYearMonth", "1900-02-01", "1900-02-28"),
        ("2000-02", "gYearMonth", "2000-02-01", "2000-02-29"),
        ("2015-10-15", "date", "2015-10-15", "2015-10-15"),
    ],
)
def test_a_time_has_a_first_and_a_last_day(
    value: str, datatype: str, first: str, last: str, derived: Derive, quads: Read
) -> None:
    """Years, months and days give the days they begin and end on, leap years included."""
    expected = quads(f"""page:p {{ membership:m reti:earliest "{first}"^^xsd:date ;
        reti:latest "{last}"^^xsd:date . }}""")
    assert derived(SAID % ("date", value, datatype), "first-day", "last-day") == expected


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("since", ["sinceEarliest"], ["sinceLatest"]),
        ("until", ["untilEarliest"], ["untilLatest"]),
        ("during", ["sinceEarliest", "untilEarliest"], ["sinceLatest", "untilLatest"]),
        ("notBefore", ["earliest"], []),
        ("notAfter", [], ["latest"]),
        ("attestedOn", ["untilEarliest"], ["sinceLatest"]),
    ],
)
def test_each_way_to_say_a_time_bounds_what_it_can(
    said: str, first: list[str], last: list[str], derived: Derive, quads: Read
) -> None:
    """A start bounds the start, an end the end, a period both, an attested time one side each."""
    expected: frozenset[ox.Quad] = frozenset()
    for names, day in ((first, "2020-01-01"), (last, "2020-12-31")):
        for name in names:
            expected |= quads(SAID % (name, day, "date"))
    assert derived(SAID % (said, "2020", "gYear"), "first-day", "last-day") == expected


@pytest.mark.parametrize(
    ("value", "datatype"),
    [("2009-13", "gYearMonth"), ("2009-02-30", "date"), ("2009", "string"), ("2009", "integer")],
)
def test_what_is_no_time_has_no_days(value: str, datatype: str, derived: Derive) -> None:
    """A month or day that does not exist, or a value of another type, gives nothing."""
    assert not derived(SAID % ("since", value, datatype), "first-day", "last-day")


def test_a_relation_has_every_passage_that_says_something_of_it_as_source(
    derived: Derive, quads: Read
) -> None:
    """Two passages that speak of one membership are both its primary sources."""
    given = """page:p { page:p a reti:Passage . membership:m a org:Membership . }
        page:q { page:q a reti:Passage . membership:m reti:showcases topic:mobility . }"""
    expected = quads("""page:p { membership:m prov:hadPrimarySource page:p . }
        page:q { membership:m prov:hadPrimarySource page:q . }""")
    assert derived(given, "primary-source") == expected


def test_a_passage_that_only_names_a_relation_is_not_its_source(derived: Derive) -> None:
    """An English label given by the editors is no evidence for the relation."""
    given = """page:p { membership:m a org:Membership . }
        editorial:e { editorial:e a reti:Passage . membership:m rdfs:label "Milan in C40"@en . }"""
    assert not derived(given, "primary-source")


def test_a_network_is_no_relation(derived: Derive) -> None:
    """Only relation nodes get a primary source."""
    given = "page:p { page:p a reti:Passage . network:c40 a reti:Network . }"
    assert not derived(given, "primary-source")


def test_a_passage_gets_both_selectors_and_its_source(derived: Derive, quads: Read) -> None:
    """The words become a plain string, the place two numbers."""
    given = """page:p { page:p a reti:Passage ; prov:wasQuotedFrom source:s ;
        reti:quote "Milano"@it ; reti:start 3 ; reti:end 9 . }"""
    expected = quads(r"""page:p {
        page:p oa:hasSource source:s ; oa:hasSelector page:p\#text-quote, page:p\#text-position .
        page:p\#text-quote a oa:TextQuoteSelector ; oa:exact "Milano" .
        page:p\#text-position a oa:TextPositionSelector ; oa:start 3 ; oa:end 9 . }""")
    assert derived(given, "passage-selectors") == expected


def test_a_passage_without_a_place_gets_no_position_selector(derived: Derive, quads: Read) -> None:
    """The editors' own passages stand at no place in a text."""
    given = """editorial:e { editorial:e a reti:Passage ; prov:wasQuotedFrom source:editorial ;
        reti:quote "Nomi"@it . }"""
    expected = quads(r"""editorial:e {
        editorial:e oa:hasSource source:editorial ; oa:hasSelector editorial:e\#text-quote .
        editorial:e\#text-quote a oa:TextQuoteSelector ; oa:exact "Nomi" . }""")
    assert derived(given, "passage-selectors") == expected


def test_a_concept_is_named_by_its_preferred_label(derived: Derive, quads: Read) -> None:
    """Every language's label is taken over, in the graph it stands in."""
    given = '<http://x.example/s> { topic:t skos:prefLabel "Tema"@it, "Topic"@en . }'
    expected = quads('<http://x.example/s> { topic:t rdfs:label "Tema"@it, "Topic"@en . }')
    assert derived(given, "label-of-concept") == expected


def test_rules_feed_one_another_until_nothing_is_new(derived: Derive, quads: Read) -> None:
    """An inverse follows from what another rule derived, whichever rule runs first."""
    given = "page:p { participation:x reti:participant city:a ; reti:participationIn event:e . }"
    expected = quads("""page:p { city:a reti:participatesIn event:e .
        event:e reti:hasParticipant city:a . }""")
    assert derived(given) == expected


def test_rules_add_nothing_to_what_they_have_made(derived: Derive) -> None:
    """Once at an end, a second run over the result finds nothing new."""
    given = """page:p { page:p a reti:Passage ; prov:wasQuotedFrom source:s ; reti:quote "x"@it .
        membership:m a org:Membership ; org:member city:milan ; org:organization network:c40 ;
            org:role role:chair ; reti:during "2020"^^xsd:gYear .
        partnership:x a reti:Partnership ; reti:partner network:a, network:b . }"""
    new = derived(given)
    said = "".join(f"{quad.triple} .\n" for quad in new)
    assert len(new) == 14
    assert not derived(f"{given} page:p {{ {said} }}")


def test_every_rule_says_in_words_what_it_does(rules: dict[str, str]) -> None:
    """A rule file opens with a comment."""
    assert [name for name, text in rules.items() if not text.startswith("# ")] == []


def test_every_rule_writes_only_into_the_graph_it_matched(rules: dict[str, str]) -> None:
    """INSERT names one graph, a variable that the WHERE part binds with GRAPH."""
    for name, text in rules.items():
        written, _, read = text.partition("WHERE")
        (graph,) = graph_names(written)
        assert graph.startswith("?"), name
        assert graph in graph_names(read), name


def graph_names(text: str) -> set[str]:
    """Return what stands after each GRAPH."""
    words = text.split()
    return {after for word, after in pairwise(words) if word == "GRAPH"}
