"""Three releases that share statements, and stores that hold some of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reti_graph.deliver.publishing import publish
from tests.unit.deliver.stores import FakeStore, Way, expected, published
from tests.unit.deliver.watchers import Quiet

if TYPE_CHECKING:
    from reti_graph.deliver.wanted import Published

OLD: Final = published("""
g:one { :alpha a :Network ; :label "Alfa"@it ; :members 01 . }
g:two { :alpha a :Network . :beta :since "2009"^^:year ; :share 1.50 . }
g:gone { :gamma a :Network ; :text "a\\nb \\"c\\" \\\\ \\u2028" . }
""")
NEW: Final = published("""
g:one { :alpha a :Network ; :label "Alpha"@en ; :members 2 . }
g:two { :alpha a :Network . :beta :since "2009"^^:year ; :share 1.5 . }
g:three { :delta a :Network, :Pact ; :label "Δ" . :alpha a :Network . }
""")
THIRD: Final = published("""
g:gone { :gamma a :Network . :epsilon a :Network . }
g:three { :delta a :Network . }
""")
RELEASES: Final = {release.digest: release for release in (OLD, NEW, THIRD)}


def is_whole(store: FakeStore, way: Way) -> None:
    """Fail when the store says that it holds a release, and holds anything else."""
    said = store.says()
    if said is None:
        return
    assert store.holds() == expected(RELEASES[said])
    if way.default_graph != "union":
        union = way.remote().union
        assert store.union(union) == {quad.triple for quad in store.holds()}


def holding(way: Way, *releases: Published) -> FakeStore:
    """Give a store into which releases were published one after another.

    Whenever a reader could find a mixture in it, the test fails.
    """
    store = FakeStore()
    store.looks.append(lambda changed: is_whole(changed, way))
    for release in releases:
        publish(way.target(store), release, Quiet())
    return store
