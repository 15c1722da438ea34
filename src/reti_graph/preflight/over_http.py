"""Fetching over HTTP."""

from __future__ import annotations

import socket
import ssl
import time
from contextlib import closing
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Self
from urllib.parse import urljoin

import httpx2

from reti_graph import __version__
from reti_graph.errors import StoreError, StoreTimeoutError
from reti_graph.preflight.answers import Answer
from reti_graph.preflight.moving import Moved

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from types import TracebackType

    from reti_graph.preflight.answers import Method

CONNECT_SECONDS: Final = 10
SECONDS: Final = 60
MOST_REDIRECTS: Final = 5
USER_AGENT: Final = f"reti-graph/{__version__} preflight"

_NOT_MOVED: Final[Mapping[str, str]] = MappingProxyType({})
# Time is up, but httpx2 wants to be given some.
_LEAST_SECONDS: Final = 0.001
_SCHEMES: Final = ("http://", "https://")
# Proxies of the environment are for the network, not for this machine.
_DIRECT: Final = ("all://127.0.0.1", "all://[::1]", "all://localhost")
_NO_ADDRESS: Final = ("{address} is no address", "Write it as http://host/path.")
# What happened and what to do, by the exception that httpx2 raises or that made it raise; the
# first that fits counts.
_FAILURES: Final[tuple[tuple[type[BaseException], str, str], ...]] = (
    (
        socket.gaierror,
        "The name of the host of {address} is not known",
        "Check the address, and that the name is in the DNS.",
    ),
    (
        ssl.SSLError,
        "There is no TLS connection to {address} that can be trusted",
        "Check the certificate: its dates, its names and its chain.",
    ),
    (
        ConnectionRefusedError,
        "The connection to {address} is refused",
        "Start the server, or check the port.",
    ),
    (
        httpx2.RemoteProtocolError,
        "The answer of {address} is no whole HTTP answer",
        "Look into the server's log.",
    ),
    (
        httpx2.DecodingError,
        "The answer of {address} is not coded as its Content-Encoding says",
        "Send the body in the coding that the header names, or without the header.",
    ),
    (httpx2.InvalidURL, *_NO_ADDRESS),
    (httpx2.UnsupportedProtocol, *_NO_ADDRESS),
    (httpx2.RequestError, "{address} cannot be reached", "Check the address and the network."),
    # Of a host name that cannot be written for the DNS, or of brackets that do not close.
    (ValueError, *_NO_ADDRESS),
)


class HttpFetcher:
    """A Fetcher over HTTP/1.1 that follows redirects and trusts no certificate unverified.

    With `moved` an address that starts with one of its prefixes is asked under the other, and the
    answer's address is the public one again. To be closed, or used in a `with` statement.
    """

    def __init__(self, moved: Mapping[str, str] = _NOT_MOVED) -> None:
        """Open no connection yet."""
        self._moved = Moved(moved)
        self._client = httpx2.Client(
            headers={"User-Agent": USER_AGENT}, mounts=dict.fromkeys(_DIRECT)
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def fetch(
        self, method: Method, address: str, *, accept: str | None = None, most: int
    ) -> Answer:
        """Return the answer (Fetcher.fetch), after at most five redirects and a minute.

        Raises StoreTimeoutError after that minute, else StoreError when there is no answer.
        """
        deadline = time.monotonic() + SECONDS
        here, followed = address.partition("#")[0], tuple[int, ...]()
        while len(followed) <= MOST_REDIRECTS:
            try:
                response = self._sent(method, here, accept, deadline)
                with closing(response):
                    if not response.has_redirect_location:
                        return _answer(response, here, followed, most, deadline)
            except httpx2.TimeoutException as error:
                raise _too_slow(here) from error
            except (httpx2.RequestError, httpx2.InvalidURL, ValueError) as error:
                raise _failure(error, here) from error
            here, followed = self._target(response, here), (*followed, response.status_code)
        raise StoreError(
            f"{address} redirects more than {MOST_REDIRECTS} times, in the end to {here}.",
            hint="Redirect to the last address at once.",
        )

    def _sent(
        self, method: Method, here: str, accept: str | None, deadline: float
    ) -> httpx2.Response:
        """Return the response to a request, its body unread."""
        if not here.lower().startswith(_SCHEMES):
            raise StoreError(f"{here} is no http or https address.", hint="Publish it over https.")
        headers = {"Accept": accept} if accept else {}
        left = max(deadline - time.monotonic(), _LEAST_SECONDS)
        timeout = httpx2.Timeout(left, connect=min(left, CONNECT_SECONDS))
        asked = self._moved.asked(here)
        request = self._client.build_request(method, asked, headers=headers, timeout=timeout)
        return self._client.send(request, stream=True)

    def _target(self, response: httpx2.Response, here: str) -> str:
        """Return the public address that a response redirects to."""
        location = response.headers["location"]
        try:
            return self._moved.public(urljoin(here, location)).partition("#")[0]
        except ValueError as error:
            raise _failure(error, location) from error


def _answer(
    response: httpx2.Response, here: str, followed: tuple[int, ...], most: int, deadline: float
) -> Answer:
    body, cut = _read(response.iter_bytes(), most, deadline, here)
    return Answer(
        address=here,
        status=response.status_code,
        headers={name.lower(): value for name, value in response.headers.items()},
        body=body,
        cut=cut,
        redirects=followed,
    )


def _read(pieces: Iterator[bytes], most: int, deadline: float, here: str) -> tuple[bytes, bool]:
    """Return the first `most` bytes, and whether there were more."""
    body = bytearray()
    for piece in pieces:
        body += piece
        if len(body) > most:
            return bytes(body[:most]), True
        if time.monotonic() > deadline:
            raise _too_slow(here)
    return bytes(body), False


def _too_slow(here: str) -> StoreTimeoutError:
    return StoreTimeoutError(
        f"{here} gave no whole answer within {SECONDS} seconds.",
        hint="Harvesters do not wait either: make the server faster, or what it sends smaller.",
    )


def _failure(error: Exception, here: str) -> StoreError:
    """Return what an exception of httpx2 says, in words of ours."""
    causes = tuple(_causes(error))
    words, hint = next(
        (words, hint)
        for kind, words, hint in _FAILURES
        if any(isinstance(cause, kind) for cause in causes)
    )
    return StoreError(f"{words.format(address=here)}: {error}.", hint=hint)


def _causes(error: BaseException) -> Iterator[BaseException]:
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        cause = cause.__cause__ or cause.__context__
