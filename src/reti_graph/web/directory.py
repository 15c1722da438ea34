"""What documents a release has: for the site map, and for whoever describes the addresses."""

from __future__ import annotations

import shutil
import tempfile
import threading
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pyoxigraph as ox

from reti_graph.errors import StoreError
from reti_graph.naming import path_of
from reti_graph.register import NAMES, SUMMARY, FamilyFinder, open_register, write_register
from reti_graph.terms import RDF_TYPE
from reti_graph.web.addresses import document_path
from reti_graph.web.context import address_of
from reti_graph.web.sitemap import documents, site_map, site_maps

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from reti_graph.catalogue import Part
    from reti_graph.config import Settings
    from reti_graph.register import Families, Register


@dataclass(frozen=True, slots=True)
class SiteMap:
    """One file of the site map, and the day of the last change of anything in it."""

    newest: date
    content: Callable[[], str]


class Directory(Protocol):
    """The documents of a release; what is not known yet is found out when it is asked for."""

    def families(self) -> Families:
        """Return the names of documents in short. Raises StoreError when they cannot be read."""
        ...

    def things(self) -> int:
        """Return how many things have a type and a name of the site's. Raises as `families`."""
        ...

    def site_maps(self) -> Sequence[SiteMap]:
        """Return the files that list all documents. Raises as `families`."""
        ...


class GivenDirectory:
    """The documents of a release whose statements are in memory."""

    def __init__(self, parts: Sequence[Part], settings: Settings) -> None:
        """Take the parts of the release, the whole first."""
        self._parts = parts
        self._settings = settings

    def families(self) -> Families:
        """See `Directory.families`."""
        base = self._settings.base_iri
        quads = self._parts[0].quads
        nodes = {node for quad in quads for node in (quad.subject, quad.graph_name)}
        paths = {path_of(node.value, base) for node in nodes if isinstance(node, ox.NamedNode)}
        finder = FamilyFinder(base)
        for path in filter(None, paths):
            finder.take(path.removeprefix("/"))
        return finder.found()

    def things(self) -> int:
        """See `Directory.things`."""
        start = f"{self._settings.base_iri}id/"
        typed = {quad.subject for quad in self._parts[0].quads if quad.predicate == RDF_TYPE}
        named = (node.value for node in typed if isinstance(node, ox.NamedNode))
        return sum(name.startswith(start) and "#" not in name for name in named)

    def site_maps(self) -> Sequence[SiteMap]:
        """See `Directory.site_maps`."""
        settings = self._settings
        days = documents(self._parts, settings.base_iri)
        found = site_maps((address_of(settings, path), day) for path, day in days.items())
        return [SiteMap(newest, partial(str, content)) for content, newest in found]


class StoredDirectory:
    """The documents of a release on disk, by its register. For many threads.

    Where none was written with the release it is made when it is first needed, which takes a while.
    """

    def __init__(self, folder: Path, parts: Sequence[Part], settings: Settings) -> None:
        """Take the folder, and the parts that have their dumps there, the whole first."""
        self._folder = folder
        self._parts = parts
        self._settings = settings
        self._work: Path | None = None
        self._lock = threading.Lock()
        self._found: Register | None = None

    def register(self) -> Register:
        """Return the register. Raises StoreError when it cannot be read or made."""
        with self._lock:
            if self._found is None:
                try:
                    self._found = open_register(self._made())
                except OSError as error:
                    raise _unreadable(error) from error
            return self._found

    @property
    def known(self) -> Register | None:
        """The register, unless somebody would have to wait for it."""
        return self._found

    def families(self) -> Families:
        """See `Directory.families`."""
        return self.register().families

    def things(self) -> int:
        """See `Directory.things`."""
        return self.register().things

    def site_maps(self) -> Sequence[SiteMap]:
        """See `Directory.site_maps`."""
        days = self.register().newest
        return [SiteMap(day, partial(self._site_map, place)) for place, day in enumerate(days)]

    def below(self, start: str, most: int) -> list[str]:
        """See `Register.below`. Raises StoreError."""
        try:
            return self.register().below(start, most)
        except OSError as error:
            raise _unreadable(error) from error

    def close(self) -> None:
        """Remove what was written."""
        if self._work is not None:
            shutil.rmtree(self._work, ignore_errors=True)

    def _site_map(self, place: int) -> str:
        base = self._settings.base_iri
        try:
            named = [*self.register().documents(place)]
        except OSError as error:
            raise _unreadable(error) from error
        paths = ((document_path(base + name, base), day) for name, day in named)
        return site_map([(address_of(self._settings, path), day) for path, day in paths])[0]

    def _made(self) -> Path:
        """Return the folder of the register."""
        if all((self._folder / name).is_file() for name in (NAMES, SUMMARY)):
            return self._folder
        self._work = Path(tempfile.mkdtemp(prefix="reti-graph-names-"))
        write_register(self._folder, self._work, self._parts, self._settings.base_iri)
        return self._work


def _unreadable(error: OSError) -> StoreError:
    return StoreError(f"The names of the release cannot be read: {error.strerror or error}.")
