from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from reti_graph.derive.operations import operations
from reti_graph.sources.site import TextFile

PREFIX = "PREFIX : <http://example.org/>\n"
DATA = """
:g { :a :p :b ; :name "b" . :b :p :c }
:h { :a :p :b . :s :p 1 }
"""
RULES = [
    "INSERT { GRAPH ?g { ?b :q ?a } } WHERE { GRAPH ?g { ?a :p ?b } }",
    "INSERT { GRAPH :g { ?a :q ?b ; :r ?b, $a } GRAPH :h { ?b a :Thing } } WHERE { ?a :p ?b }",
    "INSERT { ?a :q ?b . GRAPH :g { :x :y 1.50, true, 'a'@it } . ?b :q ?a } WHERE { ?a :p ?b }",
    "INSERT { GRAPH :g { ?name :q ?a . ?a ?name 1 } } WHERE { ?a :name ?name }",
    "INSERT { GRAPH :g { ?a :q ?c, ?never } } WHERE { ?a :p ?b OPTIONAL { ?b :p ?c } }",
    "INSERT { GRAPH :g { :it :holds <<( ?a :p ?b )>> } } WHERE { ?a :p ?b FILTER(ISIRI(?b)) }",
    "INSERT { GRAPH :g { :it :holds <<( :a :p ?b )>> } } WHERE { ?a :p ?b . ?b :never ?c }",
    "INSERT { GRAPH :g { :x :y :z } } WHERE { ?a :p ?b }",
    "INSERT { GRAPH :g { } } WHERE { ?a :p ?b }",
    "INSERT { } WHERE { SELECT (COUNT(*) AS ?n) { ?a :p ?b } }",
    (
        "INSERT { GRAPH :g { ?a :q ?b } } WHERE { ?a :p ?b } ;"
        " INSERT { GRAPH :h { # so?\n ?b :q ?a } } # the end\n WHERE { ?a :q ?b } ;"
    ),
    "BASE <http://example.org/> insert { graph <g> { ?a <q> '}' } } where { ?a :p ?b }",
]


def rule(text: str) -> TextFile:
    """Make a rule of its operations."""
    return TextFile("ontology/rules/one.ru", Path("one.ru"), PREFIX + text)


def filled() -> ox.Store:
    """Return a store with the data of these tests, and its union as default graph."""
    quads = list(ox.parse(PREFIX + DATA, format=ox.RdfFormat.TRIG))
    store = ox.Store()
    store.extend([*quads, *(ox.Quad(*quad.triple) for quad in quads)])
    return store


def said(store: ox.Store, text: str) -> list[ox.Quad]:
    """Return what a rule says of the data, operation after operation."""
    found = []
    for operation in operations(rule(text)):
        answer = store.query(operation.query)
        assert isinstance(answer, ox.QuerySolutions)
        new = [quad for solution in answer for quad in operation.said(solution)]
        store.extend(new)
        found += new
    return found


@pytest.mark.parametrize("text", RULES)
def test_a_rule_says_what_the_engine_writes(text: str) -> None:
    """A template is filled in as SPARQL Update has it."""
    ours, engine = filled(), filled()
    said(ours, text)
    engine.update(PREFIX + text)
    assert set(ours) == set(engine)


def test_each_answer_has_blank_nodes_of_its_own() -> None:
    """Within one they are the same, also in a triple that is a term."""
    text = (
        "INSERT { GRAPH :g { ?a :q _:x . _:x :of [] ; :holds <<( _:x :p ?b )>> } }"
        " WHERE { GRAPH ?g { ?a :p ?b } FILTER(ISIRI(?b)) }"
    )
    found = said(filled(), text)
    nodes = [quad.object for quad in found if quad.predicate.value.endswith("/q")]
    inner = [quad.object.subject for quad in found if isinstance(quad.object, ox.Triple)]
    # Three answers, though two of them are alike.
    assert len(found) == 9
    assert len(set(nodes)) == 3
    assert nodes == inner


def test_answers_that_say_the_same_are_asked_for_once() -> None:
    """What is not in the template makes no difference."""
    text = "INSERT { GRAPH :g { ?a :q 1 } } WHERE { ?a :p|:name ?b }"
    assert len(said(filled(), text)) == 3
