"""Values that portals look up in tables: themes, frequencies, languages, formats, licences."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, get_args

import pyoxigraph as ox

from reti_graph.naming import nearest
from reti_graph.setting_types import Frequency, Theme
from reti_graph.terms import DCAT, DCTERMS, EU_AUTHORITY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from reti_graph.preflight.rules_read import Catalogue
    from reti_graph.problems import Problem, Term

# What every table has for data that is not yet classified.
_PROVISIONAL: Final = "OP_DATPRO"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table of the Publications Office of the EU, and the property whose values are from it.

    `codes` are the codes it has; where it is empty they are too many to list, and `form` says what
    they look like. `slips` leads from codes that people write to the ones that are meant.
    """

    name: str
    words: tuple[str, str]
    predicate: str
    folder: str
    codes: frozenset[str] = frozenset()
    form: str = r"[A-Z0-9_]+"
    slips: Mapping[str, str] = field(default_factory=dict)

    @property
    def start(self) -> str:
        """What the IRIs of its codes begin with."""
        return f"{EU_AUTHORITY}{self.folder}/"

    def code(self, iri: str) -> str | None:
        """Return the code of an IRI that was meant to be of this table, however it is spelt."""
        loose = re.escape(self.start.partition("://")[2])
        found = re.fullmatch(rf"https?://(?:www\.)?{loose}([\w-]+)[/#]?", iri, re.IGNORECASE)
        return found[1] if found else None

    def right(self, code: str) -> str | None:
        """Return the code as the table has it, whatever its case, or None when it has none."""
        upper = code.upper().replace("-", "_")
        meant = self.slips.get(upper, upper)
        known = meant in self.codes if self.codes else re.fullmatch(self.form, meant)
        return meant if known else None


THEME: Final = Table(
    name="theme",
    words=("il tema", "the theme"),
    predicate=DCAT + "theme",
    folder="data-theme",
    codes=frozenset({*get_args(Theme), _PROVISIONAL}),
)
FREQUENCY: Final = Table(
    name="frequency",
    words=("la frequenza", "the frequency"),
    predicate=DCTERMS + "accrualPeriodicity",
    folder="frequency",
    codes=frozenset({*get_args(Frequency), _PROVISIONAL}),
)
LANGUAGE: Final = Table(
    name="language",
    words=("la lingua", "the language"),
    predicate=DCTERMS + "language",
    folder="language",
    form=rf"[A-Z]{{3}}|{_PROVISIONAL}",
)
FORMAT: Final = Table(
    name="format",
    words=("il formato", "the format"),
    predicate=DCTERMS + "format",
    folder="file-type",
    slips=MappingProxyType(
        {
            "JSONLD": "JSON_LD",
            "NQ": "RDF_N_QUADS",
            "NQUADS": "RDF_N_QUADS",
            "NT": "RDF_N_TRIPLES",
            "NTRIPLES": "RDF_N_TRIPLES",
            "RDFXML": "RDF_XML",
            "TRIG": "RDF_TRIG",
            "TTL": "RDF_TURTLE",
            "TURTLE": "RDF_TURTLE",
        }
    ),
)


def value_problems(catalogue: Catalogue) -> Iterator[Problem]:
    """Yield each value that a portal does not find in the table it looks in."""
    described = (*catalogue.catalogues, *catalogue.datasets)
    yield from _themes(catalogue)
    yield from _of(catalogue, catalogue.datasets, FREQUENCY)
    yield from _of(catalogue, (*described, *catalogue.distributions), LANGUAGE)
    yield from _of(catalogue, catalogue.distributions, FORMAT)


def _of(catalogue: Catalogue, nodes: Iterable[Term], table: Table) -> Iterator[Problem]:
    for node in dict.fromkeys(nodes):
        for value in catalogue.graph.values(node, table.predicate):
            yield from _value(catalogue, node, table, value)


def _themes(catalogue: Catalogue) -> Iterator[Problem]:
    """Yield what is wrong with themes; one of another table does no harm beside one of the EU's."""
    for dataset in catalogue.datasets:
        values = catalogue.graph.values(dataset, THEME.predicate)
        found = [p for value in values for p in _value(catalogue, dataset, THEME, value)]
        good = len(values) > len(found)
        yield from (problem for problem in found if not good or problem.code != "theme-unknown")


def _value(catalogue: Catalogue, node: Term, table: Table, value: Term) -> Iterator[Problem]:
    """Yield what is wrong with one value of a node."""
    it, en = table.words
    if isinstance(value, ox.Literal):
        code, texts = "text", (f"{it} è scritto come testo", f"{en} is written as text")
        right = table.right(value.value.strip())
    elif not isinstance(value, ox.NamedNode) or (written := table.code(value.value)) is None:
        code, texts = "unknown", (f"{it} non è della tabella", f"{en} is not from the table")
        right = None
    else:
        right = table.right(written)
        if right is not None and value.value == table.start + right:
            return
        code = "code" if right is None else "spelling"
        texts = (f"{it} {_IT[code]}", f"{en} {_EN[code]}")
        right = right or next(iter(nearest(written, table.codes, count=1)), None)
    yield catalogue.found(
        f"{table.name}-{code}",
        node,
        f"{texts[0]}, e un portale non lo riconosce. Scrivi un IRI di {table.start}.",
        f"{texts[1]}, and a portal does not know it. Write an IRI of {table.start}.",
        path=table.predicate,
        value=value,
        hint=f"<{table.start}{right or '…'}>",
    )


_IT: Final[Mapping[str, str]] = MappingProxyType(
    {"code": "ha un codice che la tabella non ha", "spelling": "ha un IRI scritto male"}
)
_EN: Final[Mapping[str, str]] = MappingProxyType(
    {"code": "has a code that the table has not", "spelling": "has a misspelt IRI"}
)
