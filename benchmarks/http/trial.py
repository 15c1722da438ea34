"""One server on one subject: started, compared with ours, measured, weighed, ended."""

from __future__ import annotations

import contextlib
import subprocess
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from benchmarks.http.compare import Answer, ask
from benchmarks.http.load import Asked, Rate, measure
from benchmarks.http.processes import HOST, ServerError, first_answer, memory, running

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from benchmarks.http.questions import Question
    from benchmarks.http.servers import Server

CONNECTIONS: Final = (1, 16)
NO_TIME: Final = "no time left"
TOO_SLOW: Final = "too slow"

_SECONDS_TO_START: Final = 300.0
_TIMES_LONGER: Final = 3.0
# No two cells of one server ask with the same value, and neither does warming up. Of a list of
# 20,000 targets, they begin at 0 and 13,000, the next cell at 10,000 and 3,000.
_COUNTS_A_CELL: Final = 110_000
_COUNTS_TO_WARM_UP: Final = 53_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How long a cell lasts, its warming up, and until when new cells are begun."""

    seconds: float
    warm_up: float
    until: float

    @property
    def longest(self) -> float:
        """What a cell may take, however slow the answers, and what a single answer may."""
        return _TIMES_LONGER * self.seconds

    @property
    def left(self) -> float:
        """The seconds until the time is over."""
        return self.until - time.monotonic()

    @property
    def is_over(self) -> bool:
        """Tell whether there is no time for another cell."""
        return self.left < 0


@dataclass(frozen=True, slots=True)
class Cell:
    """What a question gave at some number of connections: a rate, or why there is none.

    `at_most` is a bound of the rate where single answers take too long to be measured.
    """

    rate: Rate | None
    reason: str = ""
    at_most: float | None = None


@dataclass(slots=True, kw_only=True)
class Trial:
    """What was found out about a server on a subject; `problem` is why it could not be tried."""

    server: str
    problem: str | None = None
    prepared: float | None = None
    started: float | None = None
    memory_at_start: int | None = None
    memory_at_end: int | None = None
    answers: dict[str, Answer] = field(default_factory=dict)
    cells: dict[tuple[str, int], Cell] = field(default_factory=dict)


class Session:
    """A server that runs as long as its stack of contexts, and the questions it is asked."""

    def __init__(
        self, server: Server, pace: Pace, log: Path, stack: contextlib.ExitStack, trial: Trial
    ) -> None:
        self._server = server
        self._pace = pace
        self._log = log
        self._stack = stack
        self._trial = trial
        self._first = 0
        self._is_busy = False
        self._process = self._started()

    def ask_all(self, questions: Iterable[Question]) -> None:
        """Ask each question once to compare its answer, and then as fast as can be."""
        for question in questions:
            if not self._server.targets(question):
                continue
            answer = self._compared(question)
            for connections in CONNECTIONS:
                cell = self._without_rate(answer, connections) or self._cell(question, connections)
                self._trial.cells[question.name, connections] = cell
        self._weigh()

    def _started(self) -> subprocess.Popen[bytes]:
        """Start the server; the first time, how long that takes and its weight are kept."""
        server, trial, log = self._server, self._trial, self._log
        begun = time.perf_counter()
        made = running(server.command, log, server.environ, server.folder)
        process = self._stack.enter_context(made)
        path, accept = server.probe
        limit = min(_SECONDS_TO_START, self._pace.left)
        first_answer(process, f"http://{HOST}:{server.port}{path}", accept, log, limit)
        if trial.started is None:
            trial.started = time.perf_counter() - begun
            trial.memory_at_start = memory(process.pid)
        return process

    def _free(self) -> None:
        """Start a server anew that was left with requests it will answer in its own time."""
        if self._is_busy:
            self._weigh()
            self._is_busy = False
            # It would finish all of them before it ended.
            self._process.kill()
            self._stack.close()
            self._process = self._started()

    def _weigh(self) -> None:
        self._trial.memory_at_end = max(self._trial.memory_at_end or 0, memory(self._process.pid))

    def _compared(self, question: Question) -> Answer | str:
        """Return the answer to a question, which is kept, or why there is none."""
        if self._pace.is_over:
            return NO_TIME
        self._free()
        try:
            answer = ask(self._server, question, self._pace.longest, self._next())
        except TimeoutError:
            self._is_busy = True
            return TOO_SLOW
        except OSError as error:
            return f"no answer: {error}"
        self._trial.answers[question.name] = answer
        return answer

    def _without_rate(self, answer: Answer | str, connections: int) -> Cell | None:
        """Return the cell of a question that had no answer."""
        if answer == TOO_SLOW:
            return self._too_slow(connections)
        return Cell(None, answer) if isinstance(answer, str) else None

    def _too_slow(self, connections: int) -> Cell:
        """Return the cell of a question whose answers take longer than a cell may."""
        longest = self._pace.longest
        # Even if many at once made none of them slower.
        return Cell(None, f"over {longest:g} s each", at_most=connections / longest)

    def _cell(self, question: Question, connections: int) -> Cell:
        if self._pace.is_over:
            return Cell(None, NO_TIME)
        self._free()
        server, pace, first = self._server, self._pace, self._next()
        asked = Asked(
            port=server.port,
            targets=server.targets(question),
            accept=question.accept,
            connections=connections,
            first=first + _COUNTS_TO_WARM_UP,
            first_cold=first,
            longest=pace.longest,
        )
        took = self._trial.answers[question.name].seconds
        try:
            rate = measure(asked, pace.seconds, pace.warm_up, took)
        except (subprocess.SubprocessError, ValueError) as error:
            return Cell(None, str(error))
        self._is_busy = rate.cut_short
        if rate.cut_short and not rate.per_second:
            return self._too_slow(connections)
        return Cell(rate)

    def _next(self) -> int:
        self._first += _COUNTS_A_CELL
        return self._first


def prepare(server: Server) -> float:
    """Load the data of a server that wants it loaded first; return the seconds that took.

    Raises ServerError when that fails.
    """
    begun = time.perf_counter()
    for command in server.prepare:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
        if done.returncode:
            raise ServerError(f"{command[1]} failed: {done.stderr or done.stdout}")
    return time.perf_counter() - begun


def run(
    server: Server,
    questions: Mapping[str, Question],
    pace: Pace,
    log: Path,
    meanwhile: Callable[[], object] = lambda: None,
) -> Trial:
    """Try a server, and return what was found out, also when it does not work.

    `meanwhile` is called when all is measured and the server still runs.
    """
    trial = Trial(server=server.name)
    try:
        trial.prepared = prepare(server) if server.prepare else None
        with contextlib.ExitStack() as stack:
            Session(server, pace, log, stack, trial).ask_all(questions.values())
            meanwhile()
    except (ServerError, OSError, subprocess.SubprocessError) as error:
        trial.problem = str(error)
    return trial
