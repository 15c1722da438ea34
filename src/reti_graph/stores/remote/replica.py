"""All of a site, read out of the store it is in, for what the engine there does not answer rightly.

It is made when it is first needed, and again when the store has come to hold another release.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from reti_graph.errors import AnswerTooLargeError, GateError
from reti_graph.stores.remote.fetched import fetch_site
from reti_graph.stores.remote.held import Held, read_held

if TYPE_CHECKING:
    import pyoxigraph as ox

    from reti_graph.stores.remote.held import Reader
    from reti_graph.stores.remote.scoped import Scope
    from reti_graph.stores.remote.steady import Steady


class Replica:
    """The site's graphs in this process; may be used by several threads.

    Of a pinned release it is made once. Else the store is asked each time what it holds, and a
    store that does not tell is read each time.
    """

    def __init__(
        self, reader: Reader, scope: Scope, steady: Steady, *, pinned: bool, most: int
    ) -> None:
        """Take what reads the store, and how many statements there may be at most."""
        self._reader = reader
        self._scope = scope
        self._steady = steady
        self._pinned = pinned
        self._most = most
        self._making = threading.Lock()
        self._made: tuple[ox.Store, Held] | None = None

    def store(self, reason: str) -> ox.Store:
        """Return the graphs with their union as default graph; they are not to be changed.

        Raises GateError, with the reason why it is needed, when the site is too large, and
        StoreError when it cannot be read.
        """
        with self._making:
            if self._made is not None and self._is_current(self._made[1]):
                return self._made[0]
            try:
                self._made = self._steady.answer(self._read, at_once=False)
            except AnswerTooLargeError as error:
                raise GateError(
                    f"This store cannot be asked that: {reason}. {error.message}",
                    hint="Ask in a simpler way, or ask a site that keeps its data itself.",
                ) from error
            return self._made[0]

    def _read(self) -> tuple[ox.Store, Held]:
        held = read_held(self._reader, self._scope.base)
        return fetch_site(self._reader, self._scope, self._most), held

    def _is_current(self, made: Held) -> bool:
        if self._pinned:
            return True
        return made.digest is not None and read_held(self._reader, self._scope.base) == made
