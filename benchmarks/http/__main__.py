"""How many requests a second, beside other servers: `python -m benchmarks.http`.

Prints the result as Markdown and saves it; README.md, one folder up, says what is measured and
how. Everything stays on this machine, ends by itself, and takes less than half an hour.
"""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.http import servers
from benchmarks.http.machine import machine, versions
from benchmarks.http.processes import HOST, fetch, free_port
from benchmarks.http.questions import TURTLE, questions
from benchmarks.http.report import Result, report
from benchmarks.http.subjects import made_up_subject, site_subject, site_with_query
from benchmarks.http.trial import Pace, Trial, run
from reti_graph import wiring

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from benchmarks.http.questions import Question
    from benchmarks.http.servers import Server
    from benchmarks.http.subjects import Subject

_RESULTS: Final = Path(__file__).with_name("results.md")
_SIZES: Final = (100_000, 1_000_000)
_QUICK_SECONDS: Final = 1.0
_SECONDS_A_FILE: Final = 20.0
_QUICK_MINUTES: Final = 2.0


def options() -> argparse.Namespace:
    """Return what was asked for on the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.http", description=__doc__)
    add = parser.add_argument
    add("--quick", action="store_true", help="only the site, one second a cell, nothing saved")
    add("--seconds", type=float, default=5.0, help="how long a cell lasts (default: 5)")
    add("--warm-up", type=float, default=1.0, help="and its warming up (default: 1)")
    add("--minutes", type=float, default=25.0, help="no cell begins later (default: 25)")
    add("--size", type=int, action="append", help="made-up statements (default: 100k and 1M)")
    add("--output", type=Path, help=f"where the result is saved (default: {_RESULTS.name})")
    return parser.parse_args()


def pace_of(asked: argparse.Namespace) -> Pace:
    """Return how long cells last and until when they may begin, from now on."""
    seconds = _QUICK_SECONDS if asked.quick else asked.seconds
    minutes = _QUICK_MINUTES if asked.quick else asked.minutes
    warm_up = 0.0 if asked.quick else asked.warm_up
    return Pace(seconds=seconds, warm_up=warm_up, until=time.monotonic() + 60 * minutes)


def subjects(asked: argparse.Namespace, folder: Path) -> Iterator[Subject]:
    """Yield the site and then made-up data of each size; each is written when it is wanted."""
    site = site_with_query(folder)
    release = wiring.open_release(wiring.bundled_site())
    yield site_subject(site, release, folder)
    for size in () if asked.quick else asked.size or _SIZES:
        yield made_up_subject(site, release, size, folder)


def measured(subject: Subject, pace: Pace, folder: Path) -> Result:
    """Return what all servers did on a subject, one after the other, in a folder of their own."""
    settings = wiring.open_release(subject.site).settings
    asked = {question.name: question for question in questions(subject, settings)}
    files = [path for question in asked.values() for path in question.files]
    makers: Mapping[str, Callable[[int], Server]] = {
        servers.OURS: lambda port: servers.ours(subject, port),
        servers.NGINX: lambda port: servers.nginx(port, folder, files[0]),
        servers.OXIGRAPH: lambda port: servers.oxigraph(subject, port, folder),
        servers.RDFLIB: lambda port: servers.rdflib(subject, port),
    }
    trials = {}
    for name, make in makers.items():
        note(f"{subject.name}: {name}")
        trials[name] = trial_of(make(free_port()), asked, pace, folder, files)
    return Result(subject, asked, trials)


def trial_of(
    server: Server,
    asked: Mapping[str, Question],
    pace: Pace,
    folder: Path,
    files: list[str],
) -> Trial:
    """Return the trial of a server, or why there can be none; ours leaves files for nginx."""
    reason = servers.missing(server.name)
    if server.name == servers.NGINX and not (folder / "files").exists():
        reason = "reti-graph left it no documents to serve"
    if pace.is_over:
        reason = "no time left"
    if reason is not None:
        return Trial(server=server.name, problem=reason)

    def keep() -> None:
        if server.name == servers.OURS:
            keep_files(server.port, files, folder / "files")

    log = folder / f"{server.port}.log"
    return run(server, asked, pace, log, keep)


def keep_files(port: int, paths: list[str], folder: Path) -> None:
    """Write the documents at some paths of our server into files."""
    for path in paths:
        file = folder / path.removeprefix("/")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(fetch(f"http://{HOST}:{port}{path}", TURTLE, _SECONDS_A_FILE).body)


def note(text: str) -> None:
    """Say on standard error what is going on."""
    print(text, file=sys.stderr, flush=True)


def head(asked: argparse.Namespace, pace: Pace, begun: float) -> tuple[str, ...]:
    """Return the lines on when, where and how it was measured."""
    minutes = (time.monotonic() - begun) / 60
    when = f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, in {minutes:.1f} minutes"
    cell = f"a cell: {pace.seconds:g} s after {pace.warm_up:g} s of warming up"
    return (
        f"{when} (--quick: not to be quoted)" if asked.quick else when,
        machine(),
        *versions(),
        f"{cell}; load and servers share the cores",
    )


def main() -> None:
    """Measure, print and save."""
    # An end that was asked for ends the servers, too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended before the result was complete"))
    asked = options()
    begun, pace, results = time.monotonic(), pace_of(asked), []
    with tempfile.TemporaryDirectory(prefix="reti-graph-benchmark-") as name:
        for number, subject in enumerate(subjects(asked, Path(name))):
            place = Path(name, str(number))
            place.mkdir()
            results.append(measured(subject, pace, place))
    text = report(results, head(asked, pace, begun))
    print(text)
    output = asked.output or (None if asked.quick else _RESULTS)
    if output:
        output.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
