"""The W3C SHACL test suite, run over both engines where the suite is at hand.

The suite is not part of the project: it is looked for beside it, in ../shared/suites/w3c-shacl,
or where the environment variable W3C_SHACL_SUITE says.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from reti_graph.errors import DataError
from reti_graph.terms import RDF_TYPE, SHACL
from reti_graph.validation.engine import Result, shape_name
from reti_graph.validation.paths import path_text, read_path
from reti_graph.validation.pyshacl_engine import PyShaclEngine
from reti_graph.validation.shacl_rust_engine import ShaclRustEngine
from reti_graph.validation.triples import TripleIndex, sh

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from _pytest.mark import ParameterSet

    from reti_graph.problems import Term
    from reti_graph.validation.engine import Engine

_BESIDE = Path(__file__).parents[2] / "shared" / "suites" / "w3c-shacl"
_SUITE = Path(os.environ.get("W3C_SHACL_SUITE", _BESIDE)) / "tests"
_MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
_SHT = "http://www.w3.org/ns/shacl-test#"
_ENGINES = (ShaclRustEngine(), PyShaclEngine())
_MISSES = {
    ("shacl-rust", "core/complex/shacl-shacl"): "its paths hold sequences within alternatives,"
    " which shacl-rust would skip: refused",
    ("shacl-rust", "sparql/pre-binding/unsupported-sparql-006"): "shacl-rust lets an ASK validator"
    " assign ?value anew",
    ("shacl-rust", "core/property/qualifiedValueShape-001"): "shacl-rust counts no literals, and"
    " a literal would conform to its qualified shape: refused",
    ("pyshacl", "sparql/pre-binding/shapesGraph-001"): "pySHACL has no $shapesGraph: refused",
}


def _tests() -> list[Path]:
    files = sorted(_SUITE.rglob("*.ttl"))
    return [file for file in files if "sht:Validate" in file.read_text(encoding="utf-8")]


def _cases() -> list[ParameterSet]:
    cases = []
    for file in _tests():
        name = file.relative_to(_SUITE).with_suffix("").as_posix()
        for engine in _ENGINES:
            reason = _MISSES.get((engine.name, name))
            marks = [pytest.mark.xfail(reason=reason, strict=True)] if reason else []
            cases.append(pytest.param(engine, file, id=f"{engine.name}-{name}", marks=marks))
    return cases


def _read(address: str) -> list[ox.Triple]:
    file = Path(address.removeprefix("file://"))
    quads = ox.parse(file.read_bytes(), format=ox.RdfFormat.TURTLE, base_iri=file.as_uri())
    return [quad.triple for quad in quads]


def _value(index: TripleIndex, node: Term, name: str) -> Term:
    return index.objects(node, ox.NamedNode(name))[0]


def _expected(index: TripleIndex, report: Term) -> Iterator[Result]:
    for node in index.objects(report, sh("result")):
        values = {str(key)[1:-1].removeprefix(SHACL): on for key, on in index.leaving(node).items()}
        path = read_path(index, values["resultPath"][0]) if "resultPath" in values else None
        yield Result(
            focus=values["focusNode"][0],
            path=path_text(path) if path else None,
            value=values.get("value", [None])[0],
            component=str(values["sourceConstraintComponent"][0])[1:-1],
            severity=str(values["resultSeverity"][0])[1:-1],
            shape=shape_name(values["sourceShape"][0]),
        )


def _unlabelled(results: Iterable[Result]) -> set[tuple[str, ...]]:
    """Blank nodes of two parses cannot be compared: they all become one."""
    return {
        tuple("_:" if part.startswith("_:") else part for part in result.sort_key[:6])
        for result in results
    }


@pytest.mark.skipif(not _SUITE.is_dir(), reason="the W3C SHACL suite is not at hand")
def test_the_suite_has_the_number_of_tests_that_the_known_misses_were_found_among() -> None:
    """A suite that lost tests, or a reader that finds none, does not pass for a success."""
    assert len(_tests()) == 121


@pytest.mark.parametrize(("engine", "file"), _cases())
def test_the_engine_gives_the_report_that_the_suite_expects(engine: Engine, file: Path) -> None:
    """Focus, path, value, component, severity and named source shape are those of the suite."""
    index = TripleIndex(_read(file.as_uri()))
    test = index.subjects(RDF_TYPE, ox.NamedNode(_SHT + "Validate"))[0]
    action = _value(index, test, _MF + "action")
    data = _read(str(_value(index, action, _SHT + "dataGraph"))[1:-1])
    shapes = _read(str(_value(index, action, _SHT + "shapesGraph"))[1:-1])
    wanted = _value(index, test, _MF + "result")
    if wanted == ox.NamedNode(_SHT + "Failure"):
        with pytest.raises(DataError):
            engine.validate(data, shapes)
    else:
        results = engine.validate(data, shapes)
        assert _unlabelled(results) == _unlabelled(_expected(index, wanted))
