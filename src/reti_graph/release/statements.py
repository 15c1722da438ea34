"""The statements of a site on their way from its files into a store on disk, and into one file.

Python holds as many as are sorted at once, and no more. What is written is what was read, for the
store has another form of some literals.
"""

from __future__ import annotations

import hashlib
import re
from itertools import chain
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from reti_graph.derive import Deriving, Spellings, in_default, respelt
from reti_graph.derive.turns import everything
from reti_graph.release.canonical import canonical_quads
from reti_graph.release.loading import Filling, blocks, load, write_lines
from reti_graph.sources.lines import SourceFile
from reti_graph.sources.nquads import lines_of, terms_of, triple_line, triple_lines
from reti_graph.sources.site import read_site
from reti_graph.sources.sorting import Sorter, merged
from reti_graph.terms import XSD_DATE, XSD_G_YEAR, XSD_G_YEAR_MONTH, XSD_INTEGER, XSD_STRING
from reti_graph.validation.stored import Stored

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from pathlib import Path

    from reti_graph.derive.operations import Operation
    from reti_graph.derive.turns import Reads
    from reti_graph.problems import Problem
    from reti_graph.sources.site import Site

_GIVEN: Final = "given.nq"
_DERIVED: Final = "derived.nq"
_UNION: Final = "union.nt"
_ROUNDS: Final = 32
# Rules may say so many times as much as the files.
_MOST_TIMES: Final = 10
_FEWEST: Final = 100_000
# These, and what is derived of them, take no more memory than loading a store on disk does.
_MOST_IN_MEMORY: Final = 1_000_000
# To write new files for fewer would take longer.
_FEW: Final = 1_000
# Values of these types that look so are kept as they are.
_KEPT: Final = frozenset({XSD_INTEGER, XSD_DATE, XSD_G_YEAR, XSD_G_YEAR_MONTH})
_CANONICAL: Final = re.compile(r"0|-?[1-9][0-9]{0,17}|[1-9][0-9]{3}(-[0-9]{2}){1,2}")


class Statements:
    """What a site says, and what follows from it, in files below a folder and in a store.

    Rules and checks take a quarter of the time in a store in memory, so `store` is one if they are
    not too many. The one to keep is filled when rules are done: one that they have written into has
    its statements in more files, and in some of them next to none.
    """

    def __init__(self, work: Path, dump: Path, folder: Path | None) -> None:
        """Take where to put things, and in `work` what is in the way.

        Without a `folder` for it, no store is kept.
        """
        self.store = ox.Store()
        self.digest = ""
        self._work = work
        self._folder = folder
        self._dump = dump
        self._read = Sorter(_made(work / "read"))
        self._derived = Sorter(_made(work / "derived"))
        self._blank: dict[ox.Quad, None] = {}
        self._respelt: dict[ox.Literal, ox.Literal] = {}
        self._named: Collection[ox.Quad] | None = None
        self._filling: Filling | None = None

    def read(self, root: Path) -> tuple[Site, tuple[Problem, ...]]:
        """Read a site as `sources.site.read_site`; its data has names and no statements."""
        site, problems = read_site(root, keep=self._keep)
        for file in site.ontology:
            self._keep(file)
        return site, problems

    def derived(self, site: Site) -> Stored:
        """Load the store, derive what follows, and write all that is said: its digest is known.

        Blank nodes get canonical names. Raises DataError as `Deriving.run`, and OSError.
        """
        given = write_lines(self._work / _GIVEN, self._read.lines()) + len(self._blank)
        spellings = self._spellings()
        in_memory = given <= _MOST_IN_MEMORY
        if not in_memory:
            self.store = ox.Store(self._work / "store")
        with (self._work / _GIVEN).open("rb") as quads, (self._work / _GIVEN).open("rb") as same:
            load(self.store, chain(quads, triple_lines(same)), self._blank, self._work)

        def take(new: Collection[ox.Quad]) -> list[ox.Quad]:
            return self._take([spellings.spelt(quad) for quad in new], self._derived)

        most = _MOST_TIMES * max(given, _FEWEST)
        target = _Target(self.store, take, self._work / "new.nt")
        reads = everything if in_memory else _reads()
        deriving = Deriving(self.store, site.rules, rounds=_ROUNDS, most=most, reads=reads)
        derived = deriving.run(target)
        write_lines(self._work / _DERIVED, self._derived.lines())
        named = canonical_quads(self._blank)
        self._rename(named)
        self.digest = self._written(named)
        self._named = named
        if not in_memory:
            self.store.optimize()
        return Stored(
            site=site,
            store=self.store,
            union=self._work / _UNION,
            following=self._work / _DERIVED,
            respelt=self._respelt,
            given=given,
            derived=derived,
        )

    def fill(self) -> None:
        """Begin to fill the store to keep, if there is to be one; `derived` has been called."""
        if self._named is not None and self._folder is not None:
            files = (self._dump, self._work / _UNION)
            self._filling = Filling(self._folder, files, self._named, self._work)

    def leave(self) -> None:
        """Let go of the store that was looked at."""
        self.store = ox.Store()

    def close(self) -> None:
        """Wait until the store on disk has all, and let go of everything.

        Raises OSError when it cannot be written, and StoreError as `Filling.end`. To close again
        does nothing.
        """
        filling, self._filling = self._filling, None
        if filling:
            filling.end()
        self.store = ox.Store()

    def _written(self, named: Collection[ox.Quad]) -> str:
        """Write the dump and the union, and return the digest."""
        files = [self._work / _GIVEN, self._work / _DERIVED]
        digest = hashlib.sha256()
        with self._dump.open("wb") as out:
            for _, block in blocks(merged(files, sorted(lines_of(named)))):
                out.write(block)
                digest.update(block)
        with self._dump.open("rb") as lines:
            write_lines(self._work / _UNION, triple_lines(lines))
        return digest.hexdigest()

    def _keep(self, file: SourceFile) -> SourceFile:
        self._take(file.quads, self._read)
        literals = {quad.object for quad in file.quads if isinstance(quad.object, ox.Literal)}
        self._respelt |= respelt(filter(_may_be_respelt, literals))
        return SourceFile(file.name)

    def _take(self, quads: Sequence[ox.Quad], sorter: Sorter) -> list[ox.Quad]:
        """Put the lines of quads where they are sorted; return those that have blank nodes.

        These have no names yet that would put them in order.
        """
        lines = lines_of(quads)
        blank = {
            line: quad
            for line, quad in zip(lines, quads, strict=True)
            if b"_:" in line and any(isinstance(term, ox.BlankNode) for term in quad)
        }
        self._blank.update(dict.fromkeys(blank.values()))
        sorter.add(line for line in lines if line not in blank)
        return list(blank.values())

    def _spellings(self) -> Spellings:
        """Return how literals are spelt in what was read."""
        forms = {str(form).encode(): form for form in self._respelt.values()}
        found = {quad.object for quad in self._blank if isinstance(quad.object, ox.Literal)}
        with (self._work / _GIVEN).open("rb") as lines:
            for line in lines if forms else ():
                if b'"^^<' in line and (form := forms.get(terms_of(triple_line(line))[2])):
                    found.add(form)
        return Spellings.among(self._respelt, found)

    def _rename(self, named: Collection[ox.Quad]) -> None:
        for quad in self._blank:
            self.store.remove(quad)
            self.store.remove(in_default(quad))
        self.store.extend([*named, *map(in_default, named)])


class _Target:
    """What is derived, into a store on disk: a `derive.Target`."""

    def __init__(
        self, store: ox.Store, take: Callable[[Collection[ox.Quad]], list[ox.Quad]], file: Path
    ) -> None:
        self._store = store
        self._take = take
        self._file = file
        self._blank: list[ox.Quad] = []

    def add(self, new: Collection[ox.Quad]) -> None:
        add = self._store.extend if len(new) < _FEW else self._store.bulk_extend
        add(new)
        self._blank += self._take(new)
        with self._file.open("ab") as file:
            file.writelines(triple_line(line) for line in lines_of(new) if b"_:" not in line)

    def complete(self) -> None:
        self._store.bulk_load(path=self._file, format=ox.RdfFormat.N_TRIPLES, lenient=True)
        self._file.unlink()
        # A file that is loaded gives blank nodes other names.
        self._store.extend(map(in_default, self._blank))
        self._blank.clear()


def _reads() -> Callable[[Operation], Reads]:
    # It takes a fifth of a second to import.
    from reti_graph.derive.reading import reads  # noqa: PLC0415 - as said

    return reads


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True)
    return folder


def _may_be_respelt(literal: ox.Literal) -> bool:
    """Tell of a literal whether a store may keep it in another form; of most it does not."""
    if literal.datatype in _KEPT:
        return not _CANONICAL.fullmatch(literal.value)
    return literal.language is None and literal.datatype != XSD_STRING
