"""What a build costs beside loading and validating: `python -m benchmarks.scale SIZE…`.

For each size, such as 100000, a site is made up, and the release of it is built as that of a large
site is, whatever `limits.quads_in_memory` says. What the engines need alone is measured on the
same statements: loading the release's N-Quads with their union into a store on disk, checking the
triples with the shapes, running the site's checks. Each in a process of its own. Prints a row for
each, and what `benchmarks.scale.serving` finds of the release; what was written, in the folder this
is run in, goes with the end.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from benchmarks.scale.generate import generate
from benchmarks.scale.measured import Cost, cost
from reti_graph.sources.nquads import triple_lines
from reti_graph.sources.site import read_site
from reti_graph.validation.shacl_rust_engine import ShaclRustEngine

if TYPE_CHECKING:
    from collections.abc import Iterator

_ENGINES: Final = (sys.executable, "-m", "benchmarks.scale.engines")
_SERVING: Final = (sys.executable, "-m", "benchmarks.scale.serving")
_BUILD: Final = (sys.executable, "-m", "reti_graph", "build", "--store")
# Of the statements of a size, a third is derived: by itself a build would take the path of small
# sites where the files alone say less than the setting.
_AS_LARGE: Final = MappingProxyType({"RETI_QUADS_IN_MEMORY": "1"})


def measured(statements: int, folder: Path) -> Iterator[tuple[str, Cost]]:
    """Yield the costs of one size, each with what it is the cost of."""
    site, release = folder / "site", folder / "release"
    generate(statements, site)
    yield "reti-graph build", cost([*_BUILD, "--site", str(site), str(release)], _AS_LARGE)
    quads, union, shapes = release / "dump.nq", folder / "union.nt", folder / "shapes.nt"
    with quads.open("rb") as lines, union.open("wb") as out:
        out.writelines(triple_lines(lines))
    read, _ = read_site(site, without=frozenset({"data", "examples"}))
    triples = dict.fromkeys(quad.triple for file in read.shapes for quad in file.quads)
    shapes.write_text(ShaclRustEngine().prepare(tuple(triples)).text, encoding="utf-8")
    both = folder / "both.nq"
    with both.open("wb") as out:
        for file in (quads, union):
            with file.open("rb") as lines:
                out.writelines(lines)
    load = cost([*_ENGINES, "load", str(both), str(folder / "store")])
    check = cost([*_ENGINES, "shacl", str(union), str(shapes)])
    yield "loading, pyoxigraph alone", load
    yield "SHACL, shacl-rust alone", check
    yield "both", check.after(load)
    yield (
        "the site's checks, on that store",
        cost([*_ENGINES, "checks", str(folder / "store"), str(site)]),
    )


if __name__ == "__main__":
    for size in (int(word) for word in sys.argv[1:]):
        with tempfile.TemporaryDirectory(prefix="scale-", dir=Path.cwd()) as where:
            for what, used in measured(size, Path(where)):
                print(
                    f"{size:>10,} | {what:34} | {used.processor:8.1f} s |"
                    f" {used.clock:8.1f} s | {used.peak / 2**20:8.0f} MB",
                    flush=True,
                )
            subprocess.run((*_SERVING, str(Path(where, "release"))), check=True)
