"""A small release as it is published, and ways to look at what is said of it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from reti_graph.canned.library import read_queries
from reti_graph.catalogue import Published
from reti_graph.config import parse_settings
from reti_graph.sources.site import read_site
from tests.cli.conftest import SMALL_SITE

if TYPE_CHECKING:
    from collections.abc import Iterable

BASE = "https://example.org/nets/"
ADDRESS = "https://www.example.net/city/"
DIGEST = "ab" * 32
MODIFIED = dt.datetime(2026, 3, 1, 8, 30, tzinfo=dt.UTC)
LIMITS = {"query_seconds": 2.5, "client_seconds": 60.0, "query_bytes": 32_768, "workers": 4}
PREFIXES = {
    "base": BASE,
    "reti": "https://w3id.org/reti-graph/ontology#",
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "void": "http://rdfs.org/ns/void#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "hydra": "http://www.w3.org/ns/hydra/core#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "schema": "https://schema.org/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def whole(name: str) -> str:
    """Return the IRI of a prefixed name; any other text is one already."""
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local if prefix in PREFIXES else name


def values(quads: Iterable[ox.Quad], subject: str, predicate: str) -> set[str]:
    """Return what is said of something by a property: texts as SPARQL writes them, IRIs bare."""
    return {
        quad.object.value if isinstance(quad.object, ox.NamedNode) else str(quad.object)
        for quad in quads
        if (quad.subject, quad.predicate)
        == (ox.NamedNode(whole(subject)), ox.NamedNode(whole(predicate)))
    }


def types(quads: Iterable[ox.Quad], subject: str) -> set[str]:
    """Return the classes of something."""
    return values(quads, subject, "rdf:type")


@pytest.fixture(scope="session")
def published() -> Published:
    """Give the small site, served at another address than its names."""
    text = (SMALL_SITE / "reti.toml").read_text("utf-8")
    settings = parse_settings(f'public_url = "{ADDRESS}"\n{text}')
    site, _ = read_site(SMALL_SITE)
    queries, problems = read_queries(site.queries, settings)
    assert problems == ()
    return Published.of(
        site.quads,
        settings=settings,
        digest=DIGEST,
        modified=MODIFIED,
        queries=queries,
        limits=LIMITS,
    )
