"""Asking the site's canned queries in tests: bound to values, and answered as plain text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
from ruamel.yaml import YAML

from reti_graph.binding import bind

if TYPE_CHECKING:
    from reti_graph.config import Settings

Terms = dict[str, ox.NamedNode | ox.Literal]
Row = dict[str, str]
Ask = Callable[..., list[Row]]

FILES = {file.stem: file for file in sorted((Path(__file__).parents[3] / "queries").glob("*.rq"))}
LABEL = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
XSD_DATE = ox.NamedNode("http://www.w3.org/2001/XMLSchema#date")
BASE = "https://w3id.org/reti-graph/"


def text(name: str) -> str:
    """Return a query's text."""
    return FILES[name].read_text("utf-8")


def params(name: str) -> Mapping[str, Any]:
    """Return the parameters that a query's header declares."""
    lines = [line[3:] for line in text(name).splitlines() if line.startswith("#+ ")]
    found: Mapping[str, Any] = YAML(typ="safe", pure=True).load("\n".join(lines))["params"]
    return found


def term(said: Mapping[str, Any], value: str, settings: Settings) -> ox.NamedNode | ox.Literal:
    """Return a value as the term that a parameter of its type takes."""
    if said["type"] == "iri":
        prefix, _, slug = value.rpartition(":")
        return ox.NamedNode(settings.prefixes[prefix or said["kinds"][0]] + slug)
    return ox.Literal(value, datatype=XSD_DATE) if said["type"] == "date" else ox.Literal(value)


def bound(name: str, settings: Settings, key: str, **given: str) -> str:
    """Return a query with its parameters bound: to what is given, else to what the key holds."""
    values: Terms = {}
    for param, said in params(name).items():
        fallback = said.get(key) if said.get("optional") else said.get(key, said["example"])
        value = given.get(param, fallback)
        if value is not None:
            values[param] = term(said, str(value), settings)
    return bind(text(name), values)


def rows(store: ox.Store, query: str) -> list[Row]:
    """Return what a SELECT query gives, as text without the base IRI; empty cells are left out."""
    solutions = store.query(query)
    assert isinstance(solutions, ox.QuerySolutions)
    names = [variable.value for variable in solutions.variables]
    return [
        {
            name: cell.value.removeprefix(BASE)
            for name, cell in zip(names, row, strict=True)
            if isinstance(cell, (ox.NamedNode, ox.Literal))
        }
        for row in solutions
    ]


def column(found: list[Row], name: str) -> set[str]:
    """Return the values of one column."""
    return {row[name] for row in found if name in row}
