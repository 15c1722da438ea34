"""Starting servers, waiting for their first answer, weighing them, and ending them."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import time
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPException
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.error import HTTPError
from urllib.request import Request, urlopen

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

HOST: Final = "127.0.0.1"

_SECONDS_TO_END: Final = 15.0
_BETWEEN_TRIES: Final = 0.005
_LINES_SHOWN: Final = 3


class ServerError(Exception):
    """A server that does not start, or does not answer; says what it wrote last."""


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass(frozen=True, slots=True)
class Fetched:
    """The body of an answer, and its media type."""

    body: bytes
    media_type: str


def fetch(url: str, accept: str, timeout: float) -> Fetched:
    """Return an answer with status 200.

    Raises OSError for any other one, and when there is none in time.
    """
    request = Request(url, headers={"Accept": accept})  # noqa: S310 -- of our own making
    try:
        with urlopen(request, timeout=timeout) as answer:  # noqa: S310
            return Fetched(answer.read(), answer.headers.get_content_type())
    except HTTPException as error:
        raise ConnectionError(f"a broken answer: {error!r}") from error


@contextlib.contextmanager
def running(
    command: Sequence[str], log: Path, environ: Mapping[str, str], folder: Path
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server in a folder with some more environment variables, and end it and its children.

    What it writes goes to `log`, and its temporary files beside that.
    """
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, "TMPDIR": str(log.parent), **environ},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ask the server to end; whatever is left of its group after a while is killed."""
    family = _family(process.pid)
    process.terminate()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(_SECONDS_TO_END)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    for pid in family - {process.pid}:
        # A child in a session of its own that has not seen its parent go.
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def first_answer(
    process: subprocess.Popen[bytes], url: str, accept: str, log: Path, limit: float
) -> None:
    """Return once a server answers.

    Raises ServerError when it ends or refuses, or does not answer within `limit` seconds.
    """
    end = time.monotonic() + limit
    while time.monotonic() < end:
        if process.poll() is not None:
            raise ServerError(f"ended with code {process.returncode}: {_last_lines(log)}")
        try:
            fetch(url, accept, limit)
        except OSError as error:
            if isinstance(error, HTTPError) and error.code != HTTPStatus.SERVICE_UNAVAILABLE:
                raise ServerError(f"refuses {url}: {error}") from error
            time.sleep(_BETWEEN_TRIES)
        else:
            return
    raise ServerError(f"no answer within {limit:.0f} s: {_last_lines(log)}")


def memory(pid: int) -> int:
    """Return the resident bytes of a process and its descendants, shared pages in each."""
    return sum(resident(each) for each in _family(pid))


def _family(pid: int) -> set[int]:
    parents = dict(filter(None, map(_parent, Path("/proc").glob("[0-9]*"))))
    found = {pid}
    while new := {child for child, parent in parents.items() if parent in found} - found:
        found |= new
    return found


def _parent(folder: Path) -> tuple[int, int] | None:
    try:
        # The name, in brackets, may hold anything.
        fields = (folder / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return int(folder.name), int(fields[1])


def resident(pid: int) -> int:
    """Return the resident bytes of a process alone; 0 when it is gone."""
    try:
        pages = Path(f"/proc/{pid}/statm").read_text().split()[1]
    except OSError:
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def _last_lines(log: Path) -> str:
    lines = log.read_text("utf-8", "replace").splitlines()
    return "\n".join(lines[-_LINES_SHOWN:]) or "it wrote nothing"
