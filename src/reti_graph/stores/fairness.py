"""Who is next: a queue that goes round the clients, none of whom may hold all places."""

from __future__ import annotations

from collections import Counter, deque
from itertools import chain
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator

Item = TypeVar("Item")


class FairQueue(Generic[Item]):
    """What waits, by client. A client holds a place from `take` to `give_back`."""

    def __init__(self, share: int) -> None:
        """Let one client hold at most `share` places at a time."""
        self._share = share
        self._held: Counter[str] = Counter()
        # In the order in which the clients are served next.
        self._waiting: dict[str, deque[Item]] = {}
        self._length = 0

    def __len__(self) -> int:
        """How many items wait."""
        return self._length

    def __iter__(self) -> Iterator[Item]:
        """Yield what waits, client by client."""
        return chain.from_iterable(self._waiting.values())

    def put(self, client: str, item: Item) -> None:
        """Let an item wait behind the others of its client; a new client comes last."""
        self._waiting.setdefault(client, deque()).append(item)
        self._length += 1

    def take(self) -> Item | None:
        """Return the first item of the next client that may hold one more place, if any."""
        client = next((each for each in self._waiting if self._held[each] < self._share), None)
        if client is None:
            return None
        items = self._waiting.pop(client)
        item = items.popleft()
        self._length -= 1
        if items:
            self._waiting[client] = items
        self._held[client] += 1
        return item

    def give_back(self, client: str) -> None:
        """Take note that a client holds one place less."""
        self._held[client] -= 1
        if not self._held[client]:
            del self._held[client]

    def push_out(self) -> Item:
        """Let the last item of the client with most of them wait no longer, and return it.

        Of several such clients it is the one that is served last. Raises IndexError when nothing
        waits.
        """
        if not self._waiting:
            raise IndexError
        client = max(reversed(self._waiting), key=lambda each: len(self._waiting[each]))
        item = self._waiting[client][-1]
        self.remove(client, item)
        return item

    def remove(self, client: str, item: Item) -> bool:
        """Let an item wait no longer; return False when it does not wait."""
        items = self._waiting.get(client, deque())
        if item not in items:
            return False
        items.remove(item)
        self._length -= 1
        if not items:
            del self._waiting[client]
        return True

    def drain(self) -> list[Item]:
        """Let nothing wait any longer, and return what did."""
        left = list(self)
        self._waiting.clear()
        self._length = 0
        return left
