"""What is measured on: the site itself, and made-up data of any size."""

from __future__ import annotations

import io
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from benchmarks.http.generate import BASE, SAMPLE, passages
from benchmarks.http.questions import CANNED, FIRST_TIME, IN_TURN
from reti_graph import wiring

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from reti_graph.release import Release

_SITE_PARTS: Final = ("reti.toml", "ontology", "data", "shapes", "queries")
_SITE_SAMPLE: Final = f"{BASE}id/network/eurocities"
_TYPE: Final = " <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Data that every server gets.

    `quads` is the file of named graphs, `union` the same with the union of all as default graph,
    `thing` what is asked about, `things` others that have documents, from all over the data.
    `checked` says that our server reads, derives and checks the site itself instead of getting
    `quads`.
    """

    name: str
    statements: int
    site: Path
    quads: Path
    union: Path
    thing: str
    things: tuple[str, ...]
    checked: bool = False


def site_with_query(folder: Path) -> Path:
    """Copy the bundled site into a folder, with the canned query that is measured."""
    source, copied = wiring.bundled_site(), folder / "site"
    copied.mkdir()
    for part in _SITE_PARTS:
        if (source / part).is_dir():
            shutil.copytree(source / part, copied / part)
        else:
            shutil.copy(source / part, copied / part)
    shutil.copy(CANNED, copied / "queries")
    return copied


def site_subject(site: Path, release: Release, folder: Path) -> Subject:
    """Write the released statements of the site into a folder, and return them as a subject."""
    quads, union = folder / "site.nq", folder / "site-union.nq"
    default = (ox.Quad(*quad.triple) for quad in release.quads)
    quads.write_bytes(_n_quads(release.quads))
    union.write_bytes(_n_quads([*release.quads, *dict.fromkeys(default)]))
    lines = [str(quad) for quad in release.quads]
    return Subject(
        name="the site",
        statements=len(release.quads),
        site=site,
        quads=quads,
        union=union,
        thing=_SITE_SAMPLE,
        things=_some(sorted(_described(lines))),
        checked=True,
    )


def made_up_subject(site: Path, release: Release, statements: int, folder: Path) -> Subject:
    """Write made-up statements beside those of the site, so that their vocabulary has labels."""
    quads, union = folder / f"{statements}.nq", folder / f"{statements}-union.nq"
    own = _n_quads(release.quads).decode()
    total, things = 0, []
    with quads.open("w", encoding="utf-8") as named, union.open("w", encoding="utf-8") as merged:
        named.write(own)
        merged.write(own)
        merged.write(_n_quads(ox.Quad(*quad.triple) for quad in release.quads).decode())
        for passage in passages(statements):
            named.write(passage.quads)
            merged.write(passage.quads)
            merged.write(passage.union)
            total += len(passage.triples)
            things += _described(passage.triples)
    return Subject(
        name=f"{total:,} made-up statements",
        statements=total + len(release.quads),
        site=site,
        quads=quads,
        union=union,
        thing=SAMPLE,
        things=_some(things),
    )


def _n_quads(quads: Iterable[ox.Quad]) -> bytes:
    written = io.BytesIO()
    ox.serialize(quads, written, format=ox.RdfFormat.N_QUADS)
    return written.getvalue()


def _described(triples: Iterable[str]) -> list[str]:
    """Return the things whose type is said."""
    start = f"<{BASE}id/"
    return [
        line[1 : line.index(">")] for line in triples if line.startswith(start) and _TYPE in line
    ]


def _some(things: Sequence[str]) -> tuple[str, ...]:
    """Return things from all over the data, each once, not more than can be asked for."""
    different = tuple(dict.fromkeys(things))
    step = max(1, len(different) // (IN_TURN + FIRST_TIME))
    return different[::step][: IN_TURN + FIRST_TIME]
