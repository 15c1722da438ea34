from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

pytestmark = pytest.mark.usefixtures("site")


def test_rows_are_a_table_unless_another_format_is_named(run: Run) -> None:
    """Things by their prefixed names, in the site's first language."""
    result = run("query", "networks")
    assert result.stdout == "network        label\nnetwork:alpha  Alfa\nnetwork:beta   Beta\n"
    assert (result.stderr, result.exit_code) == ("", 0)


def test_the_language_may_be_chosen(run: Run) -> None:
    """`--lang` is the parameter of that name."""
    assert "Alpha" in run("query", "networks", "--lang", "en").stdout


def test_the_language_of_the_environment_counts(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever always reads English says so once."""
    monkeypatch.setenv("RETI_LANG", "en")
    assert "Alpha" in run("query", "networks").stdout


def test_a_parameter_given_by_name_wins_over_the_language_option(run: Run) -> None:
    """What is said more exactly counts."""
    assert "Alfa" in run("query", "networks", "--lang", "en", "-p", "lang=it").stdout


@pytest.mark.parametrize(
    "value", ["alpha", "network:alpha", "https://example.org/nets/id/network/alpha"]
)
def test_a_thing_is_given_by_slug_prefixed_name_or_iri(run: Run, value: str) -> None:
    """All three mean the same network."""
    result = run("query", "members", "-p", f"network={value}")
    assert result.stdout.splitlines() == ["member      since", "city:milan  2009-09"]


def test_json_is_what_the_standard_says(run: Run) -> None:
    """SPARQL 1.1 Query Results JSON Format: the head and the bindings."""
    found = json.loads(run("query", "networks", "--format", "json").stdout_bytes)
    assert found["head"]["vars"] == ["network", "label"]
    assert found["results"]["bindings"][0]["label"] == {
        "type": "literal",
        "value": "Alfa",
        "xml:lang": "it",
    }


def test_csv_is_what_the_standard_says(run: Run) -> None:
    """SPARQL 1.1 Query Results CSV: whole IRIs, bare values."""
    text = run("query", "networks", "--format", "csv").stdout_bytes.decode()
    assert list(csv.reader(io.StringIO(text, newline=""))) == [
        ["network", "label"],
        ["https://example.org/nets/id/network/alpha", "Alfa"],
        ["https://example.org/nets/id/network/beta", "Beta"],
    ]


def test_a_graph_is_turtle_unless_another_format_is_named(run: Run) -> None:
    """What a CONSTRUCT gives can be read back; the rules of the site were applied."""
    triples = list(ox.parse(run("query", "map").stdout_bytes, format=ox.RdfFormat.TURTLE))
    assert [str(each.object) for each in triples] == ["<https://example.org/nets/id/network/alpha>"]


@pytest.mark.parametrize(
    ("words", "message", "hint"),
    [
        (["netwoks"], 'There is no query "netwoks".', "Did you mean networks?"),
        (["networks", "--format", "xsl"], 'There is no format "xsl".', "Did you mean xml?"),
        (
            ["networks", "--format", "turtle"],
            "The answer is rows, which turtle cannot hold.",
            "Choose one of table, json, xml, csv, tsv.",
        ),
        (
            ["map", "--format", "table"],
            "The answer is a graph, which table cannot hold.",
            "Choose one of turtle, trig, ntriples, nquads, jsonld, rdfxml.",
        ),
        (
            ["members", "-p", "netwrk=alpha"],
            'There is no parameter "netwrk".',
            "Did you mean network?",
        ),
        (
            ["members", "-p", "network=alpa"],
            'cannot be "alpa": there is no such network.',
            "Did you mean alpha? For example network=alpha.",
        ),
        (
            ["networks", "--format", "nope"],
            'There is no format "nope".',
            "Choose one of table, json, xml, csv, tsv.",
        ),
        (["networks", "--format", "tabel"], 'There is no format "tabel".', "Did you mean table?"),
        (["networks", "-p", "x=1"], 'There is no parameter "x".', "networks takes lang."),
        (["map", "-p", "x=1"], 'There is no parameter "x".', "map takes no parameters."),
        (["members"], "needs a value.", "For example network=alpha."),
        (["networks", "--lang", "fr"], 'does not speak "fr".', "Its languages are it, en."),
    ],
)
def test_a_wrong_call_says_what_is_wrong_and_what_would_be_right(
    run: Run, words: list[str], message: str, hint: str
) -> None:
    """Nothing on standard output, two lines on standard error, exit code 2."""
    result = run("query", *words)
    error, advice = result.stderr.splitlines()
    assert (result.stdout, result.exit_code) == ("", 2)
    assert error.startswith("error: ")
    assert error.endswith(message)
    assert advice == f"hint: {hint}"


def test_a_broken_query_file_is_wrong_data(run: Run, own_site: Path) -> None:
    """The file and the line are named; other queries go on working."""
    file = own_site / "queries" / "map.rq"
    file.write_text(file.read_text().replace("WHERE {", "WHERE (", 1))
    result = run("query", "map")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "queries/map.rq:7" in result.stderr
    assert run("query", "networks").exit_code == 0


def test_a_typo_in_the_data_is_named_with_line_and_column(run: Run, own_site: Path) -> None:
    """Nothing is answered from half a site."""
    file = own_site / "data" / "page" / "source.trig"
    file.write_text(file.read_text().replace("a reti:Source .", "a reti:Source ;; ."))
    file.write_text(file.read_text().replace("source:page {", "source:page {{"))
    result = run("query", "networks")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "data/page/source.trig:4:14: Syntax error" in result.stderr


def test_a_typo_in_a_shape_does_not_keep_anybody_from_asking(run: Run, own_site: Path) -> None:
    """Shapes are the business of `validate` and `build`."""
    (own_site / "shapes" / "network.ttl").write_text("not Turtle")
    assert run("query", "networks").exit_code == 0


def test_queries_lists_names_parameters_and_summaries(run: Run) -> None:
    """A parameter with a value has that value when left out."""
    assert run("queries", "--lang", "en").stdout.splitlines() == [
        "name      parameters  summary",
        "map                   Who belongs to what",
        "members   network     The members of a network",
        "networks  lang=it     All the networks",
    ]


def test_one_query_is_explained_with_its_parameters(run: Run) -> None:
    """The last line can be run as it stands."""
    result = run("queries", "members", "--lang", "en")
    assert "iri (network); required; for example alpha" in result.stdout
    assert result.stdout.splitlines()[-1] == "reti-graph query members -p network=alpha"


def test_a_parameter_with_a_value_of_its_own_is_explained(run: Run) -> None:
    """Whoever leaves it out knows what will be taken."""
    assert "enum (it, en); it when left out; for example en" in run("queries", "networks").stdout


def test_a_query_that_is_not_there_cannot_be_explained(run: Run) -> None:
    """The nearest name is offered here, too."""
    result = run("queries", "mambers")
    assert (result.exit_code, "Did you mean members?" in result.stderr) == (2, True)
