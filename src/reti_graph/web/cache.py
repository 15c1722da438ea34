"""A bounded store of what was made once and is wanted again."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Hashable
    from typing import Any

Value = TypeVar("Value")

# What an entry takes beside key and bytes, more or less: headers, the objects themselves.
ENTRY_BYTES: Final = 2_000
# One entry never takes more than this part of the room.
_LARGEST_PART: Final = 4


class Cache(Generic[Value]):
    """Values by key, the least recently used dropped when there are too many bytes.

    For one event loop, or for callers that do not run at once: it takes no locks.
    """

    def __init__(self, room: int, size: Callable[[Value], int]) -> None:
        """Keep keys and values of `room` bytes in all; `size` tells how many a value has."""
        self._room = room
        self._size = size
        self._values: OrderedDict[Hashable, Value] = OrderedDict()
        self.bytes = 0

    def __len__(self) -> int:
        return len(self._values)

    def get(self, key: Hashable) -> Value | None:
        """Return the value of a key, or None when it is not kept."""
        value = self._values.get(key)
        if value is not None:
            self._values.move_to_end(key)
        return value

    def put(self, key: Hashable, value: Value) -> None:
        """Keep a value, unless it would take too large a part of the room."""
        cost = self._cost(key, value)
        if cost > self._room // _LARGEST_PART:
            return
        self._drop(key)
        self._values[key] = value
        self.bytes += cost
        while self.bytes > self._room:
            self._drop(next(iter(self._values)))

    def _drop(self, key: Hashable) -> None:
        value = self._values.pop(key, None)
        if value is not None:
            self.bytes -= self._cost(key, value)

    def _cost(self, key: Hashable, value: Value) -> int:
        # Whoever asks may have chosen a long key.
        return len(repr(key)) + self._size(value) + ENTRY_BYTES


@dataclass(slots=True)
class _Work(Generic[Value]):
    """Work that is being done, and how many wait for it."""

    task: asyncio.Task[Value]
    waiting: int = 0


class Once(Generic[Value]):
    """Work under a key is done once, however many ask for it while it is being done."""

    def __init__(self) -> None:
        """Begin with nothing to do."""
        self._work: dict[Hashable, _Work[Value]] = {}

    async def result(self, key: Hashable, work: Callable[[], Coroutine[Any, Any, Value]]) -> Value:
        """Return what the work under a key gives; it is begun unless it is being done already.

        Raises what the work raises. Work that nobody waits for any more is cancelled.
        """
        found = self._work.get(key)
        if found is None:
            found = self._work[key] = _Work(asyncio.ensure_future(work()))
            found.task.add_done_callback(lambda task: self._forget(key, task))
        found.waiting += 1
        try:
            return await asyncio.shield(found.task)
        finally:
            found.waiting -= 1
            if not found.waiting:
                # The next to ask must not meet work that is on its way out.
                self._forget(key, found.task)
                found.task.cancel()

    def _forget(self, key: Hashable, task: asyncio.Task[Value]) -> None:
        found = self._work.get(key)
        if found is not None and found.task is task:
            del self._work[key]
