from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import pytest

from benchmarks.soak.asking import CANNED, DOCUMENT, SPARQL, Asked, canned, documents, paths, sparql
from reti_graph import gate
from reti_graph.wiring import bundled_site


def test_documents_come_from_all_over_the_site_map() -> None:
    """About sixty of them, each once, in every form."""
    many = "".join(f"<loc>https://example.org/doc/{n}</loc>" for n in range(1_000))
    found = paths(many, "https://example.org/")
    assert len(found) == len(set(found)) == 61
    assert {"/", "/doc/0", "/doc/990"} <= set(found)
    asked = tuple(documents(found))
    assert len(set(asked)) == 5 * len(found)
    assert {each.kind for each in asked} == {DOCUMENT}


def test_every_canned_query_is_asked_with_its_examples() -> None:
    """Each query file of the site is asked in two formats."""
    site = bundled_site()
    names = sorted(file.stem for file in (site / "queries").glob("*.rq"))
    asked = [urlsplit(each.target).path for each in canned(site)]
    assert sorted(asked) == sorted(2 * [f"/query/{name}" for name in names])
    assert all(each.kind == CANNED for each in canned(site))


@pytest.mark.parametrize("asked", [each for each in sparql() if each.kind == SPARQL], ids=str)
def test_a_varied_query_asks_the_same_in_other_bytes(asked: Asked) -> None:
    """A number in a comment makes another request of it, which is still a query."""
    texts = [
        dict(parse_qsl(urlsplit(asked.varied(number).target).query))["query"] for number in (1, 2)
    ]
    assert texts[0].endswith("\n#1")
    assert texts[0].removesuffix("#1") == texts[1].removesuffix("#2")
    assert gate.check(texts[0], gate.Limits()) is gate.form(texts[0])
