"""Whether what came back from a store is an answer, and if not, which failure of the table."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import httpx2

from reti_graph.errors import StoreAnswerError, StoreError
from reti_graph.stores.remote.failures import (
    ANONYMOUS,
    BREAKS,
    CUTS,
    SAYINGS,
    STATUSES,
    UNKNOWN,
    Failure,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reti_graph.stores.remote.credentials import Credentials
    from reti_graph.stores.remote.transport import Call, Reply

_MOST_SAID: Final = 200
_HTML: Final = ("text/html", "application/xhtml+xml")
_TEXTS: Final = re.compile(r"text/.*|application/(.*\+)?(json|xml)|")
_TAGS: Final = re.compile(r"<(style|script)\b.*?</\1>|<[!/]?[a-z][^>]*>", re.DOTALL | re.IGNORECASE)
_SCHEMES: Final = re.compile(r"(?:^|,)\s*(basic|digest|bearer)\b(?!\s*=)", re.IGNORECASE)
# What these exceptions say is in the words of the table already.
_SELF_EVIDENT: Final = (httpx2.TimeoutException, ConnectionRefusedError)
_UNAUTHORIZED: Final = 401
_OK: Final = 200
_NOT_DONE_YET: Final = 202


def raised(failure: Failure, call: Call, asked: int = 1) -> StoreError:
    """Return the error to raise when that was the outcome after asking so many times."""
    parts = urlsplit(call.url)
    message = f"The store at {parts.scheme}://{parts.netloc}{parts.path} {failure.words}"
    message += f", asked {asked} times" if asked > 1 else ""
    message += f': "{failure.said}".' if failure.said else "."
    if failure.unsure and call.changes:
        message += " Whether the change was made is not known."
    return failure.kind(message, hint=failure.hint.replace("{setting}", f"store.{call.setting}"))


def broken(
    causes: Sequence[BaseException],
    *,
    began: bool,
    seconds: float,
    credentials: Credentials | None,
) -> Failure:
    """Return the failure that an exception of httpx2 is, before the answer or within it.

    `causes` are the exception and those that led to it, the last first.
    """
    found = next(
        failure
        for kind, failure in (CUTS if began else BREAKS)
        if any(isinstance(cause, kind) for cause in causes)
    )
    evident = any(isinstance(cause, _SELF_EVIDENT) for cause in causes)
    said = "" if evident else _line(str(causes[0]), credentials)
    return replace(found, words=found.words.format(seconds=seconds), said=said)


def refused(reply: Reply, credentials: Credentials | None) -> Failure | None:
    """Return the failure that a status other than 2xx is; None for 2xx."""
    if httpx2.codes.is_success(reply.status):
        return None
    said = _said(reply, credentials)
    location = reply.headers.get("location")
    if httpx2.codes.is_redirect(reply.status) and location:
        said = _line(location.partition("?")[0], credentials)
    found = _by_status(reply, said, credentials)
    words = f"answers {reply.status}: it {found.words}"
    return replace(found, words=words, said=said, after=_retry_after(reply))


def unusable(
    reply: Reply, wanted: Sequence[str], credentials: Credentials | None
) -> Failure | None:
    """Return why an answer of status 2xx is none to a question, or None when it is one.

    `wanted` are the media types an answer may have.
    """
    if reply.status != _OK:
        return _no_answer(f"answers {reply.status}, but sends no result")
    if reply.media_type in _HTML:
        words = f"sends a web page instead of {wanted[0]}"
        return _no_answer(words, said=_said(reply, credentials))
    if reply.media_type not in wanted:
        words = f"sends {reply.media_type or 'no media type'} instead of {wanted[0]}"
        return _no_answer(_line(words, credentials))
    if not reply.delimited:
        return Failure(
            StoreAnswerError,
            "does not tell where its answer ends, so that half of one would look whole",
            "Let the store, or the proxy before it, speak HTTP/1.1: with Content-Length or chunks.",
        )
    return None


def unwritten(reply: Reply, credentials: Credentials | None) -> Failure | None:
    """Return why an answer of status 2xx does not say that a change was made, or None."""
    if reply.status == _NOT_DONE_YET:
        return Failure(
            StoreAnswerError,
            "answers 202: it will make the change later",
            "Set the store to make changes before it answers; then run this again.",
            unsure=True,
        )
    if reply.media_type in _HTML and reply.content.strip():
        failure = _no_answer("answers a change with a web page", said=_said(reply, credentials))
        return replace(failure, unsure=True)
    return None


def _no_answer(words: str, said: str = "") -> Failure:
    hint = "Check that {setting} is the SPARQL 1.1 address itself, not a form or a login page."
    return Failure(StoreAnswerError, words, hint, said=said)


def _by_status(reply: Reply, said: str, credentials: Credentials | None) -> Failure:
    if reply.status == _UNAUTHORIZED:
        return _unauthorized(reply, credentials)
    if reply.status >= httpx2.codes.INTERNAL_SERVER_ERROR:
        for pattern, failure in SAYINGS:
            if pattern.search(said):
                return failure
    return next(failure for statuses, failure in STATUSES if reply.status in statuses)


def _unauthorized(reply: Reply, credentials: Credentials | None) -> Failure:
    if credentials is None:
        return ANONYMOUS
    schemes = _SCHEMES.findall(reply.headers.get("www-authenticate", "").lower())
    if not schemes or credentials.kind in schemes:
        return UNKNOWN
    return replace(UNKNOWN, hint=f'It wants others: set store.auth to "{schemes[0]}".')


def _retry_after(reply: Reply) -> float | None:
    """Return the seconds that a Retry-After header asks for (RFC 9110, 10.2.3)."""
    value = reply.headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit():
        return float(value)
    try:
        then = parsedate_to_datetime(value)
    except ValueError:
        return None
    aware = then if then.tzinfo else then.replace(tzinfo=UTC)
    return max(0.0, (aware - datetime.now(UTC)).total_seconds())


def _said(reply: Reply, credentials: Credentials | None) -> str:
    if not _TEXTS.fullmatch(reply.media_type):
        return ""
    text = reply.content.decode("utf-8", "replace")
    # Virtuoso repeats the query after its error: its words are none of the store's.
    text = text.partition("SPARQL query:")[0]
    if reply.media_type in _HTML:
        text = html.unescape(_TAGS.sub(" ", text))
    return _line(text, credentials)


def _line(text: str, credentials: Credentials | None) -> str:
    """Return the beginning of a foreign text on one line that shows no secret."""
    safe = credentials.hidden_in(text) if credentials else text
    words = "".join(sign if sign.isprintable() else " " for sign in safe).split()
    line = " ".join(words)
    return line if len(line) <= _MOST_SAID else line[: _MOST_SAID - 1].rstrip() + "…"
