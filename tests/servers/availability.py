"""The programs of others that tests start: where they are, and what to do without one."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from collections.abc import Mapping

_VIRTUOSO: Final = "apt-get install virtuoso-opensource-7-bin"
INSTALLED_BY: Final[Mapping[str, str]] = MappingProxyType(
    {
        "isql-vt": _VIRTUOSO,
        "oxigraph": ".venv/bin/python -m pip install --require-hashes -r requirements-dev.lock",
        "virtuoso-t": _VIRTUOSO,
    }
)
"""How to install each program."""


def needs(program: str) -> Path:
    """Give the path of a program of `INSTALLED_BY`: one beside this Python, or one of the PATH.

    Without it the test is skipped, and says how to install it. Where CI is set it fails instead:
    what CI skips nobody ever tries.
    """
    beside = str(Path(sys.executable).parent)
    found = shutil.which(program, path=os.pathsep.join([beside, os.environ.get("PATH", "")]))
    if found is not None:
        return Path(found)
    missing = f"{program} is not installed on this machine: {INSTALLED_BY[program]}"
    if os.environ.get("CI"):
        pytest.fail(missing)
    pytest.skip(missing)
