"""What the data says of one thing: statements from and to it, each with the words that say so."""

from __future__ import annotations

from reti_graph.describe.describing import (
    describe,
    describe_quads,
    is_known,
    quad_description,
)
from reti_graph.describe.names import ThingNames
from reti_graph.describe.values import Description, Page, Passage, QuadDescription, Statement

__all__ = [
    "Description",
    "Page",
    "Passage",
    "QuadDescription",
    "Statement",
    "ThingNames",
    "describe",
    "describe_quads",
    "is_known",
    "quad_description",
]
