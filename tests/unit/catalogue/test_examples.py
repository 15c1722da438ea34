from __future__ import annotations

import pyoxigraph as ox
from hypothesis import given
from hypothesis import strategies as st

from reti_graph.catalogue.examples import examples
from tests.unit.catalogue.conftest import BASE

SAYS = ox.NamedNode(BASE + "says")
KINDS = "abcdefg"


def said_of(path: str, times: int, graph: str = "g") -> list[ox.Quad]:
    """Return so many statements about something."""
    node = ox.NamedNode(BASE + path)
    literals = (ox.Literal(str(number)) for number in range(times))
    return [ox.Quad(node, SAYS, literal, ox.NamedNode(BASE + graph)) for literal in literals]


def paths(quads: list[ox.Quad]) -> list[str]:
    """Return the examples among some quads, without the base."""
    return [node.value.removeprefix(BASE) for node in examples(quads, BASE)]


def test_of_each_kind_the_thing_most_is_said_of_is_an_example() -> None:
    """The one with most comes first, and equals follow one another by IRI."""
    quads = [
        *said_of("id/city/milan", 3),
        *said_of("id/city/rome", 2),
        *said_of("id/network/beta", 5),
        *said_of("id/network/alpha", 5),
        *said_of("id/body/council", 3),
    ]
    assert paths(quads) == ["id/network/alpha", "id/body/council", "id/city/milan"]


def test_statements_count_that_lead_to_a_thing() -> None:
    """Each once, though it stands in two graphs or leads back to where it starts."""
    milan, rome = (ox.NamedNode(f"{BASE}id/city/{name}") for name in ("milan", "rome"))
    leads = [ox.Quad(ox.NamedNode(BASE + name), SAYS, rome) for name in "xyz"]
    again = [*said_of("id/city/milan", 2), *said_of("id/city/milan", 2, "h")]
    assert paths([*leads, *again, ox.Quad(milan, SAYS, milan)]) == ["id/city/milan"]
    assert paths([*leads, *again]) == ["id/city/rome"]


def test_there_are_five_examples_at_most() -> None:
    """None is a concept, a passage or a thing of others."""
    things = [quad for kind in KINDS for quad in said_of(f"id/{kind}/x", 1)]
    others = [*said_of("concept/topics/x", 9), *said_of("id/x", 9), *said_of("source/page", 9)]
    assert paths(things + others) == [f"id/{kind}/x" for kind in "abcde"]
    assert paths(others) == []


@given(st.permutations([quad for kind in KINDS for quad in said_of(f"id/{kind}/x", 2)]))
def test_examples_do_not_depend_on_the_order_of_quads(quads: list[ox.Quad]) -> None:
    """Equal sites show equal things."""
    assert paths(quads) == [f"id/{kind}/x" for kind in "abcde"]
