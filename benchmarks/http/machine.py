"""On what was measured: the machine, and the versions of everything that took part."""

from __future__ import annotations

import os
import platform
import re
import subprocess
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.http.load import has_wrk
from benchmarks.http.servers import NGINX, OTHERS, OXIGRAPH, RDFLIB, missing

if TYPE_CHECKING:
    from collections.abc import Sequence

_OURS: Final = ("reti-graph", "pyoxigraph", "starlette", "uvicorn", "uvloop", "httptools")
_THEIRS: Final = ("oxigraph", "rdflib-endpoint", "rdflib", "oxrdflib", "pyoxigraph", "uvicorn")


def machine() -> str:
    """Return the machine in one line: processor, cores, memory, system."""
    return (
        f"{_first_match('/proc/cpuinfo', r'model name.*: (.*)') or platform.machine()}, "
        f"{os.cpu_count()} cores, {_gigabytes()}, {platform.system()} {platform.release()}"
    )


def versions() -> tuple[str, ...]:
    """Return the versions, a line for our server and one for the others."""
    python = f"Python {platform.python_version()}"
    own = ", ".join((python, *(f"{name} {version(name)}" for name in _OURS)))
    return (f"ours: {own}", f"the others: {', '.join(_of_the_others())}")


def _of_the_others() -> list[str]:
    found = []
    if missing(OXIGRAPH) is None and missing(RDFLIB) is None:
        program = "import sys; from importlib.metadata import version as v; "
        program += "print(', '.join(f'{name} {v(name)}' for name in sys.argv[1:]))"
        found.append(_output([str(OTHERS / "python"), "-c", program, *_THEIRS]))
    if missing(NGINX) is None:
        found.append(_output(["nginx", "-v"]).removeprefix("nginx version: "))
    if has_wrk():
        found.append(_output(["wrk", "-v"]).splitlines()[0].partition(" [")[0])
    else:
        found.append("no wrk: the load came from threads of one Python process")
    return found


def _output(command: Sequence[str]) -> str:
    """Return what a program writes; wrk and nginx tell their version on standard error."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return (done.stdout + done.stderr).strip()


def _gigabytes() -> str:
    kilobytes = _first_match("/proc/meminfo", r"MemTotal: *(\d+)")
    return f"{int(kilobytes) / 1024**2:.1f} GiB of memory" if kilobytes else "memory unknown"


def _first_match(file: str, pattern: str) -> str | None:
    found = re.search(pattern, Path(file).read_text("utf-8"))
    return found[1].strip() if found else None
