from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reti_graph.canned.library import read_queries
from reti_graph.gate import QueryForm
from reti_graph.sources.site import TextFile

if TYPE_CHECKING:
    from reti_graph.config import Settings

HEAD = """#+ summary: {it: "Reti", en: "Networks"}
#+ description: {it: "Le reti.", en: "The networks."}
#+ params:
#+   network: {type: iri, kinds: [network], label: {it: Rete, en: Network}, example: c40}
#+   from: {type: date, label: {it: Da, en: Since}, optional: true, example: 2009-01-01}
#+   lang: {type: enum, values: [it, en], label: {it: a, en: b}, default: it, example: en}
"""
BODY = """SELECT ?label # not $this
{
  $network p:label ?label .
  FILTER(LANG(?label) = $lang && ?day >= COALESCE($from, "$no"))
}
"""


def file(text: str, name: str = "queries/one.rq") -> TextFile:
    """Make a query file."""
    return TextFile(name, Path(name), text)


def found(settings: Settings, text: str) -> list[tuple[str, str]]:
    """List code and place of what is wrong with a query, which then is not there."""
    queries, problems = read_queries([file(text)], settings)
    assert (queries == ()) == bool(problems)
    assert all(set(problem.messages) == {"it", "en"} for problem in problems)
    return [
        (problem.code, str(problem.location).removeprefix("queries/one.rq:"))
        for problem in problems
    ]


def test_a_query_has_its_name_header_text_and_parameters(settings: Settings) -> None:
    """All that a list of queries shows."""
    [query], problems = read_queries([file(HEAD + BODY)], settings)
    assert problems == ()
    assert (query.name, query.file, query.text) == ("one", "queries/one.rq", HEAD + BODY)
    assert query.summary["it"] == "Reti"
    assert query.description["en"] == "The networks."
    assert query.tags == ()
    assert query.form is QueryForm.SELECT
    assert [(param.name, param.example, param.required) for param in query.params] == [
        ("network", "c40", True),
        ("from", "2009-01-01", False),
        ("lang", "en", False),
    ]


def test_queries_come_by_name(settings: Settings) -> None:
    """Whatever the order of the files."""
    files = [file(HEAD + BODY, f"queries/{name}.rq") for name in ("b", "a")]
    assert [query.name for query in read_queries(files, settings)[0]] == ["a", "b"]


@pytest.mark.parametrize("start", ["ASK", "CONSTRUCT { $network p:x ?label }", "DESCRIBE $network"])
def test_every_query_form_can_be_kept(settings: Settings, start: str) -> None:
    """Graphs and yes-or-no answers too."""
    assert found(settings, HEAD + BODY.replace("SELECT ?label", start)) == []


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("$from", '"2009"', [("query-parameter", "5:6")]),
        ("$lang", "$lng", [("query-parameter", "6:6"), ("query-parameter", "10:25")]),
        ("$lang", "$lang && $this = $this", [("query-parameter", "10:34")]),
        ("example: c40", "example: 'c 40'", [("query-parameter", "4:77")]),
        ("example: 2009-01-01", "example: 2009", [("query-parameter", "5:69")]),
        ("example: en", "example: fr", [("query-parameter", "6:79")]),
        ("default: it", "default: fr", [("query-parameter", "6:66")]),
        ("default: it", "default: it, optional: true", [("query-parameter", "6:6")]),
        (
            "values: [it, en]",
            "values: []",
            [("query-parameter", "6:73"), ("query-parameter", "6:60"), ("query-parameter", "6:6")],
        ),
        ("kinds: [network]", "kinds: [nobody]", [("query-parameter", "4:6")]),
        ("kinds: [network]", "values: [c40], kinds: [network]", [("query-parameter", "4:6")]),
        ("type: date", "type: date, kinds: [network]", [("query-parameter", "5:6")]),
        ("p:label ?label", "no:label ?label", [("query-syntax", "9")]),
        ("  FILTER", "  ?a ?b }\n  FILTER", [("query-syntax", "12:1")]),
        ("SELECT ?label", "SELECT ?label ?label (1 AS ?label)", [("query-syntax", "12:1")]),
        ("}\n", "} LIMIT $lang\n", [("query-syntax", "11")]),
        ("SELECT ?label", "DELETE WHERE", [("query-syntax", "7")]),
        ("{\n  $n", "{ SERVICE <http://127.0.0.1:9/> {}\n  $n", [("query-syntax", "8:3")]),
        ("?label .\n", "'open\n", [("query-syntax", "9")]),
        ("summary", "sumary", [("header-key", "1:4"), ("header-key", "1:4")]),
    ],
)
def test_a_query_that_contradicts_itself_has_a_place(
    settings: Settings, before: str, after: str, expected: list[tuple[str, str]]
) -> None:
    """Header against text, examples against types, and the text against SPARQL."""
    text = HEAD + BODY
    assert before in text
    head, separator, tail = text.rpartition(before)
    assert found(settings, head + after + tail if separator else text) == expected


def test_a_text_must_parse_without_its_optional_values_too(settings: Settings) -> None:
    """A `$name` that stays open is a variable, which cannot stand everywhere."""
    body = "SELECT * { $network p:label ?l, $lang VALUES ?x { $from } }"
    assert [code for code, _ in found(settings, HEAD + body)] == ["query-syntax"]


def test_all_queries_with_problems_are_reported(settings: Settings) -> None:
    """And the good ones are there."""
    files = [file("ASK {}", "queries/a.rq"), file(HEAD + BODY), file("{", "queries/b.rq")]
    queries, problems = read_queries(files, settings)
    assert [query.name for query in queries] == ["one"]
    assert [str(problem.location) for problem in problems] == ["queries/a.rq:1", "queries/b.rq:1"]


def test_two_queries_of_one_name_are_a_problem(settings: Settings) -> None:
    """Also where only the case differs, which some file systems do not know."""
    files = [file(HEAD + BODY, name) for name in ("queries/one.rq", "queries/more/One.rq")]
    queries, [problem] = read_queries(files, settings)
    assert [query.file for query in queries] == ["queries/one.rq"]
    assert problem.code == "duplicate-query"
    assert "queries/one.rq" in problem.messages["en"]
