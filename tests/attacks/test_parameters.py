from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reti_graph import wiring
from reti_graph.canned.parameters import StoredThings
from reti_graph.canned.run import bound_text
from reti_graph.errors import CallError
from reti_graph.gate import check
from reti_graph.lexer import tokens
from tests.attacks.attack import check_sound
from tests.attacks.corpus.services import CANARY, VALUES
from tests.attacks.hostile import BASE, TEXTS, write_site
from tests.attacks.markup import check_harmless

if TYPE_CHECKING:
    from reti_graph.canned.query import CannedQuery
    from reti_graph.release import Release
    from reti_graph.stores.port import Store
    from tests.attacks.serving import Target

_PIECES: Final = (
    *("alpha", f"{BASE}id/network/alpha", "network:alpha", "it", "en", "<", ">", '"', "'", "\\"),
    *("{", "}", " SERVICE ", "#", "\n", "\r", "$", "?x", "@en", "^^", "\\u0022", "%22", " ", "."),
)

ALL: Final = (
    *(("members", "network"), ("networks", "lang")),
    *(("echo", name) for name in ("text", "thing", "number", "day")),
)
TERMS: Final = ("<http:", "<https:", "<urn:", '"', "^^", "<http://www.w3.org/2001/XMLSchema#")

values = st.one_of(
    st.sampled_from(VALUES),
    st.text(),
    st.lists(st.sampled_from(_PIECES), max_size=8).map("".join),
)


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """Give the hostile site, whose queries have a parameter of every type."""
    return wiring.open_release(write_site(tmp_path_factory.mktemp("parameters") / "site"))


@pytest.fixture(scope="module")
def store(release: Release) -> Store:
    """Give its data."""
    return wiring.store_for(release)


def query_of(release: Release, name: str) -> CannedQuery:
    """Return a query of the site."""
    return next(query for query in release.queries if query.name == name)


def words(text: str) -> list[str]:
    """Return the tokens of a text that are no white space."""
    return [token.text for token in tokens(text) if not token.blank]


@pytest.mark.parametrize(("name", "parameter"), ALL)
@given(value=values)
def test_a_value_is_one_term_or_none(
    release: Release, store: Store, name: str, parameter: str, value: str
) -> None:
    """Beside the term that stands for the parameter, the query is what its author wrote."""
    query = query_of(release, name)
    given = {param.name: param.example or param.default or "" for param in query.params}
    try:
        bound = bound_text(
            StoredThings(store), query, {**given, parameter: value}, release.settings
        )
    except CallError:
        return
    check(bound)
    # What is not the query's own is a term: a literal with its type, or an IRI.
    terms = [given for given in words(bound) if given not in set(words(query.text))]
    assert len(words(bound)) <= len(words(query.text)) + 2 * len(query.params)
    assert all(term.startswith(TERMS) for term in terms)


@given(text=st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1))
def test_a_text_comes_back_as_it_was_given(release: Release, store: Store, text: str) -> None:
    """Whatever it looks like."""
    query = query_of(release, "echo")
    bound = bound_text(
        StoredThings(store), query, {"text": text, "thing": "urn:x:a"}, release.settings
    )
    assert store.select(bound).rows[0][0] == ox.Literal(text)


@pytest.mark.parametrize("value", [*VALUES, *TEXTS.values()])
def test_a_text_comes_back_over_http_as_it_was_given(target: Target, value: str) -> None:
    """No query, header or page on the way takes it for its own."""
    pairs = urlencode({"text": value, "thing": f"{BASE}x"})
    answer = target.get(f"/query/echo.json?{pairs}")
    check_sound(answer)
    if "\0" in value:
        assert answer.status == 400
        return
    [row] = json.loads(answer.body)["results"]["bindings"]
    assert row["text_"] == {"type": "literal", "value": value}
    page = target.get(f"/query/echo?{pairs}", "Accept: text/html")
    assert page.status == 200
    check_harmless(page.text)


@pytest.mark.parametrize("parameter", ["thing", "number", "day"])
@pytest.mark.parametrize("value", VALUES)
def test_what_is_no_value_of_its_type_is_refused(
    target: Target, parameter: str, value: str
) -> None:
    """An IRI that names the canary is only a name; all else is a 400 that names the parameter."""
    whole = value.replace(CANARY, target.canary.address)
    pairs = urlencode({"text": "a", "thing": f"{BASE}x", parameter: whole})
    answer = target.get(f"/query/echo.json?{pairs}")
    check_sound(answer)
    if parameter == "thing" and re.fullmatch(r"http://[\d.:]+/", whole):
        assert answer.status == 200
    else:
        assert answer.status == 400
        assert json.loads(answer.body)["parameter"] == parameter
