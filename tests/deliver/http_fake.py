"""The store written by hand, behind HTTP on loopback; any of its answers may be another one."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs, urlsplit

from reti_graph.gate import QueryForm, form
from tests.servers.scripted import DROP, Received, Scripted, Sent, answer, scripted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from reti_graph.stores.remote.transport import Reply
    from tests.unit.deliver.stores import FakeStore

SERVER: Final = {"Server": "Oxigraph/0.5.13"}


class Fronted:
    """A store behind HTTP, as Oxigraph's server has it. `instead` may answer in its place.

    It gets the number of the request, from 1, and the request.
    """

    def __init__(self, store: FakeStore) -> None:
        """Answer for this store."""
        self.store = store
        self.instead: Callable[[int, Received], Sent | None] = lambda _number, _request: None
        self.number = 0

    def __call__(self, request: Received) -> Sent:
        """Answer a request."""
        self.number += 1
        return self.instead(self.number, request) or self.usual(request)

    def fail(self, at: int, fault: Sent, *, done: bool = False) -> None:
        """Answer one request with a fault; with `done` the store has done what it was asked."""

        def instead(number: int, request: Received) -> Sent | None:
            if number != at:
                return None
            if done:
                self.usual(request)
            return fault

        self.instead = instead

    def twice(self, number: int, request: Received) -> Sent | None:
        """Do every other change and lose the answer, so that it is asked again."""
        if number % 2 and request.target != "/query":
            self.usual(request)
            return DROP
        return None

    def usual(self, request: Received) -> Sent:
        """Answer as the store does."""
        parts = urlsplit(request.target)
        if parts.path == "/query":
            text = parse_qs(request.body.decode())["query"][0]
            if form(text) is QueryForm.ASK:
                truth = bool(self.store.quads.query(text))
                content = b'{"head":{},"boolean":%s}' % (b"true" if truth else b"false")
                return answer(
                    200, {**SERVER, "Content-Type": "application/sparql-results+json"}, content
                )
            return _of(self.store.query(text, form(text)))
        if parts.path == "/update":
            self.store.update(request.body.decode(), repeatable=True)
        else:
            found = self._on_graph(request, parse_qs(parts.query).get("graph", [None])[0])
            if found is not None:
                return found
        return answer(204, SERVER)

    def _on_graph(self, request: Received, graph: str | None) -> Sent | None:
        if request.method == "GET":
            reply = self.store.get(graph)
            return None if reply is None else _of(reply)
        if request.method == "PUT":
            self.store.put(graph, request.body)
        elif request.method == "POST":
            self.store.add(graph, request.body, repeatable=True)
        else:
            self.store.drop(graph)
        return None


@contextmanager
def fronted(store: FakeStore) -> Iterator[tuple[Fronted, Scripted]]:
    """Serve a store on loopback."""
    front = Fronted(store)
    with scripted(front) as server:
        yield front, server


def _of(reply: Reply) -> Sent:
    return answer(200, {**SERVER, "Content-Type": reply.media_type}, reply.content)
