"""Two copies of the site that differ in one label, one served after the other."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from reti_graph import wiring
from reti_graph.sources.folder import DATES_FILE, FOLDERS, SETTINGS_FILE

if TYPE_CHECKING:
    from pathlib import Path

_FILE: Final = "data/editorial/english-names.trig"
_LABEL: Final = 'network:eurocities rdfs:label "EUROCITIES"@en .'
_OTHER_LABEL: Final = 'network:eurocities rdfs:label "EUROCITIES, once more"@en .'


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sites, and the folder that is served, which is a copy of either."""

    first: Path
    second: Path
    served: Path

    def other(self, site: Path) -> Path:
        """Return the site that is not this one."""
        return self.second if site == self.first else self.first

    def put(self, site: Path) -> None:
        """Make the served folder a copy of a site: the file that differs is replaced at once."""
        new = self.served.with_name("new")
        # With its time: the date of a part may be that of its newest file.
        shutil.copy2(site / _FILE, new)
        new.replace(self.served / _FILE)


def pair_in(folder: Path) -> Pair:
    """Write both sites into a folder; the first is served.

    Raises ValueError when the site no longer has the label that is to differ.
    """
    pair = Pair(folder / "first", folder / "second", folder / "served")
    source = wiring.bundled_site()
    for copied in (pair.first, pair.second, pair.served):
        for name in FOLDERS:
            shutil.copytree(source / name, copied / name)
        for name in (SETTINGS_FILE, DATES_FILE):
            shutil.copy2(source / name, copied / name)
    changed = pair.second / _FILE
    text = changed.read_text("utf-8")
    if _LABEL not in text:
        raise ValueError(f"{_FILE} has no line {_LABEL!r} to change.")
    changed.write_text(text.replace(_LABEL, _OTHER_LABEL), "utf-8")
    return pair
