from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from reti_graph.errors import SettingsError, StoreAnswerError
from reti_graph.settings import StoreSettings
from reti_graph.stores.remote.credentials import Credentials
from reti_graph.stores.remote.detecting import default_graph_of, find_remote, told
from reti_graph.stores.remote.values import Addresses, Remote
from tests.servers.scripted import answer, scripted
from tests.unit.stores.remote.asking import HTML, JSON, YES
from tests.unit.stores.remote.engines import BASE, Engine, quads, remote

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reti_graph.gate import QueryForm
    from reti_graph.stores.remote.transport import Reply

NO = b'{"head": {}, "boolean": false}'


@contextmanager
def served(*answers: tuple[bytes, str]) -> Iterator[str]:
    """Give the address of a server that answers so, with these Server headers."""
    script = [answer(200, {**JSON, "Server": server}, content) for content, server in answers]
    with scripted(script) as server:
        yield f"{server.url}/query"


def found(url: str, **settings: object) -> Remote:
    """Find a store by its address and what else is set."""
    return find_remote(StoreSettings(url=url, **settings), BASE, {})  # type: ignore[arg-type]  # as named


def test_a_known_store_is_found_by_one_question() -> None:
    """What it is like is known."""
    with served((YES, "Oxigraph/0.5.13")) as url:
        store = found(url, seconds=7.0, retries=1)
    assert store.dialect.product == "Oxigraph"
    assert store.dialect.default_graph == "own"
    assert store.dialect.atomic
    assert store.addresses.update == url.replace("/query", "/update")
    assert store.base == BASE
    assert (store.patience.seconds, store.patience.retries) == (7.0, 1)


def test_what_is_set_wins() -> None:
    """Over what its kind is known for."""
    with served((YES, "Oxigraph/0.5.13")) as url:
        store = found(
            url,
            update_url="http://127.0.0.1/u",
            graphs_url="http://127.0.0.1/g",
            default_graph="union",
            atomic=False,
        )
    assert store.addresses == Addresses(
        query=url, update="http://127.0.0.1/u", graphs="http://127.0.0.1/g"
    )
    assert (store.dialect.default_graph, store.dialect.atomic) == ("union", False)


def test_virtuoso_is_known_behind_a_proxy() -> None:
    """By a graph that each one has."""
    with served((YES, "nginx"), (YES, "nginx")) as url:
        store = found(url)
    assert (store.dialect.product, store.dialect.default_graph) == ("Virtuoso", "repeated")
    assert store.union == f"{BASE}release/union"


def test_what_is_set_of_an_unknown_store_is_not_asked() -> None:
    """Two questions, and it is some other."""
    with served((YES, ""), (NO, "")) as url:
        store = found(url, default_graph="own", update_url="http://127.0.0.1/u")
    assert store.dialect.product == "unknown store"
    assert not store.dialect.atomic


def test_what_does_not_answer_is_no_store() -> None:
    """A web page is none."""
    with scripted([answer(200, HTML, b"<html>")]) as server, pytest.raises(StoreAnswerError):
        found(f"{server.url}/query", retries=0)


def test_a_store_needs_an_address() -> None:
    """The error says where to give it."""
    with pytest.raises(SettingsError, match="no address") as caught:
        find_remote(StoreSettings(), BASE, {})
    assert "store.url" in str(caught.value.hint)


def test_credentials_are_of_the_environment() -> None:
    """And shown to nobody."""
    with served((YES, "Oxigraph/0.5.13")) as url:
        environ = {"RETI_STORE_USER": "ada", "RETI_STORE_PASSWORD": "mum's the word"}
        store = find_remote(StoreSettings(url=url), BASE, environ)
    assert isinstance(store.credentials, Credentials)
    assert "mum" not in " ".join(told(store))
    assert "basic" in " ".join(told(store))


SHARED = ":g { :a :p :b , 1 } :h { :a :p :b . :b :q 'x'@it }"


class Repeating(Engine):
    """An engine whose default graph has a triple once for each graph with it."""

    def query(
        self, text: str, form: QueryForm, *, parameters: Sequence[tuple[str, str]] = ()
    ) -> Reply:
        """Answer over all graphs."""
        merged = text.replace("} ?s ?p ?o }", "} GRAPH ?any { ?s ?p ?o } }")
        return super().query(merged, form, parameters=parameters)


def test_a_default_graph_of_its_own_lacks_what_named_graphs_have() -> None:
    """Where nothing was published yet."""
    assert default_graph_of(Engine.holding(quads(SHARED)), BASE) == "own"


def test_a_union_that_was_written_is_told_from_one_that_is_made() -> None:
    """By the graph that tells the release, which is in no union of ours."""
    held = ":release { :release :version 'x' } :g { :a :p :b } :h { :a :p :b }"
    assert default_graph_of(Engine.holding(quads(f"{held} :a :p :b .")), BASE) == "own"


def test_a_union_has_once_what_two_graphs_have() -> None:
    """All of it, and no more."""
    union = ":a :p :b , 1 . :b :q 'x'@it ."
    assert default_graph_of(Engine.holding(quads(SHARED + union)), BASE) == "union"


def test_a_union_may_have_twice_what_two_graphs_have() -> None:
    """So does Virtuoso's."""
    engine = Repeating()
    engine.store.extend(quads(SHARED))
    assert default_graph_of(engine, BASE) == "repeated"


@pytest.mark.parametrize("held", ["", ":g { :a :p :b } :a :p :b ."])
def test_what_shows_nowhere_has_to_be_set(held: str) -> None:
    """In an empty store, or where no two graphs say the same; the hint has the values."""
    with pytest.raises(SettingsError, match="default graph") as caught:
        default_graph_of(Engine.holding(quads(held)), BASE)
    assert "store.default_graph" in str(caught.value.hint)


def test_what_is_found_is_told_in_sentences() -> None:
    """For people who publish."""
    lines = told(remote("Virtuoso", default_graph="repeated", atomic=False))
    assert lines[0] == "Virtuoso at http://store.example/query, asked with no credentials."
    assert "http://example.org/release/union" in lines[1]
    assert "no address" in lines[2]
    assert "half made" in lines[3]
    assert "only simple queries" in lines[4]
    assert len(lines) == 5
    assert len(told(remote())) == 4


@pytest.mark.parametrize("product", ["Stardog", "unknown store"])
def test_a_store_that_was_never_tried_is_said_to_be_so(product: str) -> None:
    """In the last sentence."""
    assert {"tried", "known"} & set(told(remote(product))[-1].replace(":", "").split())
