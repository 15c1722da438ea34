from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reti_graph.derive.fixpoint import Deriving, in_default
from reti_graph.derive.reading import reads
from reti_graph.derive.turns import everything
from reti_graph.errors import DataError
from reti_graph.sources.site import TextFile

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from reti_graph.derive.operations import Operation
    from reti_graph.derive.turns import Reads

PREFIX = "PREFIX : <http://example.org/>\n"
NAMES = "abcd"
# Patterns that bind ?s and ?o, and the same and ?g: {0} and {1} are properties.
PATTERNS = [
    "GRAPH ?g {{ ?s :{0} ?o }}",
    "GRAPH ?g {{ ?s :{0} ?x . ?x :{1} ?o }}",
    "GRAPH ?g {{ ?s ?p ?o }} FILTER(?p NOT IN (:{0}, :{1}))",
    "VALUES ?p {{ :{0} :{1} }} GRAPH ?g {{ ?s ?p ?o }}",
    "GRAPH ?g {{ ?s :{0} ?o }} ?o :{1} ?x",
    "?s :{0} ?o GRAPH ?g {{ ?o ?any ?x }}",
    "GRAPH ?g {{ ?s :{0} ?x OPTIONAL {{ ?x :{1} ?o }} }}",
    "GRAPH ?g {{ ?s :{0} ?o }} MINUS {{ ?s :{1} ?o }}",
    "GRAPH ?g {{ ?s :{0} ?o FILTER NOT EXISTS {{ ?o :{1} ?s }} }}",
    "GRAPH ?g {{ ?s :{0}/:{1} ?o }}",
    "GRAPH ?g {{ ?s a :{0} ; :{1} ?o }}",
    "VALUES ?p {{ :{0} }} GRAPH ?g {{ ?s ?p ?o MINUS {{ ?s :{1} ?z OPTIONAL {{ ?z ?p ?w }} }} }}",
    "VALUES ?p {{ :{0} }} GRAPH ?g {{ ?s ?p ?o MINUS {{ ?s :{1} ?z MINUS {{ ?z ?p ?w }} }} }}",
    "GRAPH ?g {{ ?s ?p ?o MINUS {{ ?s :{1} ?z MINUS {{ ?z ?p ?w }} }} }} FILTER(?p NOT IN (:{0}))",
    "GRAPH ?g {{ ?s :{0}* ?o . ?o :{1} ?x }}",
]
TEMPLATES = ["?s :{0} ?o", "?o :{0} ?s", "?s a :{0}", "?s :{0} ?o . ?o a :{1}"]
letters = st.sampled_from(NAMES)
rules = st.lists(
    st.builds(
        lambda template, pattern, names: (
            f"INSERT {{ GRAPH ?g {{ {template.format(*names[:2])} }} }}"
            f" WHERE {{ {pattern.format(*names[2:])} }}"
        ),
        st.sampled_from(TEMPLATES),
        st.sampled_from(PATTERNS),
        st.tuples(letters, letters, letters, letters),
    ),
    min_size=1,
    max_size=5,
)
nodes = st.sampled_from([ox.NamedNode(f"http://example.org/{name}") for name in "abcdxyz"])
graphs = st.sampled_from([ox.NamedNode(f"http://example.org/{name}") for name in "gh"])
data = st.lists(st.builds(ox.Quad, nodes, nodes, nodes, graphs), max_size=8)


class Kept:
    """What is derived, in a store."""

    def __init__(self, quads: Collection[ox.Quad]) -> None:
        """Begin with what is given."""
        self.store = ox.Store()
        self.store.extend([*quads, *map(in_default, quads)])
        self.new: list[ox.Quad] = []

    def add(self, new: Collection[ox.Quad]) -> None:
        """See `derive.Target`."""
        self.store.extend(new)
        self.new += new

    def complete(self) -> None:
        """See `derive.Target`."""
        self.store.extend(map(in_default, self.new))


def derived(
    quads: Collection[ox.Quad], texts: Sequence[str], told: Callable[[Operation], Reads]
) -> object:
    """Return what follows from quads by rules, in order, or what is wrong with the rules."""
    kept = Kept(quads)
    files = [
        TextFile(f"{number}.ru", Path("one.ru"), PREFIX + text) for number, text in enumerate(texts)
    ]
    try:
        Deriving(kept.store, files, rounds=6, most=200, reads=told).run(kept)
    except DataError as error:
        return error.report
    return kept.new


@given(data, rules)
def test_what_follows_is_the_same_when_rules_are_left_out(
    quads: list[ox.Quad], texts: list[str]
) -> None:
    """Statement for statement, in the order in which they are found; errors, too."""
    assert derived(quads, texts, reads) == derived(quads, texts, everything)


@pytest.mark.parametrize(
    "where",
    [
        "VALUES ?p { :a } GRAPH ?g { ?s ?p ?o MINUS { ?s :k ?z OPTIONAL { ?z ?p ?w } } }",
        "VALUES ?p { :a } GRAPH ?g { ?s ?p ?o MINUS { ?s :k ?z MINUS { ?z ?p ?w } } }",
        "GRAPH ?g { ?s ?p ?o MINUS { ?s :k ?z MINUS { ?z ?p ?w } } } FILTER(?p NOT IN (:x, :k))",
    ],
)
def test_a_variable_within_minus_is_another_one(where: str) -> None:
    """What is said of it outside says nothing of what is read inside."""
    quads = list(ox.parse(PREFIX + ":g { :s :a :o ; :k :z }", format=ox.RdfFormat.TRIG))
    late = "INSERT { GRAPH ?g { ?z :x :w } } WHERE { GRAPH ?g { ?s :k ?z } }"
    texts = [f"INSERT {{ GRAPH ?g {{ ?s :out 1 }} }} WHERE {{ {where} }}", late]
    found = derived(quads, texts, reads)
    assert found == derived(quads, texts, everything)
    assert isinstance(found, list)
    assert len(found) == 2


class Watched:
    """A store that notes what it is asked."""

    def __init__(self, store: ox.Store, asked: list[str]) -> None:
        """Take the store, and where to note it."""
        self._store = store
        self._asked = asked

    def __contains__(self, quad: ox.Quad) -> bool:
        """See `ox.Store`."""
        return quad in self._store

    def contains_named_graph(self, graph: ox.NamedNode) -> bool:
        """See `ox.Store`."""
        return self._store.contains_named_graph(graph)

    def query(self, query: str) -> object:
        """See `ox.Store`."""
        self._asked.append(query)
        return self._store.query(query)


def times(
    texts: Sequence[str], turtle: str, told: Callable[[Operation], Reads] = reads
) -> list[int]:
    """Return how often each of some rules is run."""
    kept = Kept(list(ox.parse(PREFIX + turtle, format=ox.RdfFormat.TRIG)))
    files = [
        TextFile(f"{number}.ru", Path("one.ru"), PREFIX + text) for number, text in enumerate(texts)
    ]
    asked: list[str] = []
    store = cast("ox.Store", Watched(kept.store, asked))
    Deriving(store, files, rounds=9, most=99, reads=told).run(kept)
    patterns = [text.partition(" WHERE ")[2] for text in texts]
    return [sum(query.endswith(pattern) for query in asked) for pattern in patterns]


def chained(read: str, said: str, *, in_graph: bool = True) -> str:
    """Make a rule that says one property of what has another."""
    where = f"GRAPH ?g {{ ?s :{read} ?o }}" + ("" if in_graph else f" ?s :{read} ?o")
    return f"INSERT {{ GRAPH ?g {{ ?s :{said} ?o }} }} WHERE {{ {where} }}"


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ([chained("a", "b"), chained("b", "c"), chained("c", "d")], [1, 1, 1]),
        ([chained("c", "d"), chained("b", "c"), chained("a", "b")], [2, 2, 1]),
        ([chained("a", "b"), chained("b", "c", in_graph=False), chained("x", "y")], [1, 2, 1]),
        (["INSERT { GRAPH ?g { ?o :a ?s } } WHERE { GRAPH ?g { ?s :a ?o } }"], [2]),
    ],
)
def test_a_rule_is_run_again_when_what_it_reads_has_come(
    texts: list[str], expected: list[int]
) -> None:
    """Once more, too, where it says that itself, or reads the default graph, which has it later."""
    assert times(texts, ":g { :s :a :o }") == expected


def test_without_being_told_what_they_read_all_rules_are_run_in_each_round() -> None:
    """Until one finds nothing new: three rounds do, the fourth does not."""
    texts = [chained("c", "d"), chained("b", "c"), chained("a", "b"), chained("x", "y")]
    assert times(texts, ":g { :s :a :o }", everything) == [4, 4, 4, 4]
