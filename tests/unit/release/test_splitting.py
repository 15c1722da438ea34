from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reti_graph.release import splitting
from reti_graph.release.splitting import Splitter

if TYPE_CHECKING:
    from pathlib import Path

BASE = "https://example.org/nets/source/"
LINES = [
    b"<urn:a> <urn:p> <urn:b> <https://example.org/nets/ontology> .\n",
    b"<urn:a> <urn:p> <urn:b> <https://example.org/nets/source/one/name> .\n",
    b"<urn:a> <urn:p> <urn:b> <https://example.org/nets/source/oneself/name> .\n",
    b"<urn:a> <urn:p> <urn:b> .\n",
    b"<urn:a> <urn:p> <urn:c> <https://example.org/nets/source/one> .\n",
]


@pytest.mark.parametrize("at_once", [1, 2, 200_000])
def test_each_line_is_passed_on_and_put_where_it_belongs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    """In its order, however many wait; a line that is of no part goes into no file."""
    monkeypatch.setattr(splitting, "_AT_ONCE", at_once)
    files = {f"{BASE}{name}": tmp_path / name for name in ("one", "oneself")}
    graphs = {b"<https://example.org/nets/ontology>"}
    splitter = Splitter(files, tmp_path / "ontology", graphs)
    assert list(splitter.passed(LINES)) == LINES
    written = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    assert written == {
        "ontology": LINES[0],
        "one": LINES[1] + LINES[4],
        "oneself": LINES[2],
    }
