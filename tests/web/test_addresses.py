from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given

from reti_graph.config import Publisher, Settings
from reti_graph.web.addresses import document_path, is_own, thing_of
from tests.strategies import slugs

BASE = "https://example.org/nets/"
SETTINGS = Settings(
    base_iri=BASE,
    languages=("en",),
    licence="https://example.org/licence",
    title={"en": "Networks"},
    description={"en": "The networks"},
    publisher=Publisher("Somebody"),
    prefixes={},
)


@given(slugs, slugs)
def test_a_document_is_about_the_thing_it_is_the_document_of(kind: str, slug: str) -> None:
    """The way to the document and back."""
    for iri in (f"{BASE}id/{kind}/{slug}", f"{BASE}query/{slug}", f"{BASE}source/{slug}"):
        path = document_path(iri, BASE)
        assert thing_of(BASE + path.removeprefix("/"), BASE) == iri


@pytest.mark.parametrize(
    ("name", "own"),
    [
        ("shapes", True),
        ("shapes/0.1.0", True),
        ("query/chairs", True),
        ("ontology", False),
        ("id/network/shapes", False),
        ("shapeshifters", False),
    ],
)
def test_what_the_site_says_of_itself_is_told_by_its_name(name: str, own: bool) -> None:  # noqa: FBT001 -- what is expected
    """Its data is about everything else."""
    assert is_own(ox.NamedNode(BASE + name), SETTINGS) == own
