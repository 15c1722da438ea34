from __future__ import annotations

from typing import Final

import pyoxigraph as ox
import pytest

from reti_graph.preflight import harvest as harvesting
from reti_graph.preflight.harvest import harvest
from reti_graph.problems import Severity
from tests.unit.preflight.fake_fetcher import FakeFetcher, Given, answered
from tests.unit.preflight.listings import BASE, CATALOG, PREFIXES

SECOND: Final = f"{BASE}catalog.ttl?page=2"
THIRD: Final = f"{BASE}catalog.ttl?page=3"


def page(name: str, following: str | None = None, view: str = "PartialCollectionView") -> str:
    """Return a page with one dataset, and the address of the next page if there is one."""
    text = f"{PREFIXES}<dataset/{name}> a dcat:Dataset ."
    if following is None:
        return text
    return f"{text}\n<page/{name}> a hydra:{view} ; hydra:next <{following}> ."


def test_pages_are_read_one_after_the_other() -> None:
    """Until one says no hydra:next; what they say comes together."""
    answers: dict[str, Given] = {
        CATALOG: answered(page("a", SECOND)),
        SECOND: answered(page("b", THIRD, "PagedCollection")),
        THIRD: answered(page("c")),
    }
    read = harvest(FakeFetcher(answers), CATALOG)
    assert (read.pages, read.problems, read.complete) == ((CATALOG, SECOND, THIRD), (), True)
    names = [node.value for node in read.graph.datasets()]
    assert names == [f"{BASE}dataset/{name}" for name in "abc"]


def test_the_older_name_of_next_is_known_and_a_text_is_followed_with_a_warning() -> None:
    """CKAN itself writes the address as text."""
    old = f'{page("a")}\n<page/a> a hydra:PagedCollection ; hydra:nextPage "{SECOND}" .'
    answers: dict[str, Given] = {CATALOG: answered(old), SECOND: answered(page("b"))}
    read = harvest(FakeFetcher(answers), CATALOG)
    assert read.pages == (CATALOG, SECOND)
    assert [problem.severity for problem in read.problems] == [Severity.WARNING]


def test_a_loop_of_pages_is_refused_with_the_page_that_comes_again() -> None:
    """A harvester would never end."""
    answers: dict[str, Given] = {
        CATALOG: answered(page("a", SECOND)),
        SECOND: answered(page("b", f"{CATALOG}#top")),
    }
    fetcher = FakeFetcher(answers)
    read = harvest(fetcher, CATALOG)
    (problem,) = read.problems
    assert (problem.code, problem.severity) == ("page-loop", Severity.VIOLATION)
    assert "hydra:next" in problem.messages["en"]
    assert f"after {SECOND} comes {CATALOG} again" in problem.messages["en"]
    assert not read.complete
    assert len(fetcher.asked) == 4


def test_a_page_that_is_its_own_next_one_is_a_loop() -> None:
    """The shortest of all."""
    read = harvest(FakeFetcher({CATALOG: answered(page("a", CATALOG))}), CATALOG)
    assert [problem.code for problem in read.problems] == ["page-loop"]


def test_a_server_that_gives_one_page_for_every_number_is_caught() -> None:
    """Its bytes are those of a page before, under another address."""
    same = answered(page("a", SECOND))
    answers: dict[str, Given] = {CATALOG: answered(page("b", THIRD)), THIRD: same, SECOND: same}
    read = harvest(FakeFetcher(answers), CATALOG)
    (problem,) = read.problems
    assert problem.code == "page-loop"
    assert f"{SECOND} repeats {THIRD}" in problem.messages["en"]


def test_one_page_that_cannot_be_parsed_ends_the_harvest() -> None:
    """What was read before is kept, but the harvest is not complete."""
    answers: dict[str, Given] = {
        CATALOG: answered(page("a", SECOND)),
        SECOND: answered("<broken"),
    }
    read = harvest(FakeFetcher(answers), CATALOG)
    (problem,) = read.problems
    assert (problem.code, problem.severity) == ("syntax", Severity.VIOLATION)
    assert problem.location is not None
    assert (problem.location.file, problem.location.line) == (SECOND, 1)
    assert (read.pages, read.complete) == ((CATALOG,), False)


def test_a_later_page_in_another_format_is_refused() -> None:
    """Harvesters keep the parser of the first page."""
    triples = (quad.triple for quad in ox.parse(page("b"), ox.RdfFormat.TURTLE))
    xml = ox.serialize(triples, format=ox.RdfFormat.RDF_XML) or b""
    answers: dict[str, Given] = {
        CATALOG: answered(page("a", SECOND)),
        SECOND: answered(xml, "application/rdf+xml"),
    }
    read = harvest(FakeFetcher(answers), CATALOG)
    (problem,) = read.problems
    assert problem.code == "content-type"
    assert "while the first page is text/turtle" in problem.messages["en"]
    assert not read.complete


@pytest.mark.parametrize("value", ["<urn:x:page>", '"page two"', "_:there"])
def test_a_next_page_that_is_no_address_is_refused(value: str) -> None:
    """There is nothing to ask for."""
    text = f"{page('a')} <p> a hydra:PartialCollectionView ; hydra:next {value} ."
    read = harvest(FakeFetcher({CATALOG: answered(text)}), CATALOG)
    (problem,) = read.problems
    assert (problem.code, problem.severity) == ("next-page", Severity.VIOLATION)
    assert not read.complete


def test_a_next_page_that_harvesters_overlook_is_a_violation() -> None:
    """They look for the class of what has it; the pages behind are never read."""
    text = f"{page('a')} <p> hydra:next <{SECOND}> ."
    answers: dict[str, Given] = {CATALOG: answered(text), SECOND: answered(page("b"))}
    read = harvest(FakeFetcher(answers), CATALOG)
    (problem,) = read.problems
    assert "Portals stop at the page" in problem.messages["en"]
    assert (problem.severity, read.complete) == (Severity.VIOLATION, True)


def test_two_next_pages_are_a_violation() -> None:
    """Harvesters follow any one of them."""
    text = page("a", SECOND) + f"<page/a> hydra:next <{THIRD}> ."
    answers: dict[str, Given] = {CATALOG: answered(text), SECOND: answered(page("b"))}
    read = harvest(FakeFetcher(answers), CATALOG)
    assert [problem.severity for problem in read.problems] == [Severity.VIOLATION]
    assert f"{SECOND}, {THIRD}" in read.problems[0].messages["en"]


def test_pages_without_an_end_are_broken_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """After so many, each another one."""
    monkeypatch.setattr(harvesting, "MOST_PAGES", 5)
    answers: dict[str, Given] = {
        f"{BASE}{number}": answered(page(str(number), f"{BASE}{number + 1}"))
        for number in range(10)
    }
    read = harvest(FakeFetcher(answers), f"{BASE}0")
    assert [problem.code for problem in read.problems] == ["too-many-pages"]
    assert (len(read.pages), read.complete) == (5, False)


def test_blank_nodes_of_two_pages_stay_two_and_have_the_same_names_each_time() -> None:
    """Whatever the pages call them."""
    text = "[] a dcat:Dataset ; dct:publisher [ foaf:name 'A' ] . _:x a dcat:Dataset ."
    first = page("a", SECOND) + text
    answers: dict[str, Given] = {CATALOG: answered(first), SECOND: answered(page("b") + text)}
    one, other = (harvest(FakeFetcher(answers), CATALOG).graph for _ in range(2))
    assert one.triples == other.triples
    assert sum(isinstance(node, ox.BlankNode) for node in one.datasets()) == 4
