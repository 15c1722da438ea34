"""Queries that are too deep, too long, or far harder than they look."""

from __future__ import annotations

from typing import Final

from tests.attacks.attack import asked

# What ends a query that would not end by itself: the clock or the memory.
_ENDED: Final = (502, 504)


def _product(factors: int) -> str:
    return " ".join(f"?a{n} ?b{n} ?c{n} ." for n in range(factors))


def _doubled(times: int, text: str) -> str:
    binds = (f"BIND(CONCAT(?d{n}, ?d{n}) AS ?d{n + 1})" for n in range(times))
    return f'BIND("{text}" AS ?d0) {" ".join(binds)}'


def _tables(count: int, rows: int) -> str:
    values = " ".join(map(str, range(rows)))
    return " ".join(f"VALUES ?v{n} {{ {values} }}" for n in range(count))


def _nested(opening: str, closing: str, times: int, core: str = "") -> str:
    return opening * times + core + closing * times


DEEP: Final = (
    asked("groups", f"ASK {_nested('{', '}', 2_200)}", 400),
    asked("brackets", f"ASK {{ FILTER({_nested('(', ')', 4_700, '1')}) }}", 400),
    asked("not", f"ASK {{ FILTER({'!' * 20_000}1) }}", 400),
    asked("plus", f"ASK {{ FILTER({'+' * 20_000}1) }}", 400),
    asked("unions", f"ASK {{ {{}} {'UNION {} ' * 3_000} }}", 400),
    asked("optionals", f"ASK {_nested('{ OPTIONAL ', '}', 2_000, '{}')}", 400),
    asked("exists", f"ASK {_nested('{ FILTER EXISTS ', '}', 1_500, '{}')}", 400),
    asked("sub-selects", _nested("SELECT * { { ", "} }", 1_500), 400),
    asked("collections", f"ASK {{ ?s ?p {_nested('( ', ')', 5_000)} }}", 400),
    asked("blank nodes", f"ASK {{ ?s ?p {_nested('[ ?p ', ']', 4_000, '1')} }}", 400),
    asked("triple terms", f"ASK {{ ?s ?p {_nested('<<( ?s ?p ', ')>>', 1_500, '1')} }}", 400),
    asked("reifiers", f"ASK {{ ?s ?p {_nested('<< ?s ?p ', '>>', 1_500, '1')} }}", 400),
    asked("functions", f"ASK {{ FILTER({_nested('STR(', ')', 5_000, '1')}) }}", 400),
    asked("path brackets", f"ASK {{ ?s {_nested('(', ')', 5_000, '<a:p>')} ?o }}", 400),
    asked("inverse paths", f"ASK {{ ?s {'^' * 20_000}<a:p> ?o }}", 400),
    asked("never closed", "ASK " + "{" * 30_000, 400),
    asked("only closed", "ASK {" + "}" * 30_000, 400),
    asked("as deep as may be", f"ASK {_nested('{', '}', 64)}", 200),
    asked("as negative as may be", f"ASK {{ FILTER({'!' * 399}1) }}", 200),
)

LONG: Final = (
    asked("path", f"ASK {{ ?s <a:p>{'/<a:p>' * 1_500} ?o }}", 400),
    asked("alternatives", f"ASK {{ ?s <a:p>{'|<a:p>' * 1_500} ?o }}", 400),
    asked("sum", f"ASK {{ FILTER(1{' + 1' * 3_000}) }}", 400),
    asked("list", f"ASK {{ FILTER(1 IN (1{', 1' * 5_000})) }}", 400),
    asked("star", f"ASK {{ {''.join(f'?s <a:p{n}> ?o{n} .' for n in range(300))} }}", 400),
    asked("chain", f"ASK {{ {''.join(f'?x{n} <a:p> ?x{n + 1} .' for n in range(500))} }}", 400),
    asked("objects", f"ASK {{ ?s ?p 1{', 1' * 5_000} }}", 400),
    asked("table", f"ASK {{ VALUES ?x {{ {' 1' * 10_000} }} }}", 400),
    asked("aggregates", f"SELECT {'(COUNT(*) AS ?n)' * 1_500} {{}}", 400),
    asked("prologue", f"{'PREFIX a: <b:c> ' * 1_500} ASK {{}}", 400),
    asked("more bytes than a query may have", "ASK {" + " " * 40_000 + "}", 400),
    asked("more bytes than a body may have", "ASK {" + " " * 200_000 + "}", 413),
    asked("variable", f"ASK {{ ?{'x' * 30_000} ?p ?o }}", 200),
    asked("name", f"ASK {{ <http://x/{'x' * 30_000}> ?p ?o }}", 200),
    asked("text", f'ASK {{ ?s ?p "{"x" * 30_000}" }}', 200),
    asked("number", f"ASK {{ ?s ?p {'9' * 30_000} }}", 200),
    asked("offset", f"SELECT * {{}} OFFSET {'9' * 30_000}", 400),
    asked("limit", f"SELECT * {{}} LIMIT {'9' * 18}", 200),
    asked("comment", f"ASK {{}} #{'x' * 30_000}", 200),
    asked("letters of a prefix without colon", f"ASK {{ {'a.' * 15_000} }}", 400),
    asked("quotes", "ASK { ?s ?p " + "'''a''b" * 4_000 + " }", 400),
    asked("star of one pattern", f"ASK {{ {'?s ?p ?o .' * 64} }}", 200),
    asked(
        "star of as many as may be",
        f"SELECT (COUNT(*) AS ?n) {{ {''.join(f'?s ?p{n} ?o{n} .' for n in range(64))} }}",
        *_ENDED,
    ),
)

HARD: Final = (
    asked("counted product", f"SELECT (COUNT(*) AS ?n) {{ {_product(6)} }}", *_ENDED),
    asked(
        "product without a row",
        f"ASK {{ {_product(9)} FILTER(CONCAT(STR(?a0), STR(?a8)) = 1) }}",
        *_ENDED,
    ),
    asked("product given out", f"SELECT * {{ {_product(4)} }}", 400, *_ENDED),
    asked("product built", f"CONSTRUCT {{ ?a0 ?b1 ?c2 }} {{ {_product(4)} }}", 400, *_ENDED),
    asked("product described", f"DESCRIBE ?a0 ?a1 {{ {_product(4)} }}", *_ENDED),
    asked("product ordered", f"SELECT * {{ {_product(5)} }} ORDER BY ?c4 ?a0", *_ENDED),
    asked("product ordered by chance", f"SELECT * {{ {_product(4)} }} ORDER BY RAND()", *_ENDED),
    asked("product made distinct", f"SELECT DISTINCT ?a0 ?b1 ?c2 {{ {_product(4)} }}", *_ENDED),
    asked("product grouped", f"SELECT ?c3 {{ {_product(4)} }} GROUP BY ?a0 ?b1 ?c2 ?c3", *_ENDED),
    asked("product in optionals", f"ASK {{ ?s ?p 1 OPTIONAL {{ {_product(6)} }} }}", 200, *_ENDED),
    asked(
        "product of exists",
        f"SELECT (COUNT(*) AS ?n) {{ {_product(2)} FILTER NOT EXISTS {{ {_product(3)}"
        " FILTER(?a0 = ?a2) } }",
        *_ENDED,
    ),
    asked(
        "product taken away",
        f"SELECT (COUNT(*) AS ?n) {{ {_product(3)} MINUS {{ ?a0 ?x ?y . {_product(2)} }} }}",
        *_ENDED,
    ),
    asked("tables", f"SELECT (COUNT(*) AS ?n) {{ {_tables(5, 350)} }}", *_ENDED),
    asked("tables given out", f"SELECT * {{ {_tables(5, 350)} }}", 400, *_ENDED),
    asked(
        "groups joined to one text",
        f'SELECT (GROUP_CONCAT(STR(?c1) ; SEPARATOR="{"x" * 10_000}") AS ?t) {{ {_product(2)} }}',
        400,
        *_ENDED,
    ),
    asked("text that doubles", f"SELECT (STRLEN(?d40) AS ?n) {{ {_doubled(40, 'ab')} }}", *_ENDED),
    asked("text given out", f"SELECT ?d19 {{ {_doubled(19, 'abcdefgh')} }}", 400),
    asked(
        "text replaced",
        "SELECT (STRLEN(REPLACE(REPLACE(REPLACE(REPLACE(?t, 'a', ?t), 'a', ?t), 'a', ?t),"
        f" 'a', ?t)) AS ?n) {{ BIND('{'a' * 400}' AS ?t) }}",
        *_ENDED,
    ),
    asked(
        "text percent-encoded",
        f"SELECT (STRLEN(ENCODE_FOR_URI(ENCODE_FOR_URI(?d24))) AS ?n) {{ {_doubled(24, '%%%%')} }}",
        *_ENDED,
    ),
    asked("pattern that repeats", 'ASK { FILTER(REGEX("a", "((a{1,999}){1,999}){1,999}")) }', 200),
    asked(
        "pattern that backtracks",
        f'ASK {{ FILTER(REGEX("{"a" * 5_000}b", "^(a|a|aa)*(a|aa)*$")) }}',
        200,
    ),
    asked(
        "paths of any length",
        "SELECT (COUNT(*) AS ?n) { ?a (!<a:p>|^!<a:p>)* ?b . ?c (!<a:p>|^!<a:p>)* ?d }",
        *_ENDED,
    ),
    asked(
        "paths within paths",
        "SELECT (COUNT(*) AS ?n) { ?a (((!<a:p>|^!<a:p>)*/(!<a:p>)*)+/(!<a:p>|^!<a:p>)+)* ?b }",
        200,
        *_ENDED,
    ),
    asked("everything described", "DESCRIBE * { ?s ?p ?o }", 200, 400, *_ENDED),
    asked(
        "every graph with every other",
        "ASK { GRAPH ?g { ?s ?p ?o } GRAPH ?h { ?t ?q ?r } GRAPH ?i { ?u ?v ?w }"
        " FILTER(CONCAT(STR(?g), STR(?h), STR(?i)) = 1) }",
        *_ENDED,
    ),
    asked(
        "lateral products",
        f"SELECT (COUNT(*) AS ?n) {{ {_product(2)} LATERAL {{ {_product(3)} }} }}",
        *_ENDED,
    ),
    asked(
        "hashes",
        f"SELECT (COUNT(SHA512(?d13)) AS ?n) {{ {_product(2)} {_doubled(13, 'ab')} }}",
        *_ENDED,
    ),
)
