"""What goes wrong with a store elsewhere, in our errors: the one table, with what to do about it.

`judging` looks things up here. Rows stand in the order in which they are tried.
"""

from __future__ import annotations

import re
import socket
import ssl
from dataclasses import KW_ONLY, dataclass
from typing import TYPE_CHECKING, Final, TypeVar

import httpx2

from reti_graph.errors import (
    StoreAnswerError,
    StoreDeniedError,
    StoreError,
    StoreTimeoutError,
    StoreUnreachableError,
)
from reti_graph.stores.remote.credentials import PASSWORD, TOKEN, USER

if TYPE_CHECKING:
    from collections.abc import Container


W = TypeVar("W")


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a request has no answer.

    `words` follow the name of the store; `{setting}` in `hint` is the setting its address is from.
    `again`: the same request may well succeed soon, after `after` seconds if the store says so.
    `unsure`: a change may have been made all the same. `said` is what the store said itself.
    """

    kind: type[StoreError]
    words: str
    hint: str
    _: KW_ONLY
    again: bool = False
    unsure: bool = False
    after: float | None = None
    said: str = ""


_ENDED: Final = Failure(
    StoreUnreachableError,
    "ended the connection without an HTTP answer",
    "Look into the store's log, and check that {setting} is where it speaks HTTP.",
    again=True,
    unsure=True,
)
_CUT: Final = Failure(
    StoreAnswerError,
    "broke off in the midst of its answer",
    "Look into the store's log, and at proxies before it for limits of size or time.",
    again=True,
    unsure=True,
)
_NO_TLS: Final = Failure(
    StoreUnreachableError,
    "makes no TLS connection",
    "Check that the port of {setting} is the one that speaks https.",
)
_STRANGE_CHALLENGE: Final = Failure(
    StoreDeniedError,
    "asks for credentials in a way that is not understood",
    'Set store.auth to what the store wants: "basic", "digest" or "bearer".',
)
_NO_TIME: Final = Failure(
    StoreTimeoutError,
    "gave no whole answer within {seconds:.3g} seconds",
    "Ask for less at once, or give it more time with store.seconds.",
    unsure=True,
)
_NO_ROOM: Final = Failure(
    StoreAnswerError,
    "has no room left",
    "Make room on the store's disk, then run this again.",
    unsure=True,
)
_REFUSED: Final = Failure(
    StoreAnswerError,
    "refuses the request",
    "What it says tells why; its log may tell more.",
)


def _row(
    what: W,
    kind: type[StoreError],
    words: str,
    hint: str,
    *,
    again: bool = False,
    unsure: bool = False,
) -> tuple[W, Failure]:
    return what, Failure(kind, words, hint, again=again, unsure=unsure)


BREAKS: Final[tuple[tuple[type[BaseException], Failure], ...]] = (
    _row(
        socket.gaierror,
        StoreUnreachableError,
        "has a host whose name is not known",
        "Check {setting}, and that the name is in the DNS.",
    ),
    _row(
        ssl.SSLCertVerificationError,
        StoreUnreachableError,
        "has a certificate that is not trusted",
        "Check its dates and names; if an authority of your own issued it, set SSL_CERT_FILE "
        "to a file with that authority's certificate.",
    ),
    (ssl.SSLError, _NO_TLS),
    _row(
        ConnectionRefusedError,
        StoreUnreachableError,
        "refuses the connection",
        "Start the store, or check host and port of {setting}.",
        again=True,
    ),
    _row(
        httpx2.ConnectTimeout,
        StoreUnreachableError,
        "does not take the connection in time",
        "Check host and port of {setting}, and the firewalls on the way.",
        again=True,
    ),
    _row(
        httpx2.PoolTimeout,
        StoreTimeoutError,
        "is asked so much already that no connection was free within {seconds:.3g} seconds",
        "Try again later.",
    ),
    (httpx2.TimeoutException, _NO_TIME),
    _row(
        httpx2.ConnectError,
        StoreUnreachableError,
        "cannot be reached",
        "Check host and port of {setting}, and the network.",
        again=True,
    ),
    (httpx2.RemoteProtocolError, _ENDED),
    (httpx2.NetworkError, _ENDED),
    # Of httpx2's and our own handling of a challenge (RFC 9110, 11.6.1); all else stands above.
    (Exception, _STRANGE_CHALLENGE),
)
"""By the exception that httpx2 raises, or that made it raise, before an answer began."""

CUTS: Final[tuple[tuple[type[BaseException], Failure], ...]] = (
    (httpx2.TimeoutException, _NO_TIME),
    _row(
        httpx2.DecodingError,
        StoreAnswerError,
        "coded its answer otherwise than its Content-Encoding says",
        "Look at the proxies before the store.",
        unsure=True,
    ),
    (Exception, _CUT),
)
"""By the exception, within an answer."""

SAYINGS: Final[tuple[tuple[re.Pattern[str], Failure], ...]] = (
    _row(
        re.compile(r"S1T00|time[ds]?[ -]?out|estimated execution time", re.IGNORECASE),
        StoreTimeoutError,
        "used up the time it gives itself",
        "Ask for less at once, or raise the store's own limit of time.",
        unsure=True,
    ),
    _row(
        re.compile(r"SECURITY:|permission denied|no permission|access denied", re.IGNORECASE),
        StoreDeniedError,
        "does not let us do that",
        f"Give the user of {USER} the right to do it (in Virtuoso, GRANT SPARQL_UPDATE), or "
        "set {setting} to the address for those who log in.",
    ),
    (re.compile(r"no space left|disk (is )?full", re.IGNORECASE), _NO_ROOM),
    # Virtuoso's states of SQL for what is wrong with the request; 40001, a deadlock, is not.
    (re.compile(r"\b(Error|Virtuoso) (22|37|42)\d{3}\b"), _REFUSED),
)
"""By what the first line of a failure says: some engines answer 500 for everything."""

ANONYMOUS: Final = Failure(
    StoreDeniedError,
    "wants to know who asks",
    f"Set {USER} and {PASSWORD}, or {TOKEN}.",
)
UNKNOWN: Final = Failure(
    StoreDeniedError,
    "does not take these credentials",
    f"Check {USER} and {PASSWORD}, or {TOKEN}, and store.auth.",
)

STATUSES: Final[tuple[tuple[Container[int], Failure], ...]] = (
    _row(
        range(300, 400),
        StoreAnswerError,
        "sends us to another address",
        "Set {setting} to that address if it is the right one; redirects are not followed.",
    ),
    _row(
        (403,),
        StoreDeniedError,
        "does not let us do that",
        f"Give the user of {USER} or {TOKEN} the right to do it, in the store.",
    ),
    _row(
        (404, 410),
        StoreAnswerError,
        "has nothing at this address",
        "Check {setting}, the name of the dataset or repository in it too.",
    ),
    _row(
        (405, 501),
        StoreAnswerError,
        "does not take this method there",
        "Check {setting}: queries, updates and graphs often have an address each.",
    ),
    _row(
        (406, 415),
        StoreAnswerError,
        "does not speak the format we need",
        "Check that {setting} is the address of a SPARQL 1.1 service.",
    ),
    _row(
        (408,),
        StoreTimeoutError,
        "waited too long for our request",
        "Check the network to the store.",
        again=True,
    ),
    _row(
        (413, 414, 431),
        StoreAnswerError,
        "takes no request of this size",
        "Raise the limit of the store, or of the proxy before it.",
    ),
    _row(
        (429,),
        StoreAnswerError,
        "has had too many requests",
        "Try again later, or raise what the store allows this client.",
        again=True,
    ),
    (range(400, 500), _REFUSED),
    _row(
        (502, 503),
        StoreUnreachableError,
        "is not available now",
        "Try again later; look whether the store runs behind the server that answers.",
        again=True,
        unsure=True,
    ),
    _row(
        (504,),
        StoreTimeoutError,
        "gave the server before it no answer in time",
        "Ask for less at once, or raise the proxy's limit of time.",
        unsure=True,
    ),
    ((507,), _NO_ROOM),
    (
        range(500, 600),
        Failure(StoreAnswerError, "failed", "Look into the store's log.", again=True, unsure=True),
    ),
    _row(
        range(1000),
        StoreAnswerError,
        "gives a status that means nothing here",
        "Check that {setting} is the address of a SPARQL 1.1 service.",
        unsure=True,
    ),
)
"""By the status of an answer, when nothing above fits; 401 is either of the two before."""
