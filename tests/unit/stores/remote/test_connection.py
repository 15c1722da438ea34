from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl

import pytest

from reti_graph.errors import (
    AnswerTooLargeError,
    SettingsError,
    StoreAnswerError,
    StoreError,
    StoreUnreachableError,
)
from reti_graph.gate import QueryForm
from reti_graph.stores.remote.connection import Connection
from reti_graph.stores.remote.credentials import Credentials
from reti_graph.stores.remote.values import Addresses
from tests.servers.scripted import DROP, answer, chunked, endless
from tests.unit.stores.remote.asking import (
    DONE,
    GRAPH,
    HTML,
    JSON,
    RIGHT,
    TRIPLE,
    TRIPLES,
    YES,
    asking,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.servers.scripted import Sent

NAMED: Final = "/graphs?key=1&graph=https%3A%2F%2Fsite.example%2Fa%3Fb%3Dc%26d%23e"
BUSY: Final = answer(503)


def test_a_query_is_answered_with_what_the_store_sends() -> None:
    """The bytes, the media type and the headers are all handed on."""
    with asking([answer(200, {**JSON, "X-Extra": "1"}, YES)]) as asked:
        reply = asked.ask()
    assert (reply.content, reply.media_type) == (YES, "application/sparql-results+json")
    assert reply.headers["x-extra"] == "1"


def test_a_query_is_posted_with_its_parameters() -> None:
    """The graphs of a query go beside it, as the protocol has it."""
    with asking([RIGHT]) as asked:
        asked.connection.query("ASK {}", QueryForm.ASK, parameters=[("default-graph-uri", GRAPH)])
    (request,) = asked.server.requests
    assert (request.method, request.target) == ("POST", "/query")
    assert sorted(parse_qsl(request.body.decode())) == [
        ("default-graph-uri", GRAPH),
        ("query", "ASK {}"),
    ]


@pytest.mark.parametrize("media_type", ["application/n-triples", "text/turtle; charset=UTF-8"])
def test_a_graph_comes_as_n_triples_or_turtle(media_type: str) -> None:
    """Which of them it is stands in the reply."""
    with asking([chunked({"Content-Type": media_type}, b"<urn:a> <urn:b> ", b"1 .")]) as asked:
        reply = asked.connection.query("CONSTRUCT WHERE {}", QueryForm.CONSTRUCT)
    assert reply.content == b"<urn:a> <urn:b> 1 ."
    assert reply.media_type == media_type.partition(";")[0]


def test_an_update_is_posted_as_it_is() -> None:
    """The text goes as the body, in UTF-8."""
    with asking([DONE]) as asked:
        asked.connection.update("INSERT DATA { <urn:a> <urn:b> 'è' }")
    (request,) = asked.server.requests
    assert (request.method, request.target) == ("POST", "/update")
    assert request.headers["content-type"].startswith("application/sparql-update")
    assert request.body.decode() == "INSERT DATA { <urn:a> <urn:b> 'è' }"


@pytest.mark.parametrize(
    ("call", "method", "body"),
    [
        (lambda c, graph: c.put(graph, TRIPLE), "PUT", TRIPLE),
        (lambda c, graph: c.add(graph, TRIPLE), "POST", TRIPLE),
        (lambda c, graph: c.drop(graph), "DELETE", b""),
    ],
)
@pytest.mark.parametrize(("graph", "target"), [(GRAPH, NAMED), (None, "/graphs?key=1&default")])
def test_a_graph_is_changed_by_its_name(
    call: Callable[[Connection, str | None], None],
    method: str,
    body: bytes,
    graph: str | None,
    target: str,
) -> None:
    """The name is quoted in the address, beside what the address had already."""
    with asking([DONE]) as asked:
        call(asked.connection, graph)
    (request,) = asked.server.requests
    assert (request.method, request.target, request.body) == (method, target, body)
    if body:
        assert request.headers["content-type"] == "application/n-triples"


def test_a_graph_is_read_by_its_name() -> None:
    """It comes as one of the formats of graphs."""
    with asking([answer(200, TRIPLES, TRIPLE)]) as asked:
        reply = asked.connection.get(GRAPH)
    assert reply is not None
    assert reply.content == TRIPLE
    assert [request.target for request in asked.server.requests] == [NAMED]


def test_a_graph_that_is_not_there_is_none_and_is_dropped() -> None:
    """That there is nothing is an answer to both."""
    with asking([answer(404)]) as asked:
        assert asked.connection.get(GRAPH) is None
        asked.connection.drop(GRAPH)


@pytest.mark.parametrize("call", [lambda c: c.update("x"), lambda c: c.put(GRAPH, TRIPLE)])
def test_only_graphs_may_be_missing(call: Callable[[Connection], None]) -> None:
    """A change sent to where there is nothing has failed."""
    with asking([answer(404)]) as asked, pytest.raises(StoreAnswerError, match="nothing at this"):
        call(asked.connection)


@pytest.mark.parametrize(
    ("call", "setting"),
    [
        (lambda c: c.update("x"), "store.update_url"),
        (lambda c: c.put(GRAPH, TRIPLE), "store.graphs_url"),
        (lambda c: c.get(GRAPH), "store.graphs_url"),
    ],
)
def test_what_has_no_address_names_its_setting(
    call: Callable[[Connection], object], setting: str
) -> None:
    """A store that is only read cannot be written to, and the hint says what is missing."""
    with Connection(Addresses(query="http://127.0.0.1/")) as c, pytest.raises(SettingsError) as e:
        call(c)
    assert setting in str(e.value.hint)


def test_every_address_is_checked_before_anything_is_sent() -> None:
    """Credentials for the address of queries would go to that of updates as well."""
    elsewhere = Addresses(query="https://store.example/", update="http://store.example/")
    with pytest.raises(SettingsError, match="plain http"):
        Connection(elsewhere, credentials=Credentials("basic", "anna", "sesame"))


@pytest.mark.parametrize(
    ("call", "right"),
    [
        (lambda c: c.query("ASK {}", QueryForm.ASK), RIGHT),
        (lambda c: c.get(GRAPH), answer(200, TRIPLES, TRIPLE)),
        (lambda c: c.put(GRAPH, TRIPLE), DONE),
        (lambda c: c.drop(GRAPH), DONE),
        (lambda c: c.update("x", repeatable=True), DONE),
        (lambda c: c.add(GRAPH, TRIPLE, repeatable=True), DONE),
    ],
)
@pytest.mark.parametrize("failing", [BUSY, DROP, answer(429)])
def test_what_changes_nothing_the_second_time_is_tried_again(
    call: Callable[[Connection], object], right: Sent, failing: Sent
) -> None:
    """A store that is away for a moment is not noticed."""
    with asking([failing, failing, right], retries=2) as asked:
        call(asked.connection)
    assert len(asked.server.requests) == 3
    assert asked.pauses == [0.5, 1.0]


@pytest.mark.parametrize("call", [lambda c: c.update("x"), lambda c: c.add(GRAPH, TRIPLE)])
@pytest.mark.parametrize("failing", [BUSY, DROP])
def test_a_change_that_may_add_up_is_tried_once(
    call: Callable[[Connection], None], failing: Sent
) -> None:
    """Whoever sent it must find out what became of it; the message says so."""
    with asking([failing], retries=5) as asked, pytest.raises(StoreUnreachableError) as caught:
        call(asked.connection)
    assert len(asked.server.requests) == 1
    assert caught.value.message.endswith("Whether the change was made is not known.")


def test_a_failure_that_lasts_says_how_often_was_asked() -> None:
    """Attempts are bounded."""
    with asking([BUSY], retries=3) as asked, pytest.raises(StoreError, match="asked 4 times"):
        asked.ask()
    assert len(asked.server.requests) == 4


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 413, 504, 507])
def test_what_will_be_refused_again_is_not_tried_again(status: int) -> None:
    """One request is enough to learn it."""
    with asking([answer(status)], retries=3) as asked, pytest.raises(StoreError):
        asked.ask()
    assert (len(asked.server.requests), asked.pauses) == (1, [])


def test_a_store_says_when_it_may_be_asked_again() -> None:
    """Retry-After is obeyed, up to a limit."""
    soon, late = ({"Retry-After": seconds} for seconds in ("7", "3600"))
    with asking([answer(429, soon), answer(503, soon), RIGHT], retries=2) as asked:
        asked.ask()
    assert asked.pauses == [7.0, 7.0]
    with asking([answer(503, late), RIGHT], retries=2) as asked, pytest.raises(StoreError):
        asked.ask()
    assert asked.pauses == []


def test_seconds_bound_attempts_and_pauses_together() -> None:
    """No pause is begun that the caller has no time for."""
    with asking([BUSY], retries=9) as asked, pytest.raises(StoreError):
        asked.ask(seconds=0.4)
    assert (len(asked.server.requests), asked.pauses) == (1, [])


def test_an_answer_is_bounded_in_bytes() -> None:
    """A store that sends without end does not fill the memory."""
    with asking([answer(200, JSON, YES)]) as asked:
        whole = asked.connection.query("ASK {}", QueryForm.ASK, most_bytes=len(YES))
        assert whole.content == YES
        with pytest.raises(AnswerTooLargeError, match="more than 28 bytes"):
            asked.connection.query("ASK {}", QueryForm.ASK, most_bytes=len(YES) - 1)


@pytest.mark.parametrize(
    ("receipt", "words"),
    [
        (answer(202), "make the change later"),
        (answer(200, HTML, b"<h1>Log in</h1>"), "web page.*Log in"),
    ],
)
def test_a_change_is_done_when_the_store_says_so(receipt: Sent, words: str) -> None:
    """A promise or a page of a portal is no receipt."""
    with asking([receipt]) as asked, pytest.raises(StoreAnswerError, match=words) as caught:
        asked.connection.update("x")
    assert "not known" in caught.value.message


@pytest.mark.parametrize(
    "receipt", [answer(200, HTML), answer(201), DONE, endless({}, b"Inserted 1 triple")]
)
def test_receipts_of_every_kind_are_taken(receipt: Sent) -> None:
    """Stores confirm a change in many ways."""
    with asking([receipt]) as asked:
        asked.connection.update("x")
        asked.connection.put(GRAPH, TRIPLE)
