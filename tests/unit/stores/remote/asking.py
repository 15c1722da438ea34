"""A connection to a scripted server, and the answers that are right."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from reti_graph.gate import QueryForm
from reti_graph.stores.remote.connection import Connection
from reti_graph.stores.remote.values import Addresses, Patience
from tests.servers.scripted import Scripted, answer, scripted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reti_graph.stores.remote.credentials import Credentials
    from reti_graph.stores.remote.transport import Reply
    from tests.servers.scripted import Script

JSON: Final[Mapping[str, str]] = MappingProxyType(
    {"Content-Type": "application/sparql-results+json"}
)
TRIPLES: Final[Mapping[str, str]] = MappingProxyType({"Content-Type": "application/n-triples"})
HTML: Final[Mapping[str, str]] = MappingProxyType({"Content-Type": "text/html; charset=utf-8"})
YES: Final = b'{"head": {}, "boolean": true}'
TRIPLE: Final = b"<urn:a> <urn:b> <urn:c> .\n"
RIGHT: Final = answer(200, JSON, YES)
DONE: Final = answer(204)
GRAPH: Final = "https://site.example/a?b=c&d#e"


def addresses(url: str) -> Addresses:
    """Give an address for each protocol on one server."""
    return Addresses(query=f"{url}/query", update=f"{url}/update", graphs=f"{url}/graphs?key=1")


@dataclass
class Asked:
    """A connection to a scripted server, and the pauses it would have made."""

    server: Scripted
    connection: Connection
    pauses: list[float] = field(default_factory=list)

    def ask(self, seconds: float | None = None) -> Reply:
        """Ask the shortest query."""
        return self.connection.query("ASK {}", QueryForm.ASK, seconds=seconds)


@contextmanager
def asking(
    script: Script, *, retries: int = 0, seconds: float = 30, credentials: Credentials | None = None
) -> Iterator[Asked]:
    """Connect to a server with this script; nobody waits between attempts."""
    pauses: list[float] = []
    patience = Patience(seconds=seconds, retries=retries)
    with (
        scripted(script) as server,
        Connection(addresses(server.url), patience, credentials, pauses.append) as connection,
    ):
        yield Asked(server, connection, pauses)
