from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from tools.import_facts.record_says import About, described, grouped, triples
from tools.import_facts.record_tables import (
    FigureSays,
    FoundingSays,
    MembershipSays,
    NewThing,
    SeatSays,
    TermSays,
    TextSays,
    read_tables,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tools.import_facts.record_tables import Statement

ROOT: Final = Path(__file__).resolve().parents[2]
TABLES: Final = ROOT / "tools" / "import_facts" / "tables"
ABOUT: Final = About("network:forum", "a-page")


def said(statement: Statement) -> Mapping[str, tuple[str, ...]]:
    """Give what a statement says of the forum on the page."""
    return grouped(triples(statement, ABOUT))


def test_a_founding_names_those_who_took_part_in_it() -> None:
    """Founders come with whether they are all; who took the initiative is none of them."""
    founding = FoundingSays(
        place="city:turin",
        founders=("city:turin", "city:lyon"),
        complete=False,
        initiators=("office:mayor",),
    )
    assert said(founding) == {
        "founding:a-page--forum": (
            "a reti:Founding",
            "org:resultingOrganization network:forum",
            "reti:place city:turin",
            "reti:founder city:turin",
            "reti:founder city:lyon",
            "reti:foundersComplete false",
            "reti:initiator office:mayor",
        )
    }


@pytest.mark.parametrize(("value", "written"), [(920000000, "920000000"), (0.23, "0.23")])
def test_a_figure_is_named_after_source_thing_and_measure(value: float, written: str) -> None:
    """Two sources never share a figure, and its number is written as the table has it."""
    assert said(FigureSays("citizens", value, "about")) == {
        "figure:a-page--forum--citizens": (
            "a reti:Figure",
            "reti:figureOf network:forum",
            "reti:measure measure:citizens",
            f"rdf:value {written}",
            "reti:bound bound:about",
        )
    }


@pytest.mark.parametrize(
    ("role", "node"),
    [
        ("member", "membership:city-turin--forum"),
        ("participant", "membership:city-turin--forum"),
        ("chair", "membership:city-turin--forum--chair"),
    ],
)
def test_a_membership_has_the_name_other_sources_give_it(role: str, node: str) -> None:
    """Belonging is one node for all sources; a further role is a node of its own."""
    membership = MembershipSays(
        member="city:turin", organization="network:forum", role=role, since="2004"
    )
    assert said(membership) == {
        node: (
            "a org:Membership",
            "org:member city:turin",
            "org:organization network:forum",
            f"org:role role:{role}",
            'reti:since "2004"^^xsd:gYear',
        )
    }


def test_a_term_of_office_may_only_be_attested() -> None:
    """A source that saw somebody in office says neither the start nor the end."""
    term = TermSays(person="person:mara", office="office:mayor", on="2015-10-15")
    assert said(term)["term-of-office:a-page--mara--mayor"][3:] == (
        'reti:attestedOn "2015-10-15"^^xsd:date',
    )


def test_texts_are_written_safely() -> None:
    """Quotation marks in a name do not end it; a code has no language."""
    assert said(TextSays("network:forum", "skos:altLabel", 'the "Forum"', "en")) == {
        "network:forum": (r'skos:altLabel "the \"Forum\""@en',)
    }
    assert said(TextSays("network:forum", "cov:IPAcode", "c_1")) == {
        "network:forum": ('cov:IPAcode "c_1"',)
    }


def test_a_new_thing_is_described_where_it_is_spoken_of() -> None:
    """An office comes with its city, in the passages that name the office and in no other."""
    new = {"office:mayor": NewThing(class_="org:Post", label="Mayor", office_of="city:turin")}
    term = triples(TermSays(person="person:mara", office="office:mayor", on="2015"), ABOUT)
    assert grouped(described(list(term), new, "the Mayor of it")) == {
        "office:mayor": ("a org:Post", 'rdfs:label "Mayor"@en', "reti:officeOf city:turin")
    }
    assert grouped(described(list(triples(SeatSays("city:turin"), ABOUT)), new, "Mayor")) == {}


def test_the_projects_own_tables_fit_together() -> None:
    """No source is described twice, and every new thing and every city that is used is known."""
    records, sources = read_tables(TABLES)
    slugs = [entry.slug for entry in sources.source]
    assert len(set(slugs)) == len(slugs)
    citations = [cited for entry in sources.source for cited in entry.cited]
    assert len(set(citations)) == len(citations)
    text = (TABLES / "records.toml").read_text(encoding="utf-8")
    rows = text[text.index("[[row]]") :]
    assert set(re.findall(r'"(city:[a-z-]+)"', rows)) <= set(records.cities.values())
    named = {*re.findall(r'"([a-z-]+:[a-z0-9-]+)"', rows), *records.things.values()}
    assert set(records.new) <= named


def test_the_projects_own_tables_use_terms_of_the_schemes() -> None:
    """Measures, bounds and roles are concepts that the ontology defines."""
    records, _ = read_tables(TABLES)
    for entry in records.row:
        for statement in entry.says:
            for name in concepts(statement):
                scheme, _, slug = name.partition(":")
                path = ROOT / "ontology" / "schemes" / f"{scheme}s.ttl"
                assert f"\n{scheme}:{slug} a " in path.read_text(encoding="utf-8"), name


def concepts(statement: Statement) -> list[str]:
    """List the concepts that a statement uses."""
    if isinstance(statement, FigureSays):
        return [f"measure:{statement.measure}", f"bound:{statement.bound}"]
    return [f"role:{statement.role}"] if isinstance(statement, MembershipSays) else []
