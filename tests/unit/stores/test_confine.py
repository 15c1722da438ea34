from __future__ import annotations

import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no such limits here")


def run(program: str) -> str:
    """Run a program that imports what is tested, in a process it may ruin; return its output."""
    lines = ["import os, socket, sys", "from reti_graph.stores.confine import *", program]
    done = subprocess.run(
        [sys.executable, "-c", "\n".join(lines)], capture_output=True, check=True, text=True
    )
    return done.stdout


def test_nothing_can_be_opened_afterwards() -> None:
    """No file, no socket, no pipe; what is open stays open."""
    printed = run("""
kept = os.open(os.devnull, os.O_WRONLY)
hole = os.open(os.devnull, os.O_RDONLY)
above = os.open(os.devnull, os.O_RDONLY)
os.close(hole)
print(shut_in())
for attempt in (socket.socket, os.pipe, lambda: open(os.devnull), lambda: os.dup(0)):
    try:
        attempt()
    except OSError as error:
        print(error.errno)
print(os.write(kept, b"four"))
""")
    assert printed.split() == ["True", "24", "24", "24", "24", "4"]


def test_no_file_grows_afterwards() -> None:
    """A file that is open cannot be written to, a pipe can."""
    printed = run("""
import tempfile
file = tempfile.TemporaryFile()
shut_in()
try:
    os.write(file.fileno(), b"text")
except OSError as error:
    print(error.errno)
""")
    assert printed.split() == ["27"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells what is mapped")
def test_memory_is_bounded_from_what_is_mapped() -> None:
    """So much more may be had, and no more."""
    printed = run("""
bound_memory(100_000_000)
held = bytearray(50_000_000)
try:
    bytearray(100_000_000)
except MemoryError:
    print("no more")
import resource
print(resource.getrlimit(resource.RLIMIT_CORE))
""")
    assert printed.splitlines() == ["no more", "(0, 0)"]


def test_as_many_files_may_be_opened_as_the_system_lets() -> None:
    """The soft limit is the hard one, or a large number where there is no hard one."""
    printed = run("""
import resource
resource.setrlimit(resource.RLIMIT_NOFILE, (64, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
allow_many_files()
soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
print(soft == hard and soft > 64)
""")
    assert printed.split() == ["True"]
