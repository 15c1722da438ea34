from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reti_graph.sources.site import read_site
from reti_graph.validation.shacl_rust_engine import ShaclRustEngine
from reti_graph.validation.validate import validate
from tests.unit.validation.conftest import change

if TYPE_CHECKING:
    from pathlib import Path

EXAMPLES = "shapes/examples"
INVALID = f"{EXAMPLES}/network/invalid-one-name.ttl"
TRIG = """@prefix org: <http://www.w3.org/ns/org#> .
@prefix membership: <https://example.org/nets/id/membership/> .
@prefix reti: <https://w3id.org/reti-graph/ontology#> .
membership:g { membership:a a org:Membership . membership:b a org:Membership ; reti:since 1 . }
"""


def said(root: Path) -> list[str]:
    """Return file and English words of each problem with the examples of a site."""
    site, found = read_site(root)
    report = validate(site, ShaclRustEngine(), None, found).report
    return [
        f"{problem.location} {problem.messages['en']} {problem.hint or ''}".rstrip()
        for problem in report.problems
        if problem.code == "example"
    ]


def check_example(root: Path, name: str, first_line: str, text: str = TRIG) -> None:
    """Write an example for a check."""
    file = root / EXAMPLES / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"{first_line}\n{text}", "utf-8")


def test_examples_that_give_what_they_say_are_no_problem(site: Path) -> None:
    """For shapes and for checks."""
    check_example(site, "check-since-when/invalid-a.trig", "# finds: since-when membership:a")
    text = TRIG.replace("membership:a a org:Membership .", "")
    check_example(site, "check-since-when/valid-a.trig", "# good", text)
    assert said(site) == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "rdfs:label\n@prefix network",
            "-\n@prefix network",
            (
                "The example must give: sh:MinCountConstraintComponent -."
                " It gives: sh:MinCountConstraintComponent rdfs:label."
            ),
        ),
        (
            '"Gamma"@it',
            '"Gamma"@it, "G"@en',
            "The example must give: sh:MinCountConstraintComponent rdfs:label. It gives: nothing.",
        ),
        (
            "network:gamma a reti:Network ;\n    rdfs:label",
            "network:gamma rdfs:label",
            "The example must give: sh:MinCountConstraintComponent rdfs:label. It gives: nothing.",
        ),
        (
            '"Gamma"@it',
            '"A"@it, "B"@it',
            (
                "The example must give: sh:MinCountConstraintComponent rdfs:label."
                " It gives: sh:UniqueLangConstraintComponent rdfs:label."
            ),
        ),
        (
            "# fails: sh:MinCountConstraintComponent rdfs:label",
            "# It fails.",
            (
                "The example does not say rightly what it must give: its first line must be:"
                " # fails: sh:…ConstraintComponent path."
            ),
        ),
        (
            "sh:MinCountConstraintComponent",
            "rdfs:label",
            (
                "The example does not say rightly what it must give:"
                " rdfs:label is no constraint component."
            ),
        ),
        (
            "rdfs:label\n@prefix network",
            "no:label\n@prefix network",
            "The example does not say rightly what it must give: unknown prefix: no:label.",
        ),
    ],
)
def test_an_example_that_gives_something_else_is_a_problem(
    site: Path, old: str, new: str, message: str
) -> None:
    """Its file is named, with what was wanted and what came."""
    change(site / INVALID, old, new)
    assert said(site) == [f"{INVALID}:1 {message}"]


def test_a_valid_example_that_fails_is_a_problem(site: Path) -> None:
    """With what it fails."""
    change(site / EXAMPLES / "network/valid-named.ttl", ', "Gamma"@en', "")
    assert said(site) == [
        (
            f"{EXAMPLES}/network/valid-named.ttl:1 The example must give: nothing."
            " It gives: sh:MinCountConstraintComponent rdfs:label."
        )
    ]


def test_a_valid_example_that_says_how_it_fails_contradicts_itself(site: Path) -> None:
    """Its name says that it does not."""
    file = site / EXAMPLES / "network/valid-named.ttl"
    file.write_text("# fails: sh:MinCountConstraintComponent -\n" + file.read_text("utf-8"))
    assert said(site) == [
        (
            f"{EXAMPLES}/network/valid-named.ttl:1 The example does not say rightly what it must"
            " give: a valid example has no line # fails:."
        )
    ]


def test_an_example_without_triples_is_a_problem(site: Path) -> None:
    """It would be valid whatever the shapes say."""
    (site / EXAMPLES / "network/valid-named.ttl").write_text("# nothing\n")
    assert said(site)[0].endswith("it holds no triples.")


@pytest.mark.parametrize(
    ("folder", "first_line", "message"),
    [
        (
            "check-since-when",
            "# finds: since-when membership:b",
            "The example must give: since-when membership:b. It gives: since-when membership:a.",
        ),
        (
            "check-since-when",
            "# finds: another membership:a",
            (
                "The example does not say rightly what it must give: its first line must be:"
                " # finds: since-when focus-node."
            ),
        ),
        (
            "check-since-when",
            "# finds: since-when no:a",
            (
                "The example does not say rightly what it must give:"
                " no:a is no IRI and no prefixed name."
            ),
        ),
        (
            "check-since-then",
            "# finds: since-then membership:a",
            'There is no check "since-then". Did you mean since-when?',
        ),
    ],
)
def test_an_example_for_a_check_must_give_the_finding_it_names(
    site: Path, folder: str, first_line: str, message: str
) -> None:
    """The check of its folder, and the node."""
    check_example(site, f"{folder}/invalid-a.trig", first_line)
    assert said(site) == [f"{EXAMPLES}/{folder}/invalid-a.trig:1 {message}"]
