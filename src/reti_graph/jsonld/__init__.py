"""Compact JSON-LD with the site's own context, which keeps its meaning for ever."""

from __future__ import annotations

from reti_graph.jsonld.compaction import serialize_compact
from reti_graph.jsonld.context import Context, context_of, is_frozen_context, make_context

__all__ = ["Context", "context_of", "is_frozen_context", "make_context", "serialize_compact"]
