"""Metrics for Prometheus, on a port of their own (the extra `metrics`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Histogram,
    ProcessCollector,
    start_http_server,
)
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily
from prometheus_client.registry import Collector

from reti_graph.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from prometheus_client import Metric

    from reti_graph.web.metrics import State

_SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class PrometheusMetrics:
    """Counts in a registry of its own, and serves that until it is closed."""

    def __init__(self, host: str, port: int, state: Callable[[], State]) -> None:
        """Begin to serve on a port. Raises StoreError when it cannot be used."""
        registry = CollectorRegistry()
        self._requests = Counter(
            "reti_requests", "Answered requests.", ["route", "status", "cached"], registry=registry
        )
        self._request_seconds = Histogram(
            "reti_request_seconds",
            "From a request's head to the end of its answer.",
            ["route"],
            buckets=_SECONDS,
            registry=registry,
        )
        self._query_seconds = Histogram(
            "reti_query_seconds",
            "Queries that workers were given, by how they ended.",
            ["outcome"],
            buckets=_SECONDS,
            registry=registry,
        )
        self._workers_lost = Counter(
            "reti_workers_lost", "Workers that were killed or died.", registry=registry
        )
        registry.register(_StateCollector(state))
        ProcessCollector(registry=registry)
        try:
            self._server, self._thread = start_http_server(port, host, registry)
        except OSError as error:
            raise StoreError(
                f"Cannot serve metrics on {host}:{port}: {error.strerror}.",
                hint="Choose another port with --metrics-port.",
            ) from error

    @property
    def port(self) -> int:
        """The port that is served."""
        return int(self._server.server_port)

    def request(self, route: str, status: int, seconds: float, *, cached: bool) -> None:
        """Count an answered request."""
        self._requests.labels(route, str(int(status)), str(cached).lower()).inc()
        self._request_seconds.labels(route).observe(seconds)

    def query(self, seconds: float, outcome: str) -> None:
        """Count a query."""
        self._query_seconds.labels(outcome).observe(seconds)

    def worker_lost(self) -> None:
        """Count a worker that is gone."""
        self._workers_lost.inc()

    def close(self) -> None:
        """Stop serving, and free the port."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _StateCollector(Collector):
    """Asks how the server is whenever somebody reads the metrics."""

    def __init__(self, state: Callable[[], State]) -> None:
        self._state = state

    def collect(self) -> Iterator[Metric]:
        state = self._state()
        yield _gauge("reti_queries_waiting", "Queries that wait for a worker.", state.waiting)
        yield _gauge("reti_queries_running", "Queries that a worker answers.", state.running)
        yield _gauge("reti_ready", "1 when requests are answered.", int(state.ready))
        if state.store is not None:
            told = "1 when the store elsewhere holds the release and answers."
            yield _gauge("reti_store_good", told, int(state.store))
        release = InfoMetricFamily("reti_release", "The release that is served.")
        release.add_metric([], {"digest": state.release})
        yield release


def _gauge(name: str, documentation: str, value: int) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, documentation, value=value)
