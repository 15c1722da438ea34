from __future__ import annotations

import json
import socket
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING, Final, cast

import pytest

from tests.attacks.attack import FORM, asked, asked_for, got, posted
from tests.attacks.corpus.services import (
    CALLS,
    CANARY,
    HARMLESS,
    MISREAD,
    SILENT_CALLS,
    UPDATES,
    VALUES,
)

if TYPE_CHECKING:
    from tests.attacks.attack import Attack
    from tests.attacks.serving import Canary, Target

# Runs in a process of its own: asks the store itself, without gate and walls.
ASK_EACH: Final = """
import json, sys
import pyoxigraph as ox
store = ox.Store()
a = ox.NamedNode("a:b")
store.extend([ox.Quad(a, a, term) for term in (ox.Literal(1), ox.Literal(True), a)])
for query in json.load(sys.stdin):
    try:
        found = store.query(query)
        list(found) if not isinstance(found, ox.QueryBoolean) else bool(found)
    except (OSError, RuntimeError):
        pass
"""


class Listener(HTTPServer):
    """Answers every call with an error, and remembers the path."""

    def __init__(self) -> None:
        """Listen on a free port."""
        super().__init__(("127.0.0.1", 0), _Caller)
        self.called: list[str] = []


class _Caller(BaseHTTPRequestHandler):
    """One call."""

    def handle_one_request(self) -> None:
        """Take the second word of the request, whatever its method."""
        self.close_connection = True
        words = self.rfile.readline(1_000).decode().split()
        cast("Listener", self.server).called.append(words[1])
        self.wfile.write(b"HTTP/1.1 500 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")


def sent(target: Target, name: str, query: str, *statuses: int) -> Attack:
    """Write an attack by a query that names the canary."""
    return asked(name, query.replace(CANARY, target.canary.address), *statuses)


def test_the_store_itself_would_make_each_of_those_calls() -> None:
    """The queries are no straw men: each reaches the address that it names."""
    calls = {**CALLS, **SILENT_CALLS}
    with Listener() as listener:
        thread = threading.Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        place = f"127.0.0.1:{listener.server_port}"
        queries = [
            query.replace(CANARY, f"{place}/{number}")
            for number, query in enumerate(calls.values())
        ]
        subprocess.run(
            [sys.executable, "-c", ASK_EACH],
            input=json.dumps(queries),
            text=True,
            check=True,
            timeout=60,
        )
        listener.shutdown()
        thread.join()
    called = {int(path.split("/")[1]) for path in listener.called}
    assert [name for number, name in enumerate(calls) if number not in called] == []


def test_the_canary_would_tell(canary: Canary) -> None:
    """Whoever connects to it makes the test fail."""
    host, _, port = canary.address.partition(":")
    with socket.create_connection((host, int(port))), pytest.raises(AssertionError, match="called"):
        canary.check_untouched()
    canary.check_untouched()


@pytest.mark.parametrize("name", [*CALLS, *SILENT_CALLS])
def test_no_service_is_called_however_it_is_written(target: Target, name: str) -> None:
    """It is a 400 at once, for the gate sees it."""
    attack = sent(target, name, {**CALLS, **SILENT_CALLS}[name], 400)
    attack.check(target.attack(attack.request))


@pytest.mark.parametrize("name", MISREAD)
def test_no_service_is_called_by_a_text_that_can_be_misread(target: Target, name: str) -> None:
    """What is not SPARQL stays so, whatever letters it has."""
    attack = sent(target, name, MISREAD[name], 400)
    attack.check(target.attack(attack.request))


@pytest.mark.parametrize("name", UPDATES)
def test_an_update_is_none_however_it_is_sent(target: Target, name: str) -> None:
    """As a query it is a 400, as an update a 403, and nothing is loaded or changed."""
    text = UPDATES[name].replace(CANARY, target.canary.address)
    kind = "application/sparql-update"
    for attack in (
        asked(name, text, 400),
        asked_for(name, "/sparql", 400, query=text),
        asked_for(name, "/sparql", 403, update=text),
        posted(name, text.encode(), 403, kind=kind),
        posted(name, b"update=" + text.encode(), 403, kind=FORM),
    ):
        attack.check(target.attack(attack.request))


@pytest.mark.parametrize("name", HARMLESS)
def test_naming_an_address_calls_nobody(target: Target, name: str) -> None:
    """FROM, GRAPH, BASE and texts are answered from what is there."""
    attack = sent(target, name, HARMLESS[name], 200)
    attack.check(target.attack(attack.request))


@pytest.mark.parametrize("parameter", ["default-graph-uri", "named-graph-uri"])
def test_a_graph_of_the_protocol_is_not_fetched(target: Target, parameter: str) -> None:
    """An address there is a name, and a graph of that name is empty."""
    iri = f"http://{target.canary.address}/"
    query = "SELECT * { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
    attack = asked_for(parameter, "/sparql", 200, **{"query": query, parameter: iri})
    answer = target.attack(attack.request)
    attack.check(answer)
    assert answer is not None
    assert json.loads(answer.body)["results"]["bindings"] == []


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize(
    ("path", "parameter"),
    [
        ("/query/members.json", "network"),
        ("/query/members", "network"),
        ("/query/networks.csv", "lang"),
        ("/query/networks", "lang"),
        ("/query/networks", "format"),
        ("/sparql", "format"),
        ("/doc/network/alpha", "format"),
        ("/doc/network/alpha", "page"),
    ],
)
def test_no_value_of_a_parameter_gets_out_of_it(
    target: Target, path: str, parameter: str, value: str
) -> None:
    """A value is a term, or a 400, or (a format) a 406."""
    whole = value.replace(CANARY, target.canary.address)
    # A parameter that an address does not have is a 400 too: only `/sparql` passes it over.
    others = {"query": "ASK {}"} if path == "/sparql" else {}
    attack = asked_for("value", path, 200, 400, 406, **others, **{parameter: whole})
    attack.check(target.attack(attack.request))


def test_an_unknown_parameter_named_like_a_call_is_refused(target: Target) -> None:
    """Names are no more trusted than values."""
    attack = got("name", "/query/networks?%24lang%20SERVICE%20%3Chttp://x%3E=it", 400)
    attack.check(target.attack(attack.request))
