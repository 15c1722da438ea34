"""The server against its own description: what it must take, must refuse, and may answer."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.request import urlopen

import msgspec
import pytest

if TYPE_CHECKING:
    from collections.abc import Mapping

HOOKS: Final = Path(__file__).with_name("schemathesis_hooks.py")
# With one worker: Python 3.11 cannot parse source, as Hypothesis does, in two threads at once.
OPTIONS: Final = (
    "--generation-deterministic",
    "--max-examples=15",
    "--workers=1",
    "--continue-on-failure",
    "--warnings=off",
)


class Described(msgspec.Struct):
    """The part of an OpenAPI document that says how many operations there are."""

    paths: dict[str, dict[str, object]]


@pytest.fixture
def environ() -> Mapping[str, str]:
    """Give the environment of the command: with our hooks, and nothing that others set for it."""
    kept = {key: text for key, text in os.environ.items() if not key.startswith("SCHEMATHESIS")}
    return kept | {"SCHEMATHESIS_HOOKS": str(HOOKS)}


def test_the_server_is_as_it_describes_itself(
    address: str, tmp_path: Path, environ: Mapping[str, str]
) -> None:
    """Schemathesis finds no fault with any operation, with all of its checks and phases."""
    description = f"{address}openapi.json"
    with urlopen(description) as answer:  # noqa: S310 - an address of this machine
        described = msgspec.json.decode(answer.read(), type=Described)
    # The address of the description is the one it does not ask again.
    operations = sum(len(methods) for methods in described.paths.values()) - 1
    command = [sys.executable, "-m", "schemathesis.cli", "--no-color", "run", description]
    run = subprocess.run(
        [*command, *OPTIONS],
        # Where it leaves what it found.
        cwd=tmp_path,
        env=environ,
        capture_output=True,
        check=False,
        text=True,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert f"Tested: {operations}\n" in run.stdout
    assert "No issues found" in run.stdout
