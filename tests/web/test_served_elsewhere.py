"""What clients get from a server whose data is in a store elsewhere."""

from __future__ import annotations

import dataclasses
import threading
from typing import TYPE_CHECKING, Final

import pytest

from reti_graph.errors import (
    OtherReleaseError,
    RetiError,
    StoreAnswerError,
    StoreDeniedError,
    StoreTimeoutError,
    StoreUnreachableError,
)
from reti_graph.stores.remote.held import Held
from tests.web.conftest import open_client
from tests.web.far import ADDRESS, SELDOM, FarSite

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from starlette.testclient import TestClient

    from reti_graph.release import Release

WAIT: Final = 60
OTHER: Final = "b" * 64
OF_THE_STORE: Final = (
    "/",
    "/doc/network/alpha",
    "/doc/network/alpha.it.html",
    "/doc/network/alpha.ttl",
    "/doc/network/alpha.jsonld",
    "/ontology",
    "/query/networks?format=csv",
    "/query/networks.html",
    "/query/members.json?network=alpha",
    "/sparql?query=SELECT%20*%20%7B%3Fs%20%3Fp%20%3Fo%7D%20ORDER%20BY%20%3Fs%20%3Fp%20%3Fo",
    "/sparql?query=ASK%7B%7D&format=html",
    "/openapi.json",
)
OF_THE_SITE: Final = (
    "/shapes.ttl",
    "/queries",
    "/queries?format=ttl",
    "/query/networks.rq",
    "/sparql",
    "/catalog",
    "/catalog.ttl",
    "/dataset.ttl",
    "/dump.nq",
    "/robots.txt",
    "/sitemap.xml",
    "/static/style.css",
    "/.well-known/void",
)
STALE: Final = '"reti-graph"; hit; ttl=-{}'
FAILURES: Final = (
    (StoreUnreachableError(f"Nobody is at {ADDRESS}."), 503, "unreachable"),
    (StoreTimeoutError(f"{ADDRESS} is slow."), 504, "slow"),
    (StoreDeniedError(f"{ADDRESS} wants a password.", hint=ADDRESS), 502, "denied"),
    (StoreAnswerError(f"{ADDRESS} says: <html>"), 502, "broken"),
)


class Far:
    """A client of a site whose data is far away."""

    def __init__(self, *releases: Release, seconds: float = SELDOM) -> None:
        """Make the site; it is served within `with`."""
        self.site = FarSite(*releases, seconds=seconds)
        self.client = open_client(self.site.app)

    def look(self) -> None:
        """Have the server look at the store."""
        assert self.client.portal is not None
        self.client.portal.call(self.site.upstream.look)

    def fails_of(self, error: RetiError | None) -> None:
        """Have the store fail from now on, or no more, and the server see it."""
        self.site.store.error = error
        self.look()


@pytest.fixture
def far(small_release: Release) -> Iterator[Far]:
    """Give the small site, its data far away."""
    made = Far(small_release)
    with made.client:
        yield made


@pytest.mark.parametrize("address", [*OF_THE_STORE, *OF_THE_SITE, "/id/network/alpha", "/none"])
def test_a_far_store_makes_no_difference(far: Far, client: TestClient, address: str) -> None:
    """The same status, headers and bytes as from a store of the server's own."""
    near, found = client.get(address), far.client.get(address)
    assert (found.status_code, found.content) == (near.status_code, near.content)
    for headers in (near.headers, found.headers):
        del headers["x-request-id"]
    assert dict(found.headers) == dict(near.headers)


@pytest.mark.parametrize(("error", "status", "state"), FAILURES)
@pytest.mark.parametrize("address", [*OF_THE_STORE, "/id/network/alpha", "/id/network/alpah"])
def test_what_was_never_answered_says_when_to_come_back(
    far: Far, error: RetiError, status: int, state: str, address: str
) -> None:
    """At once, by the kind of failure; nothing of the store is told to outsiders."""
    far.fails_of(error)
    asked = far.site.store.asked
    for accept in ("text/html", "*/*"):
        answer = far.client.get(address, headers={"accept": accept})
        assert (answer.status_code, answer.headers["retry-after"]) == (status, "86400")
        assert answer.headers["cache-control"] == "no-store"
        assert "10.1.2.3" not in answer.text
    assert far.site.store.asked == asked
    assert far.client.get("/health").json()["store"]["state"] == state


@pytest.mark.parametrize(("error", "status", "_state"), FAILURES)
def test_the_first_request_to_meet_a_failure_is_told_the_same(
    far: Far, error: RetiError, status: int, _state: str
) -> None:
    """Before anybody has looked."""
    far.site.store.error = error
    for address in ("/doc/network/alpha", "/sparql?query=ASK%7B%7D"):
        answer = far.client.get(address)
        assert (answer.status_code, answer.headers["retry-after"]) == (status, "86400")
        assert "10.1.2.3" not in answer.text


@pytest.mark.parametrize("address", OF_THE_STORE)
def test_what_was_answered_before_is_sent_and_marked_stale(far: Far, address: str) -> None:
    """With the seconds since the store was good (RFC 9211); unmarked before and after."""
    first = far.client.get(address)
    assert (first.status_code, "cache-status" in first.headers) == (200, False)
    far.fails_of(StoreUnreachableError("Gone."))
    far.site.clock.now += 12.5
    again = far.client.get(address)
    assert (again.status_code, again.content) == (200, first.content)
    assert again.headers["cache-status"] == STALE.format(13)
    known = far.client.get(address, headers={"if-none-match": first.headers["etag"]})
    assert (known.status_code, known.headers["cache-status"]) == (304, STALE.format(13))
    far.fails_of(None)
    assert "cache-status" not in far.client.get(address).headers


def test_what_was_made_for_another_request_is_marked_too(far: Far) -> None:
    """The same document, asked for in other words, or posted."""
    query = {"query": "ASK {}"}
    far.client.get("/doc/network/alpha", headers={"accept": "text/turtle"})
    far.client.post("/sparql", data=query)
    far.fails_of(StoreUnreachableError("Gone."))
    answers = (
        far.client.get("/doc/network/alpha", headers={"accept": "text/turtle;q=0.9"}),
        far.client.post("/sparql", data=query),
    )
    for answer in answers:
        assert (answer.status_code, answer.headers["cache-status"]) == (200, STALE.format(1))
        assert answer.headers["access-control-allow-origin"] == "*"
        assert answer.headers.get_list("access-control-allow-origin") == ["*"]


@pytest.mark.parametrize("address", OF_THE_SITE)
def test_what_the_site_says_of_itself_needs_no_store(far: Far, address: str) -> None:
    """It is the server's own, first and again, and never stale."""
    far.fails_of(StoreUnreachableError("Gone."))
    for _ in range(2):
        answer = far.client.get(address)
        assert (answer.status_code, "cache-status" in answer.headers) == (200, False)


def test_a_mistake_in_a_form_is_said_without_a_store_only_if_it_needs_none(far: Far) -> None:
    """The form offers things of the store: 503, and 400 again once it is back."""
    address = "/query/members.html?network=none"
    assert far.client.get(address).status_code == 400
    far.fails_of(StoreUnreachableError("Gone."))
    assert far.client.get("/query/members.html?network=other").status_code == 503
    far.fails_of(None)
    assert far.client.get("/query/members.html?network=other").status_code == 400


def test_a_store_with_another_release_is_not_asked(far: Far, small_release: Release) -> None:
    """The answer names both; a browser gets a page."""
    far.site.store.held = Held(OTHER)
    far.look()
    answer = far.client.get("/doc/network/alpha.ttl")
    assert answer.status_code == 503
    for digest in (OTHER, small_release.digest):
        assert digest[:12] in answer.json()["detail"]
    page = far.client.get("/doc/network/alpha", headers={"accept": "text/html"})
    assert (page.status_code, page.headers["content-type"]) == (503, "text/html; charset=utf-8")


def test_an_answer_of_another_release_is_not_given_out(far: Far) -> None:
    """The store noticed it while it answered."""
    far.site.store.error = OtherReleaseError(f"{ADDRESS} holds another.")
    answer = far.client.get("/doc/network/alpha.ttl")
    assert answer.status_code == 503
    assert "another release" in answer.json()["detail"]


def test_health_tells_how_the_store_is(far: Far) -> None:
    """200 all the while: the server is of use for what it has kept."""
    good = far.client.get("/health")
    assert (good.status_code, good.json()["status"]) == (200, "ok")
    assert good.json()["store"] == {"state": "good", "seconds": 0}
    far.fails_of(StoreUnreachableError("Gone."))
    far.site.clock.now += 7
    bad = far.client.get("/health")
    assert (bad.status_code, bad.json()["status"]) == (200, "degraded")
    assert bad.json()["store"] == {"state": "unreachable", "seconds": 7}


def test_a_server_with_its_own_data_tells_of_no_store(client: TestClient) -> None:
    """There is none that could fail."""
    assert "store" not in client.get("/health").json()


def test_the_state_for_metrics_tells_of_the_store(far: Far) -> None:
    """One number, to be woken by."""
    assert far.site.publication.state().store is True
    far.fails_of(StoreUnreachableError("Gone."))
    assert far.site.publication.state().store is False


def test_a_release_that_is_published_in_store_and_site_is_switched_to(
    small_release: Release,
) -> None:
    """A request that runs ends as it began, and the next one gets the new release."""
    new = dataclasses.replace(small_release, quads=small_release.quads[1:], digest=OTHER)
    far = Far(small_release, new)
    old_digest = small_release.digest
    with far.client as client:
        assert client.get("/health").json()["release"] == old_digest
        far.site.store.becomes(new)
        far.look()
        assert far.site.reloaded.wait(WAIT)
        assert client.get("/health").json()["release"] == OTHER
        answer = client.get("/doc/network/alpha.ttl")
        assert (answer.status_code, "cache-status" in answer.headers) == (200, False)
        assert answer.headers["etag"].startswith(f'"{OTHER[:16]}')


def test_a_request_on_its_way_is_not_dropped_by_the_switch(
    small_release: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has its release to the end, though another is served by then."""
    new = dataclasses.replace(small_release, digest=OTHER)
    far = Far(small_release, new)
    begun, go = threading.Event(), threading.Event()
    select = far.site.store.select

    def slowly(query: str) -> object:
        begun.set()
        go.wait(WAIT)
        return select(query)

    answers: list[int] = []

    def ask(get: Callable[[str], object]) -> None:
        answers.append(getattr(get("/doc/network/alpha.ttl"), "status_code", 0))

    with far.client as client:
        monkeypatch.setattr(far.site.store, "select", slowly)
        asking = threading.Thread(target=ask, args=(client.get,))
        asking.start()
        assert begun.wait(WAIT)
        far.site.store.becomes(new)
        far.look()
        assert far.site.reloaded.wait(WAIT)
        assert client.get("/health").json()["release"] == OTHER
        go.set()
        asking.join(WAIT)
    assert answers == [200]


def test_a_site_that_gives_no_other_release_is_not_read_again_and_again(
    small_release: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Until the store holds yet another one."""
    far = Far(small_release)
    published: list[int] = []
    with far.client:
        monkeypatch.setattr(far.site.publication, "reload", lambda: _note(published, far))
        for digest in (OTHER, OTHER, "c" * 64):
            far.site.store.held = Held(digest)
            far.look()
            assert far.site.reloaded.wait(WAIT)
    assert len(published) == 2


async def _note(published: list[int], far: Far) -> None:
    published.append(1)
    far.site.reloaded.set()
