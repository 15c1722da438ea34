"""Imports of the small world of facts, and what their files say."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

import pyoxigraph as ox

from reti_graph.config import parse_settings
from reti_graph.naming import compact

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tools.import_facts.run import Import

ROOT: Final = Path(__file__).parents[2]
PREFIXES: Final = parse_settings((ROOT / "reti.toml").read_text(encoding="utf-8")).prefixes


class Plan(Protocol):
    """Plans an import of rows with the small tables, some of them changed."""

    def __call__(
        self,
        *rows: Mapping[str, str],
        places: Sequence[Mapping[str, str]] = ...,
        records: Sequence[Mapping[str, str]] = ...,
        tables: Mapping[str, str] = ...,
    ) -> Import:
        """Return what would be written, and the problems."""
        ...


def said(found: Import, file: str) -> set[str]:
    """Return the statements of a file, each as `subject predicate object` with prefixed names."""
    quads = ox.parse(found.files[file].encode(), format=ox.RdfFormat.TRIG)
    return {" ".join(map(_short, quad.triple)) for quad in quads}


def _short(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    if isinstance(term, ox.NamedNode):
        return compact(term.value, PREFIXES)
    if isinstance(term, ox.Literal) and not term.language:
        return f'"{term.value}"'
    return str(term)
