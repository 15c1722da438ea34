from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import click
import pyoxigraph as ox
import pytest

from reti_graph.cli.findings import Writer, summary
from reti_graph.config import Publisher, Settings
from reti_graph.problems import Location, Problem, Report, Severity

EX = "https://example.org/"
SETTINGS = Settings(
    base_iri=EX,
    languages=("it", "en"),
    licence=f"{EX}licence",
    title={"it": "Reti", "en": "Networks"},
    description={"it": "Reti", "en": "Networks"},
    publisher=Publisher("Someone"),
    prefixes={"ex": EX, "sh": "http://www.w3.org/ns/shacl#"},
)
LABEL = Problem(
    "shacl",
    Severity.VIOLATION,
    {"it": "Manca il nome.", "en": "The name, please: 100% missing."},
    Location("data/c40.trig", 12, 5),
    focus=ox.NamedNode(EX + "c40"),
    path=f"^<{EX}a>/<{EX}b>",
    value=ox.Literal("C40", language="it"),
    component="http://www.w3.org/ns/shacl#MinCountConstraintComponent",
    shape=EX + "Network-label",
    hint="Add it.",
)
NOWHERE = Problem("check", Severity.INFO, {"it": "Qualcosa.", "en": "Something."})


def writer(language: str = "en", root: Path = Path("site")) -> Writer:
    """Make a writer for a site in a folder beside where the user stands."""
    return Writer(root, SETTINGS, language)


def plain(report: Report, form: str = "text") -> str:
    """Write a report as a pipe gets it."""
    return click.unstyle(writer().render(report, form))


def test_a_finding_has_its_place_its_severity_and_what_it_is_about() -> None:
    """The place comes first, as editors and compilers write it."""
    assert plain(Report((LABEL,))).partition("\n\n")[0] == (
        "site/data/c40.trig:12:5  violation  The name, please: 100% missing.\n"
        "    focus  ex:c40\n"
        "    path   ^ex:a/ex:b\n"
        '    value  "C40"@it\n'
        "    rule   sh:MinCountConstraintComponent of ex:Network-label\n"
        "    hint   Add it."
    )


def test_a_finding_without_a_place_says_so() -> None:
    """And leaves out whatever it does not know."""
    assert plain(Report((NOWHERE,))).partition("\n\n")[0] == "(no place)  info  Something."


def test_a_message_is_in_the_language_asked_for() -> None:
    """Both are in the finding."""
    assert "Manca il nome." in writer("it").render(Report((LABEL,)), "text")


def test_findings_stand_in_the_order_of_files_and_lines_and_the_count_at_the_end() -> None:
    """Whoever mends a file goes through it once."""
    later = replace(LABEL, location=Location("data/c40.trig", 13))
    lines = plain(Report((later, LABEL), {"files": 1, "derived": 3}, "shacl-rust")).splitlines()
    assert [line for line in lines if line.startswith("site/")] == [
        "site/data/c40.trig:12:5  violation  The name, please: 100% missing.",
        "site/data/c40.trig:13  violation  The name, please: 100% missing.",
    ]
    assert lines[-1] == "2 violations, 0 warnings, 0 infos in 1 file, 3 derived (shacl-rust)"


def test_a_summary_without_findings_says_what_was_looked_at() -> None:
    """Nothing found in nothing would be another thing."""
    report = Report((), {"files": 2, "statements": 40}, "pyshacl")
    assert summary(report) == (
        "0 violations, 0 warnings, 0 infos in 2 files, 40 statements (pyshacl)"
    )


def test_json_has_every_part_of_a_finding() -> None:
    """Messages in all languages, IRIs whole, null for what is not known."""
    found = json.loads(plain(Report((LABEL, NOWHERE), {"files": 1}, "shacl-rust"), "json"))
    assert (found["conforms"], found["engine"], found["counts"]) == (
        False,
        "shacl-rust",
        {"files": 1},
    )
    assert found["findings"][0]["file"] is None
    assert found["findings"][1] == {
        "file": "site/data/c40.trig",
        "line": 12,
        "column": 5,
        "severity": "violation",
        "code": "shacl",
        "message": {"it": "Manca il nome.", "en": "The name, please: 100% missing."},
        "focus": "<https://example.org/c40>",
        "path": "^<https://example.org/a>/<https://example.org/b>",
        "value": '"C40"@it',
        "component": "http://www.w3.org/ns/shacl#MinCountConstraintComponent",
        "shape": "https://example.org/Network-label",
        "hint": "Add it.",
    }


def test_github_gets_one_escaped_line_a_finding() -> None:
    """Its workflow commands end at a line break and take % for an escape."""
    strange = replace(LABEL, location=Location("data/a,b:c.trig", 1))
    lines = plain(Report((LABEL, strange)), "github").splitlines()
    assert lines[0].startswith(
        "::error file=site/data/a%2Cb%3Ac.trig,line=1,title=shacl::"
        "The name, please: 100%25 missing."
    )
    assert lines[1].startswith("::error file=site/data/c40.trig,line=12,col=5,title=shacl::")
    assert lines[1].endswith("%0Ahint: Add it.")


@pytest.mark.parametrize(
    ("severity", "word"),
    [(Severity.VIOLATION, "error"), (Severity.WARNING, "warning"), (Severity.INFO, "notice")],
)
def test_github_has_a_word_for_each_severity(severity: Severity, word: str) -> None:
    """The three that annotations know."""
    report = Report((replace(NOWHERE, severity=severity),))
    assert plain(report, "github") == f"::{word} title=check::Something."


def test_github_gets_nothing_when_nothing_is_found() -> None:
    """A summary would be no workflow command."""
    assert plain(Report(), "github") == ""


def test_turtle_is_a_validation_report() -> None:
    """It can be read by whatever reads SHACL reports."""
    triples = list(ox.parse(plain(Report((LABEL,)), "turtle"), format=ox.RdfFormat.TURTLE))
    kinds = {str(each.object) for each in triples if "22-rdf-syntax-ns#type" in str(each.predicate)}
    assert "<http://www.w3.org/ns/shacl#ValidationResult>" in kinds


def test_a_file_below_the_working_folder_is_named_from_there(tmp_path: Path) -> None:
    """The name can be opened as it stands; from elsewhere it is whole."""
    report = Report((LABEL,))
    here = writer(root=Path.cwd() / "site").render(report, "text")
    elsewhere = writer(root=tmp_path).render(report, "text")
    assert here.startswith("site/data/c40.trig:12:5")
    assert elsewhere.startswith(f"{tmp_path.as_posix()}/data/c40.trig:12:5")


@pytest.mark.parametrize("form", ["text", "github"])
def test_a_long_value_is_cut_to_one_line(form: str) -> None:
    """Where the finding is in the file, the whole value is; JSON and Turtle keep it, too."""
    text = "riga\n" * 40_000
    long = replace(
        LABEL, value=ox.Literal(text), messages={"en": f"Wrong: {text}"}, hint=f"Not {text}"
    )
    report = Report((long,))
    shown, usual = plain(report, form), plain(Report((LABEL,)), form)
    assert shown.count("\n") == usual.count("\n")
    assert len(shown) < len(usual) + 1500
    assert "Wrong: riga riga" in shown
    assert "…" in shown
    assert (
        ox.Literal(text).value[-1000:]
        in json.loads(plain(report, "json"))["findings"][0]["message"]["en"]
    )
