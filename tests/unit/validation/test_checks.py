from __future__ import annotations

import pyoxigraph as ox
import pytest

from reti_graph.problems import Severity
from reti_graph.sources.lines import parse_text
from reti_graph.sources.site import read_site
from reti_graph.validation.check_files import Check
from reti_graph.validation.checks import CheckStore, Findings, Row
from reti_graph.validation.locate import Locator
from reti_graph.validation.originals import Originals
from tests.unit.validation.conftest import EX, PREFIXES, SMALL_SITE, ex, triples

SETTINGS = read_site(SMALL_SITE)[0].settings
DATA = PREFIXES + "ex:g { ex:a ex:p 01, 2 .\nex:b ex:p 1 . }\nex:h { ex:b ex:p 1 . }"
FILE, _ = parse_text(DATA, "a.trig")


def check(query: str, message: str = "{?focus}") -> Check:
    """Return a check of some query."""
    prefix = f"PREFIX ex: <{EX}> PREFIX sh: <http://www.w3.org/ns/shacl#>\n"
    return Check("odd", "odd.rq", prefix + query, {"en": message}, Severity.WARNING)


@pytest.fixture
def store() -> CheckStore:
    """Give a store with two graphs and a shape."""
    return CheckStore.of(FILE.quads, triples("ex:s a sh:NodeShape ."), SETTINGS)


def test_a_check_sees_the_union_of_the_graphs_each_statement_once(store: CheckStore) -> None:
    """Two passages that say one thing do not make two."""
    (row,) = store.rows(
        check(
            "SELECT ?focus (COUNT(*) AS ?n) { ?focus ex:p 1 } GROUP BY ?focus HAVING(?focus = ex:b)"
        )
    )
    assert str(row.values["n"]).startswith('"1"')


def test_a_check_sees_the_shapes_in_their_own_graph_only(store: CheckStore) -> None:
    """They are no part of the dataset."""
    shapes = f"<{SETTINGS.base_iri}shapes>"
    inside = check(f"SELECT ?focus {{ GRAPH {shapes} {{ ?focus a sh:NodeShape }} }}")
    assert [row.focus for row in store.rows(inside)] == [ex("s")]
    assert store.rows(check("SELECT ?focus { ?focus a sh:NodeShape }")) == ()


def test_rows_come_once_in_order_and_only_with_a_focus(store: CheckStore) -> None:
    """A row without one says nothing."""
    query = check("SELECT ?focus { ?x ex:p ?o OPTIONAL { ?x ex:p 1 BIND(?x AS ?focus) } }")
    assert [row.focus for row in store.rows(query)] == [ex("a"), ex("b")]


def test_what_is_held_for_a_while_is_gone_afterwards(store: CheckStore) -> None:
    """But what was there before stays."""
    everything = check("SELECT ?focus { ?focus ex:p ?o }")
    more = [ox.Quad(ex("c"), ex("p"), ex("d"), ex("g")), FILE.quads[0]]
    with store.holding(more) as held:
        assert len(held.rows(everything)) == 3
    assert [row.focus for row in store.rows(everything)] == [ex("a"), ex("b")]


def test_a_finding_has_the_words_and_the_line_of_its_row() -> None:
    """The value as the author wrote it, not as the store gives it."""
    findings = Findings(Locator([FILE]), Originals(triples("ex:a ex:p 01 .")), SETTINGS)
    one = ox.Literal("1", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer"))
    odd = check("", "{?focus} {?value} {?day} {$path}")
    row = Row(odd, {"focus": ex("a"), "path": ex("p"), "value": one, "graph": ex("g")})
    problem = findings.of(row)
    assert problem.messages == {"en": f"{EX}a 01 – {EX}p"}
    assert (problem.code, problem.severity, str(problem.location)) == (
        "odd",
        Severity.WARNING,
        "a.trig:2",
    )
    assert (problem.path, str(problem.value)[:4]) == (f"<{EX}p>", '"01"')


def test_a_finding_is_at_the_line_in_the_graph_of_its_row() -> None:
    """Where two graphs say the same."""
    findings = Findings(Locator([FILE]), Originals(()), SETTINGS)
    rows = [Row(check(""), {"focus": ex("b"), "graph": ex(name)}) for name in "gh"]
    assert [str(findings.of(row).location) for row in rows] == ["a.trig:3", "a.trig:4"]
