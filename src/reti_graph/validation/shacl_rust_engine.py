"""SHACL by the shacl-rust library: fast, and kept from answering in part.

`for_shacl_rust` says what it misreads; what it objects to itself, it says only when asked.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

import pyoxigraph as ox
import shacl_rust

from reti_graph.errors import DataError
from reti_graph.terms import SHACL
from reti_graph.validation.engine import Result, in_order, refusal, refused, shape_name
from reti_graph.validation.for_shacl_rust import NAME, adapted, component, refusals
from reti_graph.validation.originals import Originals
from reti_graph.validation.paths import path_of_shape, path_text
from reti_graph.validation.sparql_messages import mark
from reti_graph.validation.triples import TripleIndex, sh

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from reti_graph.problems import Problem, Term
    from reti_graph.validation.sparql_messages import Marked

_SPARQL = SHACL + "SPARQLConstraintComponent"


class ShaclRustEngine:
    """The `Engine` that shacl-rust is."""

    name = NAME

    def prepare(self, shapes: Sequence[ox.Triple]) -> ShaclRustChecker:
        """Return what checks data with these shapes, as the port promises.

        Raises DataError when there is a shape that shacl-rust would skip, or cannot read.
        """
        index = TripleIndex(shapes)
        marked = mark(index)
        text = _shapes_text(shapes, index, marked)
        problems = tuple(refusals(index)) or tuple(_lints(text))
        if problems:
            raise DataError(refused(NAME, problems))
        return ShaclRustChecker(index, marked, text)

    def validate(
        self, data: Sequence[ox.Triple], shapes: Sequence[ox.Triple]
    ) -> tuple[Result, ...]:
        """Prepare the shapes and check one data graph with them."""
        return self.prepare(shapes).check(data)


@dataclass(frozen=True, slots=True)
class ShaclRustChecker:
    """See `Checker`: `text` is what the engine gets, `index` has all shapes."""

    parallel: ClassVar[bool] = True

    index: TripleIndex
    marked: Marked
    text: str

    def check(self, data: Sequence[ox.Triple]) -> tuple[Result, ...]:
        """See `Checker.check`."""
        found = _run(_text(data), self.text)["results"]
        reader = _Reader(found, self.index, self.marked, lambda _: Originals(data))
        return in_order(reader.results())

    def check_file(
        self, file: Path, originals: Callable[[Iterable[Term]], Originals]
    ) -> tuple[Result, ...]:
        """See `Checker.check_file`."""
        shapes = io.BytesIO(self.text.encode())
        # This index takes a sixth of the memory and a third of the time of the other.
        answer = _answered(
            lambda: shacl_rust.validate_file(
                file, shapes, data_format="nt", shapes_format="nt", experimental_index=True
            )
        )
        if not answer["results"]:
            return ()
        reader = _Reader(answer["results"], self.index, self.marked, originals)
        return in_order(reader.results())

    def part(self, shapes: Sequence[ox.Triple]) -> ShaclRustChecker:
        """See `Checker.part`."""
        return replace(self, text=_shapes_text(shapes, self.index, self.marked))


def _shapes_text(shapes: Iterable[ox.Triple], index: TripleIndex, marked: Marked) -> str:
    return _text((*adapted(shapes, index), *marked.triples))


def _text(triples: Iterable[ox.Triple]) -> str:
    return (ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"").decode()


def _run(data: str, shapes: str, *, diagnostics: bool = False) -> dict[str, Any]:
    """Call the engine; it gives back a dictionary with results and, on demand, diagnostics."""
    return _answered(
        lambda: shacl_rust.validate(
            data, shapes, data_format="nt", shapes_format="nt", diagnostics=diagnostics
        )
    )


def _answered(run: Callable[[], Any]) -> dict[str, Any]:
    try:
        answer: dict[str, Any] = run()
    except ValueError as error:
        said = str(error).removeprefix("Parse error: ")
        problem = refusal(NAME, {"it": said, "en": said})
        raise DataError(refused(NAME, [problem])) from error
    return answer


def _lints(shapes: str) -> Iterator[Problem]:
    """Yield what the engine says it cannot use in the shapes: bad patterns and bad queries."""
    for found in _run("", shapes, diagnostics=True)["diagnostics"]:
        if found["code"].startswith("L") and found["severity"] == "error":
            said = " ".join(part for part in (found["title"], found["actual"]) if part)
            shape = next(iter(_terms([found["source_shape"]]).values()), None)
            yield refusal(NAME, {"it": said, "en": said}, shape)


def _terms(texts: Iterable[str]) -> dict[str, Term]:
    """Return the terms that these texts write in N-Triples syntax."""
    known = sorted(set(texts))
    lines = "".join(f"<urn:n:{number}> <urn:is> {text} .\n" for number, text in enumerate(known))
    quads = ox.parse(lines, format=ox.RdfFormat.N_TRIPLES)
    return {text: quad.object for text, quad in zip(known, quads, strict=True)}


class _Reader:
    """Turns the engine's dictionaries into results."""

    def __init__(
        self,
        found: Sequence[Mapping[str, Any]],
        shapes: TripleIndex,
        marked: Marked,
        originals: Callable[[Iterable[Term]], Originals],
    ) -> None:
        self._found = found
        self._shapes = shapes
        keys = ("focusNode", "value", "sourceShape", "resultPath")
        texts = [entry[key] for entry in found for key in keys if key in entry]
        self._terms = _terms(text for text in texts if _is_term(text))
        self._bound = [marked.read(entry["messages"]) for entry in found]
        literals = [_literal(bindings) for _, bindings in self._bound]
        self._originals = originals((*self._terms.values(), *(x for x in literals if x)))

    def results(self) -> Iterator[Result]:
        for entry, (constraint, bindings) in zip(self._found, self._bound, strict=True):
            focus, shape = self._terms[entry["focusNode"]], self._terms[entry["sourceShape"]]
            for value in self._values(entry, focus, shape, bindings):
                yield Result(
                    focus=focus,
                    path=self._path(entry, shape),
                    value=value,
                    component=component(
                        _iri(entry["sourceConstraintComponent"]), shape, self._shapes
                    ),
                    severity=_iri(entry["severity"]),
                    shape=shape_name(shape),
                    source=shape,
                    constraint=constraint,
                    bindings=bindings,
                )

    def _path(self, entry: Mapping[str, Any], shape: Term) -> str | None:
        reported = entry.get("resultPath")
        if reported is None or reported in self._terms:
            return reported
        path = path_of_shape(self._shapes, shape)
        return path_text(path) if path else None

    def _values(
        self, entry: Mapping[str, Any], focus: Term, shape: Term, bindings: Mapping[str, str]
    ) -> tuple[Term | None, ...]:
        of_query = _iri(entry["sourceConstraintComponent"]) == _SPARQL
        value = self._terms[entry["value"]] if "value" in entry else _literal(bindings)
        if of_query and isinstance(value, ox.Literal):
            # Queries see, and give, the canonical form of a literal.
            return self._originals.of(value, focus)
        if value is None and of_query and not self._shapes.objects(shape, sh("path")):
            # Where a query of a node shape gives no value, it is the focus node (SHACL 5.3.1).
            return (focus,)
        return (value,)


def _literal(bindings: Mapping[str, str]) -> Term | None:
    """Return the literal that a query bound to ?value, which the engine lets go of."""
    said = bindings.get("value", "")
    return _terms([said])[said] if said.startswith('"') else None


def _is_term(text: str) -> bool:
    """Tell whether a text is one N-Triples term and no path."""
    return text[0] in '"_' or (text[0] == "<" and text.find(">") == len(text) - 1)


def _iri(text: str) -> str:
    return text[1:-1]
