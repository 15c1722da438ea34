from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reti_graph.canned.header import Header, read_header
from reti_graph.sources.site import TextFile

if TYPE_CHECKING:
    from reti_graph.problems import Problem

GOOD = """#+ summary: {it: "Reti", en: "Networks"}
#+ description:
#+   it: Le reti.
#+   en: The networks.
#+ tags: [networks, 2020-01-01]
#+ params:
#+   network: {type: iri, kinds: [network], label: {it: Rete, en: Network}, example: c40}
#+   since: {type: date, label: {it: Da, en: "From"}, example: 2009-01-01, optional: true}
#+   most: {type: integer, label: {it: No, en: no}, example: 3, default: 10}
SELECT * { ?s ?p ?o }
#+ not: a header
"""


def read(text: str) -> tuple[Header | None, tuple[Problem, ...]]:
    """Read the header of a file of the site."""
    file = TextFile("queries/one.rq", Path("queries/one.rq"), text)
    header, _, problems = read_header(file, Header, ("it", "en"))
    return header, problems


def found(text: str) -> list[tuple[str, str]]:
    """List code and place of what is wrong; then there is no header."""
    header, problems = read(text)
    assert (header is None) == bool(problems)
    assert all(set(problem.messages) == {"it", "en"} for problem in problems)
    return [
        (problem.code, str(problem.location).removeprefix("queries/one.rq:"))
        for problem in problems
    ]


def test_a_header_is_read_whole() -> None:
    """Lines after the first that is none are the query's, whatever they look like."""
    header, problems = read(GOOD)
    assert problems == ()
    assert header is not None
    assert header.summary == {"it": "Reti", "en": "Networks"}
    assert header.description == {"it": "Le reti.", "en": "The networks."}
    assert list(header.params) == ["network", "since", "most"]
    assert header.params["network"].kinds == ("network",)
    assert header.params["most"].default == 10


def test_yaml_is_1_2_and_days_stay_texts() -> None:
    """The word no is a word, and a day is written as it was."""
    header, _ = read(GOOD)
    assert header is not None
    assert header.params["most"].label == {"it": "No", "en": "no"}
    assert header.params["since"].example == "2009-01-01"
    assert header.tags == ("networks", "2020-01-01")


def test_a_mark_needs_no_space() -> None:
    """The header of another hand."""
    header, problems = read("#+summary: {it: a, en: b}\n#+description: {it: a, en: b}\nASK {}")
    assert problems == ()
    assert header is not None


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("tags:", "tag:", [("header-key", "5:4")]),
        ("tags:", "0x10:", [("header-key", "1:4")]),
        ("kinds:", "kind:", [("header-key", "7:27")]),
        ("summary:", "sumary:", [("header-key", "1:4"), ("header-key", "1:4")]),
        (', en: "Networks"', "", [("header-language", "1:4")]),
        ('en: "Networks"', 'en: " "', [("header-language", "1:4")]),
        (", en: Network}", "}", [("header-language", "7:45")]),
        ("type: iri", "type: uri", [("header-key", "7:16")]),
        ("example: c40", "exmple: c40", [("header-key", "7:77"), ("header-key", "7:6")]),
        ("optional: true", "optional: perhaps", [("header-key", "8:76")]),
        ("[networks, 2020-01-01]", "networks", [("header-key", "5:4")]),
        ("kinds: [network]", "kinds: [1]", [("header-key", "7:27")]),
        ("   network: {", "   1: {", [("header-key", "6:4")]),
        ("params:", "params: [", [("header-syntax", "8:6")]),
        ("tags: [", "summary: [", [("header-syntax", "5:4")]),
        ("example: 3", "example: &a [*a]", [("header-syntax", "1:1")]),
    ],
)
def test_a_mistake_has_its_place(before: str, after: str, expected: list[tuple[str, str]]) -> None:
    """Unknown and missing keys, languages, types, and what is no YAML."""
    assert before in GOOD
    assert found(GOOD.replace(before, after, 1)) == expected


def test_all_mistakes_are_reported() -> None:
    """The first does not hide the others."""
    text = GOOD.replace("tags", "tagz").replace("label: {it: Da", "label: {it: ''")
    assert [place for _, place in found(text)] == ["5:4", "8:26"]


@pytest.mark.parametrize("text", ["SELECT * { ?s ?p ?o }", "", "#+\nASK {}", "#+ one\n#+ two\n"])
def test_a_file_without_header_says_so(text: str) -> None:
    """A bare word is none either."""
    assert found(text) == [("header-syntax", "1")]


def test_an_unknown_key_names_the_nearest() -> None:
    """Or all there are."""
    problems = read(GOOD.replace("tags:", "tag:"))[1]
    assert problems[0].hint == "Did you mean tags?"
    problems = read(GOOD.replace("tags:", "zzz:"))[1]
    assert problems[0].hint == "The keys are summary, description, tags, params."
