"""A site whose editors mean harm: texts and names made to be taken for something else."""

from __future__ import annotations

import itertools
import shutil
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from reti_graph.terms import ORG, PROV, RDF_TYPE, RDFS, RDFS_LABEL, RETI, XSD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import TypeAlias

    # With the name of the predicate as text.
    _Triple: TypeAlias = tuple[ox.NamedNode, str, ox.NamedNode | ox.Literal]

SMALL_SITE: Final = Path(__file__).resolve().parents[1] / "assets" / "small_site"
BASE: Final = "https://example.org/nets/"

TEXTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "script": "</script><img src=x onerror=alert(1)>",
        "title": "</title></textarea></style><script>alert(1)</script>",
        "attribute": "\" onmouseover=\"alert(1)\" x='y' autofocus onfocus='alert(1)'",
        "comment": "<!--><svg/onload=alert(1)>--!><b",
        "cdata": "]]><script>alert(1)</script><![CDATA[",
        "entities": "&lt;script&gt;&#60;b&#62;&amp;amp;&NewLine;",
        "template": "{{ 7 * 7 }}{% raw %}{# no #}${7*7}",
        "header": "x\r\nSet-Cookie: a=b\r\n\r\n<html onclick=alert(1)>",
        "link": '>; rel="canonical", <http://evil.example/',
        "formula": '=HYPERLINK("http://evil.example/";"x")',
        "terminal": "a\u001b[2J\u001b]0;owned\u0007\u007f\u009b31m",
        "controls": "a\u0001\u0008\u000c\u0085b",
        "bidi": "\u202egpj.exe\u2066\u2069\u200f",
        "unpaired": "\ufffe\uffff\U0001fffe\U0010ffff\ufeff",
        "astral": "\U0001f9a0\U000e0041\u0300\u0301\u0302",
        "lines": "a\u2028b\u2029c\vd",
        "long": "<b>" * 7_000,
        "joined": "a" + "\u0301" * 500,
    }
)
"""Labels, quotes and sections, by the last part of the network's name."""

NAMES: Final = (
    "a'onmouseover='alert(1)",
    "a&quot;%20onmouseover=alert(1)",
    "%3E;rel=x,%3Chttp://evil.example/",
    ";rel=x,(http://evil.example)",
    "%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
    "..%2F..%2F..%2Fetc%2Fpasswd",
    "../../etc/passwd",
    "\u202egpj",
    "\u00e8\u4e2d\U0001f9a0",
    "//evil.example/x",
    "%00",
    "a+b%20c",
    "$(id);%60id%60%7Cx",
    "a" * 7_000,
)
"""Last parts of names of networks."""

STRAY: Final = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)//http://",
    "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
    "vbscript:msgbox(1)",
    "file:///etc/passwd",
    "mailto:a@evil.example?body=%0D%0A",
    "http://user:secret@evil.example/",
    "http://evil.example/'onclick='alert(1)",
    "HTTP://EVIL.EXAMPLE/",
    f"{BASE}id/network/#'onclick='alert(1)",
)
"""Names of what is not the site's, or has a fragment."""

SLASHED: Final = tuple(f"{BASE}{slashes}evil.example/slashed" for slashes in ("/", "//", "///"))
"""Names of the site whose path looks like the name of a host."""

AMBIGUOUS: Final = (
    *("a?b=c&d=e", "a#b?c", "a.html", "a.en.ttl", "a.it.html"),
    *("%2e%2e/%2e%2e/x", "%0D%0ASet-Cookie:%20a=b"),
)
"""Last parts of names that stand for something else in an address."""

ECHO: Final = """\
#+ summary: {it: "Ciò che si dà", en: "What is given"}
#+ description: {it: "I valori, come sono arrivati.", en: "The values, as they arrived."}
#+ tags: [test]
#+ params:
#+   text: {type: string, label: {it: "Testo", en: "Text"}, example: a}
#+   thing: {type: iri, label: {it: "Cosa", en: "Thing"}, example: "urn:x:a"}
#+   number: {type: integer, label: {it: "Numero", en: "Number"}, default: "1", example: "1"}
#+   day: {type: date, label: {it: "Giorno", en: "Day"}, default: "2020-02-29",
#+     example: "2020-02-29"}
SELECT ($text AS ?text_) ($thing AS ?thing_) ($number AS ?number_) ($day AS ?day_) WHERE {}
"""
"""A query that gives back what it is given: `text` becomes `text_`, and so on."""


def write_site(folder: Path) -> Path:
    """Write the site into a folder that is not there yet, and return it."""
    shutil.copytree(SMALL_SITE, folder)
    (folder / "queries" / "echo.rq").write_text(ECHO, encoding="utf-8")
    content = ox.serialize(_quads(), format=ox.RdfFormat.TRIG)
    (folder / "data" / "page" / "hostile.trig").write_bytes(content or b"")
    return folder


def network(name: str) -> ox.NamedNode:
    """Return the network of a last part."""
    return ox.NamedNode(f"{BASE}id/network/{name}")


def _quads() -> Iterator[ox.Quad]:
    texts = itertools.cycle(TEXTS.values())
    for number, (name, text) in enumerate(zip((*TEXTS, *NAMES, *AMBIGUOUS), texts, strict=False)):
        passage = ox.NamedNode(f"{BASE}source/page/hostile-{number}")
        said = (*_passage(passage, number, text), *_network(network(name), text))
        yield from _in_graph(passage, said)
    for name, others in (("stray", STRAY), ("slashed", SLASHED)):
        passage = ox.NamedNode(f"{BASE}source/page/{name}")
        linked = _linked(network(name), others)
        yield from _in_graph(passage, (*_passage(passage, len(name), name), *linked))


def _in_graph(graph: ox.NamedNode, said: Iterable[_Triple]) -> Iterator[ox.Quad]:
    for subject, name, value in said:
        yield ox.Quad(subject, ox.NamedNode(name), value, graph)


def _passage(passage: ox.NamedNode, number: int, text: str) -> Iterator[_Triple]:
    yield passage, RDF_TYPE.value, ox.NamedNode(f"{RETI}Passage")
    yield passage, f"{RETI}quote", ox.Literal(text, language="it")
    yield passage, f"{PROV}wasQuotedFrom", ox.NamedNode(f"{BASE}source/page")
    yield passage, f"{RETI}section", ox.Literal(text, language="it")
    for name, place in (("position", 10 + number), ("start", 1000 * number), ("end", 999)):
        yield passage, RETI + name, ox.Literal(place)


def _network(network: ox.NamedNode, text: str) -> Iterator[_Triple]:
    yield network, RDF_TYPE.value, ox.NamedNode(f"{RETI}Network")
    for language in ("it", "en"):
        yield network, RDFS_LABEL.value, ox.Literal(text, language=language)
    yield network, f"{RDFS}comment", ox.Literal(text)
    yield network, f"{RETI}since", ox.Literal(text, datatype=ox.NamedNode(f"{XSD}gYear"))


def _linked(network: ox.NamedNode, others: Iterable[str]) -> Iterator[_Triple]:
    yield from _network(network, "linked")
    for other in map(ox.NamedNode, others):
        yield network, f"{RDFS}seeAlso", other
        yield other, f"{ORG}linkedTo", network
