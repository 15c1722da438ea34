from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from reti_graph.catalogue import document_about
from tests.unit.catalogue.conftest import BASE, types, values, whole

if TYPE_CHECKING:
    from reti_graph.catalogue import Published

DOCUMENT = ox.NamedNode(BASE + "doc/city/milan")
THING = ox.NamedNode(BASE + "id/city/milan")
HYDRA = ("hydra:totalItems", "hydra:previous", "hydra:next")


def paging(
    published: Published, page: int, pages: int, total: int = 250
) -> tuple[str, list[set[str]]]:
    """Return what a page is called and what it says of the pages beside it."""
    found = document_about(
        document=DOCUMENT,
        thing=THING,
        settings=published.settings,
        page=page,
        pages=pages,
        total=total,
    )
    (own,) = {quad.subject.value for quad in found if isinstance(quad.subject, ox.NamedNode)}
    return own, [values(found, own, name) for name in HYDRA]


def test_a_document_says_what_it_is_about(published: Published) -> None:
    """And of which dataset, under which licence; on one page there is no more to say."""
    found = document_about(document=DOCUMENT, thing=THING, settings=published.settings)
    assert types(found, DOCUMENT.value) == {whole("foaf:Document")}
    assert values(found, DOCUMENT.value, "foaf:primaryTopic") == {THING.value}
    assert values(found, DOCUMENT.value, "void:inDataset") == {BASE + "dataset"}
    assert values(found, DOCUMENT.value, "dcterms:license") == {published.settings.licence}
    assert len(found) == 4
    assert {quad.graph_name for quad in found} == {ox.DefaultGraph()}


def test_a_document_is_not_about_itself(published: Published) -> None:
    """Where it has the name of what it describes."""
    found = document_about(document=THING, thing=THING, settings=published.settings)
    assert values(found, THING.value, "foaf:primaryTopic") == set()
    assert types(found, THING.value) == {whole("foaf:Document")}


def test_a_later_page_of_such_a_document_is_about_it(published: Published) -> None:
    """For the page is not the thing."""
    found = document_about(
        document=THING, thing=THING, settings=published.settings, page=2, pages=2, total=3
    )
    assert values(found, f"{THING.value}?page=2", "foaf:primaryTopic") == {THING.value}


@pytest.mark.parametrize(
    ("page", "own", "previous", "following"),
    [
        (1, "", None, "?page=2"),
        (2, "?page=2", "", "?page=3"),
        (3, "?page=3", "?page=2", None),
    ],
)
def test_pages_lead_to_one_another(
    published: Published, page: int, own: str, previous: str | None, following: str | None
) -> None:
    """The first is the document's own address."""
    name, (total, before, after) = paging(published, page, 3)
    assert name == DOCUMENT.value + own
    assert total == {str(ox.Literal(250))}
    assert before == ({DOCUMENT.value + previous} if previous is not None else set())
    assert after == ({DOCUMENT.value + following} if following is not None else set())


def test_one_page_says_nothing_of_pages(published: Published) -> None:
    """There are none beside it."""
    assert paging(published, 1, 1, total=9) == (DOCUMENT.value, [set(), set(), set()])
