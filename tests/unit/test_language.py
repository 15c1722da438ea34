from __future__ import annotations

import pytest

from reti_graph.language import choose

TEXTS = {"it": "rete", "en": "network", "de-AT": "Netz"}


@pytest.mark.parametrize(
    ("wanted", "fallbacks", "text"),
    [
        ("en", (), "network"),
        ("EN", (), "network"),
        ("en-GB", (), "network"),
        ("de", (), "Netz"),
        ("de-at", (), "Netz"),
        ("fr", ("it", "en"), "rete"),
        ("fr", ("es", "en"), "network"),
    ],
)
def test_the_text_nearest_to_the_wish_is_chosen(
    wanted: str, fallbacks: tuple[str, ...], text: str
) -> None:
    """The wanted language, a near tag of it, then the fallbacks in order."""
    assert choose(TEXTS, wanted, fallbacks) == text


def test_any_text_is_better_than_none() -> None:
    """A reader of no offered language gets the first by tag, always the same."""
    assert choose(TEXTS, "fr") == "Netz"
    assert choose(TEXTS, "") == "Netz"


def test_no_texts_give_an_empty_one() -> None:
    """A thing without labels is no fault of whoever shows it."""
    assert choose({}, "it", ["en"]) == ""
