"""Two releases as they are published, a small and the real one, and ways to look at them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from reti_graph.canned.library import read_queries
from reti_graph.catalogue import Downloads, Published, catalog, executables, parts_of
from reti_graph.catalogue.records import dataset
from reti_graph.catalogue.statements import told
from reti_graph.config import parse_settings
from reti_graph.release import canonical_triples
from reti_graph.sources.dates import Dated
from reti_graph.sources.site import read_site
from reti_graph.wiring import open_release
from tests.cli.conftest import SMALL_SITE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reti_graph.catalogue import File, Part
    from reti_graph.terms import Term

ROOT = Path(__file__).parents[3]

BASE = "https://example.org/nets/"
ADDRESS = "https://www.example.net/city/"
DIGEST = "ab" * 32
DATES = {
    "ontology": Dated(dt.date(2026, 1, 10), dt.date(2026, 2, 3)),
    "rules": Dated(dt.date(2026, 1, 12), dt.date(2026, 1, 12)),
    "shapes": Dated(dt.date(2026, 1, 20), dt.date(2026, 1, 21)),
    "queries": Dated(dt.date(2026, 1, 30), dt.date(2026, 2, 1)),
    "source/page": Dated(dt.date(2026, 1, 11), dt.date(2026, 2, 20)),
    "source/c40-home": Dated(dt.date(2026, 1, 11), dt.date(2026, 1, 11)),
}
LIMITS = {"query_seconds": 2.5, "client_seconds": 60.0, "query_bytes": 32_768, "workers": 4}
PREFIXES = {
    "base": BASE,
    "reti": "https://w3id.org/reti-graph/ontology#",
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "void": "http://rdfs.org/ns/void#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dcatapit": "http://dati.gov.it/onto/dcatapit#",
    "dcterms": "http://purl.org/dc/terms/",
    "eu": "http://publications.europa.eu/resource/authority/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "hydra": "http://www.w3.org/ns/hydra/core#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "schema": "https://schema.org/",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def record(published: Published, part: Part, files: Sequence[File]) -> tuple[ox.Quad, ...]:
    """Return what there is to say of one dataset, and of all that this names."""
    return told(dataset(published, part, files))


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


@dataclass(frozen=True)
class Site:
    """What a site publishes: the datasets and their files, and the catalogue of them."""

    published: Published
    parts: tuple[Part, ...]
    files: tuple[File, ...]
    catalogue: tuple[ox.Quad, ...]

    def part(self, name: str) -> Part:
        """Return a dataset by its name, "" for the whole graph."""
        return next(part for part in self.parts if part.name == name)

    def iri(self, path: str) -> str:
        """Return the IRI of something of the site."""
        return self.published.named(path).value


class Index:
    """What some quads say, by subject and property, for many questions to many quads."""

    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        """Read them once."""
        self._said: dict[tuple[str, str], list[Term]] = defaultdict(list)
        self._instances: dict[str, list[str]] = defaultdict(list)
        for quad in quads:
            assert isinstance(quad.subject, ox.NamedNode)
            self._said[quad.subject.value, quad.predicate.value].append(quad.object)
            if quad.predicate.value == whole("rdf:type"):
                assert isinstance(quad.object, ox.NamedNode)
                self._instances[quad.object.value].append(quad.subject.value)

    def values(self, subject: str, predicate: str) -> list[Term]:
        """Return what is said of something by a property."""
        return self._said.get((subject, whole(predicate)), [])

    def iris(self, subject: str, predicate: str) -> list[str]:
        """Return the IRIs among that."""
        found = self.values(subject, predicate)
        return [term.value for term in found if isinstance(term, ox.NamedNode)]

    def text(self, subject: str, predicate: str) -> str:
        """Return the one text that is said of something by a property."""
        (found,) = self.values(subject, predicate)
        assert isinstance(found, ox.Literal)
        return found.value

    def instances(self, kind: str) -> list[str]:
        """Return the things of a class."""
        return self._instances.get(whole(kind), [])


@pytest.fixture(scope="session")
def small(published: Published, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Give the small site with its files."""
    site, _ = read_site(SMALL_SITE)
    folder = tmp_path_factory.mktemp("small")
    return site_of(published, site.quads, canonical_triples(site.shapes), folder)


@pytest.fixture(scope="session")
def milan(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Give the site of this project with its files."""
    release = open_release(ROOT)
    published = Published.of(
        release.quads,
        settings=release.settings,
        digest=release.digest,
        queries=release.queries,
        limits=LIMITS,
    )
    folder = tmp_path_factory.mktemp("milan")
    return site_of(published, release.quads, release.shapes, folder)


def site_of(
    published: Published, quads: Sequence[ox.Quad], shapes: Sequence[ox.Triple], folder: Path
) -> Site:
    """Write the files of a site and make its catalogue."""
    parts = parts_of(
        quads,
        shapes=shapes,
        queries=executables(published),
        settings=published.settings,
        dates=DATES,
    )
    files = Downloads(parts, published.settings, folder).all()
    return Site(published, parts, files, catalog(published, parts, files))


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
        queries=queries,
        limits=LIMITS,
    )
