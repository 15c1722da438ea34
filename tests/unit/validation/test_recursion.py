from __future__ import annotations

from reti_graph.validation.recursion import recursive_shapes
from tests.unit.validation.conftest import ex, index


def test_shapes_that_come_back_to_themselves_are_found_at_any_distance() -> None:
    """Through sh:node, sh:property and the lists of logical constraints."""
    held = index(
        "ex:a sh:property ex:b . ex:b sh:or ( ex:c ex:d ) . ex:d sh:node ex:a . ex:e sh:node ex:a ."
    )
    assert recursive_shapes(held) == [ex("a"), ex("b"), ex("d")]


def test_a_shape_used_twice_is_not_recursive() -> None:
    """Only a way back counts."""
    assert recursive_shapes(index("ex:a sh:node ex:b, ex:c . ex:b sh:node ex:c .")) == []
