"""Made-up sources for the queries' tests: a few passages, derived, and asked as the site is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pyoxigraph as ox

from tests.unit.site.asking import Row, bound, rows

if TYPE_CHECKING:
    from reti_graph.config import Settings

Quads = Callable[[str], frozenset[ox.Quad]]
Derived = Callable[..., frozenset[ox.Quad]]
Answers = Callable[..., list[Row]]

# Times that a source or a relation may have, as TriG has them.
TYPES = {4: "xsd:gYear", 7: "xsd:gYearMonth", 10: "xsd:date"}


def time(given: str) -> str:
    """Return a year, month or day as a literal of its type."""
    return f'"{given}"^^{TYPES[len(given)]}'


def said(slug: str, words: str, dated: str = "dcterms:issued 2025", extent: str = "") -> str:
    """Return a source with one passage, `source/<slug>/p`, whose graph holds the words.

    `dated` is a property and a time; with an extent the passage is a list of that completeness.
    """
    name, given = dated.split()
    passage = f"<https://w3id.org/reti-graph/source/{slug}/p>"
    listed = f"a reti:List ; reti:completeness completeness:{extent} ; " if extent else ""
    return f"""
        source:{slug} {{ source:{slug} a reti:Source ; {name} {time(given)} . }}
        {passage} {{
            {passage} a reti:Passage ; {listed}
                reti:quote "{slug}"@en ; prov:wasQuotedFrom source:{slug} .
            {words}
        }}"""


def times(text: str) -> str:
    """Return "since 2010, until 2013" as predicates and objects, each after a semicolon."""
    pairs = (pair.split() for pair in text.split(", ") if pair)
    return "".join(f" ; reti:{name} {time(given)}" for name, given in pairs)


def asker(settings: Settings, quads: Quads, derived: Derived) -> Answers:
    """Return a function from TriG, a query's name and its parameters to the query's rows."""

    def ask(trig: str, name: str, **given: str) -> list[Row]:
        store = ox.Store()
        store.extend(quads(trig) | derived(trig))
        store.extend([ox.Quad(q.subject, q.predicate, q.object, ox.DefaultGraph()) for q in store])
        return rows(store, bound(name, settings, "default", **given))

    return ask
