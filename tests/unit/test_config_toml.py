from __future__ import annotations

from textwrap import dedent

import pytest

from reti_graph.config_toml import place

TEXT = dedent("""\
    top = 1
    a.dotted = 2

    [server]
    port = 1
    "quoted" = 2
    list = [
        "x",
    ]

    [[rows]]
    cell = 1

    [outer.inner]
    deep = 1
    inline = { key = 1 }
    """)


@pytest.mark.parametrize(
    ("key", "line"),
    [
        ("top", 1),
        ("a.dotted", 2),
        ("a", 2),
        ("server", 4),
        ("server.port", 5),
        ("server.quoted", 6),
        ("server.list", 7),
        ("rows", 11),
        ("outer.inner.deep", 15),
        ("outer.inner.inline.key", 16),
        ("server.missing", 4),
    ],
)
def test_a_key_is_found_on_its_line_or_on_that_of_its_table(key: str, line: int) -> None:
    """However TOML lets it be written."""
    assert place(TEXT, "f", key) == f"f:{line}"


def test_a_key_that_is_nowhere_has_the_file_alone() -> None:
    """A line would mislead."""
    assert place(TEXT, "f", "port") == "f"
    assert place(TEXT, "f", "nowhere.at.all") == "f"
