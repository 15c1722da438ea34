from __future__ import annotations

import io
import signal
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from reti_graph.stores.frames import (
    Answer,
    Failure,
    Job,
    Ready,
    Setup,
    decode_said,
    read_frame,
    to_frame,
)
from reti_graph.stores.spool import spool
from reti_graph.stores.worker import serve
from tests.unit.stores.samples import ENDLESS, quad

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

    import msgspec

    from reti_graph.stores.frames import Said

QUADS = [quad("a", "b", "c", "g")]
ASK = Job("ASK { ?s ?p ?o }", "json", None, 5.0, 1_000)


def setup(folder: Path) -> Setup:
    """Return the first message to a worker that is to hold the quads."""
    found = spool(QUADS, folder, 10)
    return Setup(str(found.source), found.on_disk, {"": "urn:"}, 500_000_000)


def served(*messages: msgspec.Struct) -> tuple[int, list[Said], list[float]]:
    """Return how a worker of this process ends, what it says, and its alarms."""
    told, alarms = io.BytesIO(), list[float]()
    asked = io.BytesIO(b"".join(map(to_frame, messages)))
    code = serve(asked, told, alarms.append, lambda _setup, complete: complete)
    told.seek(0)
    return code, [decode_said(frame) for frame in iter(lambda: read_frame(told), None)], alarms


def test_each_query_gets_an_answer_or_an_error(tmp_path: Path) -> None:
    """One after another, until there are no more."""
    wrong = Job("ASK {\n no:no ?p ?o }", "json", None, 5.0, 1_000)
    large = Job("SELECT * { ?s ?p ?o }", "json", None, 5.0, 10)
    code, told, _ = served(setup(tmp_path), ASK, wrong, large, ASK)
    assert code == 0
    assert told[0] == Ready(confined=True)
    assert [type(each) for each in told[1:]] == [Answer, Failure, Failure, Answer]
    assert told[2] == Failure("QuerySyntaxError", "The prefix no: is not declared.", None, 2, 2)
    assert isinstance(told[3], Failure)
    assert told[3].kind == "AnswerTooLargeError"


def test_a_query_is_answered_over_the_dataset_it_comes_with(tmp_path: Path) -> None:
    """Default graphs first, named graphs second."""
    asked = [
        Job("ASK { ?s ?p ?o }", "json", dataset, 5.0, 1_000)
        for dataset in ((("urn:g",), ()), ((), ("urn:g",)))
    ]
    _, told, _ = served(setup(tmp_path), *asked)
    assert [b"true" in each.content for each in told if isinstance(each, Answer)] == [True, False]


def test_an_alarm_is_set_for_each_query_and_put_off_after_it(tmp_path: Path) -> None:
    """So that the kernel ends it when nobody else does."""
    _, _, alarms = served(setup(tmp_path), ASK, ASK)
    assert alarms == [5.0, 0, 5.0, 0]


def test_data_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    """The pool learns why there is no worker."""
    (tmp_path / "broken.nq").write_text("no quads", "utf-8")
    for name in ("broken.nq", "missing.nq"):
        code, told, _ = served(
            Setup(str(tmp_path / name), on_disk=False, prefixes={}, memory_bytes=0)
        )
        assert code == 1
        assert isinstance(told[0], Failure)
        assert "cannot read its data" in told[0].message


def test_a_worker_that_is_told_nothing_ends_well() -> None:
    """Its pool has gone before it began."""
    assert served() == (0, [], [])


@contextmanager
def process(folder: Path, cwd: Path | None = None) -> Iterator[subprocess.Popen[bytes]]:
    """Give a worker of its own process that is ready."""
    command = [sys.executable, "-P", "-m", "reti_graph.stores.worker"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=cwd
    ) as started:
        try:
            told = said_by(started, setup(folder))
            assert told == Ready(confined=sys.platform != "win32")
            yield started
        finally:
            started.kill()


def said_by(started: subprocess.Popen[bytes], message: msgspec.Struct) -> Said | None:
    """Return what a worker says to a message; None when it ends without a word."""
    tell(started, message)
    assert started.stdout
    frame = read_frame(as_binary(started.stdout))
    return None if frame is None else decode_said(frame)


def tell(started: subprocess.Popen[bytes], message: msgspec.Struct) -> None:
    """Send a worker a message."""
    assert started.stdin
    started.stdin.write(to_frame(message))
    started.stdin.flush()


def as_binary(stream: object) -> BinaryIO:
    """Return a pipe as what it is."""
    assert isinstance(stream, io.BufferedReader)
    return stream


def test_a_worker_ends_when_its_parent_is_gone(tmp_path: Path) -> None:
    """The end of its input is the end of it."""
    with process(tmp_path) as started:
        assert isinstance(said_by(started, ASK), Answer)
        assert started.stdin
        started.stdin.close()
        assert started.wait(timeout=30) == 0


def test_the_kernel_ends_a_query_that_takes_too_long(tmp_path: Path) -> None:
    """Within the library, and although nobody watches."""
    with process(tmp_path) as started:
        assert said_by(started, Job(ENDLESS, "json", None, 0.2, 1_000)) is None
        assert started.wait(timeout=30) == -signal.SIGALRM


def test_a_worker_does_not_mind_an_interrupt(tmp_path: Path) -> None:
    """Ctrl-C is for its parent, which still wants its answers."""
    with process(tmp_path) as started:
        started.send_signal(signal.SIGINT)
        assert isinstance(said_by(started, ASK), Answer)


def test_a_worker_takes_no_module_from_the_folder_it_starts_in(tmp_path: Path) -> None:
    """Nobody who may write there gets to run a program."""
    (tmp_path / "msgspec.py").write_text("raise SystemExit(9)", "utf-8")
    with process(tmp_path, cwd=tmp_path) as started:
        assert isinstance(said_by(started, ASK), Answer)
