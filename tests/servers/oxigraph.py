"""Oxigraph's own server, on an empty folder."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tests.servers.availability import needs
from tests.servers.running import HOST, Program, WritableServer, free_ports

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def oxigraph_server() -> Iterator[WritableServer]:
    """Start an empty Oxigraph; skip the test when there is none (`availability.needs`).

    In the end it is stopped and its data is removed.
    """
    program = str(needs("oxigraph"))
    [port] = free_ports()
    place = f"{HOST}:{port}"
    with tempfile.TemporaryDirectory(prefix="oxigraph-") as name:
        folder = Path(name)
        command = [program, "serve", "--location", str(folder / "data"), "--bind", place]
        server = WritableServer(
            program=Program(command, "Listening for requests", folder),
            folder=folder,
            query_url=f"http://{place}/query",
            update_url=f"http://{place}/update",
            graphs_url=f"http://{place}/store",
        )
        with server.program.running():
            yield server
