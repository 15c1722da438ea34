"""A soak: `python -m benchmarks.soak --mode site|store|release`.

Mixed load on one server while another release is brought out every 20 seconds; every answer is
compared with what its release answers when nothing else happens. Prints the result and saves it
beside this file; README.md, one folder up, says what is asked. Ends with 1 when one was wrong.
"""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.http.machine import machine, versions
from benchmarks.http.processes import HOST, fetch
from benchmarks.soak.asking import everything_asked
from benchmarks.soak.clients import Load, clients, expected_of
from benchmarks.soak.judging import Judge
from benchmarks.soak.modes import MODES, release_at, serving
from benchmarks.soak.report import Soaked, report
from benchmarks.soak.sites import pair_in
from benchmarks.soak.tally import Tally
from benchmarks.soak.timeline import Timeline
from benchmarks.soak.weighing import Scales
from reti_graph.sources.site import read_settings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from benchmarks.soak.asking import Asked
    from benchmarks.soak.judging import Told
    from benchmarks.soak.modes import Stage
    from benchmarks.soak.sites import Pair

_PERIOD: Final = 20.0
_LONGEST_SWITCH: Final = 120.0
_BETWEEN_LOOKS: Final = 0.05
_SECONDS_TO_ANSWER: Final = 60.0
# Not counted as growth: caches fill, and the second release is opened for the first time.
_WARM_UP: Final = 60.0
_WARM_UP_PART: Final = 0.2


@dataclass(frozen=True, slots=True)
class Known:
    """What is right: the digest of each site, and what each release answers, by its digest."""

    digests: Mapping[Path, str]
    expected: Mapping[str, Mapping[Asked, Told]]

    @property
    def everything(self) -> tuple[Asked, ...]:
        """All requests."""
        return tuple(next(iter(self.expected.values())))

    @property
    def differing(self) -> int:
        """How many requests get other bytes from the other release."""
        first, second = self.expected.values()
        return sum(first[asked].exact != second[asked].exact for asked in first)


def options() -> argparse.Namespace:
    """Return what was asked for on the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soak", description=__doc__)
    add = parser.add_argument
    add("--mode", choices=tuple(MODES), default="site", help="what is served (default: site)")
    add("--minutes", type=float, default=10.0, help="how long the load lasts (default: 10)")
    add("--clients", type=int, default=6, help="clients that ask and check (default: 6)")
    add("--attackers", type=int, default=1, help="clients that mean harm (default: 1)")
    add("--output", type=Path, help="where the result is saved (default: results-MODE.md)")
    return parser.parse_args()


def known_of(pair: Pair, folder: Path) -> Known:
    """Serve each site by itself, and keep what it answers to everything."""
    digests: dict[Path, str] = {}
    expected: dict[str, Mapping[Asked, Told]] = {}
    base = read_settings(pair.first).base_iri
    everything: tuple[Asked, ...] = ()
    for site in (pair.first, pair.second):
        note(f"what {site.name} answers")
        with serving(folder / f"{site.name}.log", "--site", str(site)) as (port, _):
            if not everything:
                address = f"http://{HOST}:{port}/sitemap.xml"
                site_map = fetch(address, "*/*", _SECONDS_TO_ANSWER).body.decode()
                everything = everything_asked(site, site_map, base)
            digests[site] = release_at(port)
            expected[digests[site]] = expected_of(port, everything)
    return Known(digests, expected)


def switched(
    stage: Stage, pair: Pair, digests: Mapping[Path, str], load: Load, end: float
) -> list[float]:
    """Bring out one release after the other until the end, and return how long each took.

    A release that is not served after two minutes is the last.
    """
    site = pair.first
    took: list[float] = []
    begun = time.monotonic()
    while (due := begun + _PERIOD) < end:
        time.sleep(max(0.0, due - time.monotonic()))
        site, begun = pair.other(site), time.monotonic()
        load.timeline.begin(digests[site])
        stage.put(site)
        while not stage.serves(digests[site]):
            if time.monotonic() > begun + _LONGEST_SWITCH:
                load.tally.complain("change of release", f"not after {_LONGEST_SWITCH:g} s")
                return took
            time.sleep(_BETWEEN_LOOKS)
        load.timeline.finish()
        took.append(time.monotonic() - begun)
        note(f"{site.name} is served after {took[-1]:.1f} s")
    time.sleep(max(0.0, end - time.monotonic()))
    return took


def soaked(asked: argparse.Namespace, pair: Pair, folder: Path) -> Soaked:
    """Find out what is right, let the load loose, and return what came of it."""
    mode: str = asked.mode
    when = datetime.now(UTC)
    with MODES[mode](pair, folder) as stage:
        known = known_of(pair, folder)
        note(f"{len(known.everything)} requests; the load begins")
        timeline, tally = Timeline(known.digests[pair.first]), Tally()
        judge = Judge(known.expected)
        load = Load(port=stage.port, judge=judge, timeline=timeline, tally=tally)
        threads = clients(load, known.everything, stage.attacks, asked.clients, asked.attackers)
        scales = Scales(stage.pid)
        begun = time.monotonic()
        for thread in (scales, *threads):
            thread.start()
        try:
            end = begun + 60 * asked.minutes
            switches = switched(stage, pair, known.digests, load, end)
        finally:
            load.over.set()
            scales.stop()
            for thread in threads:
                thread.join()
        seconds = time.monotonic() - begun
    log = stage.log.read_text("utf-8", "replace")
    warm_up = min(_WARM_UP, _WARM_UP_PART * seconds)
    return Soaked(
        mode=mode,
        head=head(asked, when),
        expected=len(known.everything),
        differing=known.differing,
        seconds=seconds,
        switches=switches,
        tally=tally,
        weights=[each for each in scales.weights if each.seconds >= warm_up],
        tracebacks=log.count('"exception"'),
    )


def head(asked: argparse.Namespace, when: datetime) -> tuple[str, ...]:
    """Return the lines on when, where and with how many clients."""
    friends = f"{asked.clients} clients that check every answer, {asked.attackers} hostile"
    return (
        f"{when:%Y-%m-%d %H:%M} UTC",
        machine(),
        versions()[0],
        f"{friends}; load, server and workers share the cores",
        f"another release every {_PERIOD:g} s, or as soon as the one before is served",
    )


def note(text: str) -> None:
    """Say on standard error what is going on."""
    print(text, file=sys.stderr, flush=True)


def main() -> int:
    """Soak, print and save; return 1 when something was wrong."""
    # An end that was asked for ends the servers, too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended before the result was complete"))
    asked = options()
    with tempfile.TemporaryDirectory(prefix="reti-graph-soak-") as name:
        found = soaked(asked, pair_in(Path(name, "sites")), Path(name))
    text = report(found)
    print(text)
    output = asked.output or Path(__file__).with_name(f"results-{found.mode}.md")
    output.write_text(text, "utf-8")
    return 1 if found.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
