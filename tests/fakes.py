"""Hand-written stand-ins for what takes processes and time."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reti_graph.formats import Format
    from reti_graph.stores.port import Dataset, Store


class InProcessAnswers:
    """Answers queries from a store of this process, as the pool does from its workers."""

    def __init__(self, store: Store, *, confined: bool = True, ready: int = 2) -> None:
        """Answer from a store; count the queries."""
        self._store = store
        self.confined = confined
        self.ready = ready
        self.running = 0
        self.waiting = 0
        self.asked: list[str] = []
        self.closed = False

    async def answer(
        self, query: str, target: Format, dataset: Dataset | None = None, *, client: str = ""
    ) -> bytes:
        """Answer at once; `client` makes no difference."""
        del client
        self.asked.append(query)
        return await asyncio.to_thread(self._store.answer, query, target, dataset)

    async def close(self) -> None:
        """Remember that it was closed."""
        self.closed = True
