from __future__ import annotations

import pytest

from reti_graph.errors import DataError
from reti_graph.validation.shacl_rust_engine import ShaclRustEngine
from tests.unit.validation.conftest import triples


def test_what_the_engine_objects_to_is_a_refusal() -> None:
    """It is no ValueError of the library."""
    select = "SELECT $this { $this ?p ?v BIND(1 AS $this) }"
    shapes = f'ex:s a sh:NodeShape ; sh:targetNode ex:a ; sh:sparql [ sh:select "{select}" ] .'
    with pytest.raises(DataError) as caught:
        ShaclRustEngine().validate(triples("ex:a ex:p 1 ."), triples(shapes))
    (problem,) = caught.value.report.problems
    assert problem.messages["en"].startswith("shacl-rust: ")


def test_the_bindings_of_a_message_are_kept() -> None:
    """For the message in each language."""
    select = "SELECT $this ?day { $this <http://example.org/p> ?v BIND('Monday' AS ?day) }"
    shapes = (
        "ex:s a sh:NodeShape ; sh:targetNode ex:a ; sh:sparql"
        f' [ sh:select "{select}" ; sh:message "on {{?day}}"@en ] .'
    )
    (found,) = ShaclRustEngine().validate(triples("ex:a ex:p 1 ."), triples(shapes))
    assert found.bindings["day"] == '"Monday"'


def test_the_engine_may_be_asked_from_several_threads() -> None:
    """Many examples are."""
    shapes = triples("ex:s a sh:NodeShape ; sh:targetNode ex:a ; sh:nodeKind sh:Literal .")
    assert ShaclRustEngine().prepare(shapes).parallel
