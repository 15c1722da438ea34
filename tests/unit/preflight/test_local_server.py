from __future__ import annotations

from pathlib import Path
from typing import Final, NoReturn

import pytest

from reti_graph.errors import SiteError, StoreError, StoreTimeoutError
from reti_graph.preflight import local_server as serving
from reti_graph.preflight.local_server import local_server
from reti_graph.preflight.over_http import HttpFetcher

SMALL_SITE: Final = Path(__file__).parents[2] / "assets" / "small_site"


def test_a_site_is_served_for_as_long_as_it_is_needed() -> None:
    """It answers at its address, and nobody does afterwards."""
    with HttpFetcher() as fetcher:
        with local_server(SMALL_SITE) as address:
            assert address.startswith("http://127.0.0.1:")
            assert address.endswith("/")
            assert fetcher.fetch("GET", f"{address}health", most=100).status == 200
        with pytest.raises(StoreError, match=r"is refused"):
            fetcher.fetch("GET", f"{address}health", most=100)


def test_a_folder_that_is_no_site_is_told_in_the_servers_words(tmp_path: Path) -> None:
    """With its hint, where there is one."""
    with pytest.raises(SiteError, match=r"reti\.toml") as raised, local_server(tmp_path):
        pytest.fail("it is served")
    assert not raised.value.message.startswith("error")


def test_a_failure_while_it_is_used_ends_the_server_too() -> None:
    """And is handed on."""
    addresses: list[str] = []

    def use() -> NoReturn:
        with local_server(SMALL_SITE) as address:
            addresses.append(address)
            raise KeyError

    with pytest.raises(KeyError):
        use()
    with HttpFetcher() as fetcher, pytest.raises(StoreError, match=r"is refused"):
        fetcher.fetch("GET", f"{addresses[0]}health", most=100)


def test_a_server_that_does_not_start_in_time_is_given_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """And ended."""
    monkeypatch.setattr(serving, "START_SECONDS", 0)
    with (
        pytest.raises(StoreTimeoutError, match=r"did not start within 0 seconds"),
        local_server(SMALL_SITE),
    ):
        pytest.fail("it was too fast")


def test_a_server_that_does_not_go_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    """It answers no more."""
    monkeypatch.setattr(serving, "END_SECONDS", 0)
    with local_server(SMALL_SITE) as address:
        pass
    with HttpFetcher() as fetcher, pytest.raises(StoreError, match=r"is refused"):
        fetcher.fetch("GET", f"{address}health", most=100)
