from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from reti_graph.release.statements import Statements
from reti_graph.terms import RDFS_LABEL
from tests.unit.validation.conftest import SMALL_SITE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reti_graph.validation.stored import Stored

BASE = "https://example.org/nets/"
MILAN = ox.NamedNode(f"{BASE}id/city/milan")
ALPHA = ox.NamedNode(f"{BASE}id/network/alpha")
MEMBER_OF = "<https://w3id.org/reti-graph/ontology#memberOf>"
POSITION = ox.NamedNode("https://w3id.org/reti-graph/ontology#position")
CANONICAL = ox.Literal("1", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer"))


@pytest.fixture
def stored(tmp_path: Path) -> Iterator[Stored]:
    """Give the small site on disk, with a number that the store spells otherwise."""
    root = shutil.copytree(SMALL_SITE, tmp_path / "site")
    file = root / "data/page/networks.trig"
    text = file.read_text(encoding="utf-8").replace("reti:position 1", "reti:position 01")
    file.write_text(text, encoding="utf-8")
    statements = Statements(tmp_path / "work", tmp_path / "dump.nq", None)
    site, problems = statements.read(root)
    assert problems == ()
    yield statements.derived(site)
    statements.close()


def test_statements_of_the_files_and_derived_ones_are_counted(stored: Stored) -> None:
    """The site itself holds none of the data."""
    assert (stored.given, stored.derived) == (44, 1)
    assert [(file.name, file.quads) for file in stored.site.data] == [
        ("data/page/networks.trig", ()),
        ("data/page/source.trig", ()),
    ]


def test_what_was_asked_for_has_its_line(stored: Stored) -> None:
    """And nothing else was kept."""
    locator = stored.evidence([MILAN]).locator
    assert str(locator.find(MILAN, str(RDFS_LABEL))) == "data/page/networks.trig:38"
    assert locator.find(ox.NamedNode(f"{BASE}id/network/beta")) is None


def test_a_derived_statement_is_led_back_to_what_it_follows_from(stored: Stored) -> None:
    """To the relation in its graph, whatever else the file says."""
    locator = stored.evidence([MILAN, ALPHA]).locator
    assert str(locator.find(MILAN, MEMBER_OF, ALPHA)) == "data/page/networks.trig:33"


def test_a_literal_is_found_as_it_was_written(stored: Stored) -> None:
    """The store has it in another form."""
    passage = ox.NamedNode(f"{BASE}source/page/alpha-name")
    written = ox.Literal("01", datatype=CANONICAL.datatype)
    assert stored.index.objects(passage, POSITION) == [CANONICAL]
    found = stored.evidence([passage, CANONICAL])
    assert found.originals.of(CANONICAL, passage) == (written,)
    assert str(found.locator.find(passage, str(POSITION), written)) == "data/page/networks.trig:18"


def test_no_file_is_read_for_nothing(stored: Stored) -> None:
    """A site without findings is read once."""
    shutil.rmtree(stored.site.root)
    assert stored.evidence([]).locator.find(MILAN) is None
