from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reti_graph.catalogue.data_services import query_service, sparql_service
from reti_graph.catalogue.statements import told
from tests.unit.catalogue.conftest import ADDRESS, BASE, Index, whole

if TYPE_CHECKING:
    from collections.abc import Callable

    from reti_graph.catalogue import Published
    from reti_graph.catalogue.statements import Described


@pytest.mark.parametrize(
    ("make", "name", "endpoint", "description", "standard"),
    [
        (
            sparql_service,
            "sparql",
            "sparql",
            "sparql",
            "https://www.w3.org/TR/sparql11-protocol/",
        ),
        (
            query_service,
            "queries#service",
            "queries",
            "openapi.json",
            "https://spec.openapis.org/oas/v3.1.1.html",
        ),
    ],
)
def test_a_service_says_where_it_is_and_how_to_ask(
    make: Callable[[Published], Described],
    name: str,
    endpoint: str,
    description: str,
    standard: str,
    published: Published,
) -> None:
    """And whose it is, whom to ask, and what it serves."""
    index = Index(told(make(published)))
    expected = {
        "rdf:type": [whole("dcat:DataService")],
        "dcat:endpointURL": [ADDRESS + endpoint],
        "dcat:endpointDescription": [ADDRESS + description],
        "dcat:servesDataset": [BASE + "dataset"],
        "dcat:theme": [whole("eu:data-theme/GOVE")],
        "dcat:contactPoint": [BASE + "catalog#contact"],
        "dcterms:conformsTo": [standard],
        "dcterms:publisher": [BASE + "catalog#publisher"],
        "dcterms:license": ["http://creativecommons.org/licenses/by/4.0/"],
        "dcterms:accessRights": [whole("eu:access-right/PUBLIC")],
    }
    node = BASE + name
    found = {predicate: index.iris(node, predicate) for predicate in expected}
    found["rdf:type"] = [kind for kind in found["rdf:type"] if "Resource" not in kind]
    assert found == expected
    assert len(index.values(node, "dcterms:title")) == 2
    assert len(index.values(node, "dcterms:description")) == 2
    assert len(index.values(node, "dcat:keyword")) == 4
