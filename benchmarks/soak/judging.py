"""Whether an answer is right: it is that of a release which was served when it was asked for."""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from benchmarks.soak.asking import Asked

PREFIX: Final = 16
"""How many digits of the release's digest an entity tag begins with."""

NOT_NOW: Final = "503 with Retry-After"
_JSON: Final = "application/sparql-results+json"
_CSV: Final = "text/csv"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: a status, headers by lower-case name, and the bytes of the body."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def media_type(self) -> str:
        """The type of the body, without parameters."""
        return self.headers.get("content-type", "").partition(";")[0]

    @property
    def content(self) -> bytes:
        """The body without its content coding. Raises ValueError when that is broken."""
        if self.headers.get("content-encoding") != "gzip":
            return self.body
        try:
            return gzip.decompress(self.body)
        except (OSError, EOFError, zlib.error) as error:
            raise ValueError(f"no gzip: {error}") from error


@dataclass(frozen=True, slots=True)
class Told:
    """What a release answers: the status, the entity tag, and hashes of the body.

    `exact` is that of the very bytes, `said` that of what they say (`comparable`).
    """

    status: int
    tag: str
    exact: str
    said: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an answer was, in few words, and why it is wrong, or nothing."""

    kind: str
    wrong: str = ""


@dataclass(frozen=True, slots=True)
class Judge:
    """Knows what each release answers, by its digest."""

    expected: Mapping[str, Mapping[Asked, Told]]

    def verdict(
        self, asked: Asked, answer: Answer, condition: str, allowed: Collection[str]
    ) -> Verdict:
        """Judge an answer that came while the releases `allowed` may have been served.

        `condition` is the entity tag that was sent as If-None-Match, or nothing.
        """
        status = answer.status
        if status == HTTPStatus.SERVICE_UNAVAILABLE and waits(answer):
            return Verdict(NOT_NOW)
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            return Verdict(str(status), f"{status}: {answer.body[:300]!r}")
        tag = answer.headers.get("etag", "")
        if status == HTTPStatus.NOT_MODIFIED:
            return Verdict("304", self._wrong_tag(tag, condition, allowed))
        if condition and tag == condition:
            return Verdict("200", f"200 with the entity tag that the client has: {tag}")
        return Verdict(str(status), self._wrong_answer(asked, answer, tag, allowed))

    def _wrong_tag(self, tag: str, condition: str, allowed: Collection[str]) -> str:
        if not condition or tag != condition:
            return f"304 for {condition or 'no entity tag'}, and its own is {tag or 'missing'}"
        return "" if _releases(tag, allowed) else _not_served(tag)

    def _wrong_answer(
        self, asked: Asked, answer: Answer, tag: str, allowed: Collection[str]
    ) -> str:
        """Only a GET has an entity tag; what has none must be of one of those releases."""
        releases = _releases(tag, allowed) if tag else tuple(allowed)
        if not releases:
            return _not_served(tag)
        right = [self.expected[release][asked] for release in releases]
        if all(each.status != answer.status for each in right):
            return f"{answer.status} in the place of {right[0].status}: {answer.body[:300]!r}"
        if bool(tag) != any(each.tag for each in right):
            return "an entity tag too many" if tag else "no entity tag"
        try:
            return "" if _is_one_of(right, asked, answer) else "a body that no release gives"
        except ValueError as error:
            return f"a body that cannot be read: {error}"


def told(asked: Asked, answer: Answer) -> Told:
    """Return what is to be expected, given the answer that a release gave."""
    said = hash_of(comparable(asked, answer))
    return Told(answer.status, answer.headers.get("etag", ""), hash_of(answer.content), said)


def waits(answer: Answer) -> bool:
    """Tell whether an answer says when to ask again."""
    return answer.headers.get("retry-after", "").isdecimal()


def comparable(asked: Asked, answer: Answer) -> bytes:
    """Return a body, its rows sorted where it is a table that nobody asked an order of.

    Raises ValueError when it is not what it says it is.
    """
    if asked.ordered:
        return answer.content
    if answer.media_type == _CSV:
        head, *rows = answer.content.splitlines(keepends=True)
        return head + b"".join(sorted(rows))
    if answer.media_type == _JSON:
        return _sorted_bindings(answer.content)
    return answer.content


def hash_of(content: bytes) -> str:
    """Return the SHA-256 of some bytes."""
    return hashlib.sha256(content).hexdigest()


def _is_one_of(right: Collection[Told], asked: Asked, answer: Answer) -> bool:
    if hash_of(answer.content) in {each.exact for each in right}:
        return True
    return hash_of(comparable(asked, answer)) in {each.said for each in right}


def _releases(tag: str, allowed: Collection[str]) -> tuple[str, ...]:
    return tuple(release for release in allowed if tag.startswith(f'"{release[:PREFIX]}-'))


def _not_served(tag: str) -> str:
    return f"of a release that is not served at this time: {tag}"


def _sorted_bindings(content: bytes) -> bytes:
    """Sort the rows of SPARQL results in JSON; an ASK has none."""
    found = json.loads(content)
    match found:
        case {"boolean": bool()}:
            return content
        case {"results": {"bindings": [*rows]}}:
            found["results"]["bindings"] = sorted(json.dumps(row, sort_keys=True) for row in rows)
            return json.dumps(found, sort_keys=True).encode()
        case _:
            raise ValueError("JSON that is neither rows nor true or false")
