from __future__ import annotations

import pytest

from reti_graph.validation.for_shacl_rust import refusals
from reti_graph.validation.shacl_rust_engine import ShaclRustEngine
from tests.unit.validation.conftest import SH, index, triples


@pytest.mark.parametrize(
    "path",
    [
        "[ sh:inversePath ( ex:p ex:q ) ]",
        "[ sh:zeroOrOnePath ( ex:p ex:q ) ]",
        "( [ sh:alternativePath ( ex:p ( ex:q ex:p ) ) ] ex:q )",
        "[ sh:zeroOrMorePath [ sh:oneOrMorePath ex:p ] ]",
        '"text"',
    ],
)
def test_a_path_that_would_be_skipped_is_refused(path: str) -> None:
    """With the path, so that it can be written otherwise."""
    shapes = f"ex:s sh:targetNode ex:a ; sh:property ex:t . ex:t sh:path {path} ; sh:minCount 1 ."
    assert len(list(refusals(index(shapes)))) == 1


@pytest.mark.parametrize(
    "path",
    ["( ex:p [ sh:inversePath ex:q ] )", "[ sh:oneOrMorePath ex:p ]", "[ sh:zeroOrMorePath ex:p ]"],
)
def test_a_path_that_is_read_is_not_refused(path: str) -> None:
    """Sequences and repetitions at the top are."""
    assert list(refusals(index(f"ex:t sh:path {path} ; sh:minCount 1 ."))) == []


def test_a_closed_shape_may_not_hold_a_path_that_opens_it() -> None:
    """Unless it allows the path's properties anyhow."""
    shapes = "ex:s sh:closed true ; sh:property [ sh:path [ sh:inversePath ex:p ] ; sh:minCount 1 ]"
    assert len(list(refusals(index(f"{shapes} .")))) == 1
    assert list(refusals(index(f"{shapes} ; sh:ignoredProperties ( ex:p ) ."))) == []


@pytest.mark.parametrize(
    ("shape", "refused"),
    [
        ('sh:languageIn ( "it" )', 1),
        ("sh:class ex:C", 0),
        ("sh:nodeKind sh:IRI", 0),
        ("sh:property [ sh:path ex:q ; sh:minCount 1 ]", 0),
        ("sh:property [ sh:path ex:q ; sh:maxCount 1 ]", 1),
    ],
)
def test_a_qualified_shape_that_literals_may_conform_to_is_refused(
    shape: str, refused: int
) -> None:
    """They would not be counted."""
    held = index(f"ex:t sh:qualifiedValueShape [ {shape} ] ; sh:qualifiedMinCount 1 .")
    assert len(list(refusals(held))) == refused


def test_path_in_a_query_is_refused_for_more_than_a_property() -> None:
    """The engine would put something else in its place."""
    query = 'sh:sparql [ sh:select "SELECT $this { $this $PATH ?value }" ]'
    assert list(refusals(index(f"ex:t sh:path ex:p ; {query} ."))) == []
    assert len(list(refusals(index(f"ex:t sh:path ( ex:p ex:q ) ; {query} .")))) == 1


def test_more_than_one_step_comes_back_to_where_it_began() -> None:
    """In a circle, a node is on its own way."""
    shapes = (
        "ex:s a sh:NodeShape ; sh:targetNode ex:a ; sh:property [ sh:path"
        " [ sh:oneOrMorePath ex:p ] ; sh:maxCount 1 ] ."
    )
    data = triples("ex:a ex:p ex:b . ex:b ex:p ex:a .")
    assert len(ShaclRustEngine().validate(data, triples(shapes))) == 1


def test_a_literal_may_conform_to_a_node_shape() -> None:
    """And one that does not is a result of sh:node, not of what stands in for it."""
    shapes = (
        "ex:s a sh:NodeShape ; sh:targetNode ex:a ; sh:property [ sh:path ex:p ;"
        " sh:node [ sh:datatype xsd:integer ] ] ."
    )
    (found,) = ShaclRustEngine().validate(triples('ex:a ex:p 1, "x" .'), triples(shapes))
    assert (str(found.value), found.component) == ('"x"', SH + "NodeConstraintComponent")


def test_a_pattern_the_engine_cannot_read_is_refused() -> None:
    """It would let every value through."""
    assert _codes('sh:pattern "(?=x)"') == ["shapes"]


def _codes(constraint: str) -> list[str]:
    from reti_graph.errors import DataError  # noqa: PLC0415

    shapes = f"ex:s a sh:NodeShape ; sh:targetNode ex:a ; {constraint} ."
    with pytest.raises(DataError) as caught:
        ShaclRustEngine().prepare(triples(shapes))
    return [problem.code for problem in caught.value.report.problems]
