"""What every test may use: files that hold expected texts, and how they are renewed."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import settings

GOLDEN = Path(__file__).parent / "golden"

# How long an example takes says nothing on a machine that does other work too.
settings.register_profile("untimed", deadline=None)
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
