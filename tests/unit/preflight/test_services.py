from __future__ import annotations

import pyoxigraph as ox
import pytest

from reti_graph.errors import StoreError
from reti_graph.preflight.files import check_files
from tests.unit.preflight.fake_fetcher import FakeFetcher, Given, answered
from tests.unit.preflight.listings import BASE, graph_of
from tests.unit.preflight.offered import offering, only


def test_the_answer_of_a_query_is_a_download_and_a_sparql_address_a_service() -> None:
    """A distribution with a service does not have to answer a plain request."""
    fetcher = FakeFetcher({f"{BASE}sparql?query=ASK%7B%7D": answered("{}", "application/json")})
    text = """dcat:accessURL <sparql> ; dcat:accessService <service> .
    <service> a dcat:DataService ; dcat:endpointURL <sparql>"""
    assert check_files(fetcher, graph_of(offering(text))) == ()
    assert fetcher.asked == [("GET", f"{BASE}sparql?query=ASK%7B%7D")]


def test_a_service_that_answers_no_query_may_describe_itself() -> None:
    """Or be another service than SPARQL."""
    service = "<catalog> dcat:service <s> . <s> dcat:endpointURL <api?v=1> ."
    fetcher = FakeFetcher({f"{BASE}api?v=1": answered("")})
    assert check_files(fetcher, graph_of(service)) == ()
    assert fetcher.asked == [("GET", f"{BASE}api?v=1&query=ASK%7B%7D"), ("GET", f"{BASE}api?v=1")]


@pytest.mark.parametrize(
    ("given", "reason"),
    [(answered("", None, 500), "HTTP 500."), (StoreError("Refused."), "Refused.")],
)
def test_a_dead_service_is_told(given: Given, reason: str) -> None:
    """With what it gives instead."""
    service = "<catalog> dcat:service <s> . <s> dcat:endpointURL <sparql> ."
    address = f"{BASE}sparql"
    problems = check_files(FakeFetcher({address: given}), graph_of(service))
    problem = only(problems, "dead-service")
    assert f"{BASE}s does not answer at {address}: {reason}" in problem.messages["en"]
    assert problem.focus == ox.NamedNode(f"{BASE}s")
