from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reti_graph.sources.size import says_more_than

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Give the folder of a site with three statements, and long names for them."""
    text = "<urn:x:a-long-name> { <urn:x:a-long-name> <urn:x:p> 1, 2, 3 }"
    (tmp_path / "data/page").mkdir(parents=True)
    (tmp_path / "data/page/a.trig").write_text(text)
    return tmp_path


@pytest.mark.parametrize(("most", "more"), [(2, True), (3, False), (1_000_000, False)])
def test_statements_are_counted(root: Path, most: int, *, more: bool) -> None:
    """Those of the data alone."""
    assert says_more_than(root, most) is more


def test_a_file_with_a_mistake_counts_as_far_as_it_goes(root: Path) -> None:
    """Nobody but the reader says what is wrong."""
    (root / "data/page/b.trig").write_text("<urn:x:g> { <urn:x:a> <urn:x:p> 1 . <urn:x:a> }")
    (root / "data/page/none.trig").symlink_to(root / "nowhere")
    assert says_more_than(root, 3)
    assert not says_more_than(root, 4)
