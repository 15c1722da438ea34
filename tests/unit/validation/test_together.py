from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from reti_graph.errors import DataError
from reti_graph.validation.shacl_rust_engine import ShaclRustEngine
from reti_graph.validation.together import check_each
from tests.strategies import shacl_data, shacl_shapes
from tests.unit.validation.conftest import ENGINES, triples

if TYPE_CHECKING:
    from reti_graph.validation.engine import Result

COMMON = "ex:D rdfs:subClassOf ex:C . ex:b a ex:D ; ex:p ex:c . ex:c ex:q ex:b ; ex:r 1 ."


def one_by_one(shapes: str, common: str, examples: list[str]) -> list[set[Result]]:
    """Return what each example brings about when it is validated on its own."""
    engine = ShaclRustEngine()
    known = set(engine.validate(triples(common), triples(shapes)))
    return [
        set(engine.validate(triples(common + example), triples(shapes))) - known
        for example in examples
    ]


def together(shapes: str, common: str, examples: list[str]) -> list[set[Result]]:
    """Return what each example brings about when all are validated together."""
    parsed = triples(shapes)
    checker = ShaclRustEngine().prepare(parsed)
    found = check_each(checker, parsed, triples(common), list(map(triples, examples)))
    return list(map(set, found))


@settings(max_examples=60, deadline=None)
@given(
    shacl_shapes, st.lists(shacl_data.filter(lambda text: "_:" not in text), min_size=1, max_size=6)
)
def test_examples_together_find_what_each_finds_alone(shapes: str, examples: list[str]) -> None:
    """Whatever they share among them and with the common graph."""
    try:
        alone = one_by_one(shapes, COMMON, examples)
    except DataError:
        return
    assert together(shapes, COMMON, examples) == alone


def test_the_results_of_the_common_graph_are_nobodys() -> None:
    """They are reported where that graph is checked itself."""
    shapes = (
        "ex:s a sh:NodeShape ; sh:targetClass ex:C ; sh:property [ sh:path ex:n ; sh:minCount 1 ] ."
    )
    common = "ex:old a ex:C ."
    (found,) = together(shapes, common, ["ex:old ex:q 1 . ex:new a ex:C ."])
    assert [str(result.focus) for result in found] == ["<http://example.org/new>"]


def test_what_a_target_node_lacks_already_is_nobodys() -> None:
    """SHACL checks it though nothing speaks of it."""
    shapes = "ex:s a sh:NodeShape ; sh:targetNode ex:a ; sh:targetClass ex:C ; sh:class ex:C ."
    assert together(shapes, COMMON, ["ex:n a ex:C ; ex:p ex:a ."]) == [set()]


def test_queries_in_shapes_see_the_whole_common_graph() -> None:
    """They may look anywhere."""
    select = "SELECT $this { $this a <http://example.org/C> . <http://example.org/far> ?p ?o }"
    shapes = f'ex:s a sh:NodeShape ; sh:targetClass ex:C ; sh:sparql [ sh:select "{select}" ] .'
    parsed = triples(shapes)
    for engine in ENGINES:
        common, own = triples("ex:far ex:p 1 ."), [triples("ex:a a ex:C .")]
        found = check_each(engine.prepare(parsed), parsed, common, own)
        assert [len(results) for results in found] == [1]


def test_a_target_node_of_the_common_graph_is_judged_by_all_that_is_said_of_it() -> None:
    """Though the example does not lead to it."""
    shapes = (
        "ex:s a sh:NodeShape ; sh:targetNode ex:far ; sh:targetClass ex:C ;"
        " sh:property [ sh:path ex:p ; sh:minCount 1 ] ."
    )
    (found,) = together(shapes, "ex:far ex:p 1 .", ["ex:a a ex:C ."])
    assert [str(result.focus) for result in found] == ["<http://example.org/a>"]


def test_no_examples_give_no_answers() -> None:
    """And ask nothing."""
    assert together("ex:s a sh:NodeShape ; sh:targetClass ex:C .", COMMON, []) == []
