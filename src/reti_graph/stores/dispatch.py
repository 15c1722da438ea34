"""Which worker answers which query, until when, and what a query without a worker gets."""

from __future__ import annotations

import asyncio
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from reti_graph.errors import BusyError, StoreError, StoreTimeoutError, WorkerLostError
from reti_graph.stores.children import how_it_ended
from reti_graph.stores.fairness import FairQueue

if TYPE_CHECKING:
    from reti_graph.stores.children import Child

GRACE_SECONDS: Final = 0.2
"""How long a query goes on for nobody: starting another worker takes as long."""


@dataclass(slots=True, eq=False)
class _Question:
    """A query on its way; `child` has it, until the alarm `late`."""

    frame: bytes
    client: str
    answered: asyncio.Future[bytes]
    child: Child | None = None
    late: asyncio.TimerHandle | None = None


class Dispatch:
    """Hands questions to children that have none. Of one event loop, as all its methods are."""

    def __init__(
        self, *, workers: int, queue: int, seconds: float, grace: float = GRACE_SECONDS
    ) -> None:
        """Let `queue` questions wait, and each have `seconds`; no client holds all workers.

        A question whose caller has left has `grace` seconds more.
        """
        self._most_waiting = queue
        self._seconds = seconds
        self._grace = grace
        self._queue: FairQueue[_Question] = FairQueue(share=max(1, workers - 1))
        self._idle: list[Child] = []
        self._running: dict[Child, _Question] = {}
        self._stopped = False

    @property
    def idle(self) -> int:
        """How many children wait for a question."""
        return len(self._idle)

    @property
    def running(self) -> int:
        """How many questions are with a child."""
        return len(self._running)

    @property
    def waiting(self) -> int:
        """How many questions wait for a child."""
        return len(self._queue)

    async def ask(self, frame: bytes, client: str) -> bytes:
        """Return what a child says to a frame.

        When the caller is cancelled, and the child is not soon done, it is killed.

        Raises BusyError, StoreTimeoutError, WorkerLostError, and StoreError once stopped.
        """
        if self._stopped:
            raise _closed()
        question = _Question(frame, client, asyncio.get_running_loop().create_future())
        self._queue.put(client, question)
        self._hand_out()
        if len(self._queue) > self._most_waiting:
            # Whoever fills the queue gives way to those who do not.
            _fail(self._queue.push_out(), BusyError(max(1, math.ceil(self._seconds))))
        try:
            return await question.answered
        except asyncio.CancelledError:
            self._withdraw(question)
            raise

    def free(self, child: Child) -> None:
        """Take a child that is ready for a question."""
        self._idle.append(child)
        self._hand_out()

    def heard(self, child: Child, content: bytes) -> None:
        """Take what a child says; one that speaks without being asked is killed."""
        question = self._settle(child)
        if question is None:
            child.kill()
            return
        if not question.answered.done():
            question.answered.set_result(content)
        self.free(child)

    def gone(self, child: Child, code: int) -> bool:
        """Take note that a child has ended; return whether a question was with it."""
        if child in self._idle:
            self._idle.remove(child)
        question = self._settle(child)
        if question is None:
            return False
        how = how_it_ended(code)
        late = how == "SIGALRM"
        _fail(question, self._too_late() if late else _lost(how))
        self._hand_out()
        return True

    def stop(self) -> None:
        """Take no more questions and fail those there are."""
        self._stopped = True
        for question in self._queue.drain():
            _fail(question, _closed())
        for child in tuple(self._running):
            _fail(self._running[child], _closed())
            self._settle(child)

    async def quiet(self) -> None:
        """Return once no question is with a child or waits for one."""
        while self._running or self._queue:
            questions = (*self._running.values(), *self._queue)
            open_ones = [each.answered for each in questions if not each.answered.done()]
            # Those whose callers have left end within the grace.
            await (asyncio.wait(open_ones) if open_ones else asyncio.sleep(self._grace))

    def _hand_out(self) -> None:
        loop = asyncio.get_running_loop()
        while self._idle and (question := self._queue.take()):
            # The one that was busy last has the most in its caches.
            child = self._idle.pop()
            self._running[child] = question
            question.child = child
            question.late = loop.call_later(self._seconds, self._end_late, child)
            child.send(question.frame)

    def _settle(self, child: Child) -> _Question | None:
        """Take the question from a child, and give its client's place back."""
        question = self._running.pop(child, None)
        if question is None:
            return None
        if question.late is not None:
            question.late.cancel()
        self._queue.give_back(question.client)
        return question

    def _end_late(self, child: Child) -> None:
        child.kill()
        if question := self._settle(child):
            _fail(question, self._too_late())
            self._hand_out()

    def _withdraw(self, question: _Question) -> None:
        """Let a question go whose caller has left."""
        child = question.child
        if child is None:
            self._queue.remove(question.client, question)
        elif self._running.get(child) is question:
            # Most queries end before another worker would be ready.
            loop = asyncio.get_running_loop()
            loop.call_later(self._grace, self._end_unwanted, child, question)

    def _end_unwanted(self, child: Child, question: _Question) -> None:
        if self._running.get(child) is question:
            child.kill()
            self._settle(child)
            self._hand_out()

    def _too_late(self) -> StoreTimeoutError:
        return StoreTimeoutError(
            f"The query took more than {self._seconds:g} seconds.", hint="Ask for less."
        )


def _fail(question: _Question, error: StoreError) -> None:
    if not question.answered.done():
        question.answered.set_exception(error)


def _closed() -> StoreError:
    return StoreError("The store is closed.")


def _lost(how: str) -> WorkerLostError:
    return WorkerLostError(
        f"The process that ran the query ended without an answer ({how}).",
        hint="It may have needed more memory than a query may use: ask for less.",
    )
