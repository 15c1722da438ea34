from __future__ import annotations

from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reti_graph.naming import (
    compact,
    expand,
    header_iri,
    iri_of,
    named_node,
    nearest,
    on_this_host,
    path_of,
    split_thing,
    thing_iri,
)
from tests.strategies import iri_tails, iris, prefix_names, slugs

BASE = "https://example.org/nets/"
PREFIXES = {
    "network": f"{BASE}id/network/",
    "source": f"{BASE}source/",
    "page": f"{BASE}source/page/",
    "": f"{BASE}",
}


@given(iri_tails)
def test_an_iri_is_the_iri_of_its_path(tail: str) -> None:
    """What the server answers under a path is what the data calls by the IRI."""
    path = path_of(BASE + tail, BASE)
    assert path is not None
    assert path.isascii()
    assert iri_of(path, BASE) == BASE + tail


@given(st.text())
def test_any_path_gives_an_iri_or_nothing_dangerous(path: str) -> None:
    """No path puts a character into an IRI that would end it."""
    assert not set(iri_of(path.encode("utf-8", "ignore").decode(), BASE)) & set('<>"{}|\\^` \n\r\t')


@pytest.mark.parametrize(
    ("path", "tail"),
    [
        ("/id/network/c40", "id/network/c40"),
        ("/id/place/%C3%89pinay", "id/place/Épinay"),
        ("/id/place/Épinay", "id/place/Épinay"),
        ("/a%20b", "a%20b"),
        ("/a b", "a%20b"),
        ("/%41", "A"),
        ("/%2F", "%2F"),
        ("/%FF", "%FF"),
    ],
)
def test_a_path_is_read_encoded_or_decoded(path: str, tail: str) -> None:
    """What an IRI may hold as it is gets decoded, the rest stays encoded."""
    assert iri_of(path, BASE) == BASE + tail


def test_an_iri_from_elsewhere_has_no_path() -> None:
    """The server answers for its own names only."""
    assert path_of("https://elsewhere.example/x", BASE) is None


@given(slugs, slugs)
def test_kind_and_slug_come_back_from_the_iri_of_a_thing(kind: str, slug: str) -> None:
    """Making a name and taking it apart are inverse."""
    assert split_thing(thing_iri(kind, slug, BASE), BASE) == (kind, slug)


@pytest.mark.parametrize(
    "tail",
    ["id/network/", "id/network", "id//x", "id/network/a/b", "id/network/a#b", "concept/x/y"],
)
def test_other_iris_are_no_things(tail: str) -> None:
    """A thing has one kind and one slug, and nothing after them."""
    assert split_thing(BASE + tail, BASE) is None
    assert split_thing(f"https://elsewhere.example/{tail}", BASE) is None


@given(iris, st.dictionaries(prefix_names, iris, max_size=4))
def test_a_compacted_iri_expands_to_itself(iri: str, prefixes: dict[str, str]) -> None:
    """A prefixed name stands for the IRI it was made from."""
    short = compact(iri, prefixes)
    assert short == iri or expand(short, prefixes) == iri


def test_the_longest_namespace_names_an_iri() -> None:
    """A passage is named by its source's prefix, not by that of all sources."""
    assert compact(f"{BASE}source/page/c40-joins", PREFIXES) == "page:c40-joins"
    assert compact(f"{BASE}source/other", PREFIXES) == "source:other"


def test_an_iri_that_no_prefix_fits_stays_whole() -> None:
    """Nothing that would need escapes is written as a prefixed name."""
    assert compact("https://elsewhere.example/x", PREFIXES) == "https://elsewhere.example/x"
    assert compact(f"{BASE}id/network/a(b)", PREFIXES) == f"{BASE}id/network/a(b)"


@pytest.mark.parametrize(
    ("text", "iri"),
    [
        ("network:c40", f"{BASE}id/network/c40"),
        (":x", f"{BASE}x"),
        ("network:", f"{BASE}id/network/"),
        (r"network:a\(b\)", f"{BASE}id/network/a(b)"),
        ("unknown:c40", None),
        ("https://example.org/", None),
        ("c40", None),
    ],
)
def test_prefixed_names_expand_with_known_prefixes_only(text: str, iri: str | None) -> None:
    """A full IRI and a slug are no prefixed names."""
    assert expand(text, PREFIXES) == iri


@given(st.text())
def test_an_iri_in_a_header_cannot_leave_its_brackets(text: str) -> None:
    """Neither `>` nor a line end nor anything but ASCII gets into a Link header."""
    written = header_iri(f"https://example.org/{text}")
    assert written.isascii()
    assert not set(written) & set('<>"\r\n\t ')


def test_an_iri_in_a_header_keeps_what_is_already_a_uri() -> None:
    """A URI is not encoded twice."""
    uri = "https://example.org/a%20b?c=d&e=f#g"
    assert header_iri(uri) == uri
    assert header_iri("https://example.org/>;rel=x,<http://evil") == (
        "https://example.org/%3E;rel=x,%3Chttp://evil"
    )


@pytest.mark.parametrize(
    "text",
    ["https://example.org/", "http://example.org/è", "urn:isbn:1", "HTTPS://example.org/a#b"],
)
def test_web_and_urn_iris_become_terms(text: str) -> None:
    """The schemes that data may use."""
    node = named_node(text)
    assert node is not None
    assert node.value == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "c40",
        "http:",
        "https://",
        "urn:",
        "http://example.org/a b",
        "http://example.org/<",
        "http://example.org/\ud800",
    ],
)
def test_other_iris_and_what_is_none_are_refused(text: str) -> None:
    """A scheme that runs code or reads files never gets into a query."""
    assert named_node(text) is None


def test_the_nearest_names_come_best_first_whatever_their_case() -> None:
    """A slip of the keyboard finds the name that was meant."""
    names = ["networks", "networks-of", "founders", "Networks-Map"]
    assert nearest("netwroks", names)[0] == "networks"
    assert nearest("FOUNDRES", names) == ("founders",)
    assert nearest("map", names) == ("Networks-Map",)
    assert nearest("zzz", names) == ()
    assert nearest("", names) == ()


@pytest.mark.parametrize("path", ["//evil.example/x", "///x", "/x", "/", "/x//y"])
@pytest.mark.parametrize("page", ["http://here.example/", "http://here.example/a/b?c"])
def test_a_path_never_leads_to_another_host(path: str, page: str) -> None:
    """A browser that follows it stays, and asks for this path."""
    found = urlsplit(urljoin(page, on_this_host(path)))
    assert found.netloc == "here.example"
    assert found.path == path
