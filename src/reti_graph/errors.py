"""Everything reti-graph raises on purpose, in one tree that knows neither HTTP nor exit codes.

RetiError
├── CallError                what was asked for is wrong
│   ├── UnknownNameError     no query, format, shape … of that name
│   ├── UnknownThingError    no statement about that IRI
│   │   └── WithdrawnThingError there was, and it was withdrawn
│   ├── RefusedError         this is not done here, for anybody
│   ├── ParameterError       a query's parameter is missing or has a bad value
│   ├── PositionError        a query text was refused, at a line and column
│   │   ├── QuerySyntaxError the text is not SPARQL
│   │   └── GateError        it is of a kind or size that is not answered
│   ├── FormatError          the answer cannot be written in that format
│   ├── AnswerTooLargeError  the answer has more bytes than are given out
│   ├── SiteError            the site folder is missing or lacks a part
│   └── SettingsError        reti.toml or an environment variable cannot be used
├── DataError                the site's data is wrong; carries the report
└── StoreError               the store or the network failed
    ├── StoreTimeoutError    no answer within the time allowed
    ├── BusyError            as many queries wait as may wait
    ├── WorkerLostError      the process that ran the query is gone
    ├── BudgetError          a client has used its query time
    ├── StoreUnreachableError no connection to a store elsewhere
    ├── StoreDeniedError     a store elsewhere does not let us do that
    ├── StoreAnswerError     a store elsewhere answered with what is no answer
    ├── OtherReleaseError    a store elsewhere holds another release, or half of one
    └── AddressInUseError    the server's address is taken

Findings about data are values (`reti_graph.problems`), never exceptions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reti_graph.problems import Report


class RetiError(Exception):
    """The root of the tree: a message, and where there is one a hint on what to do."""

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        """Keep the message and the hint."""
        super().__init__(message)
        self.message = message
        self.hint = hint


class CallError(RetiError):
    """What was asked for is wrong; the same call will fail again."""


class UnknownNameError(CallError):
    """Nothing of this kind has this name; `nearest` holds the names that look like it."""

    def __init__(
        self, kind: str, name: str, nearest: Sequence[str] = (), *, hint: str | None = None
    ) -> None:
        """Say which kind of thing was looked for, under which name; `hint` is for no near name."""
        super().__init__(f'There is no {kind} "{name}".', hint=did_you_mean(nearest) or hint)
        self.kind = kind
        self.name = name
        self.nearest = tuple(nearest)


class UnknownThingError(CallError):
    """The data says nothing about this IRI; `nearest` holds IRIs or slugs that look like it."""

    def __init__(self, iri: str, nearest: Sequence[str] = ()) -> None:
        """Say which IRI was looked for."""
        super().__init__(f"The data says nothing about {iri}.", hint=did_you_mean(nearest))
        self.iri = iri
        self.nearest = tuple(nearest)


class WithdrawnThingError(UnknownThingError):
    """The IRI was once published and is on the site's list of withdrawn names."""

    def __init__(self, iri: str) -> None:
        """Say which IRI was looked for."""
        super().__init__(iri)
        self.message = f"{iri} was withdrawn."
        self.args = (self.message,)


class RefusedError(CallError):
    """What was asked for is understood and not done here, whoever asks."""


class ParameterError(CallError):
    """A parameter is missing, unknown, or has a value of the wrong type."""

    def __init__(
        self, message: str, *, parameter: str | None = None, hint: str | None = None
    ) -> None:
        """Name the parameter where it is known."""
        super().__init__(message, hint=hint)
        self.parameter = parameter


class PositionError(CallError):
    """A query text was refused; line and column count from 1."""

    def __init__(
        self,
        message: str,
        *,
        line: int | None = None,
        column: int | None = None,
        hint: str | None = None,
    ) -> None:
        """Keep the place in the text."""
        super().__init__(message, hint=hint)
        self.line = line
        self.column = column

    def __str__(self) -> str:
        """The message after its place; `message` is without it."""
        if self.line is None:
            return self.message
        column = "" if self.column is None else f", column {self.column}"
        return f"Line {self.line}{column}: {self.message}"


class QuerySyntaxError(PositionError):
    """The text is not SPARQL 1.1."""


class GateError(PositionError):
    """The query is larger, deeper or of another kind than this service answers."""


class FormatError(CallError):
    """There is no such format, or the answer cannot be written in it."""


class AnswerTooLargeError(CallError):
    """The answer has more bytes than are given out, or is made of more than may be kept."""


class SiteError(CallError):
    """The site folder is missing or lacks a part it must have."""


class SettingsError(CallError):
    """reti.toml or a variable cannot be used; `findings` lists every reason found, a line each."""

    def __init__(
        self, message: str, *, findings: Sequence[str] = (), hint: str | None = None
    ) -> None:
        """Keep the reasons one by one beside the message that joins them."""
        super().__init__(message, hint=hint)
        self.findings = tuple(findings)


class DataError(RetiError):
    """The data does not conform; `report` says where and why."""

    def __init__(self, report: Report) -> None:
        """Keep the report."""
        count = len(report.violations)
        super().__init__(f"The data is wrong in {count} place{'' if count == 1 else 's'}.")
        self.report = report


class StoreError(RetiError):
    """The store or the network failed; the same call may work later."""


class StoreTimeoutError(StoreError):
    """No answer came within the time allowed."""


class BusyError(StoreError):
    """As many queries wait as may wait; `retry_after` says for how many seconds to stay away."""

    def __init__(self, retry_after: int) -> None:
        """Keep the seconds after which a place is likely to be free."""
        super().__init__(
            "Too many queries wait for an answer already.",
            hint=f"Try again in {retry_after} second{'' if retry_after == 1 else 's'}.",
        )
        self.retry_after = retry_after


class WorkerLostError(StoreError):
    """The process that ran the query ended without an answer."""


class BudgetError(StoreError):
    """A client has used its query time; `retry_after` says in how many seconds it may ask again."""

    def __init__(self, seconds: float, retry_after: int) -> None:
        """Say how much a client may use in a minute."""
        super().__init__(
            f"You have used the {seconds:g} seconds of query time that a client has in a minute.",
            hint=f"Ask again in {retry_after} seconds, or for less at once.",
        )
        self.retry_after = retry_after


class StoreUnreachableError(StoreError):
    """There is no connection to a store elsewhere, or it ended before the answer had begun."""


class StoreDeniedError(StoreError):
    """A store elsewhere wants other credentials, or does not let these do what was asked."""


class StoreAnswerError(StoreError):
    """A store elsewhere answered that it failed, or with what is no answer, or with half of one."""


class OtherReleaseError(StoreError):
    """A store elsewhere holds another release than the one asked of it, or is being changed."""


class AddressInUseError(StoreError):
    """Another program already listens where the server was to listen."""

    def __init__(self, host: str, port: int) -> None:
        """Name the address."""
        super().__init__(
            f"Another program already listens on {host}:{port}.",
            hint="Choose another port with --port.",
        )
        self.host = host
        self.port = port


def did_you_mean(nearest: Sequence[str]) -> str | None:
    """Return the hint that offers these names, or None when there is none to offer."""
    return f"Did you mean {' or '.join(nearest)}?" if nearest else None
