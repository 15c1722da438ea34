"""The port behind which SHACL engines stand, and what they answer with."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from reti_graph.problems import Problem, Report, Severity, Term

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    import pyoxigraph as ox

    from reti_graph.validation.originals import Originals


@dataclass(frozen=True, slots=True)
class Result:
    """One SHACL validation result (SHACL 3.6.2), the same whichever engine found it.

    `path` is in SPARQL path syntax with full IRIs; `component` is an IRI; `shape` is the IRI of
    the source shape, None when it has no name. What follows it is no part of the identity: the
    source shape as a node, and for a SPARQL constraint its node and the values of its message's
    variables.
    """

    focus: Term
    path: str | None
    value: Term | None
    component: str
    severity: str
    shape: str | None
    source: Term | None = field(default=None, compare=False)
    constraint: Term | None = field(default=None, compare=False)
    bindings: Mapping[str, str] = field(default_factory=dict, compare=False, hash=False)

    @property
    def sort_key(self) -> tuple[str, ...]:
        """Order by what identifies the result."""
        parts = (self.focus, self.path, self.component, self.value, self.severity, self.shape)
        return tuple(str(part) for part in (*parts, self.source, self.constraint))


class Checker(Protocol):
    """Shapes made ready to check one data graph after the other."""

    @property
    def parallel(self) -> bool:
        """True when several threads may check at once, and gain by it."""
        ...

    def check(self, data: Sequence[ox.Triple]) -> tuple[Result, ...]:
        """Return every result, each once, in a fixed order.

        Raises DataError when the engine finds only now that it cannot use the shapes.
        """
        ...

    def check_file(
        self, file: Path, originals: Callable[[Iterable[Term]], Originals]
    ) -> tuple[Result, ...]:
        """Return the same of a file of N-Triples, which may be larger than memory is.

        `originals` is asked once for whatever tells how the data spells these terms, and not at
        all when there is nothing to report.
        """
        ...

    def part(self, shapes: Sequence[ox.Triple]) -> Checker:
        """Return the same with only these of its shapes, which are not examined again."""
        ...


class Engine(Protocol):
    """A SHACL engine: data and shapes in, results out."""

    @property
    def name(self) -> str:
        """The name by which `--engine` chooses it."""
        ...

    def prepare(self, shapes: Sequence[ox.Triple]) -> Checker:
        """Return what checks data with these shapes.

        Raises DataError when the shapes are malformed or ask for what the engine cannot do: it
        answers wholly or not at all.
        """
        ...

    def validate(
        self, data: Sequence[ox.Triple], shapes: Sequence[ox.Triple]
    ) -> tuple[Result, ...]:
        """Prepare the shapes and check one data graph with them."""
        ...


def in_order(results: Iterable[Result]) -> tuple[Result, ...]:
    """Return the results without repetitions, in the order of their identity."""
    unique = {result.sort_key: result for result in results}
    return tuple(unique[key] for key in sorted(unique))


def refusal(
    engine: str, messages: Mapping[str, str], shape: Term | None = None, hint: str | None = None
) -> Problem:
    """Return the problem that says why an engine does not check with these shapes."""
    texts = {language: f"{engine}: {text}" for language, text in messages.items()}
    return Problem(
        "shapes", Severity.VIOLATION, texts, focus=shape, shape=shape_name(shape), hint=hint
    )


def refused(engine: str, problems: Sequence[Problem]) -> Report:
    """Return the report of a run that did not take place."""
    return Report(tuple(problems), {}, engine)


def shape_name(shape: Term | None) -> str | None:
    """Return the IRI of a shape, or None when it is a blank node."""
    return getattr(shape, "value", None) if str(shape).startswith("<") else None
