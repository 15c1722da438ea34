from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from tests.web.served import ROOT, SECONDS, connected

if TYPE_CHECKING:
    from collections.abc import Iterator

SMALL_SITE: Final = Path(__file__).resolve().parents[1] / "assets" / "small_site"


@contextmanager
def served_site() -> Iterator[tuple[subprocess.Popen[str], str, int]]:
    """Run the program on the small site, and give the process with host and port."""
    with subprocess.Popen(
        [sys.executable, "-m", "reti_graph", "serve", "--port", "0", "--site", str(SMALL_SITE)],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            place = urlsplit(process.stdout.readline().rpartition(" ")[2].strip())
            assert place.hostname is not None
            assert place.port is not None
            yield process, place.hostname, place.port
        finally:
            process.kill()


def status(host: str, port: int, path: str) -> int:
    """Ask for a path, and give the status of the answer."""
    with closing(connected(host, port)) as connection:
        connection.request("GET", path, headers={"Accept": "text/turtle"})
        return connection.getresponse().status


def test_a_site_is_served_by_a_real_server() -> None:
    """A path that arrives percent-encoded is decoded once, and the server ends when told."""
    with served_site() as (process, host, port):
        assert status(host, port, "/doc/network/alpha") == 200
        assert status(host, port, "/id/network/alpha") == 303
        assert status(host, port, "/doc/network/%61lpha") == 200
        assert status(host, port, "/doc/network/%2561lpha") == 404
        assert status(host, port, "/doc/network%2Falpha") == 404
        process.send_signal(signal.SIGTERM)
        said = process.communicate(timeout=SECONDS)
    assert (process.returncode, said) == (0, ("", ""))


def test_a_site_is_read_anew_on_a_hangup_and_served_meanwhile() -> None:
    """Nothing is said about a reload that worked."""
    with served_site() as (process, host, port):
        process.send_signal(signal.SIGHUP)
        assert status(host, port, "/doc/network/alpha") == 200
        process.send_signal(signal.SIGINT)
        said = process.communicate(timeout=SECONDS)
    assert (process.returncode, said) == (0, ("", ""))
