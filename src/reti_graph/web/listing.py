"""What the site offers to portals: the catalogue, made when somebody first asks for it."""

from __future__ import annotations

import threading
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from reti_graph.catalogue import void
from reti_graph.catalogue.catalog import datasets, described
from reti_graph.catalogue.statements import told

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reti_graph.catalogue import Part, Published
    from reti_graph.web.dump_files import Dumps

    Quads = tuple[ox.Quad, ...]

_WHOLE: Final = "dataset"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A catalogue: `quads` is all of it, `records` each dataset alone by its path.

    `void` is the VoID of the whole graph. `documents` are what is said at the datasets' own
    addresses: the records with the VoID of the dataset, the whole's being all of it.
    """

    quads: Quads
    records: Mapping[str, Quads]
    void: Quads
    documents: Mapping[str, Quads]


class Listing:
    """The catalogue of a release; sizes and checksums want every file written, which takes time."""

    def __init__(self, published: Published, dumps: Dumps) -> None:
        """Make nothing yet."""
        self._published = published
        self._dumps = dumps
        self._lock = threading.Lock()
        self._made: Listed | None = None

    @property
    def parts(self) -> tuple[Part, ...]:
        """The datasets, the whole graph first."""
        return self._dumps.parts

    def get(self) -> Listed:
        """Return the catalogue; the first call writes all files. Raises as `Dumps.all`."""
        with self._lock:
            if self._made is None:
                self._made = self._listed()
            return self._made

    def _listed(self) -> Listed:
        known, parts = self._published, self.parts
        files = self._dumps.all()
        listed = datasets(known, parts, files)
        records = {path: told(each) for path, each in listed.items()}
        counted = void(known, parts, files)
        own = defaultdict[str, list[ox.Quad]](list)
        for quad in counted:
            own[str(quad.subject)].append(quad)
        documents = {
            path: (*said, *(counted if path == _WHOLE else own[str(known.named(path))]))
            for path, said in records.items()
        }
        return Listed(
            quads=told(described(known, parts, listed)),
            records=records,
            void=counted,
            documents=documents,
        )
