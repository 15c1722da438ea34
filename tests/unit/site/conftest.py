"""The site's own files, and a way to let its rules work on small graphs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from reti_graph.config import Settings, parse_settings
from tests.unit.site.asking import bound, rows
from tests.unit.site.small_graphs import asker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tests.unit.site.asking import Ask, Row
    from tests.unit.site.small_graphs import Answers, Derived, Quads

SITE = Path(__file__).parents[3]
TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
HEADERS = frozenset(
    (
        ox.NamedNode("http://www.w3.org/2002/07/owl#Ontology"),
        ox.NamedNode("http://www.w3.org/2004/02/skos/core#ConceptScheme"),
    )
)


def header_of(file: Path) -> ox.NamedNode:
    """Return the one ontology or scheme that a file of the ontology says it is."""
    subjects = {
        q.subject for q in ox.parse(path=file) if q.predicate == TYPE and q.object in HEADERS
    }
    (header,) = subjects
    assert isinstance(header, ox.NamedNode)
    return header


def ontology_quads() -> frozenset[ox.Quad]:
    """Return the triples of each file of the ontology in the graph its header names."""
    return frozenset(
        ox.Quad(quad.subject, quad.predicate, quad.object, header_of(file))
        for file in sorted((SITE / "ontology").rglob("*.ttl"))
        for quad in ox.parse(path=file)
    )


def apply_to_the_end(store: ox.Store, rules: Iterable[str]) -> int:
    """Run the rules in turn until none adds anything; return the number of rounds."""
    texts, rounds, size = list(rules), 0, -1
    while size != len(store):
        size, rounds = len(store), rounds + 1
        for text in texts:
            store.update(text)
    return rounds


@pytest.fixture(scope="session")
def settings() -> Settings:
    """Return the settings of the site."""
    return parse_settings((SITE / "reti.toml").read_text("utf-8"))


@pytest.fixture(scope="session")
def rules() -> dict[str, str]:
    """Return the text of every rule by its name."""
    files = sorted((SITE / "ontology" / "rules").glob("*.ru"))
    return {file.stem: file.read_text("utf-8") for file in files}


@pytest.fixture(scope="session")
def quads(settings: Settings) -> Callable[[str], frozenset[ox.Quad]]:
    """Return a reader of TriG in which the site's prefixes are known."""
    head = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in settings.prefixes.items())
    return lambda trig: frozenset(ox.parse(head + trig, format=ox.RdfFormat.TRIG))


@pytest.fixture(scope="session")
def derived(
    rules: dict[str, str], quads: Callable[[str], frozenset[ox.Quad]]
) -> Callable[..., frozenset[ox.Quad]]:
    """Return a function from TriG and the names of rules (all, if none) to what they add to it.

    The rules see the ontology as well; what they add to it is left out.
    """
    ontology = ontology_quads()

    def run(trig: str, *names: str) -> frozenset[ox.Quad]:
        given = quads(trig)
        store = ox.Store()
        store.extend(given | ontology)
        apply_to_the_end(store, (rules[name] for name in names or rules))
        graphs = {quad.graph_name for quad in given}
        return frozenset(quad for quad in store if quad.graph_name in graphs) - given

    return run


@pytest.fixture(scope="session")
def site_store(rules: dict[str, str]) -> ox.Store:
    """Return the whole site, derived, with the union of its graphs in the default graph."""
    store = ox.Store()
    store.extend(ontology_quads())
    for file in sorted((SITE / "data").rglob("*.trig")):
        store.load(path=file)
    apply_to_the_end(store, rules.values())
    default = ox.DefaultGraph()
    store.extend([ox.Quad(q.subject, q.predicate, q.object, default) for q in store])
    return store


@pytest.fixture(scope="session")
def ask(site_store: ox.Store, settings: Settings) -> Ask:
    """Return a function from a query's name and parameters to its rows on the site."""

    def run(name: str, **given: str) -> list[Row]:
        return rows(site_store, bound(name, settings, "default", **given))

    return run


@pytest.fixture(scope="session")
def small(settings: Settings, quads: Quads, derived: Derived) -> Answers:
    """Return a function from TriG, a query's name and its parameters to the query's rows."""
    return asker(settings, quads, derived)
