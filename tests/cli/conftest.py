"""The program, run in this process on a site small enough to know by heart."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Protocol

import pytest
from click.testing import CliRunner, Result

from reti_graph.cli.main import cli

SMALL_SITE = Path(__file__).parents[1] / "assets" / "small_site"


class Run(Protocol):
    """A call of the program with some words, and the bytes it may read."""

    def __call__(self, *words: str | Path, stdin: bytes = b"") -> Result:
        """Give what it printed and how it ended."""
        ...


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make the small site the one that is meant without --site."""
    monkeypatch.setenv("RETI_SITE", str(SMALL_SITE))
    monkeypatch.delenv("RETI_LANG", raising=False)
    return SMALL_SITE


@pytest.fixture
def own_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a copy of the small site, which may be changed, the one that is meant."""
    copy = tmp_path / "site"
    shutil.copytree(SMALL_SITE, copy)
    monkeypatch.setenv("RETI_SITE", str(copy))
    monkeypatch.delenv("RETI_LANG", raising=False)
    return copy


@pytest.fixture
def run() -> Run:
    """Run the program as a shell would."""

    def call(*words: str | Path, stdin: bytes = b"") -> Result:
        return CliRunner().invoke(cli, list(map(str, words)), input=stdin, prog_name="reti-graph")

    return call
