"""A whole site of about so many statements: `python -m benchmarks.scale.generate STATEMENTS DIR`.

The site is a copy of this repository's own with made-up sources beside the real ones, so that its
shapes, checks, rules and canned queries are those of the real site, and all find something. What
is counted are the statements of the release: what the files say and what the rules derive of it.
Nothing depends on the clock or on chance: a size gives the same bytes always.
"""

from __future__ import annotations

import shutil
import sys
import time
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.scale.sources import STATEMENTS, passages, slug
from reti_graph.sources.dates import renewed
from reti_graph.sources.dates_file import read_dates, write_dates
from reti_graph.sources.folder import DATES_FILE, FOLDERS, SETTINGS_FILE
from reti_graph.sources.site import read_settings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reti_graph.sources.dates import Recorded

ROOT: Final = Path(__file__).parents[2]
_OF_THE_SITE: Final = 25_500
"""About how many statements a release of the real site has."""
_DAY: Final = date(2026, 1, 1)


def generate(statements: int, folder: Path, root: Path = ROOT) -> int:
    """Write the site into a folder that is not there yet, and return how many sources it made up.

    One source is in memory at a time. `root` is the folder of the real site.
    """
    for name in FOLDERS:
        shutil.copytree(root / name, folder / name)
    shutil.copy(root / SETTINGS_FILE, folder)
    prefixes = read_settings(root).prefixes
    header = "".join(f"@prefix {name}: <{space}> .\n" for name, space in sorted(prefixes.items()))
    recorded, _ = read_dates(root)
    made_up = max(1, round((statements - _OF_THE_SITE) / STATEMENTS))
    dates = dict(recorded)
    for source in range(made_up):
        dates |= _write(source, folder, header)
    (folder / DATES_FILE).write_text(write_dates(dates), encoding="utf-8")
    return made_up


def _write(source: int, folder: Path, header: str) -> Mapping[str, Recorded]:
    """Write the files of a source, and return what is to be recorded of it."""
    blocks: defaultdict[str, list[str]] = defaultdict(list)
    for name, block in passages(source):
        blocks[f"data/{slug(source)}/{name}.trig"].append(block)
    texts = {name: "\n".join((header, *found)) for name, found in blocks.items()}
    (folder / "data" / slug(source)).mkdir()
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return renewed({}, texts, _DAY)


if __name__ == "__main__":
    wanted, where = int(sys.argv[1]), Path(sys.argv[2])
    start = time.perf_counter()
    sources = generate(wanted, where)
    seconds = time.perf_counter() - start
    print(f"{sources} made-up sources, {seconds / wanted * 1_000_000:.1f} s per million statements")
