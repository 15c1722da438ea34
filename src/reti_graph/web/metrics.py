"""What the server counts: what the application tells, and where it is told to.

`NoMetrics` forgets everything; `start_metrics` gives an object that serves what it was told on a
port of its own, for Prometheus.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from reti_graph.errors import CallError

if TYPE_CHECKING:
    from collections.abc import Callable

    from reti_graph.web.prometheus import PrometheusMetrics


@dataclass(frozen=True, slots=True)
class State:
    """How the server is at one moment."""

    waiting: int
    """Queries that wait for a worker."""

    running: int
    """Queries that a worker answers."""

    ready: bool
    """True when requests are answered from a release."""

    release: str
    """The digest of the release."""

    store: bool | None = None
    """Whether the store elsewhere that is asked is good; None where there is none."""


class Metrics(Protocol):
    """What the application tells of its work. `route`, `outcome` and `status` have few values."""

    def request(self, route: str, status: int, seconds: float, *, cached: bool) -> None:
        """Count an answered request: its route as a pattern, and whether the cache had it."""
        ...

    def query(self, seconds: float, outcome: str) -> None:
        """Count a query that a worker was given, and how it ended."""
        ...

    def worker_lost(self) -> None:
        """Count a worker that was killed or died."""
        ...


class NoMetrics:
    """Counts nothing."""

    def request(self, route: str, status: int, seconds: float, *, cached: bool) -> None:
        """Forget a request."""

    def query(self, seconds: float, outcome: str) -> None:
        """Forget a query."""

    def worker_lost(self) -> None:
        """Forget a worker."""


def start_metrics(host: str, port: int, state: Callable[[], State]) -> PrometheusMetrics:
    """Serve metrics at `http://HOST:PORT/metrics` until the object is closed; port 0 is a free one.

    `state` is asked at each reading, from another thread. Raises CallError when the program is
    installed without the extra `metrics`, and StoreError when the port cannot be used.
    """
    try:
        from reti_graph.web.prometheus import PrometheusMetrics  # noqa: PLC0415 - an extra
    except ModuleNotFoundError as error:
        raise CallError(
            "This installation cannot serve metrics.",
            hint="Run: pip install 'reti-graph[metrics]'",
        ) from error
    return PrometheusMetrics(host, port, state)
