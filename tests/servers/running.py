"""A server program in a process of its own, that can be stopped and started again."""

from __future__ import annotations

import os
import secrets
import signal
import socket
import subprocess
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

HOST: Final = "127.0.0.1"
SECONDS: Final = 60
"""Longer than any server here takes to start or to end."""

_TURN: Final = 0.05
_TURNS: Final = round(SECONDS / _TURN)

# Below the ports that systems give to connections: there a client that tries a stopped server
# again and again could take its port, or even be connected to itself.
_PORTS: Final = range(20_000, 32_000)
_TRIES: Final = 100


def free_ports(count: int = 1) -> tuple[int, ...]:
    """Give different ports of this machine that nobody listens on, and no connection is given."""
    tried = secrets.SystemRandom().sample(_PORTS, _TRIES)
    free = tuple(islice(filter(_is_free, tried), count))
    assert len(free) == count, f"Of {_TRIES} ports only {len(free)} were free."
    return free


def _is_free(port: int) -> bool:
    with socket.socket() as tried:
        try:
            tried.bind((HOST, port))
        except OSError:
            return False
        return True


class Program:
    """A program that serves until it is stopped; what it prints goes into a file."""

    def __init__(
        self, command: Sequence[str | Path], says: str, folder: Path, **environ: str
    ) -> None:
        """Be started by a command in a folder; the program prints `says` once it serves.

        `environ` is added to the environment of the tests.
        """
        self._command = tuple(map(str, command))
        self._says = says
        self._folder = folder
        # What the tests' environment tells our own program would make it another one.
        inherited = {name: text for name, text in os.environ.items() if name[:5] != "RETI_"}
        self._environ = {**inherited, **environ}
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def process(self) -> subprocess.Popen[bytes]:
        """The process, which is also the first of its process group."""
        assert self._process is not None, "The server is stopped."
        return self._process

    def start(self) -> None:
        """Start the program, and wait until it says that it serves."""
        assert self._process is None, "The server is already started."
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                self._command,
                cwd=self._folder,
                env=self._environ,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                # Its workers end with it, and Ctrl-C is for the tests to handle.
                start_new_session=True,
            )
        for _ in range(_TURNS):
            if self._says in self._printed():
                return
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(_TURN)
                break
        self.kill()
        raise AssertionError(f"{self._command[0]} did not start:\n{self._printed()}")

    def stop(self) -> None:
        """Ask the program to end; it must have run until now, and end well."""
        ended = self.process.poll()
        assert ended is None, f"The server ended by itself ({ended}):\n{self._printed()}"
        self.process.terminate()
        self.process.wait(SECONDS)
        # A program that does not listen to the signal is ended by it, which is well enough.
        assert self.process.returncode in {0, -signal.SIGTERM}, self._printed()
        self._process = None

    def kill(self) -> None:
        """End the program and its workers without asking, as a failure of power does."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(SECONDS)
        self._process = None

    @contextmanager
    def running(self) -> Iterator[None]:
        """Run it; in the end it is stopped, if it is not yet, and whatever happens it is gone."""
        self.start()
        try:
            yield
            if self._process is not None:
                self.stop()
        finally:
            if self._process is not None:
                self.kill()

    @property
    def _log(self) -> Path:
        return self._folder / "printed.txt"

    def _printed(self) -> str:
        return self._log.read_text(errors="replace")


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A SPARQL server on loopback, and the program behind it. Its data outlives the program."""

    program: Program
    folder: Path
    query_url: str

    def start(self) -> None:
        """Start it again, on the same data and the same port."""
        self.program.start()

    def stop(self) -> None:
        """Ask it to end, and wait for it."""
        self.program.stop()

    def kill(self) -> None:
        """End it without asking."""
        self.program.kill()


@dataclass(frozen=True, slots=True, kw_only=True)
class WritableServer(Server):
    """A SPARQL server that anybody may change."""

    update_url: str
    graphs_url: str
    """Where the SPARQL 1.1 Graph Store HTTP Protocol is spoken."""
