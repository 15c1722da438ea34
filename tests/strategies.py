"""Hypothesis strategies: the values that properties are tried on."""

from __future__ import annotations

import string
from typing import Final

import pyoxigraph as ox
from hypothesis import strategies as st

from reti_graph.terms import RDF_TYPE, XSD_DATE, XSD_INTEGER

_SLUG = string.ascii_lowercase + string.digits + "-"
_IRI = string.ascii_letters + string.digits + "-._~!$&'()*+,;=:@/èßж中"

slugs = st.text(_SLUG, min_size=1, max_size=12).filter(lambda text: text.strip("-") == text)
prefix_names = st.text(string.ascii_letters + string.digits + "-_", max_size=6).map("p{}q".format)
iri_tails = st.text(_IRI, max_size=16)
iris = st.builds(
    "{}{}{}".format,
    st.sampled_from(["http://example.org/", "https://example.org/a/", "urn:example:"]),
    iri_tails,
    st.one_of(st.just(""), slugs.map("#{}".format)),
)
named_nodes = iris.map(ox.NamedNode)

_tagged = st.builds(
    lambda text, tag: ox.Literal(text, language=tag),
    st.text(),
    st.sampled_from(["it", "en", "en-gb"]),
)
_whole = st.integers().map(lambda value: ox.Literal(str(value), datatype=XSD_INTEGER))
_days = st.dates().map(lambda day: ox.Literal(day.isoformat(), datatype=XSD_DATE))
literals = st.one_of(st.text().map(ox.Literal), _tagged, _whole, _days)

triples = st.builds(
    ox.Triple,
    named_nodes,
    st.one_of(st.just(RDF_TYPE), named_nodes),
    st.one_of(named_nodes, literals),
)
_graphs = st.one_of(st.just(ox.DefaultGraph()), named_nodes)
quads = st.builds(
    lambda each, graph: ox.Quad(each.subject, each.predicate, each.object, graph),
    triples,
    _graphs,
)

_SPARQL_TEXT = (
    "SERVICE SILENT <http://127.0.0.1:9/> { } ( ) [ ] << >> {| |} < > <= 1 2 1. 1e 1<2 ?x ?s ?p $x"
    ' . ; , # "a" \'b\' "" """ \'\'\' \\u0022 \\ % @en @en--ltr -- true false a a: ns:a : _:b'
    " <a:b> <a:b) <urn:a #> <http://e#> UNION OPTIONAL MINUS FILTER FILTER( BIND( AS EXISTS NOT IN"
    " VALUES GRAPH LATERAL SELECT WHERE ! = && || | ^ ^^ * + - / {} (1) \n \r"
)
_SPARQL_FRAMES = (
    "SELECT * {{{}}}",
    "SELECT * {{ FILTER(1<{} }}",
    "SELECT * {{ ?s ?p {}}}",
    "ASK {{?s ?p ?o FILTER(1<2{})}}",
    "SELECT * {{ FILTER(1<2){} SERVICE<http://127.0.0.1:9/>{{}} }}",
    "BASE <http://b/> SELECT * {{ FILTER(1<{})SERVICE#>\n<http://127.0.0.1:9/>{{}} }}",
    "PREFIX ns: <http://127.0.0.1:9/> SELECT * {{ ?s ?p {} SERVICE ns:a {{}} }}",
    "PREFIX : <http://127.0.0.1:9/> SELECT * {{ VALUES (?x ?y) {{ ({}) }} }}",
)
_pieces = st.tuples(st.sampled_from(_SPARQL_TEXT.split(" ")), st.sampled_from(["", "", " "])).map(
    "".join
)
sparql_like = st.builds(
    str.format, st.sampled_from(_SPARQL_FRAMES), st.lists(_pieces, max_size=12).map("".join)
)


# TriG: terms and texts as somebody may type them, with comments in any place.

TRIG_NAMES: Final = ("ex:a", "ex:b.c", "other:x", "<http://example.org/long>", "ex:")
TRIG_VERBS: Final = ("a", "rdf:type", "ex:p", "ex:q", "<http://example.org/r>")
TRIG_PROLOGUE: Final = """# Head
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
PREFIX other: <http://example.org/other/>  # aside
# Before ex
@prefix ex: <http://example.org/> .
@prefix unused: <http://example.org/unused/> .
"""

trig_characters = st.characters(codec="utf-8", exclude_characters="\r")
trig_gaps = st.sampled_from((" ", "\n", "\t", " # one\n", "\n  # two\n", " # three\n# four\n\n"))
trig_closers = st.sampled_from(("", " ", "\n", " # five\n", "\n# six\n"))


@st.composite
def string_tokens(draw: st.DrawFn) -> str:
    """Draw a string as Turtle writes it, short or long, with any trig_characters in it."""
    value = draw(st.text(trig_characters, max_size=12))
    mark = draw(st.sampled_from(('"', "'", '"""', "'''")))
    escaped = value.replace("\\", "\\\\").replace(mark[0], "\\" + mark[0])
    return mark + (escaped if len(mark) > 1 else escaped.replace("\n", "\\n")) + mark


trig_objects = st.one_of(
    st.sampled_from((*TRIG_NAMES, "1", "1.50", "-2e3", "true")),
    string_tokens(),
    st.builds("{}@it".format, string_tokens()),
    st.builds("{}^^ex:type".format, string_tokens()),
)


@st.composite
def trig_statements(draw: st.DrawFn) -> str:
    """Draw a subject with its predicates, up to the full stop."""
    text = draw(st.sampled_from(TRIG_NAMES))
    for index in range(draw(st.integers(1, 3))):
        text += draw(trig_closers) + ";" if index else ""
        text += draw(trig_gaps) + draw(st.sampled_from(TRIG_VERBS))
        for place in range(draw(st.integers(1, 3))):
            text += draw(trig_closers) + "," if place else ""
            text += draw(trig_gaps) + draw(trig_objects)
    return text + draw(st.sampled_from(("", " ;", "\n;"))) + draw(trig_gaps) + "."


@st.composite
def trig_texts(draw: st.DrawFn) -> str:
    """Draw a TriG text without blank nodes: blocks and statements, commented anywhere."""
    text = TRIG_PROLOGUE
    for _ in range(draw(st.integers(0, 3))):
        statements = draw(st.lists(trig_statements(), max_size=2))
        body = "".join(draw(trig_gaps) + statement + draw(trig_closers) for statement in statements)
        start = draw(st.sampled_from(("ex:g", "GRAPH\n ex:g # name\n", "", None)))
        text += draw(trig_gaps) + (body if start is None else f"{start} {{{body}\n}}")
    return text + draw(trig_gaps)


@st.composite
def laid_out_statements(draw: st.DrawFn) -> tuple[str, list[int]]:
    """Draw Turtle and the line on which each of its statements has its object's end."""
    text, lines = "@prefix ex: <http://example.org/> .", []
    for index in range(draw(st.integers(1, 5))):
        text += (
            draw(trig_gaps)
            + f"ex:s{index}"
            + draw(trig_gaps)
            + "ex:p"
            + draw(trig_gaps)
            + draw(trig_objects)
        )
        lines.append(text.count("\n") + 1)
        text += draw(trig_closers) + draw(trig_gaps) + "."
    return text.replace("other:", "ex:"), lines


# SHACL: small data and shapes in Turtle, of all that both engines should agree on. Left out is
# what `validation/for_shacl_rust.py` lists as staying wrong.

_SHACL_NODES: Final = ("ex:a", "ex:b", "ex:c", "_:d")
_SHACL_LITERALS: Final = (
    *("1", '"01"^^xsd:integer', "1.50", '"x"', '"x"@it', '"x"@en', '"y"@it', '""', "true"),
    *('"1"^^xsd:boolean', '"abc"^^xsd:integer', '"5"^^xsd:nonNegativeInteger'),
)
_SHACL_VALUES: Final = (
    *("sh:class ex:C", "sh:class ex:D", "sh:datatype xsd:integer", "sh:datatype xsd:string"),
    *("sh:datatype rdf:langString", "sh:nodeKind sh:IRI", "sh:nodeKind sh:Literal"),
    *("sh:minLength 1", "sh:maxLength 1", 'sh:pattern "^x"', 'sh:pattern "A" ; sh:flags "i"'),
    *('sh:languageIn ( "it" )', "sh:minInclusive 1", "sh:maxExclusive 2", "sh:hasValue 1"),
    *("sh:hasValue ex:b", "sh:in ( ex:a 1 )", 'sh:in ( "x" "01"^^xsd:integer )'),
)
_SHACL_SETS: Final = (
    *("sh:minCount 1", "sh:minCount 2", "sh:maxCount 0", "sh:maxCount 1", "sh:uniqueLang true"),
    *("sh:equals ex:q", "sh:disjoint ex:q", "sh:lessThan ex:q"),
)
_shacl_nodes = st.sampled_from(_SHACL_NODES)
shacl_data = st.lists(
    st.one_of(
        st.builds(
            "{} {} {} .".format,
            _shacl_nodes,
            st.sampled_from("pq").map("ex:{}".format),
            _shacl_nodes,
        ),
        st.builds(
            "{} ex:r {} .".format, _shacl_nodes, st.sampled_from(_SHACL_NODES + _SHACL_LITERALS)
        ),
        st.builds("{} a {} .".format, _shacl_nodes, st.sampled_from(["ex:C", "ex:D"])),
        st.just("ex:D rdfs:subClassOf ex:C ."),
    ),
    min_size=1,
    max_size=9,
).map("\n".join)


def _shacl_longer(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    single = st.sampled_from(
        ("[ sh:inversePath {} ]", "[ sh:zeroOrMorePath {} ]", "[ sh:zeroOrOnePath {} ]")
    )
    double = st.sampled_from(("[ sh:alternativePath ( {} {} ) ]", "( {} {} )"))
    return st.one_of(
        st.builds(str.format, single, inner), st.builds(str.format, double, inner, inner)
    )


def _shacl_nested(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    single = st.sampled_from(("sh:not [ {} ]", "sh:node [ {} ]"))
    double = st.sampled_from(
        ("sh:or ( [ {} ] [ {} ] )", "sh:and ( [ {} ] [ {} ] )", "sh:xone ( [ {} ] [ {} ] )")
    )
    return st.one_of(
        st.builds(str.format, single, inner), st.builds(str.format, double, inner, inner)
    )


_shacl_paths = st.recursive(st.sampled_from(["ex:p", "ex:q"]), _shacl_longer, max_leaves=3)
_shacl_tests = st.recursive(st.sampled_from(_SHACL_VALUES), _shacl_nested, max_leaves=2)
_shacl_properties = st.one_of(
    _shacl_tests,
    st.sampled_from(_SHACL_SETS),
    st.builds(
        "sh:qualifiedValueShape [ sh:nodeKind sh:IRI ; {} ] ; sh:qualifiedM{}Count 1".format,
        _shacl_tests,
        st.sampled_from(["in", "ax"]),
    ),
)
shacl_shapes = st.builds(
    (
        "ex:S a sh:NodeShape ; {} ; {}{} ; sh:property ex:P .\n"
        "ex:P a sh:PropertyShape ; sh:path {} ; {} .\n"
        "ex:Q a sh:PropertyShape ; sh:targetClass ex:C ; sh:path {} ;"
        " sh:property [ sh:path {} ; {} ] ."
    ).format,
    st.sampled_from(
        [
            "sh:targetClass ex:C",
            "sh:targetNode ex:a",
            "sh:targetSubjectsOf ex:p",
            "sh:targetObjectsOf ex:q",
        ]
    ),
    _shacl_tests,
    st.sampled_from(["", " ; sh:severity sh:Warning", " ; sh:closed true"]),
    st.one_of(_shacl_paths, st.just("ex:r"), st.just("( ex:p ex:r )")),
    _shacl_properties,
    _shacl_paths,
    _shacl_paths,
    _shacl_properties,
)
