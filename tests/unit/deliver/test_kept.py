from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reti_graph.deliver import kept
from reti_graph.deliver.kept import Kept, Spool, room
from reti_graph.deliver.plan import GraphChange
from reti_graph.errors import StoreError

texts = st.lists(st.text(), max_size=3).map(tuple)
changes = st.builds(
    GraphChange,
    graph=st.none() | st.text(),
    remove=texts,
    add=texts,
    stay=texts,
    blank=st.booleans(),
)


@given(st.lists(changes, max_size=5), st.sampled_from([0, 80, 1_000]))
def test_what_is_kept_comes_back_as_it_was(values: list[GraphChange], few: int) -> None:
    """Again and again, in its order, whatever signs are in it, in a file or in memory or both."""
    with room() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(kept, "FEW", few)
        found = Kept(folder / "changes", GraphChange)
        found.extend(*values[:2])
        found.extend(*values[2:])
        assert len(found) == len(values)
        assert list(found) == values
        assert list(found) == values


@given(st.lists(st.binary(max_size=9).map(lambda each: each.replace(b"\n", b"") + b"\n")))
def test_lines_are_read_from_any_place_on(lines: list[bytes]) -> None:
    """Wherever the file ends and memory begins."""
    with room() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(kept, "FEW", 20)
        spool = Spool(folder / "lines")
        places = []
        for each in lines:
            places.append(spool.tell())
            spool.write(each)
        for number, start in enumerate(places):
            assert list(spool.lines(start)) == lines[number:]


def test_a_room_goes_in_the_end() -> None:
    """With all that is in it."""
    with room() as folder:
        (folder / "file").touch()
    assert not folder.exists()


def test_a_disk_that_fails_is_told_of_with_what_to_do() -> None:
    """As what may work later: exit code 3."""
    with (
        pytest.raises(StoreError, match="No space left on device") as caught,
        room(),
    ):
        raise OSError(28, "No space left on device")
    assert caught.value.hint
    assert "TMPDIR" in caught.value.hint


def test_a_pipe_that_is_gone_is_no_failure_of_the_disk() -> None:
    """Whoever reads what is printed may stop."""
    with pytest.raises(BrokenPipeError), room():
        raise BrokenPipeError
