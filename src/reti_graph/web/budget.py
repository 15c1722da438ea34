"""Fairness: how many seconds of query time each client has used of late."""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from reti_graph.errors import BudgetError

if TYPE_CHECKING:
    from collections.abc import Callable

MINUTE: Final = 60.0
# Whoever was not seen for longest is forgotten first, with what they used.
_CLIENTS: Final = 10_000


@dataclass(slots=True)
class _Account:
    """Seconds used and not yet forgiven, as of a moment."""

    used: float
    at: float


class Budget:
    """So many seconds of query time a minute for each client; what is used is forgiven steadily.

    A query that was let in may use more than was left: the client then waits the longer.
    """

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        """Allow `seconds` of query time in any minute."""
        self._seconds = seconds
        self._clock = clock
        self._accounts: OrderedDict[str, _Account] = OrderedDict()

    def admit(self, client: str) -> None:
        """Let a client's query in. Raises BudgetError, with the time to wait, when it may not."""
        over = self._used(client) - self._seconds
        if over >= 0:
            raise BudgetError(self._seconds, math.floor(over * self._wait) + 1)

    def charge(self, client: str, seconds: float) -> None:
        """Count the time that a client's query took."""
        self._accounts[client] = _Account(self._used(client) + seconds, self._clock())
        self._accounts.move_to_end(client)
        if len(self._accounts) > _CLIENTS:
            self._accounts.popitem(last=False)

    @property
    def _wait(self) -> float:
        """How many seconds it takes until one used second is forgiven."""
        return MINUTE / self._seconds

    def _used(self, client: str) -> float:
        account = self._accounts.get(client)
        if account is None:
            return 0.0
        return max(0.0, account.used - (self._clock() - account.at) / self._wait)
