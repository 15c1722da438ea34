"""What there is to tell of the contents of a dataset, counted already or counted when asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reti_graph.catalogue.examples import examples
from reti_graph.catalogue.linksets import linksets
from reti_graph.catalogue.source_facts import source_facts
from reti_graph.catalogue.statistics import statistics

if TYPE_CHECKING:
    import pyoxigraph as ox

    from reti_graph.catalogue.linksets import Linkset
    from reti_graph.catalogue.parts import Part
    from reti_graph.catalogue.published import Published
    from reti_graph.catalogue.source_facts import SourceFacts
    from reti_graph.catalogue.statistics import Statistics


def statistics_of(part: Part) -> Statistics:
    """Return the numbers of a dataset."""
    return part.known.statistics if part.known else statistics(part.quads)


def facts_of(part: Part, base: str) -> SourceFacts:
    """Return what the sources of a dataset say of themselves."""
    return part.known.facts if part.known else source_facts(part.quads, base)


def examples_of(part: Part, base: str) -> tuple[ox.NamedNode, ...]:
    """Return things of a dataset to begin with."""
    return part.known.shown if part.known else examples(part.quads, base)


def links_of(part: Part, published: Published) -> tuple[Linkset, ...]:
    """Return the links of a dataset to others."""
    return part.known.links if part.known else linksets(part.quads, published)
