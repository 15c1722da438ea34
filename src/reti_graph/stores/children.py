"""The pool's side of a worker process: frames in, frames out, and its end."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Final, Self, cast

from reti_graph.errors import StoreError
from reti_graph.stores.frames import Frames

if TYPE_CHECKING:
    from collections.abc import Callable

# Without -P the current folder could put another module in the place of one of ours.
_COMMAND: Final = (sys.executable, "-P", "-m", "reti_graph.stores.worker")
_INPUT: Final = 0
# Who we are to a store elsewhere. A worker that asks one is told over its pipe.
_SECRETS: Final = "RETI_STORE_"


class Child(asyncio.SubprocessProtocol):
    """A worker process.

    `asked` counts the frames sent to it after the first, `heard` those it sent; `killed` says
    that it was ended from here, and `ended` resolves with its exit code.
    """

    def __init__(self, received: Callable[[Child, bytes], None], longest: int) -> None:
        """Hand each frame that arrives to `received`; `start` makes one."""
        self.ended: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self.asked = 0
        self.heard = 0
        self.killed = False
        self._received = received
        self._frames = Frames(longest)
        self._process: asyncio.SubprocessTransport

    @classmethod
    async def start(
        cls, setup: bytes, received: Callable[[Child, bytes], None], longest: int
    ) -> Self:
        """Start a process and send it its first frame; longer frames than `longest` end it.

        Raises OSError when the system has no room for another process.
        """
        loop = asyncio.get_running_loop()
        child = cls(received, longest)
        await loop.subprocess_exec(
            lambda: child,
            *_COMMAND,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=None,
            env=_environment(),
            start_new_session=True,
        )
        child._write(setup)
        return child

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the process (asyncio.SubprocessProtocol)."""
        self._process = cast("asyncio.SubprocessTransport", transport)

    def pipe_data_received(self, fd: int, data: bytes) -> None:
        """Hand on what is whole with this piece (asyncio.SubprocessProtocol)."""
        del fd
        try:
            for frame in self._frames.feed(data):
                self.heard += 1
                self._received(self, frame)
        except StoreError:
            self.kill()

    def connection_lost(self, exc: Exception | None) -> None:
        """Say that the process has ended and everything it said is read (SubprocessProtocol)."""
        del exc
        code = self._process.get_returncode()
        self._process.close()
        if not self.ended.done():
            self.ended.set_result(0 if code is None else code)

    @property
    def pid(self) -> int:
        """The id of the process."""
        return self._process.get_pid()

    def send(self, frame: bytes) -> None:
        """Send a frame. One that has ended takes it in silence: `ended` tells."""
        self.asked += 1
        self._write(frame)

    def kill(self) -> None:
        """End the process now, whatever it does; `ended` comes when it is gone."""
        self.killed = True
        with suppress(ProcessLookupError):
            self._process.kill()

    def _write(self, frame: bytes) -> None:
        stdin = cast("asyncio.WriteTransport | None", self._process.get_pipe_transport(_INPUT))
        if stdin is not None and not stdin.is_closing():
            stdin.write(frame)


def _environment() -> dict[str, str]:
    """Return the environment of a worker: that of this process without its secrets."""
    return {name: text for name, text in os.environ.items() if not name.startswith(_SECRETS)}


def how_it_ended(code: int) -> str:
    """Return the name of the signal, or the exit code, in words for a log."""
    if code >= 0:
        return f"exit code {code}"
    known = signal.Signals.__members__.values()
    return next((each.name for each in known if each == -code), f"signal {-code}")
