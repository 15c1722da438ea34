"""The locks: what is installed is exact, known by its hashes, and what the ranges ask for."""

from __future__ import annotations

import re
import tomllib
from itertools import chain
from pathlib import Path
from typing import Any, Final

import pytest

ROOT: Final = Path(__file__).resolve().parents[1]
ENTRY: Final = re.compile(r"^([a-z0-9][a-z0-9.-]*)(?:\[[a-z0-9,.-]+\])?==(\S+)")


def project() -> dict[str, Any]:
    """Read pyproject.toml."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def entries(name: str) -> dict[str, str]:
    """Read a lock: each package with its version."""
    lines = (ROOT / name).read_text("utf-8").splitlines()
    return {found[1]: found[2] for line in lines if (found := ENTRY.match(line))}


def required(requirements: list[str]) -> set[str]:
    """Give the normal names of the packages that some requirements ask for."""
    names = (re.split(r"[\s\[<>=!~;]", requirement, maxsplit=1)[0] for requirement in requirements)
    return {re.sub(r"[-_.]+", "-", name).lower() for name in names}


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_every_line_of_a_lock_is_a_pin_or_its_hash(name: str) -> None:
    """Nothing but exact versions, SHA-256 hashes and comments stands in a lock."""
    text = (ROOT / name).read_text("utf-8").replace("\\\n", "")
    lines = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    pin = re.compile(ENTRY.pattern + r"[^@]*?(\s+--hash=sha256:[0-9a-f]{64})+")
    assert [line for line in lines if not pin.fullmatch(line)] == []
    assert lines


def test_the_lock_holds_all_that_the_program_and_its_build_need() -> None:
    """Every dependency and the build backend are in requirements.lock."""
    needed = chain(project()["project"]["dependencies"], project()["build-system"]["requires"])
    assert required(list(needed)) <= entries("requirements.lock").keys()


def test_the_other_lock_holds_the_tools() -> None:
    """Every development dependency is in requirements-dev.lock."""
    tools = project()["project"]["optional-dependencies"]["dev"]
    assert required(tools) <= entries("requirements-dev.lock").keys()


def test_both_locks_agree() -> None:
    """A package in both locks has one version."""
    runtime, tools = entries("requirements.lock"), entries("requirements-dev.lock")
    assert {name: tools[name] for name in runtime.keys() & tools} == {
        name: runtime[name] for name in runtime.keys() & tools
    }
