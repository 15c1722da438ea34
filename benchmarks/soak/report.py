"""What the soak found, as Markdown."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from benchmarks.soak.asking import KINDS
from benchmarks.soak.hostile import HOSTILE
from benchmarks.soak.weighing import SECONDS, growth

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator, Mapping, Sequence

    from benchmarks.soak.tally import Tally
    from benchmarks.soak.weighing import Weight

_MEGABYTE: Final = 1e6
_LONGEST: Final = 110
"""So many letters of a request are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Soaked:
    """What came of it.

    `expected` is how many different requests there were, `differing` how many of them the two
    releases answer with other bytes. `switches` has how many seconds each took.
    """

    mode: str
    head: tuple[str, ...]
    expected: int
    differing: int
    seconds: float
    switches: Sequence[float]
    tally: Tally
    weights: Sequence[Weight]
    tracebacks: int

    @property
    def wrong(self) -> int:
        """How much was wrong: answers, and what the server logged of failures of its own."""
        return self.tally.wrong + self.tracebacks


def report(soaked: Soaked) -> str:
    """Return the report of a run."""
    lines = [
        f"# Soak: `--mode {soaked.mode}`",
        "",
        *(f"- {line}" for line in soaked.head),
        "",
        *_summary(soaked),
        "",
        *_answers(soaked.tally.counts),
        "",
        *_times(soaked.tally),
        "",
        *_memory(soaked.weights),
        "",
        *_wrong(soaked.tally),
    ]
    return "\n".join(lines).rstrip() + "\n"


def _summary(soaked: Soaked) -> Iterator[str]:
    tally, took = soaked.tally, soaked.switches
    total = sum(sum(counts.values()) for counts in tally.counts.values())
    minutes = soaked.seconds / 60
    yield f"- {total:,} answers in {minutes:.1f} minutes, **{tally.wrong:,} wrong**"
    yield f"- {soaked.tracebacks:,} tracebacks in the server's log"
    yield f"- {soaked.expected:,} different requests; to {soaked.differing:,} of them the releases"
    yield "  answer with other bytes"
    yield f"- {len(took)} changes of release"
    if took:
        yield "- from the first file replaced until the new release alone was served:"
        yield f"  {statistics.median(took):.1f} s (median), {max(took):.1f} s at most"


def _answers(counts: Mapping[str, Counter[str]]) -> Iterator[str]:
    found = {came for each in counts.values() for came in each}
    columns = sorted(found)
    yield f"| answers | {' | '.join(columns)} |"
    yield f"|---|{'---:|' * len(columns)}"
    for kind in (*KINDS, HOSTILE):
        cells = (f"{counts[kind][came]:,}" if counts[kind][came] else "" for came in columns)
        yield f"| {kind} | {' | '.join(cells)} |"


def _times(tally: Tally) -> Iterator[str]:
    yield "| time of an answer, ms | median | 99 % below | slowest | which was |"
    yield "|---|---:|---:|---:|---|"
    for kind in (*KINDS, HOSTILE):
        took = sorted(tally.seconds[kind])
        if took:
            marks = (took[len(took) // 2], took[len(took) * 99 // 100], took[-1])
            _, slowest = tally.slowest[kind]
            cells = (kind, *(f"{mark * 1000:,.1f}" for mark in marks), _shown(slowest))
            yield f"| {' | '.join(cells)} |"


def _memory(weights: Sequence[Weight]) -> Iterator[str]:
    """Weigh what was seen after the warming up, which the caller has left out."""
    yield (
        f"| resident, MB, every {SECONDS:g} s | start | first third | second | last | end | most "
        "| more each minute |"
    )
    yield "|---|---:|---:|---:|---:|---:|---:|---:|"
    seen = {
        "the process that listens": [(each.seconds, each.server) for each in weights],
        "with its workers": [(each.seconds, each.family) for each in weights],
    }
    for name, points in seen.items():
        found = growth(points)
        sizes = (found.start, *found.thirds, found.end, found.most)
        cells = " | ".join(f"{size / _MEGABYTE:,.0f}" for size in sizes)
        yield f"| {name} | {cells} | {found.a_minute / _MEGABYTE:+.2f} |"


def _wrong(tally: Tally) -> Iterator[str]:
    if tally.wrong:
        yield f"The first of {tally.wrong:,} wrong answers:"
        yield ""
        yield from (f"- `{each}`" for each in tally.shown)


def _shown(asked: str) -> str:
    """Return what was asked for as one cell of a table."""
    text = asked.replace("\n", " ").replace("|", "/")
    return f"`{text[:_LONGEST]}…`" if len(text) > _LONGEST else f"`{text}`"
