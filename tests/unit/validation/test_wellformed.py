from __future__ import annotations

import pytest

from reti_graph.validation.wellformed import malformed
from tests.unit.validation.conftest import index


def said(shapes: str) -> list[str]:
    """Return what is said in English of some shapes."""
    return [problem.messages["en"] for problem, _ in malformed(index(shapes))]


@pytest.mark.parametrize(
    ("shapes", "message"),
    [
        ("ex:s sh:minCuont 1 .", "SHACL has no term sh:minCuont."),
        ("ex:s sh:nodeKind sh:Iri .", "SHACL has no term sh:Iri."),
        ("ex:s a sh:Nodeshape .", "SHACL has no term sh:Nodeshape."),
        ('ex:s sh:class "C" .', "sh:class wants an IRI."),
        ('ex:s sh:minCount "1" .', "sh:minCount wants an integer."),
        ('ex:s sh:closed "true" .', "sh:closed wants true or false (xsd:boolean)."),
        ("ex:s sh:in ex:a .", "sh:in wants a list."),
        ("ex:s sh:message ex:a .", "sh:message wants a text."),
        (
            "ex:s sh:property [ sh:minCount 1 ] .",
            "A property shape has exactly one sh:path, and a well-formed one.",
        ),
        ("ex:s sh:node ex:s .", "The shape refers to itself."),
        (
            'ex:s sh:sparql [ sh:select "SELECT $this { SERVICE <http://a/> {} }" ] .',
            "This is not SPARQL: SERVICE is not allowed in a shape",
        ),
    ],
)
def test_a_mistake_is_named(shapes: str, message: str) -> None:
    """Engines would pass it over, each in its own way."""
    assert said(shapes) == [message]


def test_a_misspelt_term_comes_with_the_right_one() -> None:
    """As a hint."""
    assert [p.hint for p, _ in malformed(index("ex:s sh:minCuont 1 ."))] == [
        "Did you mean sh:minCount?"
    ]


def test_good_shapes_have_no_mistakes() -> None:
    """Whatever of SHACL Core they use."""
    shapes = (
        "ex:s a sh:NodeShape ; sh:targetClass ex:C ; sh:closed true ; sh:ignoredProperties () ;"
        " sh:property [ sh:path [ sh:inversePath ex:q ] ; sh:minCount 1 ; sh:severity sh:Info ;"
        ' sh:nodeKind sh:BlankNodeOrIRI ; sh:in ( 1 2 ) ; sh:message "m"@it ; sh:name "n"@en ] .'
    )
    assert said(shapes) == []
