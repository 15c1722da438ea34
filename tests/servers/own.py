"""Our own server on given statements: `own.py FOLDER PORT` in a process of its own.

The real application with a release that nobody derived or checked, so that it may say anything.
"""

from __future__ import annotations

import sys
import tempfile
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec
import pyoxigraph as ox

from reti_graph.config import parse_settings, with_values
from reti_graph.problems import Report
from reti_graph.release import Release, canonical_quads, digest_of
from reti_graph.sources.dates import Dated
from reti_graph.web import server
from reti_graph.web.app import create_app
from reti_graph.web.budget import Budget
from reti_graph.web.metrics import NoMetrics
from reti_graph.web.publication import Publication
from reti_graph.wiring import serving
from tests.servers.running import HOST, Program, Server, free_ports
from tests.unit.settings_texts import MINIMAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from reti_graph.web.publication import Served

ROOT: Final = Path(__file__).resolve().parents[2]
CHANGED: Final = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
_QUADS: Final = "quads.nq"
_PREFIXES: Final = "prefixes.json"
_AMPLE: Final = 86_400
"""Seconds of queries that one client may use: the tests are one."""


@contextmanager
def own_server(quads: Iterable[ox.Quad], prefixes: Mapping[str, str]) -> Iterator[Server]:
    """Start our server on some quads; queries may use the prefixes without declaring them.

    In the end it is stopped and its data is removed.
    """
    [port] = free_ports()
    with tempfile.TemporaryDirectory(prefix="reti-graph-") as name:
        folder = Path(name)
        ox.serialize(quads, str(folder / _QUADS), format=ox.RdfFormat.N_QUADS)
        (folder / _PREFIXES).write_bytes(msgspec.json.encode(dict(prefixes)))
        # Unbuffered, for what it prints is waited for; what a kill leaves goes with the folder.
        python = [sys.executable, "-u", "-W", "error", "-m", "tests.servers.own"]
        command = [*python, name, str(port)]
        address = f"http://{HOST}:{port}/"
        own = Server(
            program=Program(command, address, folder, PYTHONPATH=str(ROOT), TMPDIR=name),
            folder=folder,
            query_url=f"{address}sparql",
        )
        with own.program.running():
            yield own


def release_of(folder: Path, port: int) -> Release:
    """Return the statements in a folder as a release, to be served at a port."""
    values = {"server.port": port, "server.workers": 1, "limits.client_seconds": _AMPLE}
    settings = with_values(parse_settings(MINIMAL, "reti.toml"), values)
    # A site's own prefixes all have a name; those of a test need not.
    prefixes = msgspec.json.decode((folder / _PREFIXES).read_bytes(), type=dict[str, str])
    quads = canonical_quads(ox.parse(path=folder / _QUADS, format=ox.RdfFormat.N_QUADS))
    return Release(
        settings=msgspec.structs.replace(settings, prefixes=prefixes),
        quads=quads,
        digest=digest_of(quads),
        report=Report(()),
        queries=(),
        dates={"ontology": Dated(CHANGED.date(), CHANGED.date())},
    )


def main(folder: Path, port: int) -> None:
    """Serve the statements in a folder until the process is asked to end; print the address."""
    release = release_of(folder, port)
    settings = release.settings

    async def publish() -> Served:
        return await serving(release, CHANGED)

    app = create_app(Publication(publish), Budget(settings.limits.client_seconds), NoMetrics())
    server.serve(
        lambda: server.Application(app),
        settings.server,
        settings.limits,
        lambda address: sys.stdout.write(f"{address}\n"),
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
