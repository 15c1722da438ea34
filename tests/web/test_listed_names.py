"""Names in a release of many statements, found by its register."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from reti_graph.canned.choices import Choices
from reti_graph.canned.query import Param
from reti_graph.release import read_served
from reti_graph.stores.embedded import EmbeddedStore
from reti_graph.web.directory import StoredDirectory
from reti_graph.web.listed_names import ListedChoices, ListedNames

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reti_graph.config import Settings

BASE: Final = "https://example.org/nets/"


@pytest.fixture(scope="module")
def settings(release_folder: Path) -> Settings:
    """Give the settings of the small site."""
    return read_served(release_folder).settings


@pytest.fixture(scope="module")
def store(release_folder: Path, settings: Settings) -> EmbeddedStore:
    """Give the store of the small site's release."""
    return EmbeddedStore.reading(read_served(release_folder).store, settings.prefixes)


@pytest.fixture
def directory(release_folder: Path, settings: Settings) -> Iterator[StoredDirectory]:
    """Give the directory of the small site's release, of which nothing is known yet."""
    found = StoredDirectory(release_folder, read_served(release_folder).parts, settings)
    yield found
    found.close()


def param(*kinds: str) -> Param:
    """Return a parameter that may be things of some kinds."""
    return Param(name="thing", type="iri", label={"en": "Thing"}, kinds=kinds, example="x")


@pytest.mark.parametrize(
    "kinds", [("network",), ("city",), ("network", "city", "body"), ("reti",), ("skos",), ()]
)
def test_choices_are_those_that_a_look_at_all_statements_finds(
    store: EmbeddedStore, settings: Settings, directory: StoredDirectory, kinds: tuple[str, ...]
) -> None:
    """Of kinds that are there, of none, and of namespaces that are not the site's."""
    listed = ListedChoices(store, settings, directory)
    plain = Choices(store, settings)
    assert listed.of(param(*kinds)) == plain.of(param(*kinds))


def test_there_are_choices_at_all(
    store: EmbeddedStore, settings: Settings, directory: StoredDirectory
) -> None:
    """In the order of their names, with labels by language."""
    found = ListedChoices(store, settings, directory).of(param("network"))
    assert [each.value for each in found] == sorted(each.value for each in found)
    assert found[0].value == "alpha"
    assert found[0].labels == {"it": "Alfa", "en": "Alpha"}


def test_names_like_another_are_offered_once_they_are_known(
    store: EmbeddedStore, directory: StoredDirectory
) -> None:
    """Whoever mistypes an address does not wait for all names to be read."""
    names = ListedNames(store, BASE, directory)
    wrong = f"{BASE}id/network/alphq"
    assert names.nearest(store, wrong) == ()
    directory.families()
    assert names.nearest(store, wrong)[0] == f"{BASE}id/network/alpha"


@pytest.mark.parametrize("iri", ["https://elsewhere.example/x", f"{BASE}{'x' * 200}", BASE])
def test_nothing_is_like_what_is_not_the_sites_or_too_long(
    store: EmbeddedStore, directory: StoredDirectory, iri: str
) -> None:
    """To compare long names takes a while."""
    directory.families()
    assert ListedNames(store, BASE, directory).nearest(store, iri) == ()


def test_names_of_other_stores_are_read_as_ever(
    store: EmbeddedStore, directory: StoredDirectory
) -> None:
    """What the site says of itself is in a small one."""
    other = EmbeddedStore.of(())
    assert ListedNames(store, BASE, directory).nearest(other, f"{BASE}shapes/x") == ()
