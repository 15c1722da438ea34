from __future__ import annotations

import re
import socket
import sys
from contextlib import closing
from http.client import HTTPConnection
from typing import TYPE_CHECKING

import pytest

from reti_graph.errors import CallError, StoreError
from reti_graph.web.metrics import Metrics, NoMetrics, State, start_metrics

if TYPE_CHECKING:
    from reti_graph.web.prometheus import PrometheusMetrics

STATE = State(waiting=3, running=2, ready=True, release='a"b\n')


def tell(metrics: Metrics) -> None:
    """Tell metrics of some work."""
    metrics.request("/id/{rest}", 303, 0.002, cached=True)
    metrics.request("/id/{rest}", 303, 0.003, cached=False)
    metrics.request("/sparql", 400, 0.1, cached=False)
    metrics.query(0.02, "answered")
    metrics.query(11, "timeout")
    metrics.worker_lost()


def read(metrics: PrometheusMetrics) -> str:
    """Read what metrics serve."""
    connection = HTTPConnection("127.0.0.1", metrics.port, timeout=30)
    try:
        connection.request("GET", "/metrics")
        answer = connection.getresponse()
        assert answer.status == 200
        return answer.read().decode()
    finally:
        connection.close()


def test_what_was_told_is_served_with_the_state_of_the_moment() -> None:
    """In Prometheus' text format, under names that start with the program's."""
    with closing(start_metrics("127.0.0.1", 0, lambda: STATE)) as metrics:
        tell(metrics)
        lines = read(metrics).splitlines()
    for line in (
        'reti_requests_total{cached="true",route="/id/{rest}",status="303"} 1.0',
        'reti_requests_total{cached="false",route="/id/{rest}",status="303"} 1.0',
        'reti_requests_total{cached="false",route="/sparql",status="400"} 1.0',
        'reti_request_seconds_bucket{le="0.0025",route="/id/{rest}"} 1.0',
        'reti_request_seconds_count{route="/id/{rest}"} 2.0',
        'reti_query_seconds_count{outcome="answered"} 1.0',
        'reti_query_seconds_bucket{le="10.0",outcome="timeout"} 0.0',
        "reti_workers_lost_total 1.0",
        "reti_queries_waiting 3.0",
        "reti_queries_running 2.0",
        "reti_ready 1.0",
        'reti_release_info{digest="a\\"b\\n"} 1.0',
    ):
        assert line in lines


def test_the_state_is_asked_at_each_reading() -> None:
    """A server that loses its release is not ready at once."""
    states = iter([STATE, State(waiting=0, running=0, ready=False, release="")])
    with closing(start_metrics("127.0.0.1", 0, lambda: next(states))) as metrics:
        found = [re.findall(r"^reti_ready (.*)$", read(metrics), re.MULTILINE) for _ in range(2)]
    assert found == [["1.0"], ["0.0"]]


def test_a_store_elsewhere_is_told_of_where_there_is_one() -> None:
    """1 while it is good, else 0."""
    stores = iter([None, True, False])

    def state() -> State:
        return State(waiting=0, running=0, ready=True, release="", store=next(stores))

    with closing(start_metrics("127.0.0.1", 0, state)) as metrics:
        found = [re.findall(r"^reti_store_good (.*)$", read(metrics), re.MULTILINE) for _ in "123"]
    assert found == [[], ["1.0"], ["0.0"]]


def test_two_servers_in_one_process_count_apart() -> None:
    """The registry is the object's own, not the library's global one."""
    with (
        closing(start_metrics("127.0.0.1", 0, lambda: STATE)) as first,
        closing(start_metrics("127.0.0.1", 0, lambda: STATE)) as second,
    ):
        tell(first)
        assert "reti_workers_lost_total 0.0" in read(second)


def test_closing_frees_the_port() -> None:
    """A server that starts again finds it."""
    metrics = start_metrics("127.0.0.1", 0, lambda: STATE)
    port = metrics.port
    metrics.close()
    with closing(start_metrics("127.0.0.1", port, lambda: STATE)) as again:
        assert "reti_ready 1.0" in read(again)


def test_a_port_in_use_is_said_with_its_own_option() -> None:
    """It is not the port of the site."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(StoreError, match=f"127.0.0.1:{port}") as caught:
            start_metrics("127.0.0.1", port, lambda: STATE)
    assert "--metrics-port" in str(caught.value.hint)


def test_without_the_extra_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks for metrics wants them, and nothing is passed over."""
    monkeypatch.delitem(sys.modules, "reti_graph.web.prometheus", raising=False)
    monkeypatch.setitem(sys.modules, "prometheus_client", None)
    with pytest.raises(CallError) as caught:
        start_metrics("127.0.0.1", 0, lambda: STATE)
    assert "reti-graph[metrics]" in str(caught.value.hint)


def test_metrics_that_nobody_wants_are_forgotten() -> None:
    """The application tells them without asking whether somebody listens."""
    metrics = NoMetrics()
    tell(metrics)
    assert vars(metrics) == {}
