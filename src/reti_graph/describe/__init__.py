"""What the data says of one thing: statements from and to it, each with what says so."""

from __future__ import annotations

from reti_graph.describe.describing import (
    describe,
    describe_quads,
    is_known,
    quad_description,
)
from reti_graph.describe.names import ThingNames
from reti_graph.describe.values import (
    Dated,
    Description,
    Page,
    Passage,
    PassageKind,
    QuadDescription,
    SourceDate,
    Statement,
)

__all__ = [
    "Dated",
    "Description",
    "Page",
    "Passage",
    "PassageKind",
    "QuadDescription",
    "SourceDate",
    "Statement",
    "ThingNames",
    "describe",
    "describe_quads",
    "is_known",
    "quad_description",
]
