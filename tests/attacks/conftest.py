"""One server for all attacks, and what must hold after each of them."""

from __future__ import annotations

import socket
import sys
from typing import TYPE_CHECKING

import pytest

from tests.attacks.hostile import write_site
from tests.attacks.serving import ATTACKER, Canary, Target, serving

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def canary() -> Iterator[Canary]:
    """Give a socket that listens for calls nobody should make."""
    with socket.create_server((ATTACKER, 0), backlog=16) as listener:
        listener.settimeout(0)
        yield Canary(listener)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory, canary: Canary) -> Iterator[Target]:
    """Give the server of the hostile site, started once."""
    if sys.platform != "linux":
        pytest.skip("only Linux has a second loopback address ready to ask from")
    folder = tmp_path_factory.mktemp("attacked")
    with serving(write_site(folder / "site"), folder, canary) as started:
        yield started


@pytest.fixture
def target(server: Target) -> Iterator[Target]:
    """Give the server for one attack; fail when it is not as well as before."""
    yield server
    server.check_unharmed()
