"""Requests over HTTP whose whole duration is bounded, whatever trickle the answer comes in."""

from __future__ import annotations

import math
import sys
import threading
import time
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import httpx2

from reti_graph import __version__
from reti_graph.errors import AnswerTooLargeError
from reti_graph.stores.remote.bounded import BoundedTransport
from reti_graph.stores.remote.judging import broken

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Mapping

    from reti_graph.stores.remote.credentials import Credentials
    from reti_graph.stores.remote.failures import Failure

Setting: TypeAlias = Literal["url", "update_url", "graphs_url"]
"""Which setting of the table `store` an address is from."""

CONNECT_SECONDS: Final = 10.0
USER_AGENT: Final = f"reti-graph/{__version__}"

# What is read of an answer that is a failure: enough for what its first lines say.
_FAILURE_BYTES: Final = 16_384
# Time is up, but a socket wants to be given some.
_LEAST_SECONDS: Final = 0.001
_ERRORS: Final = (
    httpx2.HTTPError,
    httpx2.InvalidURL,
    # Of a challenge for digest that has no sense, or asks for what httpx2 does not have.
    NotImplementedError,
    ValueError,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A request, which setting its address is from, and whether it asks for a change."""

    method: str
    url: str
    setting: Setting
    headers: Mapping[str, str]
    content: bytes = b""
    changes: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole answer; names of headers are in lower case."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def media_type(self) -> str:
        """The media type without its parameters, in lower case; empty where none was sent."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def delimited(self) -> bool:
        """Whether a cut would have been seen: the end was told before or marked (RFC 9112, 6.3)."""
        return "content-length" in self.headers or "transfer-encoding" in self.headers


class Transport:
    """Sends requests; may be used by several threads, each of which waits for its own.

    Certificates are verified, by those in SSL_CERT_FILE or SSL_CERT_DIR where that is set. No
    redirect is followed, so that credentials go nowhere else; no proxy is used.
    """

    def __init__(self, credentials: Credentials | None) -> None:
        """Open no connection yet. Raises SettingsError when those certificates cannot be read."""
        self._credentials = credentials
        self._here = _Here(credentials)
        self._client = httpx2.Client(
            transport=BoundedTransport(self._here.left),
            headers={"User-Agent": USER_AGENT, "Accept-Encoding": "identity"},
        )

    def send(self, call: Call, seconds: float, most_bytes: int) -> Reply | Failure:
        """Return the whole answer, or why there is none after so many seconds at most.

        Raises AnswerTooLargeError when it is of status 200 and has more than `most_bytes`.
        """
        seconds = max(seconds, _LEAST_SECONDS)
        self._here.until = time.monotonic() + seconds
        timeout = httpx2.Timeout(seconds, connect=min(seconds, CONNECT_SECONDS))
        began = False
        handled = sys.exception()
        try:
            request = self._client.build_request(
                call.method, call.url, headers=call.headers, content=call.content, timeout=timeout
            )
            response = self._client.send(request, auth=self._here.auth, stream=True)
            began = True
            with closing(response):
                return _whole(response, most_bytes)
        except _ERRORS as error:
            causes = tuple(_causes(error, handled))
            failure = broken(causes, began=began, seconds=seconds, credentials=self._credentials)
        return failure

    def close(self) -> None:
        """Close the connections."""
        self._client.close()


def _whole(response: httpx2.Response, most_bytes: int) -> Reply:
    headers = {name.lower(): value for name, value in response.headers.items()}
    if response.is_success:
        content = _read(response.iter_bytes(), most_bytes)
    else:
        content = _beginning(response.iter_bytes())
    return Reply(response.status_code, headers, content)


def _read(pieces: Iterator[bytes], most_bytes: int) -> bytes:
    content = bytearray()
    for piece in pieces:
        content += piece
        if len(content) > most_bytes:
            raise AnswerTooLargeError(
                f"The store's answer has more than {most_bytes:,} bytes.",
                hint="Ask for less at once, for instance with LIMIT.",
            )
    return bytes(content)


def _beginning(pieces: Iterator[bytes]) -> bytes:
    """Return the first bytes of a failure; what breaks off in them is a failure all the same."""
    content = bytearray()
    try:
        for piece in pieces:
            content += piece
            if len(content) > _FAILURE_BYTES:
                break
    except httpx2.HTTPError:
        pass
    return bytes(content[:_FAILURE_BYTES])


def _causes(error: BaseException, handled: BaseException | None) -> Iterator[BaseException]:
    """Yield an exception and those that led to it, but not what a caller was handling."""
    cause: BaseException | None = error
    while cause not in (None, handled):
        yield cause
        cause = cause.__cause__ or cause.__context__


class _Here(threading.local):
    """What belongs to the request of this thread: its end, and its place in a digest session."""

    def __init__(self, credentials: Credentials | None) -> None:
        """Python calls this once in each thread."""
        self.until = math.inf
        self.auth = _auth(credentials)

    def left(self, timeout: float | None) -> float:
        """Return the seconds a step may take that may take `timeout` by itself."""
        left = max(self.until - time.monotonic(), _LEAST_SECONDS)
        return left if timeout is None else min(left, timeout)


def _auth(credentials: Credentials | None) -> httpx2.Auth:
    # Without credentials the mere Auth keeps httpx2 from looking for some in the address.
    if credentials is None:
        return httpx2.Auth()
    if credentials.kind == "bearer":
        return _Bearer(credentials.secret)
    if credentials.kind == "digest":
        return httpx2.DigestAuth(credentials.user, credentials.secret)
    return httpx2.BasicAuth(credentials.user, credentials.secret)


class _Bearer(httpx2.Auth):
    """A bearer token in the header (RFC 6750, 2.1)."""

    def __init__(self, token: str) -> None:
        """Keep the token."""
        self._token = token

    def auth_flow(
        self, request: httpx2.Request
    ) -> Generator[httpx2.Request, httpx2.Response, None]:
        """Send the token with the request."""
        request.headers["Authorization"] = f"Bearer {self._token}"
        yield request
