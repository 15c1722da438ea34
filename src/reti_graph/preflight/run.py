"""A preflight: a catalogue is harvested and checked, and what a portal will do is planned."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin

from reti_graph.errors import StoreError
from reti_graph.language import choose
from reti_graph.preflight.files import check_files
from reti_graph.preflight.harvest import harvest
from reti_graph.preflight.once import once, plain
from reti_graph.preflight.plan import plan, problems_of_plan
from reti_graph.preflight.rules import check_against, check_catalogue
from reti_graph.preflight.shapes import check_shapes
from reti_graph.problems import Report
from reti_graph.terms import DCAT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reti_graph.preflight.answers import Fetcher
    from reti_graph.preflight.graph import Graph
    from reti_graph.preflight.harvest import Harvest
    from reti_graph.preflight.plan import Change
    from reti_graph.preflight.shapes import Shapes
    from reti_graph.problems import Problem
    from reti_graph.validation.engine import Engine

_NO_CATALOGUE: Final = "html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What was found at a catalogue's address, and what a portal will do.

    The report has the worst first. Where a portal breaks off (`complete` is false) it changes
    nothing, and there are no changes; where nothing was `compared` with, it creates everything.
    """

    address: str
    report: Report
    changes: tuple[Change, ...]
    pages: tuple[str, ...]
    datasets: int
    complete: bool
    compared: bool


def preflight(
    fetcher: Fetcher,
    address: str,
    engine: Engine,
    before: Graph | None = None,
    further: Sequence[Shapes] = (),
) -> Outcome:
    """Return what becomes of the catalogue at an address.

    `before` is the catalogue a portal read last; `further` are shapes to check with beside our own.
    Raises StoreError when nothing answers at the address; all else is found, and nothing raised.
    """
    read = answered(harvest(fetcher, address))
    changes = plan(before, read.graph) if read.complete else ()
    found = tuple(_found(fetcher, read, changes, before))
    shapes = check_shapes(read.graph, engine, further) if read.graph.triples else ()
    problems = sorted(once(plain(found), shapes), key=_worst_first)
    datasets = read.graph.datasets()
    counts = {
        "pages": len(read.pages),
        "datasets": len(datasets),
        "distributions": len(read.graph.instances(DCAT + "Distribution")),
        "triples": len(read.graph.triples),
    }
    return Outcome(
        address=address,
        report=Report(tuple(problems), counts, engine.name),
        changes=changes,
        pages=read.pages,
        datasets=len(datasets),
        complete=read.complete,
        compared=before is not None,
    )


def answered(read: Harvest) -> Harvest:
    """Return what was read. Raises StoreError, with what happened, where nothing answered."""
    silent = next((problem for problem in read.problems if problem.code == "no-answer"), None)
    if silent is not None and not read.pages:
        raise StoreError(choose(silent.messages, "en"), hint=silent.hint)
    return read


def _found(
    fetcher: Fetcher, read: Harvest, changes: Sequence[Change], before: Graph | None
) -> Iterator[Problem]:
    """Yield what all but the shapes find; where nothing could be read, only why."""
    yield from map(_with_way, read.problems)
    if not read.pages:
        return
    yield from check_catalogue(read.graph)
    yield from problems_of_plan(changes, read.graph)
    if before is not None:
        yield from check_against(before, read.graph)
    yield from check_files(fetcher, read.graph)


def _with_way(problem: Problem) -> Problem:
    """Say where the catalogue is when the address is that of pages for people."""
    if problem.code != _NO_CATALOGUE or problem.location is None:
        return problem
    likely = urljoin(problem.location.file, "/catalog")
    hint = f"{problem.hint} A site of this program has its catalogue at /catalog: try {likely}."
    return replace(problem, hint=hint)


def _worst_first(problem: Problem) -> tuple[int, str, tuple[object, ...]]:
    focus = "" if problem.focus is None else str(problem.focus)
    return -problem.severity, focus, problem.sort_key
