"""A site served on this machine, for as long as it takes to harvest it."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager, suppress
from typing import IO, TYPE_CHECKING, Final, cast

from reti_graph.errors import SiteError, StoreError, StoreTimeoutError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

START_SECONDS: Final = 300
END_SECONDS: Final = 10

_SAYS: Final = "Serving on "
_ERROR: Final = "error: "
_HINT: Final = "hint: "
# Ends of the program that are the site's fault: its data is wrong, or it is no site.
_SITE_AT_FAULT: Final = frozenset({1, 2})


@contextmanager
def local_server(site: Path) -> Iterator[str]:
    """Serve a site on a free port of this machine; give its address, which ends with "/".

    The server is a process of its own, which is ended in the end. Raises SiteError when the site
    cannot be served, StoreError when the server does not start for another reason; the message is
    the server's.
    """
    # Without -P the current folder could put another module in the place of ours.
    command = (sys.executable, "-P", "-m", "reti_graph", "serve", "--site", str(site))
    with (
        tempfile.TemporaryFile() as complaints,
        subprocess.Popen(  # noqa: S603 - our own program
            (*command, "--host", "127.0.0.1", "--port", "0"),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=complaints,
            start_new_session=True,
        ) as process,
    ):
        try:
            yield _address(process, complaints)
        finally:
            _end(process)


def _address(process: subprocess.Popen[bytes], complaints: IO[bytes]) -> str:
    """Return the address that the server prints once it answers there."""
    line = _first_line(process)
    if line.startswith(_SAYS):
        return line.removeprefix(_SAYS)
    code = process.wait()
    complaints.seek(0)
    raise _failure(code, complaints.read().decode(errors="replace"))


def _first_line(process: subprocess.Popen[bytes]) -> str:
    """Return the first line that a process prints; "" when it ends before."""
    stdout = cast("IO[bytes]", process.stdout)
    deadline, said = time.monotonic() + START_SECONDS, b""
    while b"\n" not in said:
        left = max(deadline - time.monotonic(), 0)
        if not select.select([stdout], [], [], left)[0]:
            raise StoreTimeoutError(
                f"The server of the site did not start within {START_SECONDS} seconds.",
                hint="`reti-graph serve` shows what takes so long.",
            )
        piece = os.read(stdout.fileno(), 4096)
        if not piece:
            return ""
        said += piece
    return said.partition(b"\n")[0].decode().strip()


def _failure(code: int, complaints: str) -> SiteError | StoreError:
    """Return what a server that did not start complained of, as it would have been raised here."""
    told, _, hint = complaints.strip().partition(f"\n{_HINT}")
    message = told.removeprefix(_ERROR) or f"The server ended with exit code {code}."
    kind = SiteError if code in _SITE_AT_FAULT else StoreError
    return kind(message, hint=hint or None)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Tell the server to go, and end it and what it started where it does not."""
    process.terminate()
    try:
        process.wait(END_SECONDS)
    except subprocess.TimeoutExpired:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
