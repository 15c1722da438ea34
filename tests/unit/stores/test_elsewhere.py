from __future__ import annotations

import pytest

from reti_graph.stores.elsewhere import Elsewhere
from reti_graph.stores.frames import Setup, decode, to_frame
from reti_graph.stores.remote.credentials import Credentials
from reti_graph.stores.remote.values import Addresses, Dialect, Patience, Remote

SECRET = "a very secret word"  # noqa: S105 - of nobody
DIALECT = Dialect(
    product="Virtuoso",
    default_graph="repeated",
    exact_datasets=False,
    atomic=False,
    statements=1_000,
)


def remote(credentials: Credentials | None) -> Remote:
    """Return a store that has everything."""
    return Remote(
        addresses=Addresses(query="http://127.0.0.1:1/q", update="http://127.0.0.1:1/u"),
        dialect=DIALECT,
        base="https://example.org/",
        patience=Patience(seconds=1.5, retries=1),
        credentials=credentials,
    )


def setup(credentials: Credentials | None) -> Setup:
    """Return the first message to a worker that is to ask it."""
    elsewhere = Elsewhere.of(remote(credentials), "digest")
    return Setup("", on_disk=False, prefixes={}, memory_bytes=1, elsewhere=elsewhere)


@pytest.mark.parametrize(
    "credentials",
    [None, Credentials("digest", "user", SECRET), Credentials("bearer", "", SECRET)],
)
def test_a_store_arrives_as_it_left(credentials: Credentials | None) -> None:
    """With who we are to it, and the release it must hold."""
    told = decode(to_frame(setup(credentials))[4:], Setup).elsewhere
    assert told is not None
    assert (told.remote, told.pinned) == (remote(credentials), "digest")


def test_nothing_that_is_printed_has_the_secret() -> None:
    """Neither the message nor a part of it, wherever it is shown."""
    told = setup(Credentials("basic", "user", SECRET))
    assert told.elsewhere is not None
    for shown in (told, told.elsewhere, told.elsewhere.login, told.elsewhere.remote):
        assert SECRET not in f"{shown!r} {shown}"
