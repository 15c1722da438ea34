from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reti_graph.errors import FormatError
from reti_graph.formats import (
    CSV,
    FORMATS,
    JSON,
    JSON_LD,
    N_QUADS,
    N_TRIPLES,
    RDF_FORMATS,
    RDF_XML,
    RESULTS_FORMATS,
    TRIG,
    TURTLE,
    XML,
    Format,
    by_media_type,
    by_name,
    serialize_quads,
    serialize_triples,
    sound_results,
)
from reti_graph.terms import RDF, RDF_TYPE
from tests.strategies import quads, triples

if TYPE_CHECKING:
    from random import Random

EX = "http://example.org/"
PREFIXES = {"ex": EX, "exa": f"{EX}a/", "rdf": RDF, "unused": "http://unused.example/"}
# RDF/XML needs predicates that can be split into a namespace and an XML name.
GRAPH_FORMATS = (TURTLE, N_TRIPLES, TRIG, N_QUADS, JSON_LD)


def node(name: str) -> ox.NamedNode:
    """Name a thing of the example namespace."""
    return ox.NamedNode(EX + name)


def parsed(data: bytes, target: Format) -> set[ox.Quad]:
    """Read what was written."""
    assert isinstance(target.ox, ox.RdfFormat)
    return set(ox.parse(data, format=target.ox))


@given(st.lists(quads), st.sampled_from([TRIG, N_QUADS, JSON_LD]))
def test_quads_come_back_from_every_format_with_graphs(
    given_quads: list[ox.Quad], target: Format
) -> None:
    """Nothing is lost in writing, with prefixes or without."""
    assert parsed(serialize_quads(given_quads, target, PREFIXES), target) == set(given_quads)


@given(st.lists(triples), st.sampled_from(GRAPH_FORMATS))
def test_triples_come_back_from_every_format(
    given_triples: list[ox.Triple], target: Format
) -> None:
    """Nothing is lost in writing."""
    back = parsed(serialize_triples(given_triples, target, PREFIXES), target)
    assert {quad.triple for quad in back} == set(given_triples)


@given(st.lists(quads), st.randoms(), st.sampled_from(GRAPH_FORMATS))
def test_equal_quads_give_equal_bytes(
    given_quads: list[ox.Quad], random: Random, target: Format
) -> None:
    """Neither order nor repetition shows in the output."""
    shuffled = given_quads * 2
    random.shuffle(shuffled)
    first = serialize_quads(given_quads, target, PREFIXES)
    assert serialize_quads(shuffled, target, dict(reversed(PREFIXES.items()))) == first


@given(st.lists(quads))
def test_a_format_without_graphs_gets_each_triple_once(given_quads: list[ox.Quad]) -> None:
    """The union of all graphs."""
    written = serialize_quads(given_quads, N_TRIPLES).splitlines()
    assert len(written) == len({quad.triple for quad in given_quads})


def test_turtle_reads_well() -> None:
    """Types first, prefixes in order and only those used, subjects parted by a blank line."""
    written = serialize_triples(
        [
            ox.Triple(node("b"), node("name"), ox.Literal("Rete\nunused: x", language="it")),
            ox.Triple(node("a/c"), node("name"), ox.Literal(5)),
            ox.Triple(node("a/c"), RDF_TYPE, node("Network")),
        ],
        TURTLE,
        PREFIXES | {"zzz": "http://never.example/"},
    ).decode()
    assert "zzz" not in written
    assert written.endswith(
        '\n\nexa:c a ex:Network ;\n\tex:name 5 .\n\nex:b ex:name "Rete\\nunused: x"@it .\n'
    )
    assert written.index("@prefix ex:") < written.index("@prefix exa:")


def test_trig_names_each_graph_once() -> None:
    """The statements of a passage stand together."""
    graphs = [node("g"), node("h"), node("g")]
    given_quads = [ox.Quad(node(str(n)), node("p"), node("o"), g) for n, g in enumerate(graphs)]
    written = serialize_quads(given_quads, TRIG, PREFIXES).decode()
    assert written.count("ex:g {") == 1
    assert written.count("\n\nex:h {") == 1


def test_n_quads_lines_are_sorted() -> None:
    """The digest of a release is that of these lines."""
    given_quads = [ox.Quad(node(name), node("p"), node("o")) for name in "bca"]
    lines = serialize_quads(given_quads, N_QUADS).splitlines()
    assert lines == sorted(lines)
    assert len(lines) == 3


def test_the_bytes_do_not_depend_on_the_process() -> None:
    """Hash seeds differ from run to run; RDF/XML and prefixes must not follow them."""
    code = (
        "import pyoxigraph as ox, sys\n"
        "from reti_graph.formats import RDF_XML, TURTLE, serialize_triples\n"
        "n = lambda x: ox.NamedNode('http://example.org/' + x)\n"
        "t = [ox.Triple(n(a), n('p/' + b), n('q/' + a)) for a in 'abc' for b in 'xyz']\n"
        "p = {k: 'http://example.org/' + v for k, v in [('e', ''), ('p', 'p/'), ('q', 'q/')]}\n"
        "for f in (RDF_XML, TURTLE): sys.stdout.write(serialize_triples(t, f, p).decode())\n"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]
    assert b"rdf:RDF" in runs[0]


@pytest.mark.parametrize("known", FORMATS, ids=lambda known: known.name)
def test_a_format_is_found_by_name_extension_and_media_type(known: Format) -> None:
    """Whatever the case, and with or without a dot."""
    for alias in (known.name, known.name.upper(), f".{known.extension}", known.media_type):
        assert by_name(alias, known.kind) is known
    assert by_media_type(known.content_type, known.kind) is known


@pytest.mark.parametrize(
    ("alias", "name"),
    [
        ("ttl", "turtle"),
        ("n-triples", "ntriples"),
        ("N-Quads", "nquads"),
        ("nq", "nquads"),
        ("RDF/XML", "rdfxml"),
        ("rdf", "rdfxml"),
        ("json-ld", "jsonld"),
        ("json", "json"),
        ("xml", "xml"),
        ("srj", "json"),
        ("application/x-turtle", "turtle"),
    ],
)
def test_usual_aliases_are_known(alias: str, name: str) -> None:
    """What people write on a command line; results win where one word means two formats."""
    assert by_name(alias).name == name


def test_the_kind_decides_what_an_ambiguous_word_means() -> None:
    """JSON of a graph is JSON-LD."""
    assert by_name("json", "rdf") is JSON_LD
    assert by_name("xml", "rdf") is RDF_XML
    assert by_media_type("application/json", "rdf") is JSON_LD


def test_an_unknown_format_is_told_with_those_there_are() -> None:
    """A near name if there is one, else the list."""
    with pytest.raises(FormatError) as near:
        by_name("turtel")
    assert near.value.hint == "Did you mean turtle?"
    with pytest.raises(FormatError) as far:
        by_name("docx", "results")
    assert far.value.hint == "There are json, xml, csv, tsv."
    with pytest.raises(FormatError):
        by_name("turtle", "results")
    assert by_media_type("text/html", "rdf") is None


def test_a_graph_is_not_written_as_a_table() -> None:
    """The error names the formats that would do."""
    with pytest.raises(FormatError, match="csv is a format for tables") as caught:
        serialize_quads([], CSV)
    assert "turtle" in str(caught.value.hint)


@pytest.mark.parametrize(
    ("predicate", "text"), [(f"{EX}a(1)", "x"), (f"{EX}1", "x"), (f"{EX}p", "a\x01b")]
)
def test_what_xml_cannot_hold_is_refused(predicate: str, text: str) -> None:
    """The store would write it, and no other reader take it."""
    with pytest.raises(FormatError, match="cannot be written as rdfxml"):
        serialize_triples(
            [ox.Triple(node("s"), ox.NamedNode(predicate), ox.Literal(text))], RDF_XML
        )


def test_prefixes_that_are_none_are_told() -> None:
    """What the writer refuses is an error of ours."""
    triple = ox.Triple(node("s"), node("p"), node("o"))
    with pytest.raises(FormatError, match="cannot be written as turtle"):
        serialize_triples([triple], TURTLE, {"ex": "not an IRI"})


def test_line_ends_survive_in_xml() -> None:
    """A carriage return is escaped, for XML readers turn a bare one into a line feed."""
    triple = ox.Triple(node("s"), node("p"), ox.Literal("a\r\nb"))
    written = serialize_triples([triple], RDF_XML)
    assert ET.fromstring(written)[0][0].text == "a\r\nb"  # noqa: S314 -- written here
    assert {quad.triple for quad in parsed(written, RDF_XML)} == {triple}


def test_the_table_is_pyoxigraphs() -> None:
    """Names, media types and extensions are derived, and text says that it is UTF-8."""
    assert [known.name for known in RESULTS_FORMATS] == ["json", "xml", "csv", "tsv"]
    assert [known.extension for known in RDF_FORMATS] == [
        "ttl",
        "trig",
        "nt",
        "nq",
        "jsonld",
        "rdf",
    ]
    assert [known.name for known in RDF_FORMATS if known.datasets] == ["trig", "nquads", "jsonld"]
    assert TURTLE.content_type == "text/turtle; charset=utf-8"
    assert CSV.content_type == "text/csv; charset=utf-8"
    assert JSON_LD.content_type == "application/ld+json"


@pytest.mark.parametrize("text", ["\x01", "a\x0bb", "\x1f", "\ufffe", "\uffff"])
def test_what_xml_cannot_say_is_refused(text: str) -> None:
    """With the character by its number, and the formats that can."""
    written = f"<sparql>{text}</sparql>".encode()
    with pytest.raises(FormatError, match="U\\+"):
        sound_results(written, XML)
    assert sound_results(written, JSON) == written


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_results_in_xml_are_xml_or_refused(text: str) -> None:
    """Whatever the data holds: XML readers get it as it is, or nobody does."""
    answer = ox.Store().query(f"SELECT ({ox.Literal(text)} AS ?x) {{}}")
    assert isinstance(answer, ox.QuerySolutions)
    written = answer.serialize(format=ox.QueryResultsFormat.XML)
    assert written is not None
    try:
        sound = sound_results(written, XML)
    except FormatError:
        with pytest.raises(ET.ParseError):
            ET.fromstring(written)  # noqa: S314 -- written by ourselves
        return
    root = ET.fromstring(sound)  # noqa: S314 -- written by ourselves
    [literal] = root.iter("{http://www.w3.org/2005/sparql-results#}literal")
    assert (literal.text or "") == text
