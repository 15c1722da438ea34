"""What the rules make of the dates of sources: days, for the source and each of its passages."""

from __future__ import annotations

from collections.abc import Callable

import pyoxigraph as ox
import pytest

Read = Callable[[str], frozenset[ox.Quad]]
Derive = Callable[..., frozenset[ox.Quad]]


def days(thing: str, earliest: str | None, latest: str | None) -> str:
    """Write the two derived days of a thing, or the one there is, in the thing's own graph."""
    bounds = (("earliest", earliest), ("latest", latest))
    said = (f'{thing} reti:{name} "{day}"^^xsd:date .' for name, day in bounds if day is not None)
    return f"{thing} {{ {' '.join(said)} }}"


@pytest.mark.parametrize(
    ("said", "earliest", "latest"),
    [
        ('dcterms:issued "2024"^^xsd:gYear', "2024-01-01", "2024-12-31"),
        ('dcterms:issued "2024-02"^^xsd:gYearMonth', "2024-02-01", "2024-02-29"),
        ('dcterms:issued "2025-05-18"^^xsd:date', "2025-05-18", "2025-05-18"),
        ('reti:seenOn "2026-11-22"^^xsd:date', "2026-11-22", "2026-11-22"),
        (
            'reti:notBefore "2025"^^xsd:gYear ; reti:notAfter "2026-11-22"^^xsd:date',
            "2025-01-01",
            "2026-11-22",
        ),
        ('reti:notAfter "2026-11-22"^^xsd:date', None, "2026-11-22"),
    ],
)
def test_a_source_and_its_passages_have_the_days_its_date_can_mean(
    said: str, earliest: str | None, latest: str | None, derived: Derive, quads: Read
) -> None:
    """Whichever way a source is dated, its passages have its days; an open side stays open."""
    given = f"""source:s {{ source:s a reti:Source ; {said} . }}
        page:p {{ page:p a reti:Passage ; prov:wasQuotedFrom source:s . }}"""
    expected = quads(days("source:s", earliest, latest) + days("page:p", earliest, latest))
    names = ("first-day", "last-day", "first-day-of-source", "last-day-of-source")
    assert derived(given, *names, "passage-days") == expected


def test_a_passage_has_the_days_of_its_own_source_only(derived: Derive, quads: Read) -> None:
    """Two sources of different years date their passages apart."""
    given = """source:s { source:s a reti:Source ; reti:seenOn "2024-01-02"^^xsd:date . }
        source:t { source:t a reti:Source ; reti:seenOn "2026-11-22"^^xsd:date . }
        page:p { page:p a reti:Passage ; prov:wasQuotedFrom source:s . }"""
    expected = quads(days("page:p", "2024-01-02", "2024-01-02"))
    found = derived(given, "first-day-of-source", "last-day-of-source", "passage-days")
    assert {quad for quad in found if "page" in str(quad.subject)} == expected


@pytest.mark.parametrize(
    "graph",
    [
        'page:p { network:n dcterms:issued "2024"^^xsd:gYear . }',
        'page:p { source:s a reti:Source ; dcterms:issued "2024"^^xsd:gYear . }',
        'source:s { source:s a reti:Source ; dcterms:issued "nel 2024"@it . }',
    ],
)
def test_only_a_source_in_its_own_graph_with_a_real_date_has_days(
    graph: str, derived: Derive
) -> None:
    """A date of something else, beside its place, or in words gives no days."""
    assert not derived(graph, "first-day-of-source", "last-day-of-source", "passage-days")


def test_a_founding_and_its_passage_are_dated_apart(derived: Derive, quads: Read) -> None:
    """When something happened is no matter of when it was written down."""
    given = """source:s { source:s a reti:Source ; reti:seenOn "2026-11-22"^^xsd:date . }
        page:p { page:p a reti:Passage ; prov:wasQuotedFrom source:s .
            founding:f reti:date "1986"^^xsd:gYear . }"""
    expected = quads("""page:p { founding:f reti:earliest "1986-01-01"^^xsd:date .
        page:p reti:earliest "2026-11-22"^^xsd:date . }
        source:s { source:s reti:earliest "2026-11-22"^^xsd:date . }""")
    assert derived(given, "first-day", "first-day-of-source", "passage-days") == expected
