from __future__ import annotations

import json
import subprocess
import sys
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reti_graph.errors import CallError, GateError, QuerySyntaxError
from reti_graph.gate import DEFAULT_LIMITS, Limits, QueryForm, check, form
from tests.strategies import sparql_like

# What runs in a process of its own, for a query may end it: it asks each query and writes how
# that went. A refused connection is how it shows that a query called a service.
ASK_EACH: Final = """
import json, sys
import pyoxigraph as ox
store = ox.Store()
a = ox.NamedNode("a:b")
store.extend([ox.Quad(a, a, term) for term in (ox.Literal(1), ox.Literal(True), a)])
for number, query in enumerate(json.load(sys.stdin)):
    try:
        found = store.query(query)
        if not isinstance(found, ox.QueryBoolean):
            for row, _ in zip(found, range(20)):
                pass
    except SyntaxError:
        pass
    except (OSError, RuntimeError) as error:
        if "custom function" not in str(error):
            print(number, error)
print("end")
"""


def ask_each(queries: list[str]) -> tuple[int, list[str]]:
    """Run queries in another process; return its exit code and what it wrote."""
    done = subprocess.run(
        [sys.executable, "-c", ASK_EACH],
        input=json.dumps(queries),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return done.returncode, done.stdout.splitlines()


def passes(text: str) -> bool:
    """Tell whether the gate lets a query through."""
    try:
        check(text)
    except CallError:
        return False
    return True


@settings(max_examples=12)
@given(st.lists(sparql_like, min_size=60, max_size=60))
def test_no_query_that_passes_kills_the_store_or_calls_a_service(queries: list[str]) -> None:
    """Whatever the gate accepts is answered or refused as a syntax error."""
    assert ask_each([query for query in queries if passes(query)]) == (0, ["end"])


HIDDEN_SERVICES: Final = [
    "SELECT * { ?s ?p ?o SERVICE <http://127.0.0.1:9/> {} }",
    "SELECT * { ?s ?p trueSERVICE<http://127.0.0.1:9/>{} }",
    "SELECT * { FILTER(1<2)SERVICE#>\n<http://127.0.0.1:9/>{} }",
    "SELECT * { FILTER(1<<http://e#>)SERVICE <http://127.0.0.1:9/> {} }",
    "PREFIX n: <http://127.0.0.1:9/> SELECT * { ?s ?p trueSERVICEn:{} }",
    "SELECT * { ?s ?p 1serviceSILENT<http://127.0.0.1:9/>{} }",
]


@pytest.mark.parametrize("query", HIDDEN_SERVICES)
def test_service_is_refused_however_it_is_written(query: str) -> None:
    """Without white space, behind a comment, after what is no IRI."""
    assert not passes(query)


def test_the_store_would_call_each_of_those_services() -> None:
    """The queries above are no straw men: all but the SILENT one show a failed connection."""
    code, lines = ask_each(HIDDEN_SERVICES)
    assert code == 0
    assert [line.split()[0] for line in lines] == ["0", "1", "2", "3", "4", "end"]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?service a <http://example.org/service> ; <b:c> 'SERVICE' } # SERVICE",
        "PREFIX dcat: <http://www.w3.org/ns/dcat#> SELECT * { ?x a dcat:DataService }",
    ],
)
def test_the_word_service_may_stand_where_it_calls_none(query: str) -> None:
    """In names, strings, IRIs, variables and comments."""
    assert check(query) is QueryForm.SELECT


@pytest.mark.parametrize("wanted", QueryForm)
def test_the_form_is_the_first_word_after_the_prologue(wanted: QueryForm) -> None:
    """Prefixes, a base and comments come before it, in any case."""
    head = "# ASK\nPREFIX select: <http://example.org/> BASE <http://example.org/>\n"
    assert form(f"{head}{wanted.value.lower()} {{}}") is wanted


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("PREFIX a: <b:c>\nINSERT DATA { a:b a:c a:d }", 2, 1),
        ("LOAD <http://example.org/>", 1, 1),
        ("WITH <a:b> DELETE {} WHERE {}", 1, 1),
        ("drop all", 1, 1),
        ("HELLO", 1, 1),
        ("SELECTDISTINCT ?x {}", 1, 1),
        ("SELECT * {\n SERVICE <a:b> {} }", 2, 2),
        ("ASK { ?s ?p service:x }", 1, 13),
    ],
)
def test_what_is_not_answered_is_refused_with_its_place(text: str, line: int, column: int) -> None:
    """Updates, other words, and services."""
    with pytest.raises(GateError) as caught:
        check(text)
    assert (caught.value.line, caught.value.column) == (line, column)


@pytest.mark.parametrize("text", ["", "# nothing", "PREFIX a: <b:c>", "{ ?s ?p ?o }"])
def test_a_text_without_a_form_is_refused(text: str) -> None:
    """There must be something to answer."""
    with pytest.raises(GateError, match="no SELECT, ASK, CONSTRUCT or DESCRIBE"):
        check(text)


def test_a_text_that_is_no_sparql_is_a_syntax_error() -> None:
    """The lexer's finding goes through."""
    with pytest.raises(QuerySyntaxError):
        check("SELECT 'open")


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("ASK {" + " " * 32_768 + "}", "bytes"),
        ("ASK {" + "è" * 16_384, "bytes"),
        ("ASK " + "{" * 2_200, "brackets open at once"),
        ("ASK { FILTER(" + "(" * 4_700, "brackets open at once"),
        ("ASK { ?s ?p " + "<<" * 65, "brackets open at once"),
        ("ASK { FILTER(" + "!" * 400 + "1) }", "operators"),
        ("ASK { FILTER(" + "+" * 400 + "1) }", "operators"),
        ("ASK { {} " + "UNION {} " * 401 + "}", "operators"),
        ("ASK { ?s <a:b>" + "/<a:b>" * 65 + " ?o }", "patterns"),
        ("ASK { FILTER(1 IN (" + "1," * 1_000 + "1)) }", "tokens"),
        ("ASK {" + "?s ?p ?o." * 65 + "}", "patterns"),
        ("ASK {" + "{ ?s ?p ?o }" * 65 + "}", "patterns"),
        ("ASK {" + "{ ?s ?p ?o } UNION { ?s ?p 1 }" * 65 + "}", "patterns"),
        ("ASK {" + "GRAPH ?g { ?s ?p ?o }" * 65 + "}", "patterns"),
        ("ASK { ?s ?p (" + "1 " * 65 + ") }", "patterns"),
        ("ASK { ?s ?p (" + "-1 " * 65 + ") }", "patterns"),
        ("ASK { ?s ?p [" + "?p ?o;" * 65 + "] }", "patterns"),
        ("ASK { ?s ?p 1" + ",[?p ?o]" * 33 + " }", "patterns"),
        ("ASK { ?s ?p 1" + ",((1))" * 33 + " }", "patterns"),
        ("ASK { OPTIONAL {" + "?s ?p ?o." * 65 + "} }", "patterns"),
        ("ASK { FILTER EXISTS {" + "?s ?p ?o." * 65 + "} }", "patterns"),
        ("ASK { { SELECT * {" + "?s ?p ?o." * 65 + "} } }", "patterns"),
    ],
)
def test_a_query_beyond_a_limit_is_refused(query: str, reason: str) -> None:
    """The message names the limit that is passed."""
    with pytest.raises(GateError, match=reason):
        check(query)


@pytest.mark.parametrize(
    "query",
    [
        "ASK {" + "?s ?p ?o." * 64 + "}",
        "ASK {" + "?s ?p ?o." * 32 + "OPTIONAL {" + "?s ?p ?o." * 64 + "} }",
        "ASK { ?s ?p 1 " + "UNION { ?s ?p ?o ; ?p ?o }" * 40 + "}",
        "ASK { VALUES (?x ?y) {" + "(1 2)" * 200 + "} }",
        "ASK { FILTER(?x IN (" + "1," * 500 + "1)) }",
        "CONSTRUCT {" + "?s ?p ?o." * 100 + "} WHERE { ?s ?p ?o }",
        "SELECT " + "(1 AS ?x)" * 100 + "{ ?s ?p ?o }",
        "ASK {" + "GRAPH ?g { ?s ?p ?o ; ?p ?o }" * 32 + "}",
        "ASK {" + "{ SELECT (COUNT(?s) AS ?n) WHERE { ?s ?p ?o } GROUP BY ?s LIMIT 5 }" * 60 + "}",
        "ASK { FILTER(" + "!" * 399 + "1) }",
        "ASK {" + "{" * 63 + "}" * 64,
    ],
)
def test_a_query_within_the_limits_passes(query: str) -> None:
    """What is optional, a union, a table or an expression is not joined to the rest."""
    assert check(query) in QueryForm


def test_the_heaviest_queries_that_pass_are_answered() -> None:
    """The limits are where the store still does its work."""
    star = "".join(f"?s <a:p{n}> ?o{n}." for n in range(64))
    brackets = [f"ASK {{ ?s ?p {'(' * 60}1{')' * 60} }}", f"ASK {'{' * 64}{'}' * 64}"]
    signs = [f"ASK {{ FILTER({sign * 399}1) }}" for sign in "!+-"]
    unions = f"ASK {{ {{}} {'UNION {} ' * 399} }}"
    queries = [f"ASK {{ {star} }}", unions, *brackets, *signs]
    assert [query for query in queries if not passes(query)] == []
    assert ask_each(queries) == (0, ["end"])


def test_each_limit_is_a_setting() -> None:
    """A site may allow more or less."""
    query = "ASK { ?s ?p ?o . ?s ?p ?o FILTER(?o > 1) }"
    assert check(query, DEFAULT_LIMITS) is QueryForm.ASK
    for tight in (
        Limits(size=10),
        Limits(depth=1),
        Limits(patterns=1),
        Limits(tokens=5),
        Limits(operators=1),
    ):
        with pytest.raises(GateError):
            check(query, tight)
