"""What the data says of one thing: statements from and to it, each with the words that say so."""

from __future__ import annotations

from reti_graph.describe.describing import describe, describe_quads, is_known
from reti_graph.describe.incoming import incoming_counts
from reti_graph.describe.names import ThingNames
from reti_graph.describe.values import Description, Page, Passage, Statement

__all__ = [
    "Description",
    "Page",
    "Passage",
    "Statement",
    "ThingNames",
    "describe",
    "describe_quads",
    "incoming_counts",
    "is_known",
]
