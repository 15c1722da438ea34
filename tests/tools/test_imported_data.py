"""The committed data against the collected rows it comes from, where these are at hand.

The rows are not part of the project: they are looked for beside it, in ../shared/data, or where the
environment variable COLLECTED_FACTS says.
"""

from __future__ import annotations

import csv
import os
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from reti_graph.config import parse_settings
from tools.import_facts import records
from tools.import_facts.files import changes
from tools.import_facts.run import plan
from tools.import_facts.tables import read_tables

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tools.import_facts.run import Import

ROOT = Path(__file__).parents[2]
TABLES = ROOT / "tools" / "import_facts" / "tables"
FACTS = Path(os.environ.get("COLLECTED_FACTS", ROOT.parent / "shared" / "data"))
ORG = "http://www.w3.org/ns/org#"
RETI = "https://w3id.org/reti-graph/ontology#"

pytestmark = pytest.mark.skipif(
    not (FACTS / "members.csv").is_file(), reason="the collected rows are not at hand"
)


@pytest.fixture(scope="module")
def imported() -> Import:
    """Import the collected rows, without writing."""
    settings = parse_settings((ROOT / "reti.toml").read_text(encoding="utf-8"))
    return plan(FACTS, TABLES, settings.prefixes)


def rows(name: str) -> list[dict[str, str]]:
    """Read a file of rows in the plainest way."""
    with (FACTS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def quads(found: Import, part: str) -> Iterable[ox.Quad]:
    """Read one part of every source."""
    for name, text in found.files.items():
        if name.endswith(f"/{part}.trig"):
            yield from ox.parse(text.encode(), format=ox.RdfFormat.TRIG)


def test_no_row_is_wrong(imported: Import) -> None:
    """Everything that was collected is taken, or left out for a reason the tables give."""
    assert imported.problems == ()


def test_the_committed_data_are_what_the_rows_give(imported: Import) -> None:
    """Byte for byte, the report too, and there is no file of an import beside them."""
    assert changes(ROOT, imported.files).names == ()


def test_every_network_has_as_many_members_as_rows(imported: Import) -> None:
    """Counted from the rows: only two spellings of one town make one of two."""
    nodes: dict[str, set[str]] = defaultdict(set)
    roles = {f"{ORG}member", f"{RETI}participant"}
    targets = {f"{ORG}organization", f"{RETI}participationIn"}
    who, where = {}, {}
    for quad in quads(imported, "members"):
        if quad.predicate.value in roles:
            who[quad.subject] = str(quad.object)
        elif quad.predicate.value in targets:
            where[quad.subject] = str(quad.object)
    for node, target in where.items():
        nodes[target].add(who[node])
    expected: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in rows("members.csv"):
        for target in targets_of(row):
            expected[target].add((row["geonames_id"] or row["city"], row["country"]))
    counts = Counter({target: len(members) for target, members in expected.items()})
    counts["eurocities"] -= 1
    assert {iri.strip("<>").rpartition("/")[2]: len(found) for iri, found in nodes.items()} == dict(
        counts
    )


def targets_of(row: dict[str, str]) -> set[str]:
    """Return what a row is about, by the tables."""
    lists = read_tables(TABLES).lists.lists
    return {
        entry.target.partition(":")[2]
        for entry in lists
        if row["network"] == entry.network and row["source_title"] in entry.titles
    }


def test_the_places_taken_are_those_that_lists_or_records_speak_of(imported: Import) -> None:
    """So nobody is taken who stands on lists that may not be published only."""
    spatial = "http://purl.org/dc/terms/spatial"
    placed = {
        str(quad.object).strip("<>/").rpartition("/")[2]
        for quad in quads(imported, "places")
        if quad.predicate.value == spatial
    }
    on_lists = {row["geonames_id"] for row in rows("members.csv")} - {""}
    needed = set(records.load(FACTS / "identifiers.csv", TABLES).needed)
    assert placed == on_lists | needed


def test_wikidata_is_asserted_as_the_rows_are_sure(imported: Import) -> None:
    """Same only where the confidence is high, close where it is medium, nothing where it is low."""
    sure = {row["wikidata_iri"]: row["wikidata_confidence"] for row in rows("cities.csv")}
    said = {
        (quad.predicate.value.rpartition("#")[2], sure[quad.object.value])
        for quad in quads(imported, "identifiers")
        if isinstance(quad.object, ox.NamedNode) and "wikidata.org" in quad.object.value
    }
    assert said == {("sameAs", "high"), ("closeMatch", "medium")}


def test_the_cities_the_site_had_keep_their_names() -> None:
    """The table of known cities agrees with the pages written by hand."""
    table = read_tables(TABLES).places.known
    label = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    names = {
        (quad.subject.value.rpartition("/")[2], str(quad.object))
        for folder in ("milan-page", "editorial")
        for path in sorted((ROOT / "data" / folder).glob("*.trig"))
        if path.stem != "city-names"
        for quad in ox.parse(path.read_bytes(), format=ox.RdfFormat.TRIG)
        if quad.predicate == label and "/id/city/" in str(quad.subject)
    }
    expected = {
        (known.slug, str(ox.Literal(text, language=language)))
        for known in table.values()
        for language, text in (("en", known.en), ("it", known.it))
    }
    assert expected <= names
    assert {slug for slug, _ in names} - {slug for slug, _ in expected} == {"epinay-sur-seine"}
