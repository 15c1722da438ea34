from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlencode
from xml.parsers import expat

import pyoxigraph as ox
import pytest

from reti_graph.naming import header_iri
from tests.attacks.attack import check_sound
from tests.attacks.hostile import AMBIGUOUS, BASE, NAMES, SLASHED, STRAY, TEXTS, network
from tests.attacks.markup import check_harmless

if TYPE_CHECKING:
    from tests.attacks.serving import Answer, Target

HTML: Final = "Accept: text/html"
LISTS: Final = (
    "/",
    "/queries",
    "/query/networks?lang=it",
    "/query/networks?lang=en",
    "/query/members?network=script",
    "/source/page",
    "/ontology",
    "/doc/query/networks",
    "/catalog",
    "/dataset",
    "/dataset/source/page",
)
# Relations of links whose targets may be elsewhere, and those between pages of one document.
IRIS: Final = ("about", "cite-as", "license", "type")
PAGES: Final = ("next", "prev")
QUERIES: Final = (
    "SELECT ?label { ?network rdfs:label ?label }",
    "SELECT ?stray { network:stray rdfs:seeAlso ?stray }",
    "SELECT * { ?s ?p ?o MINUS { network:slashed ?any ?o } MINUS { ?s ?any network:slashed } }",
    "DESCRIBE ?s { ?s rdfs:comment ?any FILTER(?any != 'linked') }",
    "CONSTRUCT { ?o rdfs:seeAlso ?o } { network:stray rdfs:seeAlso ?o }",
    'SELECT ("<script>alert(1)</script>" AS ?x) ("a"@en AS ?onclick) {}',
)
MARKUP: Final = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</textarea><script>alert(1)</script>",
    "javascript:alert(1)",
    "\u202e<b>",
    "{{7*7}}",
)


def page(target: Target, path: str) -> Answer:
    """Get a page and check what it is."""
    answer = target.get(path, HTML)
    check_sound(answer)
    assert answer.media_type == "text/html"
    check_harmless(answer.text)
    return answer


def document_path(iri: str) -> str:
    """Return the path of the document about a thing, as its own links have it."""
    return header_iri(f"/doc/{iri.removeprefix(f'{BASE}id/')}").replace("?", "%3F")


@pytest.mark.parametrize("language", ["it", "en"])
@pytest.mark.parametrize("path", LISTS)
def test_no_text_of_the_data_becomes_markup_on_a_list(
    target: Target, path: str, language: str
) -> None:
    """Labels, quotes, sections and names are only text, in both languages."""
    answer = target.get(path, HTML, f"Accept-Language: {language}")
    assert answer.status == 200
    check_sound(answer)
    check_harmless(answer.text)


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_is_shown_as_what_it_is(target: Target, name: str) -> None:
    """What looks like markup is the very text of the heading."""
    answer = page(target, f"/doc/network/{name}.en.html")
    assert answer.status == 200
    shown = check_harmless(answer.text).one("h1").text
    assert " ".join(shown.split()) == " ".join(TEXTS[name].split())


@pytest.mark.parametrize("name", NAMES, ids=[name[:50] for name in NAMES])
def test_a_name_leads_to_its_document_and_nowhere_else(target: Target, name: str) -> None:
    """Redirect, links and page of a hostile name stay on the site."""
    iri = network(name).value
    answer = page(target, document_path(iri))
    assert answer.status == 200
    check_links(answer, iri)
    leads = target.get(document_path(iri).replace("/doc/", "/id/", 1))
    assert leads.status == 303
    assert leads.headers["location"] == document_path(iri)


@pytest.mark.parametrize("name", AMBIGUOUS)
def test_a_name_that_stands_for_something_else_is_harmless(target: Target, name: str) -> None:
    """It leads to the other thing, or to none."""
    assert page(target, document_path(network(name).value)).status in {200, 404}


@pytest.mark.parametrize("address", ["doc/network/slashed", *SLASHED])
def test_a_name_that_looks_like_a_host_leads_to_none(target: Target, address: str) -> None:
    """A link that begins with two slashes would leave the site."""
    answer = page(target, f"/{address.removeprefix(BASE)}")
    assert not re.search(r'<//|"//', ", ".join(answer.headers.get_all("link", [])))


def check_links(answer: Answer, iri: str) -> None:
    """Fail unless a Link header has the links of a document, each in its own brackets."""
    links = answer.headers.get_all("link", [])
    entries = re.findall(
        r'<([^<>]*)>; rel="([a-z-]+)"(?:; type="[^"]*")?(?:, |$)', ", ".join(links)
    )
    assert ", ".join(links).count("<") == len(entries)
    relations = [relation for _, relation in entries]
    assert set(relations) <= {*IRIS, "alternate", "author", "collection", "describedby", *PAGES}
    assert entries[relations.index("about")][0] == header_iri(iri)
    for address, relation in entries:
        assert relation in IRIS or re.match(r"/(?!/)", address)


@pytest.mark.parametrize("stray", STRAY)
def test_a_stray_name_is_linked_only_if_it_is_a_page(target: Target, stray: str) -> None:
    """Scripts, data and files are shown and not linked."""
    outline = check_harmless(page(target, "/doc/network/stray").text)
    shown = [tag for tag in outline.tags if stray in {tag.text, tag.attributes.get("title")}]
    assert shown
    leads = stray.lower().startswith(("http://", "https://"))
    assert leads or not [tag for tag in shown if tag.name == "a"]


@pytest.mark.parametrize("query", QUERIES)
def test_no_answer_becomes_markup(target: Target, query: str) -> None:
    """A page of rows or of a graph shows terms as text."""
    assert page(target, f"/sparql?{urlencode({'query': query})}").status == 200


@pytest.mark.parametrize("text", MARKUP)
@pytest.mark.parametrize(
    "address",
    [
        "/{}",
        "/doc/network/{}",
        "/query/{}",
        "/query/networks?lang={}",
        "/query/members?network={}",
        "/query/networks?{}=x",
        "/doc/network/script?format={}",
        "/doc/network/script?page={}",
        "/doc/network/script?lang={}",
        "/sparql?query={}",
        "/sparql?query=ASK%7B%7D&default-graph-uri={}",
        "/sparql?query=ASK%7B%7D&format={}",
        "/static/{}",
        "/dump.{}",
    ],
)
def test_no_part_of_an_address_becomes_markup(target: Target, address: str, text: str) -> None:
    """Whatever is told of a request is told as text."""
    page(target, address.format(quote(text, safe="")))


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("suffix", ["ttl", "nt", "trig", "nq", "rdf"])
def test_every_format_reads_back_what_was_written(target: Target, name: str, suffix: str) -> None:
    """A hostile text is the same text for whoever reads RDF, or is not given out in this format."""
    iri = f"{BASE}id/network/{name}"
    answer = target.get(f"/doc/network/{name}.{suffix}")
    check_sound(answer)
    if answer.status == 406:
        return
    assert answer.status == 200
    form = ox.RdfFormat.from_extension(suffix)
    quads = list(ox.parse(answer.body, format=form, base_iri=iri))
    labels = {q.object.value for q in quads if str(q.predicate).endswith("#comment>")}
    assert labels == {TEXTS[name]}


@pytest.mark.parametrize("name", TEXTS)
def test_xml_is_well_formed_or_not_given_out(target: Target, name: str) -> None:
    """Some characters cannot stand in XML at all; then there is no such answer."""
    query = f"SELECT ?comment {{ network:{name} rdfs:comment ?comment }}"
    for path in (
        f"/sparql?{urlencode({'query': query})}&format=xml",
        f"/query/echo.xml?{urlencode({'text': TEXTS[name], 'thing': 'urn:x:a'})}",
        f"/doc/network/{name}.rdf",
        "/sitemap.xml",
    ):
        answer = target.get(path)
        check_sound(answer)
        assert answer.status in {200, 400, 406}
        if answer.status == 200:
            expat.ParserCreate().Parse(answer.body, True)  # noqa: FBT003 -- expat's own signature


def test_json_of_every_kind_reads_back(target: Target) -> None:
    """JSON-LD documents and result sets with hostile texts are JSON."""
    query = urlencode({"query": "SELECT ?label { ?network rdfs:comment ?label }"})
    rows = json.loads(target.get(f"/sparql?{query}&format=json").body)["results"]["bindings"]
    assert set(TEXTS.values()) <= {row["label"]["value"] for row in rows}
    for name in TEXTS:
        assert json.loads(target.get(f"/doc/network/{name}.jsonld").body)
