from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reti_graph.catalogue.namespaces import fragment, namespace_of, word_of_space, words_of
from reti_graph.naming import named_node

PREFIXES = {
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "eu-country": "http://publications.europa.eu/resource/authority/country/",
    "eu": "http://publications.europa.eu/",
    "a": "https://example.org/a#",
    "a-b": "https://example.org/a-b#",
    "odd-": "https://example.org/odd#",
}
WORDS = st.from_regex(r"[a-z](?:[a-z-]{0,4}[a-z-])?", fullmatch=True)
LOCALS = st.from_regex(r"[a-c_-]{0,4}", fullmatch=True)
IRIS = st.one_of(
    st.builds(str.__add__, st.sampled_from(list(PREFIXES.values())), LOCALS),
    st.builds("https://example.org/{}".format, st.from_regex(r"[a-c%/#-]{0,5}", fullmatch=True)),
).filter(lambda iri: named_node(iri) is not None)


@pytest.mark.parametrize(
    ("iri", "space"),
    [
        ("http://www.w3.org/2004/02/skos/core#exactMatch", PREFIXES["skos"]),
        ("http://publications.europa.eu/resource/authority/country/ITA", PREFIXES["eu-country"]),
        ("http://publications.europa.eu/resource/authority/language/ITA", PREFIXES["eu"]),
        ("https://sws.geonames.org/3173435/", "https://sws.geonames.org/"),
        ("https://example.net/a/b#c", "https://example.net/a/b#"),
        ("https://example.net/a/b(2009-01-01)", "https://example.net/a/"),
        ("https://example.net/", "https://example.net/"),
        ("https://example.net", "https://example.net"),
        ("urn:isbn:9788800000000", "urn:isbn:"),
    ],
)
def test_a_namespace_is_the_longest_prefix_or_all_but_the_last_segment(
    iri: str, space: str
) -> None:
    """A slash at the end begins no segment."""
    assert namespace_of(iri, PREFIXES) == space


@given(IRIS)
def test_a_namespace_begins_what_is_in_it(iri: str) -> None:
    """And is never shorter than the name of a machine."""
    space = namespace_of(iri, PREFIXES)
    assert iri.startswith(space)
    assert re.match(r"https?://[^/]+/", space)


def test_fragments_are_made_of_prefixed_names() -> None:
    """What has no prefix is written out."""
    own = {iri: fragment("class", *words_of(iri, PREFIXES)) for iri in PREFIXES.values()}
    assert own[PREFIXES["skos"]] == "class-skos-"
    assert fragment("class", *words_of(PREFIXES["skos"] + "Concept", PREFIXES)) == (
        "class-skos-Concept"
    )
    assert fragment(*words_of(PREFIXES["eu-country"] + "ITA", PREFIXES)) == "eu--country-ITA"
    assert fragment(*words_of("https://example.net/è#x", PREFIXES)) == (
        "https://example.net/%C3%A8%23x"
    )
    assert word_of_space(PREFIXES["eu-country"], PREFIXES) == "eu-country"
    assert word_of_space("https://example.net/", PREFIXES) == "https://example.net/"


@given(st.lists(WORDS, max_size=4), st.lists(WORDS, max_size=4))
def test_other_words_make_another_fragment(one: list[str], other: list[str]) -> None:
    """Whatever hyphens they hold."""
    assert (fragment(*one) == fragment(*other)) == (one == other or not (one or other))


@given(IRIS, IRIS)
def test_other_iris_make_another_fragment(one: str, other: str) -> None:
    """And every fragment makes an IRI."""
    fragments = [fragment("class", *words_of(iri, PREFIXES)) for iri in (one, other)]
    assert (fragments[0] == fragments[1]) == (one == other)
    assert all(named_node(f"https://example.org/dataset#{name}") for name in fragments)
