"""What no build can do without, each as a process of its own, by the engines alone.

`python -m benchmarks.scale.engines load FILE FOLDER` has pyoxigraph load N-Quads into a store on
disk. `… shacl FILE SHAPES` has shacl-rust check N-Triples with shapes as it wants them. `… checks
FOLDER SITE` runs the checks of a site on such a store, the union of its graphs in the default
graph. Neither looks at a statement in Python.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pyoxigraph as ox
import shacl_rust

from reti_graph.sources.site import read_site
from reti_graph.validation.check_files import read_checks


def load(file: Path, folder: Path) -> None:
    """Load a file into a new store on disk."""
    store = ox.Store(folder)
    store.bulk_load(path=file, format=ox.RdfFormat.N_QUADS, lenient=True)
    store.optimize()
    store.flush()


def shacl(file: Path, shapes: Path) -> None:
    """Check triples with shapes. Raises SystemExit when there is a result."""
    found = shacl_rust.validate_file(file, shapes, data_format="nt", shapes_format="nt")
    if found["results"]:
        sys.exit(f"{len(found['results'])} results")


def checks(folder: Path, site: Path) -> None:
    """Run every check once, and look at all it finds."""
    read, _ = read_site(site, without=frozenset({"data", "shapes", "examples"}))
    store = ox.Store.read_only(str(folder))
    for check in read_checks(read.checks, read.settings)[0]:
        for _ in store.query(check.text, prefixes=dict(read.settings.prefixes)):  # type: ignore[union-attr]
            pass


if __name__ == "__main__":
    work, first, second = sys.argv[1:]
    {"load": load, "shacl": shacl, "checks": checks}[work](Path(first), Path(second))
