from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from reti_graph.derive.operations import operations
from reti_graph.derive.reading import reads
from reti_graph.derive.turns import Reads, keys_of
from reti_graph.sources.site import TextFile
from reti_graph.terms import RDF_TYPE

EX = "http://example.org/"
PREFIX = f"PREFIX : <{EX}>\n"
TYPE = RDF_TYPE.value


def read_by(where: str, template: str = "?s :new ?o", base: str = "") -> Reads:
    """Return what an operation with this WHERE reads."""
    text = f"{base}{PREFIX}INSERT {{ GRAPH :g {{ {template} }} }} WHERE {{ {where} }}"
    [operation] = operations(TextFile("one.ru", Path("one.ru"), text))
    return reads(operation)


def named(*names: str) -> frozenset[str]:
    """Return the keys of properties, and with `a` before them those of classes."""
    return frozenset(
        f"{TYPE} {EX}{name[2:]}" if name.startswith("a ") else EX + name for name in names
    )


@pytest.mark.parametrize(
    ("where", "names"),
    [
        ("?s :p ?o", ["p"]),
        ("?s :p ?o ; :q ?x . ?x a :C", ["p", "q", "a C"]),
        ("?s :p ?o OPTIONAL { ?o :q ?x } MINUS { ?s :r ?o }", ["p", "q", "r"]),
        ("{ ?s :p ?o } UNION { GRAPH ?g { ?s :q ?o } }", ["p", "q"]),
        ("?s :p/(^:q|:r)+ ?o", ["p", "q", "r"]),
        ("VALUES ?p { :p :q } ?s ?p ?o", ["p", "q"]),
        ("VALUES (?p ?x) { (:p 1) (:q 2) } GRAPH ?s { ?s ?p ?o } BIND(?x AS ?y)", ["p", "q"]),
        ("VALUES ?c { :C :D } ?s a ?c ; :p ?o", ["p", "a C", "a D"]),
        ("{ SELECT ?s ?o { ?s :p ?o } LIMIT 1 }", ["p"]),
        ("{ SELECT ?s (MAX(?x) AS ?o) { ?s :p ?x } GROUP BY ?s }", ["p"]),
        ("?s :p ?o FILTER(?o > 1 && ?s NOT IN (:a))", ["p"]),
    ],
)
def test_the_properties_and_classes_of_patterns_are_read(where: str, names: list[str]) -> None:
    """Wherever the patterns stand."""
    assert read_by(where).keys == named(*names)


def test_a_class_that_is_not_said_is_any() -> None:
    """Every statement of a class has the key of rdf:type, too."""
    assert read_by("?s a ?o").keys == frozenset({TYPE})
    assert read_by("?s (:p|a) ?o").keys == named("p") | {TYPE}
    assert read_by(f"VALUES ?p {{ :p <{TYPE}> }} ?s ?p :C").keys == named("p") | {TYPE}


@pytest.mark.parametrize(
    "where",
    [
        "?s ?p ?o",
        "?s !:p ?o",
        "?s :p* ?o",
        "?s :p/:q? ?o",
        "VALUES ?p { :p UNDEF } ?s ?p ?o",
        "?s ?p ?o OPTIONAL { VALUES ?p { :p } ?s ?p ?x }",
        "VALUES ?p { :p } ?s :q ?o { SELECT ?s { ?s ?p ?o } }",
        "?s :p ?o FILTER NOT EXISTS { ?s :q ?o }",
        "?s :p ?o FILTER(EXISTS { ?s :q ?o } && ?o > 1)",
        "?s :p ?o BIND(RAND() AS ?x)",
        "?s :a\\,b ?o",
        '?s :p ?o FILTER(?o != "\\n")',
        "VALUES ?p { :p } ?s ?p ?o MINUS { ?s :q ?o }",
        "VALUES ?p { :p } ?s ?p ?o OPTIONAL { ?s :q ?x }",
        "VALUES ?p { } ?s ?p ?o",
        "?s :p ?o FILTER(" + "(" * 90 + "?o" + ")" * 90 + " > 1)",
        "?s :p ?o LATERAL { ?s :q ?x }",
        "?s :p <<( :a :b ?o )>>",
        "?s ?p ?o FILTER(?p NOT IN (:q) || ?o > 1)",
    ],
)
def test_what_is_not_understood_reads_everything(where: str) -> None:
    """It may be run once too often, and never too seldom."""
    assert read_by(where) == Reads(None, in_graphs=False)


def test_names_that_are_said_in_part_are_not_understood() -> None:
    """Whoever reads them may put them together in another way."""
    assert read_by("?s <p> ?o", base="BASE <http://example.org/> ") == Reads(None)
    assert read_by("?s a:p ?o", base=f"PREFIX a: <{EX}>\n") == Reads(None)


def test_a_template_with_nodes_of_its_own_says_something_new_each_time() -> None:
    """Then it is for the number of rounds to end that."""
    assert read_by("?s :p ?o", "?s :new [ :of ?o ]") == Reads(None)


def test_a_filter_may_leave_out_properties() -> None:
    """Unless another pattern reads them."""
    found = read_by("GRAPH ?g { ?s ?p ?o } FILTER(?p NOT IN (:q, :r))")
    assert found == Reads(None, named("q", "r"), in_graphs=True)
    assert read_by("?s ?p ?o ; :q ?x FILTER(?p NOT IN (:q, :r))").never == named("r")
    assert read_by("?s ?p ?o . ?o ?q ?x FILTER(?p NOT IN (:q))").never == named()


def test_patterns_of_the_default_graph_are_told_from_those_of_graphs() -> None:
    """What comes is in its graph before it is in the default graph."""
    assert read_by("GRAPH ?g { ?s :p ?o OPTIONAL { ?s :q ?x } }").in_graphs
    assert not read_by("GRAPH ?g { ?s :p ?o } ?s :q ?x").in_graphs


def test_what_is_read_is_concerned_by_what_has_its_keys() -> None:
    """And what reads all but some, by all but these."""
    some, most = Reads(named("p", "a C")), Reads(None, named("q"))
    assert some.concern(named("p", "q"))
    assert not some.concern(named("q", "a D"))
    assert most.concern(named("p", "q"))
    assert not most.concern(named("q"))
    assert not some.concern(frozenset())
    assert not most.concern(frozenset())


def test_statements_have_the_keys_of_their_property_and_class() -> None:
    """A class has a name; of one without, rdf:type alone is said."""
    node = ox.NamedNode(EX + "s")
    quads = [
        ox.Quad(node, ox.NamedNode(EX + "p"), ox.Literal("x")),
        ox.Quad(node, RDF_TYPE, ox.NamedNode(EX + "C")),
        ox.Quad(node, RDF_TYPE, ox.BlankNode()),
    ]
    assert keys_of(quads) == {TYPE, *named("p", "a C")}
    assert keys_of([]) == set()
