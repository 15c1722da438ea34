"""What the server tells of its work: one JSON object a line, on standard error.

An object has `time` (RFC 3339, UTC), `level`, `logger`, `message`, `request_id` while a request
is answered, whatever was given with `extra=`, and `exception` with a traceback. Everything but
plain ASCII is escaped, so nothing that a client sends can end a line or move a cursor.
"""

from __future__ import annotations

import contextlib
import json
import logging
import math
import secrets
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reti_graph.setting_types import Log

REQUEST_ID: Final[ContextVar[str | None]] = ContextVar("request_id", default=None)
"""The request that is answered where this is read, or None."""

ACCESS_LOGGER: Final = "reti_graph.access"
"""The logger of one line a request, at level INFO."""

# What every record has: all else came with `extra=`. uvicorn gives its messages twice, once
# with the codes for colours.
_OWN: Final = frozenset(
    (*vars(logging.makeLogRecord({})), "message", "asctime", "taskName", "color_message")
)
# Libraries say in full what they do; of that, only what is wrong is worth a line. That a client
# sent nonsense is no problem of the server's, but belongs to its requests.
_LEVELS: Final[Mapping[Log, Mapping[str, int]]] = {
    "problems": {"reti_graph": logging.WARNING, "uvicorn.error": logging.ERROR},
    "requests": {"reti_graph": logging.INFO, "uvicorn.error": logging.WARNING},
}
_OTHERS: Final[Mapping[str, int]] = {
    "asyncio": logging.WARNING,
    "watchfiles": logging.WARNING,
}


class JsonFormatter(logging.Formatter):
    """Writes a record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, without its end."""
        line: dict[str, object] = {
            "time": _time(record.created),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if request := REQUEST_ID.get():
            line["request_id"] = request
        for name, value in vars(record).items():
            if name not in _OWN:
                line.setdefault(name, _scalar(value))
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=True, allow_nan=False)


def new_request_id() -> str:
    """Return an identifier that no other request has and nobody can guess: 32 hex digits."""
    return secrets.token_hex(16)


@contextlib.contextmanager
def logging_to_stderr(log: Log) -> Iterator[None]:
    """Write what the server and its libraries log to standard error, until the context ends.

    `log` is `problems` for what somebody has to look at, `requests` for a line a request as well.
    """
    handler = logging.StreamHandler()
    handler.setFormatter(JsonFormatter())
    with contextlib.ExitStack() as stack:
        for name, level in {**_LEVELS[log], **_OTHERS}.items():
            stack.enter_context(_handled(logging.getLogger(name), handler, level))
        yield


@contextlib.contextmanager
def _handled(logger: logging.Logger, handler: logging.Handler, level: int) -> Iterator[None]:
    before = logger.level, logger.propagate
    logger.setLevel(level)
    logger.propagate = False
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.propagate = before[1]
        logger.setLevel(before[0])


def _time(created: float) -> str:
    moment = datetime.fromtimestamp(created, UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _scalar(value: object) -> object:
    """Return what JSON has a form for as it is, and anything else as text."""
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value if isinstance(value, str | int | float | None) else str(value)
