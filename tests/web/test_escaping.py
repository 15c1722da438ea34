"""A site whose own texts look like markup: no page takes them for it."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING, Final

import pytest

from reti_graph import wiring
from tests.pages import check_page
from tests.web.conftest import SMALL_SITE, application, open_client

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from starlette.testclient import TestClient

MARKUP: Final = "</title><script>'&amp;"
WRITTEN: Final = re.compile(r'(?<=")(?:[^"\n]*)(?="(?:@it|@en))')
PAGES: Final = (
    "/",
    "/queries",
    "/query/networks",
    "/query/members",
    "/query/members?network=alpha",
    "/sparql",
    "/sparql?query=SELECT%20*%20%7B%3Fs%20rdfs%3Alabel%20%3Fo%7D",
    "/doc/network/alpha",
    "/doc/city/milan",
    "/doc/membership/city-milan--alpha",
    "/source/page",
    "/source/page/alpha-joins",
    "/ontology",
)


def rewrite(path: Path, texts: re.Pattern[str]) -> None:
    """Add markup to each text of a file that a pattern finds."""
    before = path.read_text(encoding="utf-8")
    after = texts.sub(lambda found: found[0] + MARKUP, before)
    assert before != after or '"@' not in before
    path.write_text(after, encoding="utf-8")


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Give a client of the small site with markup in every label, quote, title and summary."""
    site = tmp_path_factory.mktemp("marked") / "site"
    shutil.copytree(SMALL_SITE, site)
    for path in [*site.glob("data/*/*.trig"), *site.glob("ontology/*.ttl")]:
        rewrite(path, WRITTEN)
    texts = re.compile(r'(?<=^it = ")[^"]*|(?<=^en = ")[^"]*|(?<=^name = ")[^"]*', re.MULTILINE)
    rewrite(site / "reti.toml", texts)
    for path in site.glob("queries/*.rq"):
        rewrite(path, re.compile(r'(?:(?<=it: ")|(?<=en: "))[^"]*'))
    with open_client(application(wiring.open_release(site))) as client:
        yield client


@pytest.mark.parametrize("language", ["it", "en"])
@pytest.mark.parametrize("address", PAGES)
def test_no_text_of_the_site_becomes_markup(
    client: TestClient, address: str, language: str
) -> None:
    """The texts are on the page, as texts."""
    headers = {"accept": "text/html", "accept-language": language}
    answer = client.get(address, headers=headers).raise_for_status()
    assert "&lt;script&gt;" in answer.text
    check_page(answer.text)
