from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox
import pytest

from tests.unit.preflight.catalogues import FILE, GOOD, changed
from tests.unit.preflight.loopback import Loopback, Reply, answering

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.cli.conftest import Run

TURTLE: Final = {"Content-Type": "text/turtle"}
PAGE: Final = {"Content-Type": "text/html; charset=utf-8"}
THEME: Final = ("dcat:theme theme:ENVI", 'dcat:theme "ENVI"')
TAXONOMY: Final = (
    "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix dcat: <http://www.w3.org/ns/dcat#> .\n"
    "<urn:shape> a sh:NodeShape ; sh:targetClass dcat:Catalog ; sh:property <urn:path> .\n"
    "<urn:path> a sh:PropertyShape ; sh:path dcat:themeTaxonomy ; sh:minCount 1 ;"
    ' sh:message "No taxonomy."@en .'
)


def turtle(text: str) -> Reply:
    """Answer with Turtle."""
    return Reply(text.encode(), headers=TURTLE)


@pytest.fixture
def portal() -> Iterator[Loopback]:
    """Serve the good catalogue, one with a mistake, and a page for people."""
    replies = {
        "/": Reply(b"<h1>Networks</h1>", headers=PAGE),
        "/catalog": turtle(GOOD),
        "/broken": turtle(changed(THEME)),
        "/trees.ttl": turtle(FILE),
        "/benches.ttl": turtle(FILE),
        "/sparql": turtle("<a> <b> <c> ."),
    }
    with answering(replies) as loopback:
        yield loopback


pytestmark = pytest.mark.usefixtures("site")


def test_a_good_catalogue_is_taken(run: Run, portal: Loopback) -> None:
    """Exit code 0, and nothing on standard error where that is no terminal."""
    result = run("preflight", f"{portal.address}catalog", "--lang", "en")
    assert (result.stderr, result.exit_code) == ("", 0)
    assert result.stdout.startswith("What a portal will do: create 2, update 0, delete 0, keep 0\n")
    assert result.stdout.endswith("in 2 datasets, 1 page: a portal takes everything\n")


def test_what_a_portal_would_refuse_is_exit_code_1(run: Run, portal: Loopback) -> None:
    """The finding names dataset, property and value, and says how to mend it."""
    result = run("preflight", f"{portal.address}broken", "--lang", "en")
    assert result.exit_code == 1
    assert result.stdout.startswith(
        "violation  Dataset “Trees”: the theme is written as text, and a portal does not know it."
    )
    assert f"    focus    {portal.address}dataset/trees\n" in result.stdout
    assert '    value    "ENVI"\n' in result.stdout


def test_the_language_is_the_sites_first_unless_one_is_asked_for(
    run: Run, portal: Loopback
) -> None:
    """Italian and English are there."""
    result = run("preflight", f"{portal.address}broken")
    assert result.stdout.startswith("violazione  Dataset “Alberi”: il tema è scritto come testo")


def test_a_page_for_people_is_told_from_a_catalogue(run: Run, portal: Loopback) -> None:
    """Exit code 1, and a hint that says where the catalogue of a site is."""
    result = run("preflight", portal.address, "--lang", "en")
    assert result.exit_code == 1
    assert f"HTML at the catalogue's address {portal.address}" in result.stdout
    assert f"try {portal.address}catalog." in result.stdout


def test_where_nothing_answers_the_network_failed(run: Run) -> None:
    """Exit code 3, and nothing on standard output."""
    with answering({}) as gone:
        address = f"{gone.address}catalog"
    result = run("preflight", address)
    assert (result.exit_code, result.stdout) == (3, "")
    assert f"{address} does not answer" in result.stderr


@pytest.mark.parametrize("suffix", ["ttl", "nt", "jsonld", "rdf"])
def test_a_copy_of_the_catalogue_before_says_what_is_new(
    run: Run, portal: Loopback, tmp_path: Path, suffix: str
) -> None:
    """Its extension says its format, and names in it are relative to the catalogue's address."""
    before = changed(("Gli alberi della città.", "Gli alberi."))
    copy = tmp_path / f"before.{suffix}"
    copy.write_bytes(as_file(before, suffix, portal.address))
    result = run("preflight", f"{portal.address}catalog", "--since", copy, "--format", "json")
    plan = json.loads(result.stdout)["plan"]
    assert plan["counts"] == {"create": 0, "update": 1, "delete": 0, "keep": 1}
    assert plan["changes"][0]["dataset"] == f"{portal.address}dataset/trees"
    assert result.exit_code == 0


def as_file(text: str, suffix: str, base: str) -> bytes:
    """Return a catalogue in the format of an extension; Turtle stays relative."""
    if suffix == "ttl":
        return text.encode()
    target = ox.RdfFormat.from_extension(suffix)
    assert target is not None
    quads = ox.parse(text, format=ox.RdfFormat.TURTLE, base_iri=base)
    return ox.serialize((quad.triple for quad in quads), format=target) or b""


def test_the_catalogue_before_may_be_at_an_address(run: Run, portal: Loopback) -> None:
    """It is read as a portal reads it."""
    words = ("--since", f"{portal.address}catalog", "--format", "json")
    result = run("preflight", f"{portal.address}broken", *words)
    assert json.loads(result.stdout)["plan"]["counts"] == {
        "create": 0,
        "update": 1,
        "delete": 0,
        "keep": 1,
    }


def test_further_shapes_are_checked_too(run: Run, portal: Loopback, tmp_path: Path) -> None:
    """Such as the official ones of a profile."""
    file = tmp_path / "own.ttl"
    file.write_text(TAXONOMY)
    result = run("preflight", f"{portal.address}catalog", "--shapes", file, "--lang", "en")
    assert result.exit_code == 1
    assert "violation  Catalogue “Test catalogue”: No taxonomy.\n" in result.stdout


def test_the_page_is_html_and_nothing_else(run: Run, portal: Loopback) -> None:
    """It can be kept as it comes."""
    result = run("preflight", f"{portal.address}catalog", "--format", "html", "--lang", "en")
    assert result.stdout.startswith('<!doctype html>\n<html lang="en">\n')
    assert result.stdout.endswith("</html>\n")


def test_the_folder_of_a_site_is_read_as_if_it_were_published(run: Run, site: Path) -> None:
    """The addresses are the public ones, whatever is there today; so it is without a word."""
    named, unnamed = (run("preflight", *words, "--format", "json") for words in ((site,), ()))
    outcome = json.loads(named.stdout)
    assert outcome["address"] == "https://example.org/nets/catalog"
    assert outcome["pages"] == ["https://example.org/nets/catalog"]
    assert [each for each in outcome["findings"] if each["severity"] == "violation"] == []
    assert outcome["plan"]["counts"]["create"] == outcome["counts"]["datasets"] > 4
    assert (named.exit_code, unnamed.stdout) == (0, named.stdout)


def test_a_site_with_wrong_data_has_its_findings_told(run: Run, own_site: Path) -> None:
    """A portal would find nothing: exit code 1, with file and line as `validate` has them."""
    file = own_site / "data" / "page" / "networks.trig"
    file.write_text(file.read_text("utf-8") + "no TriG\n", "utf-8")
    result = run("preflight", str(own_site))
    assert result.exit_code == 1
    assert "data/page/networks.trig:" in result.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nowhere"], "nowhere"),
        ([""], "An empty word is neither an address nor a folder."),
        (["http://127.0.0.1:9/", "--shapes", "gone.ttl"], "Cannot read gone.ttl"),
        (["http://127.0.0.1:9/", "--shapes", ""], "an empty word names no file"),
        (["http://127.0.0.1:9/", "--since", "gone.ttl"], "Cannot use gone.ttl"),
        (["http://127.0.0.1:9/", "--since", __file__], "There is no format"),
        (["http://127.0.0.1:9/", "--lang", "fr"], "Its languages are it, en."),
        (["http://127.0.0.1:9/", "--format", "pdf"], "'pdf' is not one of 'text'"),
    ],
)
def test_a_wrong_call_is_no_finding(run: Run, words: list[str], said: str) -> None:
    """Exit code 2, nothing on standard output, and nothing asked of the network."""
    result = run("preflight", *words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


def test_a_catalogue_before_that_is_none_is_a_wrong_call(
    run: Run, portal: Loopback, tmp_path: Path
) -> None:
    """The message says which of the two cannot be read."""
    copy = tmp_path / "before.ttl"
    copy.write_text("<a> <b>")
    for before in (copy, portal.address):
        result = run("preflight", f"{portal.address}catalog", "--since", before)
        assert (result.exit_code, result.stdout) == (2, "")
        assert f"Cannot compare with {before}: " in result.stderr
