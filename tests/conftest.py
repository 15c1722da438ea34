"""What every test may use: files that hold expected texts, and how they are renewed."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tests.servers.oxigraph import oxigraph_server
from tests.servers.virtuoso import virtuoso_server

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.servers.running import WritableServer
    from tests.servers.virtuoso import VirtuosoServer

GOLDEN = Path(__file__).parent / "golden"

# How long an example takes says nothing on a machine that does other work too.
# Examples are new in every run, also where CI is set.
settings.register_profile("untimed", settings.get_profile("default"), deadline=None)
settings.load_profile("untimed")


@dataclass(frozen=True, slots=True)
class Golden:
    """Compares texts with the files in tests/golden, or writes them there."""

    update: bool
    rerun: str

    def check(self, name: str, actual: str) -> None:
        """Fail with a diff when the text is not what the file holds."""
        path = GOLDEN / name
        if self.update:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(actual, encoding="utf-8")
            return
        expected = path.read_text(encoding="utf-8") if path.exists() else ""
        if actual != expected:
            diff = difflib.unified_diff(
                expected.splitlines(keepends=True),
                actual.splitlines(keepends=True),
                f"tests/golden/{name}",
                "what came out",
            )
            pytest.fail(f"{''.join(diff)}\nIf this is meant, renew the file: {self.rerun}", False)  # noqa: FBT003 - pytest's own signature


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that renews the files of expected texts."""
    parser.addoption(
        "--update-golden", action="store_true", help="write the files in tests/golden anew"
    )


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Give the comparison with the files in tests/golden."""
    file = Path(str(request.path)).relative_to(request.config.rootpath).as_posix()
    update = bool(request.config.getoption("--update-golden"))
    return Golden(update, f"pytest {file} --update-golden")


@pytest.fixture(scope="session")
def oxigraph() -> Iterator[WritableServer]:
    """Give one server of Oxigraph to all tests; whoever uses it empties it first."""
    with oxigraph_server() as server:
        yield server


@pytest.fixture(scope="session")
def virtuoso() -> Iterator[VirtuosoServer]:
    """Give one Virtuoso to all tests; whoever uses it empties it first."""
    with virtuoso_server() as server:
        yield server
