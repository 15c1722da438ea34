"""Whether every server gives the same answer, before anybody measures how fast it does."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from benchmarks.http.generate import BASE
from benchmarks.http.processes import HOST, Fetched, fetch
from benchmarks.http.questions import DESCRIBED, ONE_DOCUMENT, TURTLE, filled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from benchmarks.http.questions import Question
    from benchmarks.http.servers import Server

_TRIES: Final = 3
_QUICK: Final = 1.0
_SHOWN: Final = 3
_OF_A_DOCUMENT: Final = f"<{BASE}doc/"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said once: its triples or rows, as text, and how many seconds it took.

    `unreadable` is why there are none of them.
    """

    content: frozenset[str]
    count: int
    media_type: str
    seconds: float
    unreadable: str = ""


def ask(server: Server, question: Question, timeout: float, first: int) -> Answer:
    """Ask a server a question a few times, each time anew from a count on.

    The time is the shortest one. Raises OSError when it refuses or takes longer than `timeout`.
    """
    target = server.targets(question)[0]
    times: list[float] = []
    got = Fetched(b"", question.accept)
    for count in range(first, first + _TRIES):
        begun = time.perf_counter()
        url = f"http://{HOST}:{server.port}{filled(target, count)}"
        got = fetch(url, question.accept, timeout)
        times.append(time.perf_counter() - begun)
        if times[-1] > _QUICK:
            break
    try:
        said = _said(got)
    except (ValueError, TypeError, SyntaxError) as error:
        unreadable = f"what comes as {got.media_type} cannot be read: {error}"
        return Answer(frozenset(), 0, got.media_type, min(times), unreadable)
    return Answer(frozenset(said), len(said), got.media_type, min(times))


def difference(question: Question, ours: Answer, theirs: Answer) -> str | None:
    """Return in words how another answer differs from ours, or None when it does not."""
    if theirs.unreadable:
        return theirs.unreadable
    what = "statements" if question.accept == TURTLE else "rows"
    if question.name == DESCRIBED:
        kind = "" if theirs.media_type == TURTLE else f", as {theirs.media_type} only"
        return f"{theirs.count} {what}{kind}; the document has {ours.count}"
    if question.countable:
        return None if ours.count == theirs.count else f"{theirs.count} {what}, not {ours.count}"
    if ours.content == theirs.content:
        return None
    more, fewer = theirs.content - ours.content, ours.content - theirs.content
    samples = "; ".join(sorted(more)[:_SHOWN] + sorted(fewer)[:_SHOWN])
    return (
        f"{theirs.count} {what}, ours has {ours.count}: "
        f"{len(more)} of theirs are not in ours, {len(fewer)} of ours not in theirs ({samples})"
    )


def differences(
    name: str,
    theirs: Mapping[str, Answer],
    ours: Mapping[str, Answer],
    asked: Mapping[str, Question],
) -> list[str]:
    """Return a line for each question that a server answers differently from ours."""
    found = []
    for key, answer in theirs.items():
        own = ours.get(ONE_DOCUMENT if key == DESCRIBED else key)
        said = difference(asked[key], own, answer) if own else None
        if said is not None:
            found.append(f"{name}, {key}: {said}")
    return found


def _said(got: Fetched) -> list[str]:
    """Return triples or rows as text, without what a document of ours says of itself."""
    graph = ox.RdfFormat.from_media_type(got.media_type)
    if graph is not None:
        parsed = ox.parse(got.body, format=graph, base_iri=BASE)
        triples = dict.fromkeys(str(quad.triple) for quad in parsed)
        return [triple for triple in triples if not triple.startswith(_OF_A_DOCUMENT)]
    solutions = ox.parse_query_results(got.body, format=ox.QueryResultsFormat.JSON)
    if not isinstance(solutions, ox.QuerySolutions):
        raise TypeError("this is no table")
    names = sorted(variable.value for variable in solutions.variables)
    return [" ".join(str(row[name]) for name in names) for row in solutions]
