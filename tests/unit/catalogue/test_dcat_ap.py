"""The catalogue against the shapes of DCAT-AP 3.0.1, with both engines, where they are at hand.

The shapes are not part of the project: they are looked for beside it, in
../shared/suites/dcat-ap-3.0.1, or where the environment variable DCAT_AP_SHAPES says. Two of its
files refer to shapes that are nowhere: those references are left out.
"""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox
import pytest

from reti_graph.terms import DCTERMS, RDF_TYPE, SHACL, SPDX
from reti_graph.validation.pyshacl_engine import PyShaclEngine
from reti_graph.validation.shacl_rust_engine import ShaclRustEngine
from tests.unit.catalogue.conftest import ROOT, record, whole

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reti_graph.validation.engine import Engine, Result
    from tests.unit.catalogue.conftest import Site

SUITE: Final = Path(
    os.environ.get("DCAT_AP_SHAPES", ROOT.parent / "shared" / "suites" / "dcat-ap-3.0.1")
)
PROFILES: Final = {
    "base": ("html-shacl/shapes.ttl", "html-shacl/deprecateduris.ttl"),
    "classes": ("html-shacl/range.ttl",),
    "specification": ("shacl/dcat-ap-SHACL.ttl", "shacl/ranges.ttl"),
}
VOCABULARIES: Final = ("html-shacl/mdr-vocabularies.shape.ttl",)
RECOMMENDED: Final = ("html-shacl/shapes_recommended.ttl",)
ENGINES: Final = (ShaclRustEngine(), PyShaclEngine())

needs_the_shapes = pytest.mark.skipif(
    not SUITE.is_dir(), reason="the shapes of DCAT-AP are not at hand"
)
with_each_engine = pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.name)


def shapes(files: Iterable[str]) -> list[ox.Triple]:
    """Read some files of shapes, without references to what is in none of them."""
    triples = [
        quad.triple
        for name in files
        for quad in ox.parse((SUITE / name).read_bytes(), ox.RdfFormat.TURTLE)
    ]
    told = {triple.subject for triple in triples}
    wanted = ox.NamedNode(SHACL + "property")
    return [t for t in triples if t.predicate != wanted or t.object in told]


def checked(engine: Engine, quads: Iterable[ox.Quad], files: Iterable[str]) -> tuple[Result, ...]:
    """Check what quads say with the shapes of some files."""
    return engine.validate([quad.triple for quad in quads], shapes(files))


def counted(results: Iterable[Result]) -> dict[tuple[str, str], int]:
    """Count the results by severity and path."""
    return dict(Counter((result.severity, str(result.path)) for result in results))


@needs_the_shapes
@with_each_engine
@pytest.mark.parametrize("profile", PROFILES)
def test_the_small_catalogue_conforms(engine: Engine, profile: str, small: Site) -> None:
    """No result at all: neither of the base, nor of the classes, nor of the specification's own."""
    assert checked(engine, small.catalogue, PROFILES[profile]) == ()


@needs_the_shapes
@with_each_engine
@pytest.mark.parametrize("profile", PROFILES)
def test_the_catalogue_of_milan_conforms(engine: Engine, profile: str, milan: Site) -> None:
    """With all its sources."""
    assert checked(engine, milan.catalogue, PROFILES[profile]) == ()


@needs_the_shapes
@pytest.mark.parametrize("profile", PROFILES)
def test_every_record_conforms_by_itself(profile: str, small: Site, milan: Site) -> None:
    """For whoever reads one dataset, and not the catalogue it is in."""
    names = ("", "ontology", "shapes", "queries", "source/c40-home", "source/geonames")
    sites = ((small, [part.name for part in small.parts]), (milan, names))
    engine = ShaclRustEngine()
    for site, parts in sites:
        for name in parts:
            quads = record(site.published, site.part(name), site.files)
            assert checked(engine, quads, PROFILES[profile]) == (), name


@needs_the_shapes
@with_each_engine
def test_what_no_catalogue_can_have_is_all_that_the_vocabularies_lack(
    engine: Engine, milan: Site
) -> None:
    """SPDX names its algorithms with http, and the shapes want https: its name stays.

    And a municipality is none of the corporate bodies of the EU, which is but a warning.
    """
    checksums = sum(quad.predicate.value == SPDX + "checksum" for quad in milan.catalogue)
    datasets, services = len(milan.parts), 2
    assert counted(checked(engine, milan.catalogue, VOCABULARIES)) == {
        (SHACL + "Violation", f"<{SPDX}algorithm>"): checksums,
        (SHACL + "Warning", f"<{DCTERMS}publisher>"): 1 + datasets + services,
    }


@needs_the_shapes
@with_each_engine
def test_of_what_is_recommended_only_what_nobody_knows_is_missing(
    engine: Engine, milan: Site
) -> None:
    """The period of datasets without a first day, and where exactly Milan lies."""
    periods = sum(quad.predicate.value == DCTERMS + "temporal" for quad in milan.catalogue)
    assert counted(checked(engine, milan.catalogue, RECOMMENDED)) == {
        (SHACL + "Warning", f"<{DCTERMS}temporal>"): len(milan.parts) - periods,
        (SHACL + "Warning", f"<{whole('dcat:bbox')}>"): 1,
        (SHACL + "Warning", f"<{whole('dcat:centroid')}>"): 1,
    }


@needs_the_shapes
@with_each_engine
@pytest.mark.parametrize(
    ("profile", "left_out"),
    [
        ("base", "dcterms:title"),
        ("base", "foaf:name"),
        ("base", "skos:prefLabel"),
        ("base", "spdx:checksumValue"),
        ("classes", "dcterms:LicenseDocument"),
        ("classes", "dcterms:Frequency"),
        ("classes", "vcard:Kind"),
        ("specification", "dcterms:description"),
        ("specification", "rdfs:Resource"),
    ],
)
def test_the_shapes_notice_what_is_left_out(
    engine: Engine, profile: str, left_out: str, small: Site
) -> None:
    """A property or a class: shapes that pass everything would show nothing."""
    term = ox.NamedNode(whole(left_out))
    quads = [
        quad
        for quad in small.catalogue
        if quad.predicate != term and not (quad.predicate == RDF_TYPE and quad.object == term)
    ]
    assert len(quads) < len(small.catalogue)
    severities = {result.severity for result in checked(engine, quads, PROFILES[profile])}
    assert SHACL + "Violation" in severities
