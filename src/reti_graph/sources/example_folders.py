"""Whether the folders of `shapes/examples/` are those of the shapes."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from reti_graph.errors import did_you_mean
from reti_graph.naming import nearest
from reti_graph.problems import Location, Problem
from reti_graph.sources.findings import finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_FOLDER: Final = PurePosixPath("shapes/examples")
# A folder of examples for a check is named so, and then as the check.
FOR_A_CHECK: Final = "check-"


def example_folder_problems(shapes: Iterable[str], examples: Iterable[str]) -> Iterator[Problem]:
    """Yield a problem when shapes have no examples, and for each folder named after no shape.

    Both are file names within the site. A folder `check-{check}` is for a check.
    """
    known = {PurePosixPath(name).stem for name in shapes}
    paths = [PurePosixPath(name) for name in examples]
    if known and not paths:
        yield finding(
            "no-examples",
            Location(f"{_FOLDER}/"),
            it="Non c'è alcun esempio per le forme.",
            en="There are no examples for the shapes.",
        )
    folders = sorted({path.parent.name for path in paths if path.parent.parent == _FOLDER})
    for folder in folders:
        if folder not in known and not folder.startswith(FOR_A_CHECK):
            yield _of_nothing(folder, known)


def _of_nothing(folder: str, known: Iterable[str]) -> Problem:
    close = nearest(folder, known, count=1)
    return finding(
        "examples-of-nothing",
        Location(f"{_FOLDER}/{folder}/"),
        it=f"Non c'è un file shapes/{folder}.ttl per questi esempi.",
        en=f"There is no file shapes/{folder}.ttl for these examples.",
        hint=did_you_mean(close),
    )
