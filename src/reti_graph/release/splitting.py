"""The lines of a large release, each in the files of the parts that it belongs to."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from reti_graph.catalogue.splitting import source_of
from reti_graph.sources.nquads import graph_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from pathlib import Path

_AT_ONCE: Final = 200_000


class Splitter:
    """Passes lines on, and writes those of a part to its file, in the order they come in."""

    def __init__(
        self, sources: Mapping[str, Path], ontology: Path, graphs: Collection[bytes]
    ) -> None:
        """Take the files of sources by their IRIs, and that of the ontology, with its graphs.

        The folders of the files must be there.
        """
        self._sources = sources
        self._ontology = ontology
        self._ontology_graphs = graphs
        self._files: dict[bytes, tuple[Path, ...]] = {}
        self._waiting: defaultdict[Path, list[bytes]] = defaultdict(list)

    def passed(self, lines: Iterable[bytes]) -> Iterator[bytes]:
        """Yield the lines as they are; when all are out, all are written. Raises OSError."""
        for number, line in enumerate(lines, start=1):
            for file in self._files_of(graph_of(line) or b""):
                self._waiting[file].append(line)
            if number % _AT_ONCE == 0:
                self._write()
            yield line
        self._write()

    def _files_of(self, graph: bytes) -> tuple[Path, ...]:
        if graph not in self._files:
            source = source_of(graph[1:-1].decode(), self._sources)
            of_source = (self._sources[source],) if source else ()
            of_ontology = (self._ontology,) if graph in self._ontology_graphs else ()
            self._files[graph] = of_source + of_ontology
        return self._files[graph]

    def _write(self) -> None:
        # There may be more parts than files may be open at once.
        for path, lines in self._waiting.items():
            with path.open("ab") as file:
                file.writelines(lines)
        self._waiting.clear()
