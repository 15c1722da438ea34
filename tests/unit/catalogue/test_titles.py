from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reti_graph.catalogue.titles import source_titles, title_of, worded
from tests.unit.catalogue.conftest import BASE, whole

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reti_graph.catalogue import Published
    from tests.unit.catalogue.conftest import Site

TITLE = ox.NamedNode(whole("dcterms:title"))
TYPE = ox.NamedNode(whole("rdf:type"))
SOURCE = ox.NamedNode(whole("reti:Source"))
SLUGS = st.sampled_from(["a", "b", "c", "d"])
TITLES = st.sampled_from(
    ["Home", "HOME", "Home (a)", "Home (b)", "home (a) (b)", "queries", "INTERROGAZIONI", ""]
)


def described(titles: Mapping[str, Mapping[str, str]]) -> list[ox.Quad]:
    """Return what sources say of themselves: slug, language and title of each."""
    quads = []
    for slug, by_language in titles.items():
        node = ox.NamedNode(f"{BASE}source/{slug}")
        quads.append(ox.Quad(node, TYPE, SOURCE, node))
        quads += [
            ox.Quad(node, TITLE, ox.Literal(text, language=tag), node)
            for tag, text in by_language.items()
        ]
    return quads


def test_a_source_has_its_title_in_each_language(published: Published) -> None:
    """One it has not is taken from another language; without any, its slug stands for it."""
    quads = described({"a": {"it": "Pagina", "en": "Page"}, "b": {"fr": "Lettre"}, "c": {}})
    assert source_titles(quads, published.settings) == {
        "a": {"it": "Pagina", "en": "Page"},
        "b": {"it": "Lettre", "en": "Lettre"},
        "c": {"it": "c", "en": "c"},
    }


def test_the_slug_tells_equal_titles_apart(published: Published) -> None:
    """Only in the language they are equal in."""
    quads = described({"a": {"it": "Home", "en": "Home"}, "b": {"it": "Casa", "en": "home"}})
    assert source_titles(quads, published.settings) == {
        "a": {"it": "Home", "en": "Home (a)"},
        "b": {"it": "Casa", "en": "home (b)"},
    }


def test_a_source_is_not_called_like_the_ontology(published: Published) -> None:
    """Nor like anything else of which the site has one."""
    quads = described({"a": {"it": "Ontologia", "en": "Queries"}})
    assert source_titles(quads, published.settings) == {
        "a": {"it": "Ontologia (a)", "en": "Queries (a)"}
    }


@given(titles=st.dictionaries(SLUGS, TITLES))
def test_no_two_titles_are_ever_equal(titles: dict[str, str], published: Published) -> None:
    """Whatever the sources are called, be it like another with its slug."""
    quads = described({slug: {"it": text, "en": text} for slug, text in titles.items()})
    found = source_titles(quads, published.settings)
    for tag, other in (("it", "interrogazioni"), ("en", "queries")):
        own = [by_language[tag].casefold() for by_language in found.values()]
        assert len({*own, other}) == len(own) + 1


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("", "Networks to try"),
        ("source/page", "Networks to try: page"),
        ("ontology", "Networks to try: ontology"),
        ("shapes", "Networks to try: validation rules (SHACL)"),
        ("queries", "Networks to try: queries"),
    ],
)
def test_a_dataset_is_called_by_the_site_and_by_what_of_it_it_is(
    name: str, title: str, small: Site
) -> None:
    """In each language of the site."""
    found = title_of(small.published, small.part(name))
    assert found["en"] == title
    assert set(found) == {"it", "en"}


def test_languages_the_program_does_not_speak_have_english_words(published: Published) -> None:
    """For a dataset has a title in each language of the site."""
    settings = msgspec.structs.replace(
        published.settings, languages=("de",), title={"de": "Netze"}, description={"de": "Netze"}
    )
    assert worded(settings, {"it": "parole", "en": "words"}) == {"de": "words"}
