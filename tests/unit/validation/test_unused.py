from __future__ import annotations

from reti_graph.validation.unused import count_focus_nodes, idle_shapes
from tests.unit.validation.conftest import index

DATA = index("ex:a a ex:C . ex:b a ex:C .")


def codes(shapes: str) -> list[str]:
    """Return the codes of what is idle in some shapes."""
    return [problem.code for problem, _ in idle_shapes(index(shapes), DATA)]


def test_shapes_without_a_target_are_a_problem() -> None:
    """An empty file would make everything valid."""
    assert codes("") == codes("ex:s a sh:NodeShape .") == ["no-shapes"]


def test_a_target_that_chooses_nothing_is_a_problem() -> None:
    """Even where another target of the shape chooses something."""
    assert codes("ex:s a sh:NodeShape ; sh:targetClass ex:C, ex:Cc .") == ["no-focus"]


def test_a_shape_that_nothing_leads_to_is_a_problem() -> None:
    """One that another refers to is in use."""
    shapes = "ex:s sh:targetClass ex:C ; sh:node ex:t . ex:t a sh:NodeShape . ex:u a sh:NodeShape ."
    assert codes(shapes) == ["unused-shape"]


def test_a_deactivated_shape_is_no_problem() -> None:
    """Somebody said so."""
    shapes = "ex:s sh:targetClass ex:C . ex:t a sh:NodeShape ; sh:targetClass ex:D"
    assert codes(shapes + " .") == ["no-focus"]
    assert codes(shapes + " ; sh:deactivated true .") == []


def test_a_node_that_two_shapes_choose_counts_once() -> None:
    """The count is of nodes."""
    shapes = index("ex:s sh:targetClass ex:C . ex:t sh:targetNode ex:a .")
    assert count_focus_nodes(shapes, DATA) == 2
