"""The program's server in a process of its own, started as a user starts it."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SECONDS: Final = 60
_SAYS: Final = "Serving on "


@contextmanager
def serving(site: Path | None = None) -> Iterator[str]:
    """Serve a site, the bundled one by default, and give the address that the program prints.

    The address ends with "/". In the end the server is told to go, and must have gone well and
    with nothing to complain of.
    """
    words = ["serve", "--port", "0", *(["--site", str(site)] if site else [])]
    # What the program is told by the environment of the tests would make it another one.
    environ = {name: text for name, text in os.environ.items() if not name.startswith("RETI_")}
    with (
        tempfile.TemporaryFile() as complaints,
        subprocess.Popen(
            [sys.executable, "-m", "reti_graph", *words],
            env=environ,
            stdout=subprocess.PIPE,
            stderr=complaints,
            text=True,
        ) as process,
    ):
        try:
            yield _address(process)
            process.terminate()
            process.wait(SECONDS)
        finally:
            process.kill()
        complaints.seek(0)
        assert (process.returncode, complaints.read().decode()) == (0, "")


def _address(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    said = process.stdout.readline().strip()
    assert said.startswith(_SAYS), said
    return said.removeprefix(_SAYS)
