"""Small graphs written as Turtle, both engines, and a copy of the small site to spoil."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

import pyoxigraph as ox
import pytest

from reti_graph.sources.site import read_site
from reti_graph.validation.pyshacl_engine import PyShaclEngine
from reti_graph.validation.shacl_rust_engine import ShaclRustEngine
from reti_graph.validation.triples import TripleIndex
from reti_graph.validation.validate import validate

EX: Final = "http://example.org/"
SH: Final = "http://www.w3.org/ns/shacl#"
ENGINES: Final = (ShaclRustEngine(), PyShaclEngine())
SMALL_SITE: Final = Path(__file__).parents[2] / "assets" / "small_site"
PREFIXES: Final = (
    f"@prefix ex: <{EX}> . @prefix sh: <{SH}> ."
    " @prefix xsd: <http://www.w3.org/2001/XMLSchema#> ."
    " @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> ."
    " @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
)


def ex(name: str) -> ox.NamedNode:
    """Return a node of the examples' namespace."""
    return ox.NamedNode(EX + name)


def triples(turtle: str) -> tuple[ox.Triple, ...]:
    """Return the triples of a Turtle text in which the usual prefixes are known."""
    return tuple(quad.triple for quad in ox.parse(PREFIXES + turtle, format=ox.RdfFormat.TURTLE))


def index(turtle: str) -> TripleIndex:
    """Return an index of the triples of a Turtle text."""
    return TripleIndex(triples(turtle))


def change(file: Path, old: str, new: str) -> None:
    """Replace a text that must be in the file."""
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def findings(root: Path, texts: dict[str, str] | None = None) -> list[tuple[str, str]]:
    """Return place and code of every finding of a site."""
    site, found = read_site(root)
    report = validate(site, ShaclRustEngine(), texts, found).report
    return [(str(problem.location), problem.code) for problem in report.problems]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Give a copy of the small site, which may be changed."""
    return shutil.copytree(SMALL_SITE, tmp_path / "site")
