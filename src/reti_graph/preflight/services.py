"""Whether the services of a catalogue answer at their endpoints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reti_graph.errors import StoreError
from reti_graph.preflight.asking import OK
from reti_graph.preflight.wording import named, said
from reti_graph.problems import Location, Problem, Severity
from reti_graph.terms import DCAT

if TYPE_CHECKING:
    from reti_graph.preflight.answers import Fetcher
    from reti_graph.preflight.graph import Graph
    from reti_graph.problems import Term

_LEADING_HERE: Final = (DCAT + "service", DCAT + "accessService")
_ASK: Final = "query=ASK%7B%7D"
_MOST: Final = 1024 * 1024


def endpoints_of(graph: Graph) -> tuple[tuple[Term, str], ...]:
    """Return each service with each address of its endpoint."""
    led_to = (each.object for each in graph.triples if each.predicate.value in _LEADING_HERE)
    services = dict.fromkeys((*led_to, *graph.instances(DCAT + "DataService")))
    return tuple(
        (service, named(address))
        for service in services
        for address in graph.values(service, DCAT + "endpointURL")
    )


def check_endpoint(fetcher: Fetcher, service: Term, address: str) -> Problem | None:
    """Find a service that answers neither a SPARQL query nor a plain GET with 200."""
    asking = f"{address}{'&' if '?' in address else '?'}{_ASK}"
    reason = _unanswered(fetcher, asking) and _unanswered(fetcher, address)
    if reason is None:
        return None
    return Problem(
        "dead-service",
        Severity.VIOLATION,
        said(
            f"Il servizio {named(service)} non risponde a {address}: {reason}",
            f"The service {named(service)} does not answer at {address}: {reason}",
        ),
        Location(address),
        focus=service,
        hint="Start the service, or mend its dcat:endpointURL.",
    )


def _unanswered(fetcher: Fetcher, address: str) -> str | None:
    """Return what an address gives instead of 200."""
    try:
        answer = fetcher.fetch("GET", address, most=_MOST)
    except StoreError as error:
        return error.message
    return None if answer.status == OK else f"HTTP {answer.status}."
