"""The site's own shapes, examples and data, judged by both engines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reti_graph.derive import derive
from reti_graph.sources.site import Site, read_site
from reti_graph.validation.examples import is_for_a_check
from reti_graph.validation.pyshacl_engine import PyShaclEngine
from reti_graph.validation.shacl_rust_engine import ShaclRustEngine
from reti_graph.validation.together import check_each
from reti_graph.validation.validate import validate
from tests.unit.site.conftest import SITE

if TYPE_CHECKING:
    import pyoxigraph as ox

    from reti_graph.sources.lines import SourceFile
    from reti_graph.validation.engine import Engine, Result

ENGINES = (ShaclRustEngine(), PyShaclEngine())


@pytest.fixture(scope="module")
def site() -> Site:
    """Give the site as its files have it."""
    return read_site(SITE)[0]


def triples(files: tuple[SourceFile, ...]) -> list[ox.Triple]:
    """Return what some files say, each statement once."""
    return list(dict.fromkeys(quad.triple for file in files for quad in file.quads))


def test_the_site_is_good_and_every_part_of_it_was_looked_at() -> None:
    """There are no findings, and nothing was left out for being empty."""
    site, found = read_site(SITE)
    report = validate(site, ShaclRustEngine(), None, found).report
    assert [f"{p.location} {p.messages['en']}" for p in report.problems] == []
    assert min(report.counts.values()) > 0


def test_both_engines_find_the_same_in_the_examples(site: Site) -> None:
    """The same results, and not none."""
    examples = [
        [quad.triple for quad in example.source.quads]
        for example in site.examples
        if not is_for_a_check(example)
    ]
    shapes, common = triples(site.shapes), triples(site.ontology)

    def found(engine: Engine) -> list[set[Result]]:
        each = check_each(engine.prepare(shapes), shapes, common, examples)
        return list(map(set, each))

    first, second = (found(engine) for engine in ENGINES)
    assert first == second
    assert sum(map(len, first)) == sum(not e.valid for e in site.examples if not is_for_a_check(e))


def test_both_engines_find_the_same_in_spoilt_data(site: Site) -> None:
    """Every ninth statement is missing, so that many shapes have something to say."""
    data = triples((*site.ontology, *site.data))
    data += [quad.triple for quad in derive(site.quads, site.rules)]
    spoilt = [triple for number, triple in enumerate(data) if number % 9]
    first, second = (set(engine.validate(spoilt, triples(site.shapes))) for engine in ENGINES)
    assert first == second
    assert len({result.shape for result in first}) > 20


def test_both_engines_find_nothing_in_the_data(site: Site) -> None:
    """It is good for either."""
    data = triples((*site.ontology, *site.data))
    data += [quad.triple for quad in derive(site.quads, site.rules)]
    shapes = triples(site.shapes)
    assert [engine.validate(data, shapes) for engine in ENGINES] == [(), ()]
