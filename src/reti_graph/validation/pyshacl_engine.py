"""SHACL by pySHACL: slow, thorough, and kept from changing rdflib for everybody else.

pySHACL switches rdflib's literals over while it loads shapes, and adds a handler to a logger at
every call; both are put back whatever happens. It gets graphs that were read by pyoxigraph, so it
never parses, fetches or imports anything.
"""

from __future__ import annotations

import logging
import re
import warnings
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

import pyoxigraph as ox
import pyshacl
import rdflib
from pyparsing import ParseBaseException
from pyshacl.errors import ReportableRuntimeError, ValidationFailure
from pyshacl.monkey import rdflib_bool_patch
from rdflib.term import _toPythonMapping

from reti_graph.errors import DataError
from reti_graph.stores.rdflib_terms import from_ox, to_ox
from reti_graph.terms import XSD_BOOLEAN
from reti_graph.validation.engine import Result, in_order, refusal, refused, shape_name
from reti_graph.validation.paths import path_of_shape, path_text
from reti_graph.validation.queries_in_shapes import unreadable_queries, with_imported_prefixes
from reti_graph.validation.recursion import recursive_shapes
from reti_graph.validation.sparql_messages import mark
from reti_graph.validation.triples import TripleIndex, sh

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from rdflib import Graph

    from reti_graph.problems import Problem, Term
    from reti_graph.validation.engine import Checker
    from reti_graph.validation.originals import Originals
    from reti_graph.validation.sparql_messages import Marked

_SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")
_LOGGERS = ("pyshacl-validate", "rdflib.term")
_BOOLEAN = rdflib.URIRef(XSD_BOOLEAN.value)


class PyShaclEngine:
    """The `Engine` that pySHACL is."""

    name = "pyshacl"

    def prepare(self, shapes: Sequence[ox.Triple]) -> Checker:
        """Return what checks data with these shapes, as the port promises.

        Raises DataError when the shapes are malformed; what only pySHACL objects to, it says
        when it checks.
        """
        index = TripleIndex(shapes)
        if problems := tuple(refusals(index)):
            raise DataError(refused(self.name, problems))
        marked = mark(index)
        return _Checker(index, marked, _shapes_graph(index, shapes, marked))

    def validate(
        self, data: Sequence[ox.Triple], shapes: Sequence[ox.Triple]
    ) -> tuple[Result, ...]:
        """Prepare the shapes and check one data graph with them."""
        return self.prepare(shapes).check(data)


@dataclass(frozen=True, slots=True)
class _Checker:
    """See `Checker`: `graph` is what the engine gets, `index` has all shapes."""

    parallel: ClassVar[bool] = False

    index: TripleIndex
    marked: Marked
    graph: Graph

    def check(self, data: Sequence[ox.Triple]) -> tuple[Result, ...]:
        with rdflib_untouched():
            report = _run(_graph(data), self.graph)
            return in_order(_results(report, self.index, self.marked))

    def check_file(
        self,
        file: Path,
        originals: Callable[[Iterable[Term]], Originals],  # noqa: ARG002 - it respells nothing
    ) -> tuple[Result, ...]:
        read = ox.parse(path=file, format=ox.RdfFormat.N_TRIPLES)
        return self.check([quad.triple for quad in read])

    def part(self, shapes: Sequence[ox.Triple]) -> _Checker:
        return replace(self, graph=_shapes_graph(self.index, shapes, self.marked))


def _shapes_graph(index: TripleIndex, shapes: Iterable[ox.Triple], marked: Marked) -> Graph:
    with rdflib_untouched():
        # In shapes, SHACL takes only "true" for true, not "1": pySHACL's own patch does that.
        rdflib_bool_patch()  # type: ignore[no-untyped-call]
        return _graph((*shapes, *marked.triples, *with_imported_prefixes(index)))


def _run(data: Graph, shapes: Graph) -> Graph:
    try:
        _, report, _ = pyshacl.validate(data, shacl_graph=shapes)
    except ReportableRuntimeError as error:
        raise _malformed(str(error.message)) from error
    except (NotImplementedError, ParseBaseException, re.error) as error:
        raise _malformed(str(error)) from error
    if isinstance(report, ValidationFailure):
        raise _malformed(str(report.message)) from report
    if not isinstance(report, rdflib.Graph):
        raise _malformed("no report")
    return report


def _malformed(said: str) -> DataError:
    problem = refusal(PyShaclEngine.name, {"it": said, "en": said})
    return DataError(refused(PyShaclEngine.name, [problem]))


def refusals(shapes: TripleIndex) -> Iterator[Problem]:
    """Yield a problem for every shape that pySHACL would stumble over or never be done with."""
    for shape in recursive_shapes(shapes):
        texts = {"it": "una forma rimanda a se stessa", "en": "a shape refers to itself"}
        yield refusal(PyShaclEngine.name, texts, shape)
    for node, reason in unreadable_queries(shapes):
        yield refusal(PyShaclEngine.name, {"it": reason, "en": reason}, node)
    for shape, pattern in shapes.pairs(sh("pattern")):
        try:
            re.compile(str(getattr(pattern, "value", pattern)))
        except re.error as error:
            texts = {"it": f"sh:pattern: {error}", "en": f"sh:pattern: {error}"}
            yield refusal(PyShaclEngine.name, texts, shape)


@contextmanager
def rdflib_untouched() -> Iterator[None]:
    """Put back what pySHACL changes in rdflib and in logging."""
    loggers = [logging.getLogger(name) for name in _LOGGERS]
    before = [(logger, [*logger.handlers], logger.level, logger.disabled) for logger in loggers]
    normalize, boolean = rdflib.NORMALIZE_LITERALS, _toPythonMapping[_BOOLEAN]
    for logger in loggers:
        logger.disabled = True
    try:
        with warnings.catch_warnings():
            # rdflib warns of literals that are not of their type: results say that better.
            warnings.simplefilter("ignore")
            yield
    finally:
        rdflib.NORMALIZE_LITERALS = normalize
        _toPythonMapping[_BOOLEAN] = boolean
        for logger, handlers, level, disabled in before:
            logger.handlers[:] = handlers
            logger.setLevel(level)
            logger.disabled = disabled


def _graph(triples: Iterable[ox.Triple]) -> Graph:
    """Return an rdflib graph with lexical forms as they are: 097 is not 97."""
    rdflib.NORMALIZE_LITERALS = False
    graph = rdflib.Graph(bind_namespaces="none")
    for triple in triples:
        graph.add((from_ox(triple.subject), from_ox(triple.predicate), from_ox(triple.object)))
    return graph


def _results(report: Graph, shapes: TripleIndex, marked: Marked) -> Iterator[Result]:
    for node in report.objects(None, _SH.result):
        values = {
            predicate: term
            for predicate, value in report.predicate_objects(node)
            if predicate != _SH.resultMessage and (term := to_ox(value)) is not None
        }
        messages = [str(message) for message in report.objects(node, _SH.resultMessage)]
        constraint, bindings = marked.read(messages)
        shape = values[_SH.sourceShape]
        yield Result(
            focus=values[_SH.focusNode],
            path=_path(values.get(_SH.resultPath), shape, shapes),
            value=values.get(_SH.value),
            component=_iri(values[_SH.sourceConstraintComponent]),
            severity=_iri(values[_SH.resultSeverity]),
            shape=shape_name(shape),
            source=shape,
            constraint=constraint,
            bindings=bindings,
        )


def _iri(term: Term) -> str:
    return str(term)[1:-1]


def _path(reported: Term | None, shape: Term, shapes: TripleIndex) -> str | None:
    if reported is None or isinstance(reported, ox.NamedNode):
        return str(reported) if reported else None
    path = path_of_shape(shapes, shape)
    return path_text(path) if path else None
