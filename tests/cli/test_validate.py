from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

QUOTES = "la rete Alfa. Milano ne fa parte dal settembre 2009. la rete Beta"


def replace(file: Path, old: str, new: str) -> None:
    """Change a file, which must hold what is to be changed."""
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


def nameless(site: Path) -> Path:
    """Take the English name from a network."""
    file = site / "data" / "page" / "networks.trig"
    replace(file, '"Alfa"@it, "Alpha"@en', '"Alfa"@it')
    return file


@pytest.mark.parametrize("engine", ["shacl-rust", "pyshacl"])
def test_a_good_site_has_no_findings(run: Run, site: Path, engine: str) -> None:
    """The summary says what was looked at, and by which engine."""
    result = run("validate", "--engine", engine, "--site", site)
    assert result.stdout.startswith("0 violations, 0 warnings, 0 infos in ")
    assert result.stdout.endswith(f"({engine})\n")
    assert (result.stderr, result.exit_code) == ("", 0)


@pytest.mark.parametrize("engine", ["shacl-rust", "pyshacl"])
def test_a_violation_is_shown_with_file_and_line(run: Run, own_site: Path, engine: str) -> None:
    """Exit code 1, and the message of the shape in the language asked for."""
    file = nameless(own_site)
    result = run("validate", "--engine", engine, "--lang", "en")
    assert result.exit_code == 1
    assert result.stdout.startswith(
        f"{file.as_posix()}:22  violation  A network has a name in Italian and one in English.\n"
        "    focus  network:alpha\n"
        "    path   rdfs:label\n"
    )
    assert "\n1 violation, 0 warnings, 0 infos in " in result.stdout


@pytest.mark.parametrize("engine", ["shacl-rust", "pyshacl"])
def test_a_site_that_says_much_has_the_same_findings(
    run: Run, own_site: Path, monkeypatch: pytest.MonkeyPatch, engine: str
) -> None:
    """To the letter, though nothing is held in memory."""
    nameless(own_site)
    small = run("validate", "--engine", engine)
    monkeypatch.setenv("RETI_QUADS_IN_MEMORY", "10")
    large = run("validate", "--engine", engine)
    assert small.exit_code == 1
    assert (large.stdout, large.stderr, large.exit_code) == (small.stdout, small.stderr, 1)


def test_a_warning_alone_does_not_fail(run: Run, own_site: Path) -> None:
    """It is shown all the same."""
    file = own_site / "data" / "page" / "networks.trig"
    replace(
        file,
        'org:organization network:alpha ;\n        reti:since "2009-09"^^xsd:gYearMonth .',
        "org:organization network:alpha .",
    )
    result = run("validate", "--lang", "it")
    assert result.exit_code == 0
    assert "warning  membership:city-milan--alpha non dice da quando." in result.stdout


def test_a_typo_is_a_finding_with_line_and_column(run: Run, own_site: Path) -> None:
    """Each file is read to its first mistake, so two broken files are two findings."""
    replace(own_site / "data" / "page" / "source.trig", "a reti:Source .", "a reti:Source ] .")
    replace(own_site / "ontology" / "small.ttl", "a owl:Class ;", "a owl:Class ;; ; \\")
    result = run("validate", "--format", "json")
    places = [
        (each["file"].rpartition("/")[2], each["line"], each["column"], each["code"])
        for each in json.loads(result.stdout)["findings"]
    ]
    assert result.exit_code == 1
    assert [place[:2] for place in places] == [("source.trig", 5), ("small.ttl", 7)]
    assert all(column and code == "syntax" for _, _, column, code in places)


def test_turtle_is_a_report_with_the_shape_it_broke(run: Run, own_site: Path) -> None:
    """What other tools make of SHACL reports, they can make of this."""
    nameless(own_site)
    result = run("validate", "--format", "turtle")
    shapes = [
        str(triple.object)
        for triple in ox.parse(result.stdout_bytes, format=ox.RdfFormat.TURTLE)
        if triple.predicate == ox.NamedNode("http://www.w3.org/ns/shacl#sourceShape")
    ]
    assert (shapes, result.exit_code) == (["<https://example.org/nets/shapes#Network-label>"], 1)


def test_github_gets_annotations_and_nothing_else(run: Run, own_site: Path) -> None:
    """One workflow command for each finding."""
    nameless(own_site)
    lines = run("validate", "--format", "github").stdout.splitlines()
    assert [line.partition(" ")[0] for line in lines] == ["::error"]


@pytest.mark.usefixtures("site")
def test_github_gets_nothing_for_a_good_site(run: Run) -> None:
    """Not even an empty line."""
    assert run("validate", "--format", "github").output == ""


@pytest.mark.usefixtures("own_site")
def test_a_quote_is_looked_up_in_the_text_of_its_source(run: Run, tmp_path: Path) -> None:
    """A text that does not hold the words is found out."""
    text = tmp_path / "page.txt"
    text.write_text(QUOTES.replace("Beta", "Gamma"))
    result = run("validate", "--source", f"page={text}", "--lang", "en")
    assert result.exit_code == 1
    assert '    value  "la rete Beta"@it\n' in result.stdout
    assert '"la rete Alfa"@it' not in result.stdout


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--source", "page"], "Write it as --source milan-page=page.txt."),
        (["--source", "page=nowhere.txt"], "Cannot read nowhere.txt: No such file"),
        (["--source", f"pag={__file__}"], "Did you mean page?"),
        (["--engine", "topbraid"], "'topbraid' is not one of 'shacl-rust', 'pyshacl'."),
        (["--format", "yaml"], "'yaml' is not one of 'text', 'json', 'github', 'turtle'."),
        (["--lang", "fr"], "Its languages are it, en."),
    ],
)
def test_a_wrong_call_is_no_finding(run: Run, words: list[str], said: str) -> None:
    """Exit code 2, nothing on standard output."""
    result = run("validate", *words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
