"""How many processes answer queries, and what one query may take."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from reti_graph.stores.pool import PoolLimits

if TYPE_CHECKING:
    from reti_graph.config import Settings

# One for whoever asks much, one for the others.
_FEWEST_WORKERS: Final = 2


def pool_limits(settings: Settings) -> PoolLimits:
    """Return what the settings say of worker processes."""
    limits = settings.limits
    return PoolLimits(
        workers=workers_of(settings),
        seconds=limits.query_seconds,
        memory_bytes=limits.memory_bytes,
        answer_bytes=limits.answer_bytes,
        queue=limits.queue_length,
        quads_in_memory=limits.quads_in_memory,
    )


def workers_of(settings: Settings) -> int:
    """Return how many processes answer queries: as set, else one a core, and at least two."""
    return settings.server.workers or max(_FEWEST_WORKERS, os.cpu_count() or 1)
