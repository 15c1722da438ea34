"""A fetcher that answers from a dictionary, as a well-behaved server would."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING, Final, TypeAlias

from reti_graph.errors import StoreError
from reti_graph.preflight.answers import Answer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reti_graph.preflight.answers import Method

Given: TypeAlias = Answer | StoreError
TURTLE: Final = "text/turtle; charset=utf-8"


def answered(
    body: bytes | str = b"",
    content_type: str | None = TURTLE,
    status: int = 200,
    *,
    address: str = "",
    **headers: str,
) -> Answer:
    """Return an answer to GET; `address` is where redirects led to, if they did.

    Names of headers are written with underscores.
    """
    content = body.encode() if isinstance(body, str) else body
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    typed = {} if content_type is None else {"content-type": content_type}
    length = {"content-length": str(len(content))}
    return Answer(
        address=address, status=status, headers={**length, **typed, **named}, body=content
    )


class FakeFetcher:
    """Answers for addresses; one that is not known gives 404.

    What is given for an address answers GET, and without its body HEAD, unless `heads` has another
    answer to HEAD. `asked` lists what was asked for.
    """

    def __init__(
        self, answers: Mapping[str, Given], heads: Mapping[str, Given] | None = None
    ) -> None:
        """Take the answers by address."""
        self._answers = dict(answers)
        self._heads = dict(heads or {})
        self._lock = threading.Lock()
        self.asked: list[tuple[Method, str]] = []
        self.accepted: list[str | None] = []

    def fetch(
        self, method: Method, address: str, *, accept: str | None = None, most: int
    ) -> Answer:
        """Return the answer for an address, its body cut where it is too long."""
        with self._lock:
            self.asked.append((method, address))
            self.accepted.append(accept)
        given = self._given(method, address)
        if isinstance(given, StoreError):
            raise given
        body = given.body if method == "GET" else b""
        return replace(
            given,
            address=given.address or address,
            body=body[:most],
            cut=given.cut or len(body) > most,
        )

    def _given(self, method: Method, address: str) -> Given:
        if method == "HEAD" and address in self._heads:
            return self._heads[address]
        return self._answers.get(address, answered(b"not here", "text/plain", 404))
