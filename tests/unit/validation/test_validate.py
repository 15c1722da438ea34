from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reti_graph.problems import Location, Problem, Severity
from reti_graph.sources.site import read_site
from reti_graph.validation.pyshacl_engine import PyShaclEngine
from reti_graph.validation.shacl_rust_engine import ShaclRustEngine
from reti_graph.validation.validate import validate
from tests.unit.validation.conftest import SMALL_SITE, change, findings

if TYPE_CHECKING:
    from pathlib import Path

NETWORKS = "data/page/networks.trig"
SHAPES = "shapes/network.ttl"


def test_a_good_site_has_no_findings_and_is_counted() -> None:
    """Its quads are those of the files and those that follow from them."""
    site, found = read_site(SMALL_SITE)
    validated = validate(site, ShaclRustEngine(), {}, found)
    assert (validated.report.problems, validated.report.engine) == ((), "shacl-rust")
    assert dict(validated.report.counts) == {
        "files": 11,
        "statements": len(site.quads),
        "derived": 1,
        "shapes": 2,
        "focus nodes": 2,
        "checks": 1,
        "examples": 2,
        "queries": 3,
    }
    assert set(validated.quads) > set(site.quads)
    assert [query.name for query in validated.queries] == ["map", "members", "networks"]


def test_a_finding_is_at_the_line_of_what_is_wrong(site: Path) -> None:
    """Here the name that is there twice, and the one that is missing."""
    change(site / NETWORKS, '"Alfa"@it, "Alpha"@en', '"Alfa"@en, "Alpha"@en')
    change(site / NETWORKS, '"Beta"@it, "Beta"@en', '"Beta"@it')
    assert findings(site) == [(f"{NETWORKS}:22", "shacl"), (f"{NETWORKS}:50", "shacl")]


def test_a_derived_statement_is_at_the_node_it_follows_from(site: Path) -> None:
    """It stands in no file."""
    with (site / SHAPES).open("a") as file:
        file.write("shapes:M a sh:NodeShape ; sh:targetObjectsOf reti:memberOf ; sh:property\n")
        file.write(" [ sh:path [ sh:inversePath reti:memberOf ] ; sh:maxCount 0 ; sh:node\n")
        file.write(" [ sh:nodeKind sh:Literal ] ] .\n")
    assert (f"{NETWORKS}:33", "shacl") in findings(site)


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        (SHAPES, "sh:minCount", "sh:minCuont", (f"{SHAPES}:12", "shapes")),
        (
            SHAPES,
            "sh:targetClass reti:Network",
            "sh:targetClass reti:Nework",
            (f"{SHAPES}:7", "no-focus"),
        ),
        (
            SHAPES,
            "    sh:property shapes:Network-label .",
            "    sh:property shapes:Nowhere .",
            (f"{SHAPES}:8", "shapes"),
        ),
        (SHAPES, "sh:uniqueLang true", 'sh:pattern "(?=x)"', (f"{SHAPES}:10", "shapes")),
        (NETWORKS, "reti:since", "reti:from", (f"{NETWORKS}:33", "since-when")),
        (
            "shapes/checks/since-when.rq",
            "FILTER NOT",
            "FILTER NO",
            ("shapes/checks/since-when.rq:9:24", "check-syntax"),
        ),
        (
            "queries/map.rq",
            "{ ?member reti:memberOf ?network }\n",
            "{ ?member reti:none ?network }\n",
            ("queries/map.rq:1", "query-answer"),
        ),
        (
            "queries/networks.rq",
            "a reti:Network",
            "a reti:Nothing",
            ("queries/networks.rq:1", "query-answer"),
        ),
        (
            "queries/members.rq",
            "example: alpha",
            "example: gamma",
            ("queries/members.rq:1", "query-answer"),
        ),
        (
            "queries/members.rq",
            "$network ;",
            "$netwrk ;",
            ("queries/members.rq:5:6", "query-parameter"),
        ),
        (
            "ontology/rules/member-of.ru",
            "INSERT {",
            "DELETE {",
            ("ontology/rules/member-of.ru:5:1", "rule-form"),
        ),
    ],
)
def test_whatever_is_wrong_is_found_with_file_and_line(
    site: Path, file: str, old: str, new: str, expected: tuple[str, str]
) -> None:
    """Shapes, checks, queries and rules as well as data."""
    change(site / file, old, new)
    assert expected in findings(site)


def test_shapes_without_any_target_are_an_error(site: Path) -> None:
    """Not silence."""
    (site / SHAPES).write_text("<urn:a> <urn:b> <urn:c> .\n")
    assert ("shapes/", "no-shapes") in findings(site)


def test_a_file_that_cannot_be_read_is_the_whole_report(site: Path) -> None:
    """What would follow from its absence is not reported."""
    (site / NETWORKS).write_text("page:a {")
    assert findings(site) == [(f"{NETWORKS}:1:1", "syntax")]


def test_a_warning_of_reading_does_not_stop_the_run(site: Path) -> None:
    """It is reported with the rest, in the order of the files."""
    (site / "queries/notes.txt").write_text("…")
    change(site / NETWORKS, '"Beta"@it, "Beta"@en', '"Beta"@it')
    assert findings(site) == [
        (f"{NETWORKS}:50", "shacl"),
        ("queries/notes.txt", "file-not-read"),
    ]


def test_a_violation_of_reading_stops_the_run() -> None:
    """The report says so, and of which engine it would have been."""
    site, _ = read_site(SMALL_SITE)
    found = Problem("syntax", Severity.VIOLATION, {"en": "no"}, Location("a.ttl", 1))
    validated = validate(site, ShaclRustEngine(), None, [found])
    assert (validated.quads, validated.report.problems) == ((), (found,))
    assert dict(validated.report.counts) == {"files": 11}


def test_what_an_engine_finds_out_late_is_one_finding(site: Path) -> None:
    """Some parameters are looked at only when data is checked, that of the examples too."""
    change(site / SHAPES, "sh:minCount 2", "sh:minCount 2, 3")
    read, found = read_site(site)
    problems = validate(read, PyShaclEngine(), None, found).report.problems
    assert [problem.messages["en"].partition(":")[0] for problem in problems] == ["pyshacl"]
