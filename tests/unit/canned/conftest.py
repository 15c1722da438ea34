"""A small store and its settings, for canned queries."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from reti_graph.config import Settings, parse_settings
from reti_graph.stores.embedded import EmbeddedStore

SETTINGS = """
base_iri = "https://example.org/"
languages = ["it", "en"]
licence = "https://example.org/licence"
title = {it = "Reti", en = "Networks"}
description = {it = "Le reti", en = "The networks"}
publisher = {name = "Some Office"}

[prefixes]
p = "https://example.org/ontology#"
city = "https://example.org/id/city/"
network = "https://example.org/id/network/"
topic = "https://example.org/concept/topics/"
"""
DATA = """@prefix p: <https://example.org/ontology#> .
@prefix city: <https://example.org/id/city/> .
@prefix network: <https://example.org/id/network/> .
@prefix topic: <https://example.org/concept/topics/> .
p:passage {
    network:c40 p:label "C40" ; p:about topic:air ; p:since 2005 .
    network:efus p:label "Efus" ; p:about topic:air ; p:since 1987 .
    network:milan p:label "A network called Milan" .
    city:milan p:label "Milano" ; p:memberOf network:c40 .
    topic:air p:label "aria" .
}
"""


@pytest.fixture(scope="session")
def settings() -> Settings:
    """Give the settings of a small site."""
    return parse_settings(SETTINGS)


@pytest.fixture(scope="session")
def store(settings: Settings) -> EmbeddedStore:
    """Give a store with two networks and a city; one slug is both."""
    quads = ox.parse(DATA, format=ox.RdfFormat.TRIG)
    return EmbeddedStore.of(quads, settings.prefixes)
