"""Rest for Python's cyclic garbage collector where much is made and little thrown away."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def collecting_later() -> Iterator[None]:
    """Keep the collector from looking, again and again, at all that reading a site makes.

    It looks for cycles whenever so many objects are new, finds none among quads, and takes a sixth
    of the time. Reference counting goes on. Where it rests already it goes on resting.
    """
    awake = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if awake:
            gc.enable()
