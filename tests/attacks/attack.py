"""An attack as a value: what it is called, what is sent, and what may come back."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

if TYPE_CHECKING:
    from tests.attacks.serving import Answer

FORM: Final = "application/x-www-form-urlencoded"
QUERY: Final = "application/sparql-query"

# What the server has reason to send; anything else got in by way of a value.
_HEADERS: Final = frozenset(
    (
        *("access-control-allow-origin", "access-control-expose-headers", "allow"),
        *("accept-encoding", "cache-control", "connection", "content-encoding"),
        *("content-language", "content-length", "content-location", "content-security-policy"),
        *("content-type", "cross-origin-resource-policy", "date", "etag", "last-modified"),
        *("access-control-allow-headers", "access-control-allow-methods"),
        *("access-control-max-age", "link", "location", "referrer-policy", "retry-after", "server"),
        *("vary", "x-content-type-options", "x-request-id"),
    )
)
_INNARDS: Final = re.compile(r'Traceback|File "|site-packages|\.py\b|0x[0-9a-f]{6}|panicked')
_PROBLEM: Final = "application/problem+json"
_PRINTABLE: Final = re.compile(r"[\x20-\x7e]*")


@dataclass(frozen=True, slots=True)
class Attack:
    """A request, and the statuses it may be answered with; None stands for no answer at all."""

    name: str
    request: bytes
    statuses: tuple[int | None, ...]

    def check(self, answer: Answer | None) -> None:
        """Fail unless the answer is one of those allowed, and sound."""
        status = answer.status if answer else None
        told = answer.body[:500] if answer else b""
        assert status in self.statuses, f"{self.name}: {status} {told!r}"
        if answer:
            check_sound(answer)


def raw(name: str, request: bytes, *statuses: int | None) -> Attack:
    """Return an attack whose bytes are written out."""
    return Attack(name, request, statuses)


def got(name: str, target: str, *statuses: int, headers: tuple[str, ...] = ()) -> Attack:
    """Return an attack by GET of a target that is sent as it is written."""
    lines = (f"GET {target} HTTP/1.1", "Host: x", *headers, "", "")
    return Attack(name, "\r\n".join(lines).encode(), statuses)


def posted(
    name: str,
    body: bytes,
    *statuses: int,
    kind: str = QUERY,
    headers: tuple[str, ...] = (),
) -> Attack:
    """Return an attack by POST to `/sparql`."""
    lines = (
        "POST /sparql HTTP/1.1",
        "Host: x",
        f"Content-Type: {kind}",
        f"Content-Length: {len(body)}",
        *headers,
        "",
        "",
    )
    return Attack(name, "\r\n".join(lines).encode() + body, statuses)


def asked(name: str, query: str, *statuses: int) -> Attack:
    """Return an attack by a query."""
    return posted(name, query.encode(), *statuses)


def asked_for(name: str, path: str, *statuses: int, **parameters: str) -> Attack:
    """Return an attack by the parameters of a path."""
    pairs = "&".join(f"{key}={quote(value, safe='')}" for key, value in parameters.items())
    return got(name, f"{path}?{pairs}", *statuses)


def check_sound(answer: Answer) -> None:
    """Fail for a header that should not be there, for innards, and for an error that is a 200."""
    names = {name.lower() for name in answer.headers}
    assert names <= _HEADERS, f"headers nobody sends: {names - _HEADERS}"
    for name, value in answer.headers.items():
        assert _PRINTABLE.fullmatch(value), f"{name}: {value!r}"
    # A version would tell an attacker what to look for.
    assert answer.headers.get("server", "reti-graph") == "reti-graph"
    assert answer.status != 500
    if answer.status >= 400:
        assert not _INNARDS.search(answer.text), answer.text
    if answer.media_type == _PROBLEM and answer.body:
        told = json.loads(answer.body)
        assert told["status"] == answer.status >= 400
        assert told["detail"]
    elif answer.media_type.endswith("json") and answer.body:
        assert not {"error", "detail"} & set(json.loads(answer.body))
