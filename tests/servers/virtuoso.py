"""Virtuoso, with a configuration and a database of its own."""

from __future__ import annotations

import subprocess
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.servers.availability import needs
from tests.servers.running import HOST, SECONDS, Program, WritableServer, free_ports

if TYPE_CHECKING:
    from collections.abc import Iterator

USER: Final = "reti"
PASSWORD: Final = "known to every test"  # noqa: S105 - of a server that lives as long as a test

# Memory for a site's graphs and no more: a buffer has 8 kB. Nothing is moved into the database by
# the clock: what was answered is in the transaction log, which is read after a kill.
_SETTINGS: Final = """\
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
FileExtend = 200
[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
[Parameters]
ServerPort = {sql}
DisableUnixSocket = 1
CheckpointInterval = 0
CaseMode = 2
DirsAllowed = {folder}
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
ThreadsPerQuery = 2
AsyncQueueMaxThreads = 4
MaxQueryMem = 500M
[HTTPServer]
ServerPort = {http}
ServerRoot = {folder}
ServerThreads = 10
Charset = UTF-8
[URIQA]
DynamicLocal = 0
DefaultHost = {http}
[SPARQL]
ResultSetMaxRows = 1000000
MaxQueryExecutionTime = 60
"""
# Each on a line of its own, as isql wants it. After the checkpoint they outlive a kill.
_RIGHTS: Final = f"""\
GRANT SPARQL_UPDATE TO "SPARQL";
DB.DBA.USER_CREATE('{USER}', '{PASSWORD}');
GRANT SPARQL_SELECT TO "{USER}";
GRANT SPARQL_UPDATE TO "{USER}";
CHECKPOINT;
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class VirtuosoServer(WritableServer):
    """A Virtuoso; at the two last addresses it wants USER and PASSWORD by digest (RFC 7616)."""

    sql: str
    """Where its administrator is listened to."""

    auth_url: str
    auth_graphs_url: str

    def isql(self, statements: str) -> str:
        """Run SQL as its administrator, one statement a line; give what isql prints."""
        command = [str(needs("isql-vt")), self.sql, "dba", "dba", "ERRORS=STDOUT", "VERBOSE=OFF"]
        ended = subprocess.run(
            command,
            input=statements,
            capture_output=True,
            check=True,
            text=True,
            timeout=SECONDS,
        )
        assert "*** Error" not in ended.stdout, ended.stdout
        return ended.stdout


@contextmanager
def virtuoso_server() -> Iterator[VirtuosoServer]:
    """Start an empty Virtuoso; skip the test when there is none (`availability.needs`).

    In the end it is stopped and its data is removed.
    """
    program = needs("virtuoso-t")
    http, sql = (f"{HOST}:{port}" for port in free_ports(2))
    with tempfile.TemporaryDirectory(prefix="virtuoso-") as name:
        folder = Path(name)
        settings = folder / "virtuoso.ini"
        settings.write_text(_SETTINGS.format(folder=folder, http=http, sql=sql))
        server = VirtuosoServer(
            program=Program([program, "-f", "-c", settings], " Server online at ", folder),
            folder=folder,
            query_url=f"http://{http}/sparql",
            update_url=f"http://{http}/sparql",
            graphs_url=f"http://{http}/sparql-graph-crud",
            sql=sql,
            auth_url=f"http://{http}/sparql-auth",
            auth_graphs_url=f"http://{http}/sparql-graph-crud-auth",
        )
        with server.program.running():
            server.isql(_RIGHTS)
            yield server
