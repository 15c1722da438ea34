from __future__ import annotations

from itertools import count
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given

from reti_graph.stores.lookups import around, look_up, may_be_walked_along, walk_along
from reti_graph.stores.tables import Tables
from tests.strategies import quads
from tests.unit.stores.many_files import fill, fill_alike

pytestmark = pytest.mark.skipif(
    not Path("/dev/fd").is_dir(), reason="which files are open is not told here"
)


def names() -> map[str]:
    """Return names that nobody uses."""
    return map("urn:x-nobody:{}".format, count())


@given(quads)
def test_any_quad_can_be_looked_up(quad: ox.Quad) -> None:
    """It, and what is made up around it, need not be there."""
    store = ox.Store()
    store.add(quad)
    look_up(store, around(quad, names()))
    if may_be_walked_along(quad):
        walk_along(store, quad)
    assert set(store) == {quad}


@given(quads)
def test_what_is_made_up_is_elsewhere(quad: ox.Quad) -> None:
    """The quad itself comes first, with names made up for one or two of its terms or more."""
    first, *others = around(quad, names())
    assert first == quad
    assert len({*others, quad}) == (4 if isinstance(quad.object, ox.Literal) else 3)
    assert all(other.predicate == quad.predicate for other in others)


def test_lookups_open_the_files_of_every_index(tmp_path: Path) -> None:
    """Those of the texts of terms, and of the names of graphs, too."""
    said = fill(tmp_path, 4)
    store, tables = ox.Store.read_only(str(tmp_path)), Tables(tmp_path)
    assert tables.closed()
    look_up(store, said)
    assert not tables.closed()


def test_a_walk_opens_files_that_lie_between_two_lookups(tmp_path: Path) -> None:
    """All that is in them has the same predicate and object."""
    said = fill_alike(tmp_path, 6)
    store, tables = ox.Store.read_only(str(tmp_path)), Tables(tmp_path)
    look_up(store, said)
    assert tables.closed()
    walk_along(store, said[0])
    assert not tables.closed()


@pytest.mark.parametrize(
    ("value", "graph", "may"),
    [
        (ox.NamedNode("urn:o"), ox.NamedNode("urn:g"), True),
        (ox.Literal("o"), ox.NamedNode("urn:g"), True),
        (ox.BlankNode("o"), ox.NamedNode("urn:g"), False),
        (ox.NamedNode("urn:o"), ox.BlankNode("g"), False),
        (ox.NamedNode("urn:o"), ox.DefaultGraph(), False),
    ],
)
def test_what_has_no_name_in_a_query_is_not_walked_along(
    value: ox.NamedNode | ox.BlankNode | ox.Literal,
    graph: ox.NamedNode | ox.BlankNode | ox.DefaultGraph,
    may: bool,  # noqa: FBT001 - a parameter of pytest
) -> None:
    """A blank node in a query is a variable."""
    node = ox.NamedNode("urn:s")
    assert may_be_walked_along(ox.Quad(node, node, value, graph)) is may
