"""What a site is asked for when two servers of it are compared."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

import pyoxigraph as ox

from tests.stores.comparing import told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.testclient import TestClient

    from reti_graph.canned.query import CannedQuery
    from reti_graph.release import Release

# Each of them is a thing of its kind about which much is said.
RICH: Final = (
    "id/city/milan",
    "id/network/eurocities",
    "id/municipality/milan",
    "source/milan-page",
)


def things(release: Release) -> list[str]:
    """Return a thing of each kind, and those of which much is said, without the base."""
    base = release.settings.base_iri
    kinds: defaultdict[str, list[str]] = defaultdict(list)
    for quad in release.quads:
        subject = quad.subject
        if isinstance(subject, ox.NamedNode) and subject.value.startswith(base):
            name = subject.value.removeprefix(base).partition("#")[0]
            kinds["/".join(name.split("/")[:-1])].append(name)
    # The one in the middle is as good as any; there are as many sources as there are folders.
    found = [each[len(each) // 2] for kind, each in kinds.items() if not kind.startswith("source/")]
    return [*dict.fromkeys((*RICH, *found))]


def documents(names: Sequence[str], endings: Sequence[str]) -> list[str]:
    """Return the addresses of the documents about things, in some of their forms."""
    return [f"/{name.replace('id/', 'doc/', 1)}.{end}" for name in names for end in endings]


def canned(query: CannedQuery, formats: Sequence[str]) -> list[str]:
    """Return the addresses of a query's answer, with its examples."""
    given = urlencode({param.name: param.example for param in query.params})
    return [f"/query/{query.name}.{each}?{given}" for each in formats]


def check_same(near: TestClient, far: TestClient, addresses: Sequence[str]) -> None:
    """Fail at the first address where both do not say the same."""
    assert addresses
    for address in addresses:
        assert (address, *told(far.get(address))) == (address, *told(near.get(address)))
