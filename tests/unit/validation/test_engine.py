from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given, settings

from reti_graph.errors import DataError
from reti_graph.validation.engine import Result, in_order, refusal, shape_name
from tests.strategies import shacl_data, shacl_shapes
from tests.unit.validation.conftest import ENGINES, EX, SH, ex, triples

if TYPE_CHECKING:
    from reti_graph.validation.engine import Engine

TARGET = "ex:s a sh:NodeShape ; sh:targetClass ex:C"
SELECT = "SELECT $this ?value WHERE { $this <http://example.org/p> ?value }"


def results(engine: Engine, data: str, shapes: str) -> tuple[Result, ...]:
    """Return what an engine says of some data."""
    return engine.validate(triples(data), triples(shapes))


def values(engine: Engine, data: str, shapes: str) -> list[str]:
    """Return the values that an engine objects to."""
    return [str(result.value) for result in results(engine, data, shapes)]


@settings(max_examples=60, deadline=None)
@given(shacl_data, shacl_shapes)
def test_both_engines_find_the_same(data: str, shapes: str) -> None:
    """Focus, path, value, component, severity and named shape, unless one of them refuses."""
    found = []
    for engine in ENGINES:
        try:
            found.append(set(results(engine, data, shapes)))
        except DataError:
            assume(False)  # noqa: FBT003 - hypothesis calls it so
    assert found[0] == found[1]


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.name)
def test_a_result_says_all_that_shacl_says_of_it(engine: Engine) -> None:
    """The path is that of the shape, in one way of writing."""
    shapes = (
        f"{TARGET} ; sh:property ex:t . ex:t sh:path [ sh:inversePath ex:p ] ;"
        " sh:severity sh:Warning ; sh:nodeKind sh:Literal ."
    )
    (found,) = results(engine, "ex:a a ex:C . ex:b ex:p ex:a .", shapes)
    assert found == Result(
        focus=ex("a"),
        path=f"^<{EX}p>",
        value=ex("b"),
        component=SH + "NodeKindConstraintComponent",
        severity=SH + "Warning",
        shape=EX + "t",
    )
    assert found.source == ex("t")


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.name)
def test_a_shape_without_a_name_has_no_name_in_the_result(engine: Engine) -> None:
    """It is known as a node all the same, for its messages."""
    shapes = triples(f"{TARGET} ; sh:property [ sh:path ex:p ; sh:minCount 1 ] .")
    (found,) = engine.validate(triples("ex:a a ex:C ."), shapes)
    assert (found.shape, found.value) == (None, None)
    assert any(triple.subject == found.source for triple in shapes)


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.name)
@pytest.mark.parametrize("value", ["1.50", "097", '"x"@it-IT', '"1"^^xsd:boolean', '"a"', "ex:b"])
def test_a_value_is_the_one_in_the_data_however_it_is_written(engine: Engine, value: str) -> None:
    """In SPARQL constraints too, where stores give back another form."""
    shapes = (
        f'{TARGET} ; sh:sparql [ sh:select "{SELECT}" ] ; sh:property ex:t .'
        " ex:t sh:path ex:p ; sh:datatype ex:none ."
    )
    (_, triple) = triples(f"ex:a a ex:C ; ex:p {value} .")
    found = results(engine, f"ex:a a ex:C ; ex:p {value} .", shapes)
    assert [result.value for result in found] == [triple.object] * 2


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.name)
def test_two_ways_of_writing_one_number_are_two_values(engine: Engine) -> None:
    """A store would make them one."""
    shapes = f'{TARGET} ; sh:sparql [ sh:select "{SELECT}" ] .'
    assert len(values(engine, 'ex:a a ex:C ; ex:p 97, "097"^^xsd:integer .', shapes)) == 2


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.name)
def test_a_sparql_constraint_without_a_value_speaks_of_the_node(engine: Engine) -> None:
    """SHACL 5.3.1."""
    shapes = f'{TARGET} ; sh:sparql [ sh:select "SELECT $this {{ $this ?p 1 }}" ] .'
    assert values(engine, "ex:a a ex:C ; ex:p 1 .", shapes) == [f"<{EX}a>"]


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.name)
def test_plain_texts_are_texts(engine: Engine) -> None:
    """sh:in and sh:datatype know them as they stand in shapes."""
    shapes = f'{TARGET} ; sh:property [ sh:path ex:p ; sh:in ( "a" ) ; sh:datatype xsd:string ] .'
    assert values(engine, 'ex:a a ex:C ; ex:p "a" .', shapes) == []


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.name)
@pytest.mark.parametrize(
    "shapes",
    [
        f"{TARGET} ; sh:node ex:s .",
        f'{TARGET} ; sh:sparql [ sh:select "SELECT" ] .',
        f'{TARGET} ; sh:sparql [ sh:select "SELECT $this {{ SERVICE <http://a/> {{}} }}" ] .',
    ],
)
def test_shapes_that_cannot_be_used_are_refused(engine: Engine, shapes: str) -> None:
    """With a report that says why; an answer in part would pass for a good one."""
    with pytest.raises(DataError) as caught:
        results(engine, "ex:a a ex:C .", shapes)
    assert caught.value.report.engine == engine.name
    assert [problem.code for problem in caught.value.report.problems] == ["shapes"]


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.name)
def test_a_part_of_the_shapes_finds_its_part_of_the_results(engine: Engine) -> None:
    """The others are not asked."""
    one = triples(f"{TARGET} ; sh:nodeKind sh:Literal .")
    other = triples("ex:t a sh:NodeShape ; sh:targetClass ex:C ; sh:nodeKind sh:BlankNode .")
    data = triples("ex:a a ex:C .")
    checker = engine.prepare((*one, *other))
    assert len(checker.check(data)) == 2
    assert [result.shape for result in checker.part(other).check(data)] == [EX + "t"]


def test_results_come_once_and_in_order() -> None:
    """Whatever order an engine gives them in."""
    first, second = (
        Result(ex(name), None, None, SH + "Some", SH + "Info", None) for name in ("a", "b")
    )
    assert in_order([second, first, second]) == (first, second)


def test_only_an_iri_names_a_shape() -> None:
    """A blank node has no name."""
    (triple,) = triples("ex:s sh:node [] .")
    assert shape_name(triple.subject) == EX + "s"
    assert shape_name(triple.object) is None
    assert shape_name(None) is None


def test_a_refusal_names_the_engine_in_every_language() -> None:
    """So that another can be tried."""
    problem = refusal("swift", {"it": "no", "en": "no"}, ex("s"), "Use another.")
    assert problem.messages == {"it": "swift: no", "en": "swift: no"}
    assert (problem.focus, problem.shape, problem.hint) == (ex("s"), EX + "s", "Use another.")
