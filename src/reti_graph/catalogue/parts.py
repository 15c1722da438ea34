"""The datasets of a catalogue and the files each is to be had as, as values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    import pyoxigraph as ox

    from reti_graph.catalogue.linksets import Linkset
    from reti_graph.catalogue.source_facts import SourceFacts
    from reti_graph.catalogue.statistics import Statistics
    from reti_graph.formats import Format
    from reti_graph.sources.dates import Dated

Kind: TypeAlias = Literal["whole", "source", "ontology", "shapes", "queries"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a catalogue tells of the contents of a dataset, for one that is not held in memory.

    `shown` are things to begin with, `links` those to other data sets: both of the whole alone.
    """

    statistics: Statistics
    facts: SourceFacts
    shown: tuple[ox.NamedNode, ...] = ()
    links: tuple[Linkset, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One dataset: the whole graph, what one source says, the ontology, the shapes or the queries.

    `name` is "" for the whole, `source/c40-home` for a source, else the kind; it never changes.
    A part that is `known` has no quads here: there are more than memory should hold.
    """

    name: str
    kind: Kind
    quads: tuple[ox.Quad, ...]
    dated: Dated
    known: Known | None = None

    @property
    def path(self) -> str:
        """Where the dataset stands below the site's base: `dataset`, `dataset/source/c40-home`."""
        return dataset_path(self.name)

    @property
    def stem(self) -> str:
        """What the paths of its files begin with: `dump`, `dump/source/c40-home`."""
        return f"dump/{self.name}" if self.name else "dump"


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file of a part that was written: where it is below the site's address, and its bytes.

    `path` is such as `dump.nq.gz` or `table/city.csv`; `size` counts bytes, `sha256` is in
    hexadecimal. `coding` is `gzip` for a compressed file, whose `target` is what is in it.
    """

    path: str
    part: str
    target: Format
    size: int
    sha256: str
    coding: Literal["gzip"] | None = None


def dataset_path(name: str) -> str:
    """Return where the dataset of a part stands below the site's base, by the part's name."""
    return f"dataset/{name}" if name else "dataset"
