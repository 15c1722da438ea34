from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from reti_graph.derive import check_rules, derive
from reti_graph.errors import DataError
from reti_graph.sources.site import TextFile

if TYPE_CHECKING:
    from reti_graph.problems import Problem

PREFIX = "PREFIX : <http://example.org/>\n"
INVERSE = "INSERT { GRAPH ?g { ?b :q ?a } } WHERE { GRAPH ?g { ?a :p ?b } }"
CHAIN = "INSERT { GRAPH ?g { ?a :p ?c } } WHERE { GRAPH ?g { ?a :p ?b } ?b :p ?c }"


def rule(text: str, name: str = "ontology/rules/one.ru") -> TextFile:
    """Make a rule of its operations."""
    return TextFile(name, Path(name), PREFIX + text)


def quads(text: str) -> list[ox.Quad]:
    """Read TriG with the prefix of these tests."""
    return list(ox.parse(f"@prefix : <http://example.org/> . {text}", format=ox.RdfFormat.TRIG))


def only_problem(text: str, data: str = ":g { :a :p :b }", **bounds: int) -> Problem:
    """Return the one problem of deriving with a rule."""
    with pytest.raises(DataError) as caught:
        derive(quads(data), [rule(text)], **bounds)
    [problem] = caught.value.report.problems
    assert set(problem.messages) == {"it", "en"}
    return problem


def test_what_is_new_comes_back_in_the_graph_of_its_evidence() -> None:
    """What was read does not."""
    derived = derive(quads(":g { :a :p :b } :h { :c :p :d }"), [rule(INVERSE)])
    assert set(derived) == set(quads(":g { :b :q :a } :h { :d :q :c }"))


def test_what_is_said_already_is_not_derived() -> None:
    """A statement that somebody wrote stays theirs."""
    assert derive(quads(":g { :a :p :b . :b :q :a }"), [rule(INVERSE)]) == ()


def test_rules_feed_one_another_until_nothing_is_new() -> None:
    """A later rule's result is there for an earlier one in the next round."""
    back = "INSERT { GRAPH ?g { ?b :p ?a } } WHERE { GRAPH ?g { ?b :q ?a } }"
    derived = derive(quads(":g { :a :p :b }"), [rule(back), rule(INVERSE)])
    assert set(derived) == set(quads(":g { :b :q :a ; :p :a . :a :q :b }"))


def test_a_chain_is_followed_to_its_end() -> None:
    """Twenty links make every pair."""
    links = " ".join(f":n{i} :p :n{i + 1} ." for i in range(20))
    assert len(derive(quads(f":g {{ {links} }}"), [rule(CHAIN)])) == 20 * 19 / 2


def test_rules_see_the_union_without_naming_graphs() -> None:
    """Each triple once, also what another rule has derived."""
    count = "INSERT { GRAPH :g { :it :n ?n } } WHERE { SELECT (COUNT(*) AS ?n) { ?a :q ?b } }"
    derived = derive(quads(":g { :a :p :b } :h { :a :p :b }"), [rule(INVERSE), rule(count)])
    assert quads(":g { :it :n 1 }")[0] in derived


def test_nothing_is_derived_without_rules() -> None:
    """And nothing goes wrong."""
    assert derive(quads(":g { :a :p :b }"), []) == ()


def test_the_order_is_always_the_same() -> None:
    """Equal data give equal results, in whatever order it comes."""
    data = quads(":g { :a :p :b, :c, :d }")
    assert derive(data, [rule(INVERSE)]) == derive(data[::-1], [rule(INVERSE)])


@pytest.mark.parametrize("literal", ['"1.50"^^xsd:decimal', '"097"^^xsd:int', '"x"@it-IT'])
def test_a_literal_keeps_its_spelling(literal: str) -> None:
    """The store would write 1.5, 97 and it-it."""
    xsd = "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> ."
    data = quads(f"{xsd} :g {{ :a :p {literal} }}")
    copy = "INSERT { GRAPH ?g { ?a :copy ?b } } WHERE { GRAPH ?g { ?a :p ?b } }"
    [derived] = derive(data, [rule(copy)])
    assert str(derived.object) == str(data[0].object)


def test_of_two_spellings_the_canonical_one_stays() -> None:
    """Where the data has both, nothing is put in the other's place."""
    data = quads(":g { :a :p 1.50, 1.5 }")
    copy = "INSERT { GRAPH ?g { ?a :copy ?b } } WHERE { GRAPH ?g { ?a :p ?b } }"
    assert [str(quad.object)[:5] for quad in derive(data, [rule(copy)])] == ['"1.5"']


@pytest.mark.parametrize(
    ("text", "word", "column"),
    [
        ("DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", "DELETE", 1),
        ("DELETE WHERE { ?s ?p ?o }", "DELETE", 1),
        (f"{INVERSE} ; LOAD <http://127.0.0.1:9/>", "LOAD", len(INVERSE) + 4),
        ("CLEAR ALL", "CLEAR", 1),
        ("INSERT DATA { GRAPH :g { :a :p :b } }", "DATA", 8),
        ("WITH :g INSERT { ?b :q ?a } WHERE { ?a :p ?b }", "WITH", 1),
        ("INSERT { GRAPH :g { ?b :q ?a } } USING :g WHERE { ?a :p ?b }", "USING", 34),
        (
            "INSERT { GRAPH :g { ?b :q ?a } } WHERE { SERVICE <http://127.0.0.1:9/> { ?a :p ?b } }",
            "SERVICE",
            42,
        ),
    ],
)
def test_a_rule_only_inserts(text: str, word: str, column: int) -> None:
    """Anything else is refused before it runs, with its place."""
    problem = only_problem(text)
    assert problem.code == "rule-form"
    assert f"not {word}" in problem.messages["en"]
    assert str(problem.location) == f"ontology/rules/one.ru:2:{column}"


def test_a_service_glued_to_a_word_is_refused() -> None:
    """The engine needs no white space before the keyword."""
    text = "INSERT {} WHERE { FILTER(?x = trueSERVICEx:y { ?a ?b ?c }) }"
    assert only_problem(text).code == "rule-form"


def test_an_empty_rule_is_refused() -> None:
    """A rule that says nothing is a file somebody forgot."""
    assert "none here" in only_problem("").messages["en"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("INSERT { GRAPH :g { ?b :q ?a } } WHERE { ?a :p }", "2:42"),
        ("INSERT { GRAPH :g { ?b :q ?a } } WHERE { ?a no:p ?b }", "2:45"),
        ('INSERT { GRAPH :g { ?b :q "open } } WHERE { }', "2:27"),
    ],
)
def test_a_rule_that_does_not_parse_has_a_place(text: str, place: str) -> None:
    """Line and column are the author's."""
    problem = only_problem(text)
    assert problem.code == "rule-syntax"
    assert str(problem.location) == f"ontology/rules/one.ru:{place}"


def test_all_bad_rules_are_reported() -> None:
    """Not only the first."""
    problems = check_rules([rule("CLEAR ALL", "a.ru"), rule(INVERSE), rule("INSERT", "b.ru")])
    assert [problem.location.file for problem in problems if problem.location] == ["a.ru", "b.ru"]


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("?b :q ?a", "the default graph"),
        ("GRAPH :new { ?b :q ?a }", "<http://example.org/new>, which is not there"),
    ],
)
def test_a_rule_writes_only_into_graphs_that_are_there(target: str, words: str) -> None:
    """A derived statement outside every passage would have no evidence."""
    problem = only_problem(f"INSERT {{ {target} }} WHERE {{ ?a :p ?b }}")
    assert problem.code == "rule-graph"
    assert words in problem.messages["en"]


def test_a_rule_that_never_settles_is_named() -> None:
    """New nodes in every round, or numbers that grow for ever."""
    nodes = "INSERT { GRAPH ?g { ?b :p [] } } WHERE { GRAPH ?g { ?a :p ?b } }"
    numbers = "INSERT { GRAPH ?g { ?a :n ?m } } WHERE { GRAPH ?g { ?a :n ?n } BIND(?n + 1 AS ?m) }"
    for text, data in ((nodes, ":g { :a :p :b }"), (numbers, ":g { :a :n 1 }")):
        problem = only_problem(text, data, rounds=8)
        assert problem.code == "rule-without-end"
        assert str(problem.location) == "ontology/rules/one.ru"


def test_a_rule_that_says_too_much_is_stopped() -> None:
    """Rounds alone do not bound a rule that multiplies what it finds."""
    pairs = "INSERT { GRAPH ?g { ?a :q ?c } } WHERE { GRAPH ?g { ?a :p ?b . ?c :p ?d } }"
    data = ":g { " + " ".join(f":n{i} :p 1 ." for i in range(5)) + " }"
    assert only_problem(pairs, data, most=24).code == "rule-without-end"
    assert len(derive(quads(data), [rule(pairs)], most=25)) == 25


@pytest.mark.parametrize(
    "guilty",
    [
        "INSERT { GRAPH :new { ?b :r ?a } } WHERE { GRAPH ?g { ?a :q ?b } }",
        "INSERT { GRAPH ?g { ?b :r [] } } WHERE { GRAPH ?g { ?a :r|:q ?b } }",
        "INSERT { GRAPH ?g { ?a :n ?m } } WHERE { GRAPH ?g { ?a :n ?n } BIND(?n + 1 AS ?m) }",
    ],
)
def test_of_several_rules_the_guilty_one_is_named(guilty: str) -> None:
    """Also when what it needs comes from another rule of the same round."""
    rules = [rule(INVERSE), rule(guilty, "ontology/rules/two.ru"), rule(CHAIN, "three.ru")]
    with pytest.raises(DataError) as caught:
        derive(quads(":g { :a :p :b ; :n 1 }"), rules, rounds=8)
    [problem] = caught.value.report.problems
    assert str(problem.location) == "ontology/rules/two.ru"
