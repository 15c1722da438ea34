"""A small application, served by a process of its own, and how tests start and ask it.

The process prints what happens to it, one line each, and where a test is to say when something
goes on it waits for a line.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import msgspec

from reti_graph.config import LimitSettings, ServerSettings
from reti_graph.errors import StoreError
from reti_graph.web.reloads import watching_site
from reti_graph.web.server import Application, serve

if TYPE_CHECKING:
    import signal
    from collections.abc import Iterator

    from starlette.types import Message, Receive, Scope, Send

SECONDS: Final = 60
FLOOD: Final = 50
"""Megabytes, more than any system keeps for a client that does not read them."""
ROOT: Final = Path(__file__).resolve().parents[2]


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What the process is to do."""

    server: ServerSettings = ServerSettings(port=0)
    limits: LimitSettings = LimitSettings()
    watch: str | None = None
    reloads: bool = True
    slow_to_make: bool = False
    slow_to_start: bool = False


def say(text: str) -> None:
    """Tell the test."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


async def told() -> None:
    """Wait until the test says to go on."""
    await asyncio.to_thread(sys.stdin.readline)


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer by the path."""
    if scope["type"] == "lifespan":
        await live(receive, send)
        return
    name = scope["path"].strip("/")
    # A body is read before the answer begins, as an application does that looks at it.
    size = len(await body(receive)) if name == "body" else 0
    await send({"type": "http.response.start", "status": 200, "headers": []})
    if name == "slow":
        await part(send, "begun")
        await told()
    elif name == "stuck":
        await part(send, "begun")
        await asyncio.to_thread(threading.Event().wait)
    elif name == "flood":
        for _ in range(FLOOD):
            await part(send, "x" * 1_000_000)
        say("flooded")
    elif name == "body":
        await part(send, str(size))
    else:
        await part(send, json.dumps(seen(scope)))
    await send({"type": "http.response.body"})


async def slow_app(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer like the other, after a start that lasts until the test says so."""
    if scope["type"] == "lifespan":
        say("starting")
        await told()
    await app(scope, receive, send)


async def live(receive: Receive, send: Send) -> None:
    """Say when the application starts and ends."""
    await receive()
    say("started")
    await send({"type": "lifespan.startup.complete"})
    await receive()
    say("ended")
    await send({"type": "lifespan.shutdown.complete"})


def seen(scope: Scope) -> dict[str, object]:
    """Give what the application sees of a request and of its process."""
    import resource  # noqa: PLC0415 - there is no such module on Windows

    return {
        "client": scope["client"][0],
        "scheme": scope["scheme"],
        "headers": [name.decode() for name, _ in scope["headers"]],
        "files": resource.getrlimit(resource.RLIMIT_NOFILE)[0],
    }


async def part(send: Send, text: str) -> None:
    """Send a part of an answer."""
    await send({"type": "http.response.body", "body": text.encode(), "more_body": True})


async def body(receive: Receive) -> bytes:
    """Read a body to its end."""
    content = b""
    message: Message = {"more_body": True}
    while message.get("more_body"):
        message = await receive()
        content += message.get("body", b"")
    return content


async def reload() -> None:
    """Take until the test says so."""
    say("reload begins")
    await told()
    say("reload ends")


def make_app(plan: Plan) -> Application:
    """Make the application, as slowly as planned."""
    if plan.slow_to_make:
        say("making")
        sys.stdin.readline()
    return Application(slow_app if plan.slow_to_start else app, reload if plan.reloads else None)


def main() -> None:
    """Serve as planned."""
    plan = msgspec.json.decode(sys.argv[1], type=Plan)
    watchers = watching_site(Path(plan.watch)) if plan.watch else ()
    try:
        serve(lambda: make_app(plan), plan.server, plan.limits, say, watchers=watchers)
    except StoreError as error:
        say(f"failed: {error}")


@dataclass(frozen=True, slots=True)
class Served:
    """A process that serves, as a test sees it."""

    process: subprocess.Popen[str]

    def hears(self) -> str:
        """Give the next line that the process prints."""
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def goes_on(self) -> None:
        """Let the process go on."""
        assert self.process.stdin is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()

    def is_told(self, what: signal.Signals) -> None:
        """Send a signal."""
        self.process.send_signal(what)

    def ends(self) -> tuple[int, str, str]:
        """Wait for the end; give the exit code and what was printed before it."""
        output, errors = self.process.communicate(timeout=SECONDS)
        return self.process.returncode, output, errors


@contextmanager
def process(plan: Plan, **environ: str) -> Iterator[Served]:
    """Start a process with a plan; end it whatever happens."""
    paths = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    with subprocess.Popen(
        [sys.executable, "-W", "error", __file__, msgspec.json.encode(plan).decode()],
        env={**os.environ, "PYTHONPATH": paths, **environ},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as started:
        try:
            yield Served(started)
        finally:
            _end(started)


def _end(started: subprocess.Popen[str]) -> None:
    """Ask for the end, so that coverage is written; do not ask for long."""
    assert started.stdin is not None
    # Whatever waits for a line goes on.
    with suppress(BrokenPipeError):
        started.stdin.close()
    started.terminate()
    with suppress(subprocess.TimeoutExpired):
        started.wait(SECONDS)
    started.kill()


@contextmanager
def server(plan: Plan | None = None, **environ: str) -> Iterator[tuple[Served, str, int]]:
    """Start a process, and give it with host and port once it answers there."""
    with process(plan or Plan(), **environ) as started:
        assert started.hears() == "started"
        place = urlsplit(started.hears())
        assert place.hostname is not None
        assert place.port is not None
        yield started, place.hostname, place.port


def connected(host: str, port: int) -> HTTPConnection:
    """Give a connection that keeps alive between requests."""
    return HTTPConnection(host, port, timeout=SECONDS)


def get(host: str, port: int, path: str = "/", **headers: str) -> dict[str, object]:
    """Ask once, and give what the application saw."""
    connection = connected(host, port)
    try:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request("GET", path, headers=named)
        found: dict[str, object] = json.loads(connection.getresponse().read())
        return found
    finally:
        connection.close()


if __name__ == "__main__":
    main()
