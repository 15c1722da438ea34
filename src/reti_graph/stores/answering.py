"""Answers of pyoxigraph as values and bytes, and its failures as errors of ours.

pyoxigraph evaluates an answer while it is read, and wants it back in the thread it began in. An
error keeps whatever stands in its frames, so none may leave here with an answer in them.
"""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING, Final, TypeVar

import pyoxigraph as ox

from reti_graph.errors import (
    AnswerTooLargeError,
    FormatError,
    GateError,
    RetiError,
    StoreError,
)
from reti_graph.formats import (
    RDF_FORMATS,
    RESULTS_FORMATS,
    Format,
    serialize_triples,
    sound_results,
)
from reti_graph.stores.datasets import query_over
from reti_graph.stores.mistakes import query_syntax_error
from reti_graph.stores.port import Solutions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from typing_extensions import Buffer

    from reti_graph.stores.datasets import EngineAnswer
    from reti_graph.stores.port import Dataset

Result = TypeVar("Result")
_Wanted = TypeVar("_Wanted", ox.QueryBoolean, ox.QuerySolutions, ox.QueryTriples)

UNBOUNDED: Final = sys.maxsize
# What N-Triples has of a triple beside its terms: " .\n".
_AROUND_A_TRIPLE: Final = 3


def evaluate(
    store: ox.Store, query: str, prefixes: Mapping[str, str], dataset: Dataset | None = None
) -> EngineAnswer:
    """Return pyoxigraph's answer, to be read within `guarded`.

    Raises QuerySyntaxError with the reason, and as `query_over`.
    """
    try:
        return query_over(store, query, prefixes, dataset)
    except SyntaxError as error:
        raise query_syntax_error(error, query, prefixes) from error


def as_truth(found: EngineAnswer) -> bool:
    """Return the answer of an ASK, within `guarded`. Raises FormatError for any other."""
    return bool(_expect(found, ox.QueryBoolean, "an ASK"))


def as_solutions(found: EngineAnswer) -> Solutions:
    """Return the answer of a SELECT, within `guarded`. Raises FormatError for any other."""
    rows = _expect(found, ox.QuerySolutions, "a SELECT")
    variables = tuple(variable.value for variable in rows.variables)
    return Solutions(variables, tuple(tuple(row) for row in rows))


def as_triples(found: EngineAnswer) -> tuple[ox.Triple, ...]:
    """Return a graph, each triple once, within `guarded`. Raises FormatError for anything else."""
    return tuple(dict.fromkeys(_expect(found, ox.QueryTriples, "a CONSTRUCT or DESCRIBE")))


def write(
    found: EngineAnswer,
    target: Format,
    prefixes: Mapping[str, str],
    most_bytes: int = UNBOUNDED,
) -> bytes:
    """Write pyoxigraph's answer in a format, within `guarded`, and stop at `most_bytes`.

    Raises FormatError when the format is not made for it, and AnswerTooLargeError; a graph counts
    as N-Triples while it is collected, and as it is written in the end.
    """
    if isinstance(found, ox.QueryTriples):
        if target.kind != "rdf":
            raise _wrong_format(target, "graph", RDF_FORMATS)
        content = serialize_triples(_collect(found, most_bytes), target, prefixes)
        if len(content) > most_bytes:
            raise _too_large(most_bytes)
        return content
    if not isinstance(target.ox, ox.QueryResultsFormat):
        raise _wrong_format(target, "table", RESULTS_FORMATS)
    written = _Bounded(most_bytes)
    found.serialize(written, target.ox)
    return sound_results(written.getvalue(), target)


def guarded(work: Callable[[], Result]) -> Result:
    """Return what reading an answer gives.

    Raises what the work raises of our errors, GateError for what the engine does not evaluate,
    StoreError when it fails or memory runs out. Nothing the work had in hand is kept by the error.
    """
    outcome = _outcome(work)
    if isinstance(outcome, RetiError):
        raise outcome
    return outcome


def _outcome(work: Callable[[], Result]) -> Result | RetiError:
    """Return an error instead of raising it: what was raised with it then ends here."""
    try:
        return work()
    except RetiError as error:
        return error.with_traceback(None)
    except RuntimeError as error:
        return GateError(f"This query cannot be answered: {error}.")
    except MemoryError:
        return AnswerTooLargeError(
            "The query needs more memory than it may use.", hint="Ask for less."
        )
    except (OSError, ValueError) as error:
        return StoreError(f"The store failed while it answered: {error}.")


class _Bounded(io.BytesIO):
    """A file that refuses what would make it larger than allowed."""

    def __init__(self, most_bytes: int) -> None:
        super().__init__()
        self._room = most_bytes
        self._most_bytes = most_bytes

    def write(self, part: Buffer, /) -> int:
        """Take the next part. Raises AnswerTooLargeError."""
        self._room -= memoryview(part).nbytes
        if self._room < 0:
            raise _too_large(self._most_bytes)
        return super().write(part)


def _collect(found: Iterable[ox.Triple], most_bytes: int) -> set[ox.Triple]:
    if most_bytes == UNBOUNDED:
        return set(found)
    triples: set[ox.Triple] = set()
    size = 0
    for triple in found:
        if triple not in triples:
            triples.add(triple)
            size += len(str(triple)) + _AROUND_A_TRIPLE
            if size > most_bytes:
                raise _too_large(most_bytes)
    return triples


def other_form(form: str) -> FormatError:
    """Return the error for a query that is not of the form, with its article, a call needs."""
    return FormatError(f"This query is not {form}.")


def _expect(found: EngineAnswer, wanted: type[_Wanted], form: str) -> _Wanted:
    if isinstance(found, wanted):
        return found
    raise other_form(form)


def _too_large(most_bytes: int) -> AnswerTooLargeError:
    return AnswerTooLargeError(
        f"The answer has more than {most_bytes} bytes.",
        hint="Ask for fewer rows or columns, or for parts of it with LIMIT and OFFSET.",
    )


def _wrong_format(target: Format, answer: str, formats: Iterable[Format]) -> FormatError:
    return FormatError(
        f"The answer is a {answer}, which {target.name} cannot hold.",
        hint=f"Choose one of {', '.join(known.name for known in formats)}.",
    )
