"""Keywords, which CKAN makes tags of: it splits some of them, and refuses others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from reti_graph.setting_types import KEYWORD
from reti_graph.terms import DCAT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reti_graph.preflight.rules_read import Catalogue
    from reti_graph.problems import Problem, Term

_KEYWORD: Final = DCAT + "keyword"


def keyword_problems(catalogue: Catalogue) -> Iterator[Problem]:
    """Yield each keyword that does not become a tag as it is written."""
    for dataset in catalogue.datasets:
        for value in catalogue.graph.values(dataset, _KEYWORD):
            if isinstance(value, ox.Literal):
                yield from _keyword(catalogue, dataset, value)


def _keyword(catalogue: Catalogue, dataset: Term, value: ox.Literal) -> Iterator[Problem]:
    parts = [part.strip() for part in value.value.split(",")]
    if len(parts) > 1:
        yield catalogue.found(
            "keyword-comma",
            dataset,
            "la parola chiave ha una virgola, e CKAN ne fa più d'una. Scrivile una per una.",
            "the keyword has a comma, and CKAN makes several of it. Write them one by one.",
            path=_KEYWORD,
            value=value,
            hint=", ".join(str(ox.Literal(part, language=value.language)) for part in parts),
        )
    if not all(KEYWORD.fullmatch(part) for part in parts):
        yield catalogue.found(
            "keyword-refused",
            dataset,
            "CKAN rifiuta il dataset per questa parola chiave: ne vuole da 2 a 100 lettere, cifre,"
            " spazi, trattini, sottolineature o punti. Riscrivila.",
            "CKAN refuses the dataset for this keyword: it wants from 2 to 100 letters, digits,"
            " spaces, hyphens, underscores or full stops. Write it so.",
            path=_KEYWORD,
            value=value,
        )
