from __future__ import annotations

import logging

import pytest
import rdflib

from reti_graph.errors import DataError
from reti_graph.validation.pyshacl_engine import PyShaclEngine
from tests.unit.validation.conftest import triples

SHAPES = "ex:s a sh:NodeShape ; sh:targetNode ex:a ; sh:property [ sh:path ex:p ; {} ] ."


def state_of_rdflib() -> tuple[object, ...]:
    """Return what pySHACL changes for everybody."""
    logger = logging.getLogger("pyshacl-validate")
    one = rdflib.Literal("1", datatype=rdflib.XSD.boolean)
    padded = rdflib.Literal("01", datatype=rdflib.XSD.integer)
    return (one.value, str(padded), rdflib.NORMALIZE_LITERALS, len(logger.handlers), logger.level)


@pytest.mark.parametrize("constraint", ["sh:minCount 1", "sh:minCount 1, 2"])
def test_rdflib_is_as_it_was_whether_the_run_went_well_or_not(constraint: str) -> None:
    """Literals, logging and all."""
    before = state_of_rdflib()
    try:
        PyShaclEngine().validate(triples("ex:a ex:p 01 ."), triples(SHAPES.format(constraint)))
    except DataError as error:
        assert constraint == "sh:minCount 1, 2"
        assert error.report.problems  # noqa: PT017 - the state afterwards is what is tested
    assert state_of_rdflib() == before


def test_a_choice_not_to_normalize_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """PySHACL would put it back to what is usual."""
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)
    PyShaclEngine().validate(triples("ex:a ex:p 01 ."), triples(SHAPES.format("sh:minCount 1")))
    assert rdflib.NORMALIZE_LITERALS is False


def test_nothing_is_imported_over_the_network() -> None:
    """An owl:imports of an address where nothing listens changes nothing."""
    imports = "<http://127.0.0.1:9/> a owl:Ontology ; owl:imports <http://127.0.0.1:9/x> ."
    owl = "@prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
    shapes = triples(owl + imports + SHAPES.format("sh:minCount 1"))
    assert len(PyShaclEngine().validate(triples(owl + imports), shapes)) == 1


def test_malformed_shapes_are_refused_in_pyshacls_words() -> None:
    """The engine is named."""
    with pytest.raises(DataError) as caught:
        PyShaclEngine().validate((), triples(SHAPES.format('sh:pattern "(" ; sh:minCount "x"')))
    (problem,) = caught.value.report.problems
    assert problem.messages["en"].startswith("pyshacl: ")


def test_a_pattern_that_is_none_is_refused_with_its_shape() -> None:
    """PySHACL itself says only what is wrong, not where."""
    named = SHAPES.replace("[ sh:path", "ex:t . ex:t sh:path").replace("{} ] .", "{} .")
    with pytest.raises(DataError) as caught:
        PyShaclEngine().validate((), triples(named.format('sh:pattern "("')))
    [problem] = caught.value.report.problems
    assert "sh:pattern" in problem.messages["en"]
    assert str(problem.focus).endswith("t>")
