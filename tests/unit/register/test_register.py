"""The register of a release: what its dumps say of names, in order, read in part."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reti_graph.catalogue.parts import Part
from reti_graph.register import Families, FamilyFinder, open_register, write_register
from reti_graph.register import writing as register_writing
from reti_graph.sources.dates import Dated
from reti_graph.terms import RDF_TYPE

if TYPE_CHECKING:
    from pathlib import Path

    from reti_graph.catalogue.parts import Kind

BASE: Final = "https://example.org/nets/"
JANUARY, MARCH, MAY, JULY = (date(2026, month, 1) for month in (1, 3, 5, 7))
KIND: Final = ox.NamedNode("https://example.org/Kind")
LABEL: Final = ox.NamedNode("https://example.org/label")


def quad(thing: str, graph: str, *, typed: bool = True) -> ox.Quad:
    """Say in a graph what a thing is, or what it is called."""
    said = (RDF_TYPE, KIND) if typed else (LABEL, ox.Literal(f"<{thing}> . "))
    predicate, value = said
    return ox.Quad(ox.NamedNode(BASE + thing), predicate, value, ox.NamedNode(BASE + graph))


WHOLE: Final = (
    quad("id/city/milan", "source/a/x"),
    quad("id/city/milan", "source/b/y"),
    quad("id/city/milan#part", "source/b/y"),
    quad("id/city/rome", "source/a/x", typed=False),
    quad("id/network/città", "source/a/x"),
    quad("ontology#Term", "ontology"),
    quad("other", "elsewhere"),
)
SHAPES: Final = (quad("shapes#Network", "shapes"), quad("shapes/city", "shapes"))
DAYS: Final = {"source/a": MARCH, "source/b": MAY, "ontology": JANUARY, "shapes": MARCH}


def part(name: str, kind: Kind, day: date) -> Part:
    """Make a part without statements, for these lie in its dump."""
    return Part(name=name, kind=kind, quads=(), dated=Dated(JANUARY, day))


PARTS: Final = (
    part("", "whole", JULY),
    part("ontology", "ontology", DAYS["ontology"]),
    part("shapes", "shapes", DAYS["shapes"]),
    part("queries", "queries", JULY),
    part("source/a", "source", DAYS["source/a"]),
    part("source/b", "source", DAYS["source/b"]),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder with the dumps."""
    (tmp_path / "dump").mkdir()
    said = {
        "dump.nq": WHOLE,
        "dump/ontology.nq": [each for each in WHOLE if "ontology" in str(each.graph_name)],
        "dump/shapes.nq": [ox.Quad(*each.triple) for each in SHAPES],
        "dump/queries.nq": [],
    }
    for name, quads in said.items():
        lines = sorted(f"{each} .\n" for each in quads)
        (tmp_path / name).write_text("".join(lines), encoding="utf-8")
    return tmp_path


def documents(folder: Path) -> dict[str, date]:
    """Write the register, and read what documents it has."""
    write_register(folder, folder, PARTS, BASE)
    found = open_register(folder)
    return {name: day for n, _ in enumerate(found.newest) for name, day in found.documents(n)}


def test_a_document_changes_with_the_latest_part_that_speaks_of_it(folder: Path) -> None:
    """What no part but the whole speaks of changes with that."""
    found = documents(folder)
    assert found["id/city/milan"] == MAY
    assert found["id/network/città"] == MARCH
    assert found["other"] == JULY
    assert found["shapes/city"] == MARCH


def test_what_has_no_type_is_no_document_but_the_parts_are(folder: Path) -> None:
    """With the pages that every site has, and every dataset."""
    found = documents(folder)
    assert "id/city/rome" not in found
    assert not [name for name in found if "#" in name]
    assert (found["ontology"], found["shapes"]) == (JANUARY, MARCH)
    datasets = {part.path: part.dated.modified for part in PARTS}
    assert datasets.items() <= found.items()
    assert {"": JULY, "catalog": JULY, "queries": JULY}.items() <= found.items()


def test_documents_are_in_the_order_of_their_names(folder: Path) -> None:
    """That of their bytes, as in the dump."""
    found = [name.encode() for name in documents(folder)]
    assert found == sorted(found)


def test_names_that_begin_alike_are_found_as_far_as_they_are_wanted(folder: Path) -> None:
    """Also of what has no type; of graphs, too; and not what only shapes and queries speak of."""
    documents(folder)
    register = open_register(folder)
    assert register.below("id/city/", 9) == ["id/city/milan", "id/city/rome"]
    assert register.below("id/city/", 1) == ["id/city/milan"]
    assert register.below("id/network/città", 9) == ["id/network/città"]
    assert register.below("source/", 9) == ["source/a/x", "source/b/y"]
    assert register.below("shapes", 9) == register.below("zzz", 9) == []


def test_things_are_counted_once_and_names_told_in_short(folder: Path) -> None:
    """Two cities of which one has no type, and a network."""
    documents(folder)
    register = open_register(folder)
    assert register.things == 2
    assert register.families == Families(
        thing=("id", "city", "milan"),
        kinds=("city", "network"),
        others=(("elsewhere",), ("ontology",), ("other",), ("source", "a", "x")),
    )


def test_many_documents_are_told_in_stretches(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each with as many as one file may list, and the last day of any in it."""
    whole = documents(folder)
    monkeypatch.setattr(register_writing, "MOST_DOCUMENTS", 3)
    assert documents(folder) == whole
    register = open_register(folder)
    stretches = [dict(register.documents(n)) for n, _ in enumerate(register.newest)]
    assert [len(each) for each in stretches[:-1]] == [3] * (len(stretches) - 1)
    assert [max(each.values()) for each in stretches] == [*register.newest]


def test_nothing_else_is_left_in_the_folder(folder: Path) -> None:
    """What is sorted on the way is removed."""
    before = {path.name for path in folder.iterdir()}
    documents(folder)
    assert {path.name for path in folder.iterdir()} == before | {"names.tsv", "names.json"}


@given(st.permutations(["id/city/b", "id/city/a", "id/x", "id/a/b/c", "", "source/s", "source/r"]))
def test_names_in_short_do_not_depend_on_their_order(names: list[str]) -> None:
    """The first by name stands for those that are built like it."""
    finder = FamilyFinder(BASE)
    for name in names:
        finder.take(name)
    assert finder.found() == Families(("id", "city", "a"), ("city",), (("source", "r"),))
