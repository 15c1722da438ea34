"""Conditional requests: what a client has already is not sent again (RFC 9110, 13)."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

CONDITIONS: Final = frozenset(
    {"if-match", "if-none-match", "if-modified-since", "if-unmodified-since"}
)
_WEAK: Final = "W/"


def status_of(headers: Mapping[str, str], tag: str, modified: datetime) -> HTTPStatus | None:
    """Return the status that a GET or HEAD is answered with instead of 200, or None.

    `headers` holds the request's conditions by lower-case name; `tag` is the strong entity tag of
    the selected representation, quotes included, and `modified` when it last changed. The order
    is that of RFC 9110, 13.2.2. A date that cannot be read is no condition.
    """
    if "if-match" in headers:
        if not _matches(headers["if-match"], tag, weakly=False):
            return HTTPStatus.PRECONDITION_FAILED
    elif _changed_since(headers.get("if-unmodified-since"), modified) is True:
        return HTTPStatus.PRECONDITION_FAILED
    if "if-none-match" in headers:
        known = _matches(headers["if-none-match"], tag, weakly=True)
        return HTTPStatus.NOT_MODIFIED if known else None
    if _changed_since(headers.get("if-modified-since"), modified) is False:
        return HTTPStatus.NOT_MODIFIED
    return None


def is_current(validator: str | None, tag: str, modified: datetime) -> bool:
    """Tell whether an If-Range header, or none, lets a range be sent (RFC 9110, 13.1.5).

    It names the very tag or the very date that the whole would be sent with; a weak tag never does.
    """
    return validator is None or validator.strip() in (tag, http_date(modified))


def http_date(moment: datetime) -> str:
    """Write a moment as HTTP headers do (RFC 9110, 5.6.7)."""
    return format_datetime(moment.astimezone(UTC), usegmt=True)


def _matches(header: str, tag: str, *, weakly: bool) -> bool:
    entries = [entry.strip() for entry in header.split(",")]
    if weakly:
        entries = [entry.removeprefix(_WEAK) for entry in entries]
    return header.strip() == "*" or tag in entries


def _changed_since(header: str | None, modified: datetime) -> bool | None:
    """Tell whether there was a change after a date, or None when there is no such date."""
    if header is None:
        return None
    try:
        since = parsedate_to_datetime(header)
    except ValueError:
        return None
    if since.tzinfo is None:
        since = since.replace(tzinfo=UTC)
    return modified.replace(microsecond=0) > since
