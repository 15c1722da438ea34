from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox
import pytest

from reti_graph import wiring
from reti_graph.canned.choices import Choices
from reti_graph.canned.run import bound_text
from reti_graph.describe import Page, ThingNames, describe, is_known, quad_description
from reti_graph.errors import UnknownThingError
from reti_graph.stores.remote.store import RemoteStore
from tests.stores.rows import check_same

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reti_graph.canned.query import CannedQuery, Param
    from reti_graph.release import Release
    from reti_graph.stores.port import Store
    from tests.stores.loading import Loaded

OTHERS: Final = 2
"""How many things are tried for a parameter beside its example."""
FEW: Final = 5
"""Of how many things pages are read: those of which most is said."""


@pytest.fixture(scope="module")
def near(release: Release) -> Store:
    """Give the site in the store that all others are measured by."""
    return wiring.store_for(release)


@pytest.fixture(scope="module")
def far(elsewhere: Loaded, release: Release) -> Iterator[RemoteStore]:
    """Give the site in each other store."""
    prefixes = release.settings.prefixes
    with RemoteStore.of(elsewhere.remote, prefixes, pinned=release.digest) as store:
        yield store


def values(query: CannedQuery, choices: Choices) -> Iterator[Mapping[str, str]]:
    """Yield what a query is tried with: examples, what must be, and others for each parameter."""
    examples = {param.name: param.example for param in query.params}
    yield examples
    yield {param.name: param.example for param in query.params if param.required}
    for param in query.params:
        for value in others(param, choices):
            yield {**examples, param.name: value}


def others(param: Param, choices: Choices) -> tuple[str, ...]:
    """Return some more values of a parameter, from all over its choices."""
    if param.type == "enum":
        return tuple(set(param.values) - {param.example, param.default})
    if param.type == "date":
        return ("2000-01-01", "2019-06-30")
    found = [choice.value for choice in choices.of(param)] if param.type == "iri" else []
    return tuple(found[:: max(1, len(found) // OTHERS)])


def things(release: Release) -> list[ox.NamedNode]:
    """Return, of each kind of thing, the one of which most is said; the last has most of all."""
    base = release.settings.base_iri
    said: defaultdict[str, int] = defaultdict(int)
    for quad in release.quads:
        for term in (quad.subject, quad.object):
            if isinstance(term, ox.NamedNode) and term.value.startswith(base):
                said[term.value] += 1
    best: dict[str, str] = {}
    for iri in sorted(said, key=lambda iri: (said[iri], iri)):
        folder = iri.removeprefix(base).rpartition("/")[0]
        # There are as many folders of passages as there are sources.
        best["source/" if folder.startswith("source/") else folder] = iri
    return [ox.NamedNode(iri) for iri in sorted(best.values(), key=lambda iri: (said[iri], iri))]


def test_every_canned_query_gives_the_same_rows(
    near: Store, far: RemoteStore, release: Release
) -> None:
    """With its examples, with what must be given alone, and with other values: rows and order."""
    choices = Choices(near, release.settings)
    for query in release.queries:
        for given in values(query, choices):
            check_same(near, far, bound_text(choices, query, given, release.settings))


def test_things_of_every_kind_are_described_the_same(
    near: Store, far: RemoteStore, release: Release
) -> None:
    """As statements with their evidence and as quads; those with many statements by page, too."""
    found = things(release)
    assert len(found) > 30
    for thing in found:
        check_described(near, far, thing, None)
    for thing in found[-FEW:]:
        check_described(near, far, thing, Page(number=1, size=20))
        check_described(near, far, thing, Page(number=2, size=20))


def check_described(near: Store, far: Store, thing: ox.NamedNode, page: Page | None) -> None:
    """Fail when two stores do not describe a thing the same."""
    assert is_known(far, thing)
    assert describe(far, thing, page=page) == describe(near, thing, page=page)
    mine, theirs = (quad_description(store, thing, page=page) for store in (near, far))
    assert set(theirs.quads) == set(mine.quads)
    assert (theirs.incoming_total, theirs.pages) == (mine.incoming_total, mine.pages)


def test_what_is_not_known_is_like_the_same_names(near: Store, far: RemoteStore) -> None:
    """A wrong name is told the names that were perhaps meant."""
    thing = ox.NamedNode("https://w3id.org/reti-graph/id/network/euroticies")
    told = []
    for store in (near, far):
        assert not is_known(store, thing)
        with pytest.raises(UnknownThingError) as caught:
            describe(store, thing, names=ThingNames())
        told.append(str(caught.value))
    assert told[0] == told[1]


def test_parameters_have_the_same_choices(near: Store, far: RemoteStore, release: Release) -> None:
    """In the same order, with the same labels."""
    mine, theirs = (Choices(store, release.settings) for store in (near, far))
    params = [param for query in release.queries for param in query.params if param.type == "iri"]
    assert params
    for param in params:
        assert theirs.of(param) == mine.of(param)
