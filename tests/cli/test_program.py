from __future__ import annotations

import os
import pty
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reti_graph import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator

PROGRAM = [sys.executable, "-W", "error", "-m", "reti_graph"]
SMALL_SITE = Path(__file__).parents[1] / "assets" / "small_site"
SECONDS = 60


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Give an environment in which the program takes the small site and nothing else is set."""
    for name in ("RETI_LANG", "RETI_DEBUG", "NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("RETI_SITE", str(SMALL_SITE))
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2] / "src"))
    return dict(os.environ)


@pytest.fixture
def serving(environment: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    """Start the server on a free port; end it whatever happens."""
    with subprocess.Popen(
        [*PROGRAM, "serve", "--port", "0"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def run(environment: dict[str, str], *words: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the program as a process of its own, with pipes for a terminal."""
    return subprocess.run(
        [*PROGRAM, *map(str, words)],
        env=environment,
        capture_output=True,
        stdin=subprocess.DEVNULL,
        text=True,
        timeout=SECONDS,
        check=False,
    )


def on_a_terminal(environment: dict[str, str], *words: str) -> str:
    """Run the program with a terminal for its output and give what the terminal got."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [*PROGRAM, *words], env={**environment, "TERM": "xterm", "COLUMNS": "60"}, stdout=theirs
    ) as process:
        os.close(theirs)
        got = b"".join(iter(lambda: read(ours), b""))
        process.wait(SECONDS)
    os.close(ours)
    return got.decode()


def read(terminal: int) -> bytes:
    """Read from a terminal; on Linux its end is an error."""
    try:
        return os.read(terminal, 65536)
    except OSError:
        return b""


def test_the_program_says_its_version(environment: dict[str, str]) -> None:
    """Name and version on one line."""
    assert run(environment, "--version").stdout == f"reti-graph {__version__}\n"


def test_a_pipe_gets_neither_colours_nor_progress(environment: dict[str, str]) -> None:
    """What is read by another program is text and nothing else."""
    result = run(environment, "describe", "alpha")
    assert (result.returncode, result.stderr, "\x1b" in result.stdout) == (0, "", False)


def test_a_terminal_gets_a_table_with_a_bold_header(environment: dict[str, str]) -> None:
    """People see where a column ends."""
    shown = on_a_terminal(environment, "query", "networks")
    assert "\x1b[1m" in shown
    assert "network:alpha" in shown


def test_no_color_is_respected(environment: dict[str, str]) -> None:
    """Whoever sets NO_COLOR gets none, on a terminal either."""
    shown = on_a_terminal({**environment, "NO_COLOR": "1"}, "describe", "alpha")
    assert "Alfa" in shown
    assert "\x1b" not in shown


def test_a_reader_that_leaves_early_is_no_error(environment: dict[str, str]) -> None:
    """As with `| head`: no traceback, and the exit code of a process that SIGPIPE ended."""
    ours, theirs = os.pipe()
    os.close(ours)
    result = subprocess.run(
        [*PROGRAM, "describe", "alpha"],
        env=environment,
        stdout=theirs,
        stderr=subprocess.PIPE,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    os.close(theirs)
    assert (result.stderr, result.returncode) == ("", 141)


def test_letters_a_terminal_cannot_show_are_no_error(environment: dict[str, str]) -> None:
    """They are shown by their codes."""
    result = run({**environment, "PYTHONIOENCODING": "latin-1"}, "describe", "alpha")
    assert (result.stderr, result.returncode) == ("", 0)
    assert "\\u201cla rete Alfa\\u201d" in result.stdout


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["query", "networks"], 0),
        (["validate", "--source", f"page={__file__}"], 1),
        (["query", "nothing"], 2),
        (["query", "networks", "--site", "nowhere"], 2),
        (["sparql", "SELECT"], 2),
        (["describe", "nothing"], 2),
        (["nothing"], 2),
        (["--nothing"], 2),
        (["serve", "--host", "a..b"], 2),
    ],
)
def test_the_exit_code_says_whose_fault_it_is(
    environment: dict[str, str], words: list[str], code: int
) -> None:
    """Whatever goes wrong, it is said without a traceback."""
    result = run(environment, *words)
    assert result.returncode == code
    assert "Traceback" not in result.stderr


def test_without_a_word_the_program_shows_its_help(environment: dict[str, str]) -> None:
    """On standard error, since nothing was asked for."""
    result = run(environment)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith("Usage: reti-graph")


def test_a_query_is_not_awaited_from_the_keyboard(environment: dict[str, str]) -> None:
    """Without a word and without a pipe, the program says what it wants."""
    ours, theirs = pty.openpty()
    result = subprocess.run(
        [*PROGRAM, "sparql"],
        env=environment,
        stdin=theirs,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    os.close(ours)
    os.close(theirs)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith("error: There is no query.\n")


def test_a_long_query_shows_progress_on_a_terminal_and_ends_at_ctrl_c(
    environment: dict[str, str],
) -> None:
    """A running query ignores signals; the program does not, and writes nothing to the pipe."""
    text = "SELECT (COUNT(*) AS ?n) {" + "".join(f"?a{n} ?b{n} ?c{n} ." for n in range(12)) + "}"
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [*PROGRAM, "sparql", text],
        env={**environment, "TERM": "xterm"},
        stdout=subprocess.PIPE,
        stderr=theirs,
        text=True,
    ) as process:
        os.close(theirs)
        shown = b""
        while b"asking" not in shown and (more := read(ours)):
            shown += more
        process.send_signal(signal.SIGINT)
        output = process.communicate(timeout=SECONDS)[0]
    rest = b"".join(iter(lambda: read(ours), b""))
    os.close(ours)
    assert (process.returncode, output) == (130, "")
    assert b"asking" in shown
    assert b"Traceback" not in rest


def test_a_port_in_use_is_said_so(environment: dict[str, str]) -> None:
    """Exit code 3: the same call may work later."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = run(environment, "serve", "--port", str(port))
    assert result.returncode == 3
    assert result.stderr == (
        f"error: Another program already listens on 127.0.0.1:{port}.\n"
        "hint: Choose another port with --port.\n"
    )


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_the_server_says_where_it_is_and_ends_when_told(
    serving: subprocess.Popen[str], ending: signal.Signals
) -> None:
    """The address is printed once somebody answers there; Ctrl-C ends it without a word."""
    assert serving.stdout is not None
    address = serving.stdout.readline().rpartition(" ")[2].strip()
    host, port = address.removeprefix("http://").removesuffix("/").split(":")
    socket.create_connection((host, int(port)), timeout=SECONDS).close()
    serving.send_signal(ending)
    rest, errors = serving.communicate(timeout=SECONDS)
    assert (serving.returncode, rest, errors) == (0, "", "")


@pytest.mark.parametrize(
    ("closed", "words", "code", "output"),
    [
        (">&-", "query networks", 0, ""),
        ("<&-", "sparql -", 2, ""),
        ("2>&-", "query nope", 2, ""),
        ("2>&-", "query map", 0, "memberOf"),
        ("<&- >&- 2>&-", "query nope", 2, ""),
    ],
)
def test_a_closed_standard_stream_changes_nothing_but_what_is_seen(
    environment: dict[str, str], closed: str, words: str, code: int, output: str
) -> None:
    """What would go there goes nowhere, and from there nothing is read."""
    result = subprocess.run(
        ["/bin/sh", "-c", f'"$@" {words} {closed}', "sh", *PROGRAM],
        env=environment,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert (result.returncode, output in result.stdout) == (code, True)
    assert "fault" not in result.stderr
    assert "Warning" not in result.stderr
