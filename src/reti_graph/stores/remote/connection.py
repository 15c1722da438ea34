"""The SPARQL 1.1 Protocol and the Graph Store HTTP Protocol, spoken with a store elsewhere.

Failures come out of here as errors of ours (`failures`), without the exceptions they were: those
hold requests, and requests hold credentials.
"""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING, Final, Self, TypeAlias
from urllib.parse import quote

import httpx2

from reti_graph import formats
from reti_graph.errors import SettingsError
from reti_graph.stores.remote.credentials import check_address
from reti_graph.stores.remote.failures import Failure
from reti_graph.stores.remote.judging import raised, refused, unusable, unwritten
from reti_graph.stores.remote.questions import GRAPHS, accepted, formats_of, question
from reti_graph.stores.remote.retrying import GivenUp, persistent
from reti_graph.stores.remote.transport import Call, Reply, Setting, Transport
from reti_graph.stores.remote.values import Patience

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import TracebackType

    from reti_graph.gate import QueryForm
    from reti_graph.stores.remote.credentials import Credentials
    from reti_graph.stores.remote.values import Addresses

    _Check: TypeAlias = Callable[[Reply], Failure | None]

MOST_BYTES: Final = 1_000_000_000
"""How many bytes an answer may have when nobody says."""

_PATIENCE: Final = Patience()
_NOT_FOUND: Final = 404
# What is read of the answer to a change.
_RECEIPT_BYTES: Final = 10_000_000
# Anything will do, but not a web page where there is a choice.
_ACCEPT_RECEIPT: Final = "text/plain, application/json;q=0.9, */*;q=0.1"
_UPDATE: Final = "application/sparql-update"


class Connection:
    """Asks a store elsewhere; may be used by several threads. To be closed, or used in `with`.

    Every call raises StoreUnreachableError, StoreDeniedError, StoreAnswerError or
    StoreTimeoutError, each with a hint; SettingsError when the address it needs is not known.
    """

    def __init__(
        self,
        addresses: Addresses,
        patience: Patience = _PATIENCE,
        credentials: Credentials | None = None,
        pause: Callable[[float], object] = time.sleep,
    ) -> None:
        """Open no connection yet.

        Raises SettingsError as `check_address` does, and for certificates that cannot be read.
        """
        for address in (addresses.query, addresses.update, addresses.graphs):
            if address is not None:
                check_address(address, credentials)
        self._addresses = addresses
        self._patience = patience
        self._credentials = credentials
        self._pause = pause
        self._transport = Transport(credentials)

    def query(
        self,
        text: str,
        form: QueryForm,
        *,
        parameters: Sequence[tuple[str, str]] = (),
        seconds: float | None = None,
        most_bytes: int = MOST_BYTES,
    ) -> Reply:
        """Answer a query: results as SPARQL JSON, a graph as N-Triples or else as Turtle.

        `Reply.media_type` tells which it is: one of `questions.formats_of(form)`. `seconds` bounds
        the whole call, retries included; without it each request may take `Patience.seconds`.
        Raises AnswerTooLargeError for more than `most_bytes`.
        """
        call = question(self._addresses.query, text, form, parameters)
        wanted = formats_of(form)
        return self._done(
            call,
            lambda reply: unusable(reply, wanted, self._credentials),
            seconds=seconds,
            most_bytes=most_bytes,
        )

    def update(self, text: str, *, repeatable: bool = False) -> None:
        """Do an update (SPARQL 1.1 Protocol, 2.2); again after a failure if it is `repeatable`."""
        call = Call(
            method="POST",
            url=_known(self._addresses.update, "update_url"),
            setting="update_url",
            headers={"Content-Type": f"{_UPDATE}; charset=utf-8", "Accept": _ACCEPT_RECEIPT},
            content=text.encode(),
            changes=True,
        )
        self._done(call, self._written, repeatable=repeatable)

    def put(self, graph: str | None, content: bytes) -> None:
        """Make N-Triples the whole of a graph; None is the default graph."""
        self._done(self._sending("PUT", graph, content), self._written)

    def add(self, graph: str | None, content: bytes, *, repeatable: bool = False) -> None:
        """Add N-Triples to a graph; again after a failure if it is `repeatable`.

        It is when there are no blank nodes, which would be others each time.
        """
        self._done(self._sending("POST", graph, content), self._written, repeatable=repeatable)

    def drop(self, graph: str | None) -> None:
        """Remove a graph; that there is none is no failure."""
        call = self._on_graph("DELETE", graph, {"Accept": _ACCEPT_RECEIPT}, changes=True)
        self._done(call, self._written, may_lack=True)

    def get(self, graph: str | None, *, most_bytes: int = MOST_BYTES) -> Reply | None:
        """Return a graph as N-Triples or Turtle, or None when there is none.

        Raises AnswerTooLargeError for more than `most_bytes`.
        """
        reply = self._done(
            self._on_graph("GET", graph, {"Accept": accepted(GRAPHS)}),
            lambda reply: unusable(reply, GRAPHS, self._credentials),
            may_lack=True,
            most_bytes=most_bytes,
        )
        return None if reply.status == _NOT_FOUND else reply

    def close(self) -> None:
        """Close the connections."""
        self._transport.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _written(self, reply: Reply) -> Failure | None:
        return unwritten(reply, self._credentials)

    def _sending(self, method: str, graph: str | None, content: bytes) -> Call:
        headers = {"Content-Type": formats.N_TRIPLES.content_type, "Accept": _ACCEPT_RECEIPT}
        return self._on_graph(method, graph, headers, content, changes=True)

    def _on_graph(
        self,
        method: str,
        graph: str | None,
        headers: dict[str, str],
        content: bytes = b"",
        *,
        changes: bool = False,
    ) -> Call:
        """Return a request to a graph named in the address (Graph Store Protocol, 4.2)."""
        service = httpx2.URL(_known(self._addresses.graphs, "graphs_url"))
        query = service.query.decode("ascii")
        name = "default" if graph is None else f"graph={quote(graph, safe='')}"
        url = service.copy_with(query=f"{query}&{name}".lstrip("&").encode("ascii"))
        return Call(
            method=method,
            url=str(url),
            setting="graphs_url",
            headers=headers,
            content=content,
            changes=changes,
        )

    def _done(
        self,
        call: Call,
        check: _Check,
        *,
        repeatable: bool = True,
        may_lack: bool = False,
        seconds: float | None = None,
        most_bytes: int = _RECEIPT_BYTES,
    ) -> Reply:
        """Return the answer that passes a check, after as many attempts as are allowed."""
        end = math.inf if seconds is None else time.monotonic() + seconds

        def left() -> float:
            return end - time.monotonic()

        def attempt() -> Reply | Failure:
            limit = self._patience.seconds if seconds is None else left()
            reply = self._transport.send(call, limit, most_bytes)
            if isinstance(reply, Failure) or (may_lack and reply.status == _NOT_FOUND):
                return reply
            return refused(reply, self._credentials) or check(reply) or reply

        retries = self._patience.retries if repeatable else 0
        outcome = persistent(attempt, retries, pause=self._pause, left=left)
        if isinstance(outcome, GivenUp):
            raise raised(outcome.failure, call, outcome.asked)
        return outcome


def _known(address: str | None, setting: Setting) -> str:
    if address is None:
        raise SettingsError(
            f"Where the store takes {'updates' if setting == 'update_url' else 'graphs'} is not "
            "known.",
            hint=f"Set store.{setting} in reti.toml.",
        )
    return address
