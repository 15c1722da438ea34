from __future__ import annotations

import pyoxigraph as ox
import pytest

from reti_graph.sources.lines import parse_text
from reti_graph.validation.locate import Locator
from tests.unit.validation.conftest import EX, PREFIXES, ex

TEXT = (
    PREFIXES
    + """ex:passage {
    ex:m a ex:Membership ;
        ex:member ex:milan ;
        ex:organization ex:c40 ;
        ex:since "2009" .
    ex:milan a ex:City ;
        ex:in ex:italy .
}
ex:other { ex:m ex:since "2009" . }
"""
)
SINCE = f"<{EX}since>"


def derived(subject: str, predicate: str, value: str) -> ox.Quad:
    """Return a quad of the passage that stands in no file."""
    return ox.Quad(ex(subject), ex(predicate), ex(value), ex("passage"))


@pytest.fixture(scope="module")
def locator() -> Locator:
    """Give a locator for a file with two passages and some derived statements."""
    file, _ = parse_text(TEXT, "a.trig")
    known = [
        derived("milan", "memberOf", "c40"),
        derived("m", "source", "passage"),
        derived("passage#quote", "exact", "words"),
    ]
    return Locator([file], known)


@pytest.mark.parametrize(
    ("focus", "path", "value", "line"),
    [
        ("m", f"<{EX}member>", "milan", 4),
        ("m", f"<{EX}member>", "another", 4),
        ("m", f"<{EX}missing>", None, 3),
        ("m", None, None, 3),
        ("italy", f"^<{EX}in>", "milan", 8),
        ("m", f"<{EX}member>/<{EX}in>", "italy", 4),
        ("m", f"(<{EX}member>|<{EX}in>)*", "italy", 3),
        ("milan", f"<{EX}memberOf>", "c40", 3),
        ("m", f"<{EX}source>", "passage", 3),
        ("c40", None, None, 5),
    ],
)
def test_a_result_has_the_line_of_what_it_is_about(
    locator: Locator, focus: str, path: str | None, value: str | None, line: int
) -> None:
    """The value, else the property, else the node; for what is derived, its relation node."""
    place = locator.find(ex(focus), path, ex(value) if value else None)
    assert str(place) == f"a.trig:{line}"


def test_the_graph_decides_between_two_that_say_the_same(locator: Locator) -> None:
    """As the column of a check gives it."""
    since = ox.Literal("2009")
    assert str(locator.find(ex("m"), SINCE, since, ex("other"))) == "a.trig:10"
    assert str(locator.find(ex("m"), SINCE, since, ex("passage"))) == "a.trig:6"


def test_what_is_derived_of_the_passage_itself_is_at_the_passage(locator: Locator) -> None:
    """There is no node in it that says so."""
    place = locator.find(ex("passage#quote"), f"<{EX}exact>", ex("words"))
    assert str(place) == "a.trig:3"


def test_what_nobody_speaks_of_has_no_place(locator: Locator) -> None:
    """Nor does a path that is none change that."""
    assert locator.find(ex("nobody"), "no path") is None
