from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reti_graph.errors import QuerySyntaxError
from reti_graph.lexer import Token, tokens
from tests.strategies import sparql_like


def kinds(text: str) -> list[tuple[str, str]]:
    """List kind and text of the tokens that are more than white space."""
    return [(token.kind, token.text) for token in tokens(text) if not token.blank]


def lexed(text: str) -> list[Token] | None:
    """Return the tokens, or None when there are none to be had."""
    try:
        return list(tokens(text))
    except QuerySyntaxError:
        return None


@given(st.one_of(st.text(), sparql_like))
def test_tokens_joined_again_are_the_text(text: str) -> None:
    """Nothing is lost, white space and comments included."""
    found = lexed(text)
    assert found is None or "".join(token.text for token in found) == text


@given(sparql_like)
def test_places_point_at_the_token(text: str) -> None:
    """Start, line and column all say where the token is."""
    lines = text.split("\n")
    for token in lexed(text) or []:
        assert text.startswith(token.text, token.start)
        rest = "\n".join(lines[token.line - 1 :])[token.column - 1 :]
        assert rest.startswith(token.text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("<http://example.org/a(b)#c>", "iri"),
        (r"<http://example.org/\u00E8>", "iri"),
        ("<>", "iri"),
        ('"a # <b> $c"', "string"),
        (r"'it\'s \\'", "string"),
        ('"""two\nlines, a " and a "" too"""', "string"),
        ("'''a '' b'''", "string"),
        ('""', "string"),
        ('""""""', "string"),
        ("# $name <iri> 'text'", "comment"),
        ("$name", "variable"),
        ("?näme_1", "variable"),
        ("?1", "variable"),
        ("_:b.1", "blank"),
        ("network:c40", "name"),
        ("a.b:c.d", "name"),
        (":", "name"),
        (r"ex:a\,b%20c", "name"),
        ("partnership-kind:strategic", "name"),
        ("@it-IT", "language"),
        ("@ar--rtl", "language"),
        ("12", "number"),
        ("1.5", "number"),
        (".5e-3", "number"),
        ("1.e3", "number"),
        ("ENCODE_FOR_URI", "word"),
        ("\t\r\n ", "space"),
        ("^^", "punctuation"),
        ("<=", "punctuation"),
        ("<<", "punctuation"),
    ],
)
def test_each_terminal_of_the_grammar_is_one_token(text: str, kind: str) -> None:
    """The longest token is taken."""
    assert [(token.kind, token.text) for token in tokens(text)] == [(kind, text)]


@pytest.mark.parametrize(
    ("text", "texts"),
    [
        ("?a< ?b", ["?a", "<", "?b"]),
        ("?s ?p 1.", ["?s", "?p", "1", "."]),
        ("ex:a.", ["ex:a", "."]),
        ("<a>?", ["<a>", "?"]),
        ("<a>/<b>*", ["<a>", "/", "<b>", "*"]),
        ("a$x", ["a", "$x"]),
        ("2AS ?x", ["2", "AS", "?x"]),
        ("-1", ["-", "1"]),
        ("'a'@en", ["'a'", "@en"]),
        ("'1'^^ex:t", ["'1'", "^^", "ex:t"]),
        ("a.b.c d", ["a", ".", "b", ".", "c", "d"]),
        ("a.b.c:d", ["a.b.c:d"]),
    ],
)
def test_neighbours_without_space_are_told_apart(text: str, texts: list[str]) -> None:
    """Where one token ends does not depend on white space."""
    assert [found for _, found in kinds(text)] == texts


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("SELECT ?x {\n  ?x ?y 'open\n}", 2, 9),
        ("ASK { ?s ?p \\ }", 1, 13),
        ("SEL\\u0045CT", 1, 4),
        (r'"\q"', 1, 1),
        (r'"\uD800"', 1, 1),
        (r"'\U00110000'", 1, 1),
        ('"\ud800"', 1, 1),
        ("\ufeffASK {}", 1, 1),
        ("ASK {\x0c}", 1, 6),
        ("ASK {}}", 1, 7),
        ("ASK {(}", 1, 7),
        ('"""open', 1, 1),
    ],
)
def test_what_is_no_sparql_is_refused_with_its_place(text: str, line: int, column: int) -> None:
    """Open strings, unknown escapes and characters, brackets that close none."""
    with pytest.raises(QuerySyntaxError) as caught:
        list(tokens(text))
    assert (caught.value.line, caught.value.column) == (line, column)


@pytest.mark.parametrize(
    "text",
    [
        "ASK { FILTER(1<2)FILTER(3>2) }",
        "ASK { FILTER(?a<?b&&?c>?d) }",
        "ASK { FILTER(1<2)SERVICE#>\n<http://example.org/>{} }",
        "ASK { FILTER(true<2)SERVICE#>\n<http://example.org/>{} }",
        "ASK { FILTER((1)<2)SERVICE#>\n<http://example.org/>{} }",
        "ASK { FILTER(1<<http://example.org/#>)SERVICE <http://example.org/> {} }",
    ],
)
def test_a_text_with_two_readings_is_refused(text: str) -> None:
    """Nothing hides in what is an IRI here and "less than" for the store."""
    with pytest.raises(QuerySyntaxError, match="space after"):
        list(tokens(text))


@pytest.mark.parametrize(
    "text",
    [
        "ASK { FILTER(?a = <http://example.org/a#b>) }",
        "ASK { VALUES (?a ?b) { (<http://example.org/#a> <http://example.org/#b>) } }",
        "ASK { ?s <urn:a#b> ?o }",
        "ASK { ?s (<urn:a#b>|<urn:a#c>) ?o }",
        "ASK { FILTER(?a < ?b && ?c > ?d) }",
        "SELECT (COUNT(DISTINCT <urn:a#b>) AS ?n) {}",
    ],
)
def test_a_text_with_one_reading_passes(text: str) -> None:
    """IRIs with a fragment stand where an IRI can stand."""
    assert kinds(text)


def test_a_long_run_of_words_takes_linear_time() -> None:
    """Each word of a run looks for its colon once: the count of tokens proves the end is met."""
    assert len(list(tokens("a." * 20_000))) == 40_000
