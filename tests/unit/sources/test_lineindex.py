from __future__ import annotations

import pyoxigraph as ox
import pytest

from reti_graph.problems import Location
from reti_graph.sources.lineindex import LineIndex
from reti_graph.sources.lines import parse_text

TEXT = """@prefix : <http://example.org/> .
:g {
    :a :p :b ;
        :p :c ;
        a :T .
}
:h {
    :a :p :b .
    :d :q "1.50"^^:decimal .
}
"""


def node(name: str) -> ox.NamedNode:
    """Return a name of the text as a term."""
    return ox.NamedNode(f"http://example.org/{name}")


@pytest.fixture
def index() -> LineIndex:
    """Index two files with the same text."""
    return LineIndex(parse_text(TEXT, name)[0] for name in ("one.trig", "two.trig"))


@pytest.mark.parametrize(
    ("asked", "line"),
    [
        (("a", "p", "b", None), 3),
        (("a", "p", "b", "h"), 8),
        (("a", "p", "c", "h"), 4),
        (("a", "p", "none", "h"), 8),
        (("a", "p", None, "g"), 3),
        (("a", "q", None, None), 5),
        (("a", None, None, None), 5),
        (("d", None, None, None), 9),
        (("c", None, None, None), 4),
        (("h", None, None, None), 8),
    ],
)
def test_the_best_match_comes_first(
    index: LineIndex, asked: tuple[str, str | None, str | None, str | None], line: int
) -> None:
    """The statement itself, then its predicate, the type, the subject, the object, the graph."""
    subject, *others = asked
    rest = [None if each is None else node(each) for each in others]
    assert index.find(node(subject), *rest) == Location("one.trig", line)


def test_a_literal_spelt_otherwise_is_found_by_its_predicate(index: LineIndex) -> None:
    """An engine may give 1.5 back for 1.50."""
    value = ox.Literal("1.5", datatype=node("decimal"))
    assert index.find(node("d"), node("q"), value) == Location("one.trig", 9)


def test_what_nothing_speaks_of_is_nowhere(index: LineIndex) -> None:
    """There is no line to guess."""
    assert index.find(node("unknown"), node("p")) is None
