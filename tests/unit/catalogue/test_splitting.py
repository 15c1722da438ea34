from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox
import pytest

from reti_graph.catalogue.splitting import ontology_quads, parts_of, source_names
from reti_graph.config import parse_settings
from reti_graph.errors import SiteError
from reti_graph.sources.dates import Dated
from tests.cli.conftest import SMALL_SITE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reti_graph.catalogue.parts import Part

BASE: Final = "https://example.org/nets/"
PREFIXES: Final = """
    @prefix : <https://example.org/nets/source/> .
    @prefix net: <https://example.org/nets/> .
    @prefix owl: <http://www.w3.org/2002/07/owl#> .
    @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
    @prefix reti: <https://w3id.org/reti-graph/ontology#> .
"""
TWO_SOURCES: Final = """
    :page { :page a reti:Source } <https://example.org/nets/source/page/one> { :a :p :b }
    :pages { :pages a reti:Source } <https://example.org/nets/source/page/two/more> { :a :p :c }
"""
PARENT: Final = f"<{BASE}source/..>"
FIRST: Final = Dated(date(2026, 1, 1), date(2026, 2, 1))
LATER: Final = Dated(date(2026, 1, 5), date(2026, 3, 1))


def quads(trig: str) -> tuple[ox.Quad, ...]:
    """Return the quads of a TriG text with short prefixes, sorted."""
    return tuple(sorted(ox.parse(PREFIXES + trig, format=ox.RdfFormat.TRIG), key=str))


def split(trig: str, dates: Mapping[str, Dated] | None = None) -> dict[str, Part]:
    """Return the parts of a TriG text by name, without shapes and queries."""
    settings = parse_settings((SMALL_SITE / "reti.toml").read_text("utf-8"))
    known = {"ontology": FIRST} if dates is None else dates
    found = parts_of(quads(trig), shapes=(), queries=(), settings=settings, dates=known)
    return {part.name: part for part in found}


def test_the_parts_come_in_one_order() -> None:
    """The whole and the parts every site has, then the sources by name."""
    found = split(":z { :z a reti:Source } :a { :a a reti:Source }")
    assert list(found) == ["", "ontology", "shapes", "queries", "source/a", "source/z"]
    assert [part.kind for part in found.values()][-2:] == ["source", "source"]
    assert found[""].quads == quads(":z { :z a reti:Source } :a { :a a reti:Source }")


def test_a_source_has_its_graph_and_the_graphs_below_it() -> None:
    """None of a source whose name only begins like its own, and nothing that is in no graph."""
    found = split(f"{TWO_SOURCES} :page :p :q .")
    pages = tuple(quad for quad in quads(TWO_SOURCES) if "pages" in str(quad.graph_name))
    assert found["source/pages"].quads == pages
    assert set(found["source/page"].quads) == {*quads(TWO_SOURCES)} - {*pages}
    assert len(pages) == 1


@pytest.mark.parametrize(
    "trig",
    [
        # Somebody else says that it is one.
        ":other { :page a reti:Source }",
        # It has no name of this site's, or none that can be part of a path.
        "<https://example.org/x> { <https://example.org/x> a reti:Source }",
        ":a\\/b { :a\\/b a reti:Source }",
        f"{PARENT} {{ {PARENT} a reti:Source }}",
        ":page { _:b a reti:Source }",
    ],
)
def test_what_does_not_say_so_itself_under_a_plain_name_is_no_source(trig: str) -> None:
    """It is in the whole graph all the same."""
    assert list(split(trig)) == ["", "ontology", "shapes", "queries"]
    assert source_names(quads(trig), BASE) == {}


def test_the_ontology_is_what_describes_itself_as_one() -> None:
    """Or as a scheme of concepts."""
    trig = """
        net:o { net:o a owl:Ontology . :a :p :b } net:s { net:s a skos:ConceptScheme }
        net:d { net:o a owl:Ontology }
    """
    found = {quad.graph_name for quad in ontology_quads(quads(trig))}
    assert found == {ox.NamedNode(BASE + "o"), ox.NamedNode(BASE + "s")}
    assert split(trig)["ontology"].quads == tuple(ontology_quads(quads(trig)))


def test_shapes_and_queries_are_as_they_are_given() -> None:
    """Shapes are in no graph."""
    (quad,) = quads(":a :p :b .")
    settings = parse_settings((SMALL_SITE / "reti.toml").read_text("utf-8"))
    found = parts_of(
        (), shapes=[quad.triple], queries=[quad], settings=settings, dates={"a": FIRST}
    )
    assert [part.quads for part in found] == [(), (), (quad,), (quad,)]


def test_the_whole_is_as_old_as_its_oldest_part_and_as_new_as_its_newest() -> None:
    """Rules are a part in this, for they make statements."""
    assert split("", {"source/a": LATER, "rules": FIRST})[""].dated == Dated(
        FIRST.issued, LATER.modified
    )


def test_what_a_source_says_changes_with_the_rules() -> None:
    """Since what they derive stands in its graphs; it was published when it was."""
    found = split(TWO_SOURCES, {"source/page": FIRST, "source/pages": LATER, "rules": LATER})
    assert found["source/page"].dated == Dated(FIRST.issued, LATER.modified)
    assert found["source/pages"].dated == LATER
    assert split(TWO_SOURCES, {"source/page": FIRST})["source/page"].dated == FIRST


def test_parts_of_one_kind_have_their_own_dates() -> None:
    """Whatever happened to the others."""
    found = split("", {"ontology": FIRST, "shapes": LATER, "queries": LATER, "rules": LATER})
    assert [found[name].dated for name in ("ontology", "shapes", "queries")] == [
        FIRST,
        LATER,
        LATER,
    ]


def test_a_part_nobody_dated_is_dated_as_the_whole() -> None:
    """Such as a source that is described in the folder of another."""
    found = split(TWO_SOURCES, {"ontology": FIRST, "source/page": LATER})
    assert found["source/pages"].dated == found["queries"].dated == found[""].dated


def test_a_site_without_any_date_cannot_be_split() -> None:
    """No day is invented."""
    with pytest.raises(SiteError, match="when the parts of this site were published"):
        split(TWO_SOURCES, {})


def test_paths_are_made_of_names() -> None:
    """Where a dataset stands, and what its files begin with."""
    found = split(TWO_SOURCES)
    assert (found[""].path, found[""].stem) == ("dataset", "dump")
    assert (found["source/page"].path, found["source/page"].stem) == (
        "dataset/source/page",
        "dump/source/page",
    )
