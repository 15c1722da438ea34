from __future__ import annotations

import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reti_graph.accept import negotiate, negotiate_language

with warnings.catch_warnings():
    # webob reaches for a module that Python is about to drop.
    warnings.simplefilter("ignore", DeprecationWarning)
    from webob.acceptparse import create_accept_header

HTML, TURTLE, JSON_LD = OFFERS = ("text/html", "text/turtle", "application/ld+json")

_types = st.sampled_from(["text", "application", "TEXT", "image"])
_subtypes = st.sampled_from(["html", "turtle", "ld+json", "Turtle", "x"])
_parameters = st.sampled_from(["", "", ";level=1", ';level="1"', ";v=b"])
_wide = st.one_of(st.just("*/*"), st.builds("{}/*".format, _types))
_narrow = st.builds("{}/{}{}".format, _types, _subtypes, _parameters)
_weights = st.sampled_from(["", ";q=0", ";q=0.0", "; q=0.3", ";q=0.55", ";Q=0.9", ";q=1.000"])
_elements = st.builds("{}{}".format, st.one_of(_wide, _narrow), _weights)
_headers = st.lists(_elements, min_size=1, max_size=5).map(", ".join)


@given(_headers, st.permutations(OFFERS))
def test_the_choice_is_one_that_webob_likes_best(header: str, offers: list[str]) -> None:
    """An independent reading of RFC 9110 gives the chosen type the highest weight too."""
    liked = dict(create_accept_header(header).acceptable_offers(offers))
    best = [offer for offer in offers if liked.get(offer) == max(liked.values())] if liked else []
    assert negotiate(header, offers) == (best[0] if best else None)


@given(st.one_of(st.text(), _headers, st.text('a/*;q=0.1,"\\ ')))
def test_any_header_gets_an_offer_or_nothing(header: str) -> None:
    """A type that is not offered is never answered, and no header fails."""
    assert negotiate(header, OFFERS) in {*OFFERS, None}
    assert negotiate_language(header, ("it", "en")) in {"it", "en"}


@pytest.mark.parametrize(
    ("header", "chosen"),
    [
        (None, HTML),
        ("", HTML),
        ("*/*", HTML),
        ("text/turtle", TURTLE),
        ("TEXT/Turtle", TURTLE),
        ("text/*;q=0.5, application/ld+json;q=0.4", HTML),
        ("text/html;q=0.5, application/ld+json", JSON_LD),
        ("text/turtle, text/html", HTML),
        ("image/png", None),
    ],
)
def test_the_best_liked_offer_is_chosen(header: str | None, chosen: str | None) -> None:
    """The weight decides, and among equals the server's order."""
    assert negotiate(header, OFFERS) == chosen


@pytest.mark.parametrize(
    ("header", "chosen"),
    [
        ("text/html;q=0, */*", TURTLE),
        ("text/*;q=0, */*;q=0.1", JSON_LD),
        ("*/*, text/html;q=0.2, text/*;q=0.1", JSON_LD),
        ("text/html;q=0", None),
        ("*/*;q=0", None),
    ],
)
def test_the_narrowest_range_gives_the_weight(header: str, chosen: str | None) -> None:
    """A weight of zero for one type excludes it though a wider range would take it."""
    assert negotiate(header, OFFERS) == chosen


@pytest.mark.parametrize(
    ("header", "chosen"),
    [
        ("text/html;level=1, text/turtle;q=0.1", TURTLE),
        ('text/html;a="x, text/html", text/turtle;q=0.1', TURTLE),
        ("text/turtle; charset=UTF-8", TURTLE),
        ('text/turtle;charset="utf-8";q=0.5', TURTLE),
        ("text/turtle;charset=latin-1, text/html;q=0.1", HTML),
        ("text/turtle;q=0.5;ext=1, text/html;q=0.4", TURTLE),
    ],
)
def test_parameters_must_be_those_of_the_offer(header: str, chosen: str) -> None:
    """Except for asking for UTF-8, which every answer is."""
    assert negotiate(header, OFFERS) == chosen


def test_a_range_with_parameters_takes_the_offer_that_has_them() -> None:
    """Two variants of one type are told apart."""
    offers = ("text/html", "text/html;level=1")
    assert negotiate("text/html;q=0.2, text/html;level=1", offers) == "text/html;level=1"
    assert negotiate('text/html;q=0.2, text/html;LEVEL="1";q=0.1', offers) == "text/html"


@pytest.mark.parametrize(
    ("header", "chosen"),
    [
        ("text/turtle;q=2, application/ld+json;q=0.1", JSON_LD),
        ("text/turtle;q=, application/ld+json;q=0.1", JSON_LD),
        ("*/turtle, application/ld+json;q=0.1", JSON_LD),
        (";;,,/", HTML),
        ("turtle", HTML),
    ],
)
def test_malformed_elements_are_passed_over(header: str, chosen: str) -> None:
    """A header of nothing else asks for nothing in particular."""
    assert negotiate(header, OFFERS) == chosen


def test_nothing_is_chosen_from_nothing() -> None:
    """Neither a wish nor its absence finds an offer where there is none, or a broken one."""
    assert negotiate(None, ()) is None
    assert negotiate("*/*", ("turtle",)) is None


@pytest.mark.parametrize(
    ("header", "chosen"),
    [
        (None, "it"),
        ("fr", "it"),
        ("en", "en"),
        ("EN-gb, it;q=0.9", "en"),
        ("it-CH", "it"),
        ("en;q=0.5, it;q=0.6", "it"),
        ("en;q=0.5, it;q=0.5", "it"),
        ("fr, *;q=0.1, it;q=0", "en"),
        ("it;q=0", "it"),
        ("de, en;q=0.8", "en"),
        ("not a language", "it"),
        ("en-US;q=0.2, en;q=0.9, it;q=0.5", "en"),
    ],
)
def test_the_language_nearest_to_the_wish_is_chosen(header: str | None, chosen: str) -> None:
    """Exact, then longer or shorter tags; the first offer when nothing fits."""
    assert negotiate_language(header, ("it", "en")) == chosen


def test_a_wish_for_a_language_takes_its_variant() -> None:
    """`it` is served by `it-IT`."""
    assert negotiate_language("it", ("en", "it-IT")) == "it-IT"
