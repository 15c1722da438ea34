"""The files of a site's folder: which are its parts, and which only lie there."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from reti_graph.errors import SiteError
from reti_graph.problems import Location, Problem, Severity
from reti_graph.sources.findings import finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

SETTINGS_FILE: Final = "reti.toml"
DATES_FILE: Final = "modified.toml"
FOLDERS: Final = ("ontology", "data", "shapes", "queries")
_HINT: Final = (
    "A site is a folder with reti.toml, ontology/, data/, shapes/ and queries/;"
    " name it with --site DIR."
)
# Part of the site, the folder it stands in, how its files end. Inner folders come first.
_PARTS: Final = (
    ("rules", "ontology/rules/", (".ru",)),
    ("contexts", "ontology/contexts/", (".jsonld",)),
    ("ontology", "ontology/", (".ttl",)),
    ("data", "data/", (".trig",)),
    ("examples", "shapes/examples/", (".ttl", ".trig")),
    ("checks", "shapes/checks/", (".rq",)),
    ("shapes", "shapes/", (".ttl",)),
    ("queries", "queries/", (".rq",)),
)
# A site that has none of these says nothing, or is checked by nothing.
_NEVER_EMPTY: Final = ("ontology", "data", "shapes")


@dataclass(frozen=True, slots=True)
class Listing:
    """Paths by part and then by name, in alphabetical order, and what was wrong on the way."""

    parts: Mapping[str, Mapping[str, Path]]
    problems: tuple[Problem, ...]


def check_folder(root: Path) -> None:
    """Raise SiteError, saying what is missing, when the folder is no site."""
    if not root.exists():
        raise SiteError(f"There is no folder {root}.", hint=_HINT)
    if not root.is_dir():
        raise SiteError(f"{root} is a file, not a folder.", hint=_HINT)
    missing = [f"{name}/" for name in FOLDERS if not (root / name).is_dir()]
    if not (root / SETTINGS_FILE).is_file():
        missing.insert(0, SETTINGS_FILE)
    if missing:
        raise SiteError(f"{root} is not a site: it has no {', no '.join(missing)}.", hint=_HINT)


def list_files(root: Path) -> Listing:
    """Find the files of every part; a file reached twice through links is listed once."""
    parts: dict[str, dict[str, Path]] = {part: {} for part, _, _ in _PARTS}
    problems = []
    for entry in _entries(root):
        if isinstance(entry, Problem):
            problems.append(entry)
            continue
        name = entry.relative_to(root).as_posix()
        if name != _printable(name):
            problems.append(_misnamed(_printable(name)))
            continue
        part = kind_of(name)
        if part is not None:
            parts[part][name] = entry
        elif entry.suffix != ".md":
            problems.append(_not_read(name))
    problems += [_empty(part) for part in _NEVER_EMPTY if not parts[part]]
    return Listing(parts, tuple(problems))


def last_change(root: Path) -> datetime:
    """Return when a file of a site was last written, to the second.

    Raises SiteError when there is no site.
    """
    check_folder(root)
    inside = (path for path in _entries(root) if isinstance(path, Path))
    return last_written((root / SETTINGS_FILE, root / DATES_FILE, *inside))


def last_written(paths: Iterable[Path]) -> datetime:
    """Return when one of these files was last written, to the second; 1970 if none is there."""
    newest = max((path.stat().st_mtime for path in paths if path.exists()), default=0)
    return datetime.fromtimestamp(int(newest), tz=UTC)


def kind_of(name: str) -> str | None:
    """Return which kind of file it is by its name in the site, a key of `Listing.parts`, or None.

    None is for whatever is not read as one of these.
    """
    if not name.startswith(tuple(f"{folder}/" for folder in FOLDERS)):
        return None
    part, suffixes = _expected(name)
    return part if name.endswith(suffixes) else None


def is_special(path: Path) -> bool:
    """Tell a pipe, a device or a folder, which cannot be read or for ever, from a file."""
    try:
        return not stat.S_ISREG(path.stat().st_mode)
    except OSError:
        # Whoever reads the file says why it cannot be read.
        return False


def not_regular(name: str) -> Problem:
    """Return the finding for a name that stands for no file with a text."""
    return finding(
        "not-regular-file",
        Location(name),
        it="Questo non è un file regolare.",
        en="This is not a regular file.",
    )


def _entries(root: Path) -> Iterator[Path | Problem]:
    """Yield files in order; a problem stands for what cannot be listed or must not be opened."""
    errors: list[OSError] = []
    seen: set[str] = set()
    for folder in FOLDERS:
        for here, inner, files in os.walk(root / folder, onerror=errors.append, followlinks=True):
            # A link to a folder above would be walked for ever.
            inner[:] = sorted(
                name for name in inner if name[0] != "." and _is_new(Path(here, name), seen)
            )
            for name in sorted(files):
                if name[0] != "." and _is_new(Path(here, name), seen):
                    path = Path(here, name)
                    yield not_regular(_name(path, root)) if is_special(path) else path
    for error in errors:
        yield finding(
            "unreadable-folder",
            Location(_name(Path(error.filename), root)),
            it=f"La cartella non si può leggere: {error.strerror}.",
            en=f"The folder cannot be read: {error.strerror}.",
        )


def _name(path: Path, root: Path) -> str:
    return _printable(path.relative_to(root).as_posix())


def _printable(name: str) -> str:
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _is_new(path: Path, seen: set[str]) -> bool:
    # Path.resolve raises an error for a link to itself.
    real = os.path.realpath(path)
    new = real not in seen
    seen.add(real)
    return new


def _expected(name: str) -> tuple[str, tuple[str, ...]]:
    """Return the part that a file belongs to by its folder, and how its name should end."""
    return next((part, ends) for part, folder, ends in _PARTS if name.startswith(folder))


def _misnamed(name: str) -> Problem:
    return finding(
        "name-not-utf-8",
        Location(name),
        it="Il nome del file non è in UTF-8.",
        en="The name of the file is not UTF-8.",
        hint="Give it another name.",
    )


def _not_read(name: str) -> Problem:
    _, suffixes = _expected(name)
    return finding(
        "file-not-read",
        Location(name),
        it=f"Questo file non viene letto: qui i nomi dei file finiscono in {', '.join(suffixes)}.",
        en=f"This file is not read: file names here end in {', '.join(suffixes)}.",
        severity=Severity.WARNING,
    )


def _empty(part: str) -> Problem:
    folder, suffixes = next((folder, ends) for name, folder, ends in _PARTS if name == part)
    return finding(
        "empty-folder",
        Location(folder),
        it=f"Nella cartella non c'è alcun file {suffixes[0]}.",
        en=f"There is no {suffixes[0]} file in the folder.",
    )
