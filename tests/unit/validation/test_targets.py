from __future__ import annotations

import pytest

from reti_graph.validation.targets import Target, focus_nodes, targets
from tests.unit.validation.conftest import ex, index

DATA = "ex:a a ex:C ; ex:p ex:b . ex:d a ex:D . ex:D rdfs:subClassOf ex:C ."


@pytest.mark.parametrize(
    ("kind", "value", "chosen"),
    [
        ("targetClass", "C", {"a", "d"}),
        ("targetClass", "D", {"d"}),
        ("targetClass", "Wrong", set()),
        ("targetNode", "b", {"b"}),
        ("targetNode", "wrong", set()),
        ("targetSubjectsOf", "p", {"a"}),
        ("targetObjectsOf", "p", {"b"}),
        ("targetObjectsOf", "wrong", set()),
    ],
)
def test_a_target_chooses_nodes_of_the_data(kind: str, value: str, chosen: set[str]) -> None:
    """A class has its subclasses' instances too; a node must be there."""
    target = Target(ex("s"), kind, ex(value))
    assert focus_nodes(target, index(DATA)) == {ex(name) for name in chosen}


def test_a_shape_that_is_a_class_is_its_own_target() -> None:
    """The implicit class target of SHACL 2.1.3.3."""
    held = index("ex:C a sh:NodeShape, rdfs:Class . ex:D a sh:NodeShape, ex:Other .")
    assert list(targets(held)) == [Target(ex("C"), "targetClass", ex("C"))]


def test_a_deactivated_shape_has_no_targets() -> None:
    """It checks nothing on purpose."""
    assert list(targets(index("ex:s sh:targetNode ex:a ; sh:deactivated true ."))) == []
