"""reti-graph: the networks a city is in, as RDF in which every statement keeps its evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    import rdflib

__all__ = ["__version__", "open_dataset"]

__version__ = "0.1.0"


def open_dataset(site: Path | None = None) -> rdflib.Dataset:
    """Return the validated, derived data of a site, the bundled one by default, for rdflib users.

    Raises SiteError when there is no site, and DataError when its data is wrong.
    """
    # Imported on call: whoever needs only a module of a lower floor must not pay for rdflib.
    from reti_graph.wiring import open_dataset as open_validated  # noqa: PLC0415

    return open_validated(site)
