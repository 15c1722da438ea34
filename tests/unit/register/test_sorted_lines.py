"""Finding a place among sorted lines without reading them all."""

from __future__ import annotations

import io

from hypothesis import given
from hypothesis import strategies as st

from reti_graph.register.sorted_lines import place_of

NAMES = st.sets(st.text(st.characters(codec="utf-8", exclude_characters="\n"), max_size=600))


@given(NAMES, st.text(st.characters(codec="utf-8", exclude_characters="\n"), max_size=6))
def test_the_place_is_where_the_first_line_begins_that_does_not_come_before(
    names: set[str], wanted: str
) -> None:
    """Whatever is in the lines, and however long they are."""
    lines = sorted(name.encode() + b"\n" for name in names)
    place = place_of(io.BytesIO(b"".join(lines)), wanted.encode())
    assert place == sum(len(line) for line in lines if line < wanted.encode())
