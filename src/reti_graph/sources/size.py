"""Whether a site says more than memory should hold, found out without holding it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from reti_graph.sources.folder import list_files

if TYPE_CHECKING:
    from pathlib import Path

# No statement of TriG takes less: an object and a comma.
_SHORTEST: Final = 2


def says_more_than(root: Path, statements: int) -> bool:
    """Tell whether the data files of a site hold more statements than so many.

    Stops counting there. A file that cannot be read or is no TriG counts as far as it goes.
    """
    files = list_files(root).parts["data"].values()
    if sum(file.stat().st_size for file in files if file.exists()) <= statements * _SHORTEST:
        return False
    count = 0
    for file in files:
        try:
            for _ in ox.parse(path=file, format=ox.RdfFormat.TRIG):
                count += 1
                if count > statements:
                    return True
        except (SyntaxError, OSError):
            # Whoever reads the site says what is wrong with it.
            continue
    return False
