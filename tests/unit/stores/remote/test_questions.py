from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reti_graph.gate import QueryForm
from reti_graph.stores.remote.questions import question

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

URL: Final = "http://store.example/sparql?key=1"
TEXTS: SearchStrategy[str] = st.text(st.characters(exclude_categories=["Cs"]))


@given(TEXTS, st.sampled_from(QueryForm), st.lists(st.tuples(st.just("named-graph-uri"), TEXTS)))
def test_a_query_is_sent_as_a_form_to_the_letter(
    text: str, form: QueryForm, parameters: list[tuple[str, str]]
) -> None:
    """Whatever the text looks like, it arrives with its parameters and nothing else."""
    call = question(URL, text, form, parameters)
    assert (call.method, call.url, call.setting, call.changes) == ("POST", URL, "url", False)
    assert call.headers["Content-type"] == "application/x-www-form-urlencoded"
    sent = parse_qsl(call.content.decode("ascii"), keep_blank_values=True)
    assert sorted(sent) == sorted([*parameters, ("query", text)])


@pytest.mark.parametrize(
    ("form", "accept"),
    [
        (QueryForm.SELECT, "application/sparql-results+json, application/json;q=0.5"),
        (QueryForm.ASK, "application/sparql-results+json, application/json;q=0.5"),
        (QueryForm.CONSTRUCT, "application/n-triples, text/turtle;q=0.5"),
        (QueryForm.DESCRIBE, "application/n-triples, text/turtle;q=0.5"),
    ],
)
def test_the_format_is_asked_for_by_the_form_that_is_given(form: QueryForm, accept: str) -> None:
    """What the text looks like does not count."""
    call = question(URL, "# INSERT\nPREFIX select: <ask:>", form, ())
    assert call.headers["Accept"] == accept


def test_a_text_made_to_hold_up_a_regular_expression_does_not() -> None:
    """The library by itself would guess at the form of this text for minutes."""
    hostile = "ASK {} # " + "PREFIX a:<" * 3_000
    assert question(URL, hostile, QueryForm.ASK, ()).content.startswith(b"query=ASK")
