from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given

from reti_graph.problems import Location, Problem
from reti_graph.sources import trigformat
from reti_graph.sources.trigformat import format_trig
from reti_graph.sources.trigtree import quoted, unquoted
from reti_graph.sources.turtle_tokens import tokens
from tests.strategies import string_tokens, trig_texts

UNTIDY = '''# Licence
@prefix z: <http://z/> . # z is last
PREFIX ex: <http://e/>
# dropped
@prefix no: <http://no/> .  # never used
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .

# about g
GRAPH # odd
 ex:g { # open
  # first
  ex:a # subject
   ex:p """a "q"
b""" # words
 @it ; # p done
   # type
   rdf:type ex:T, ex:U ;; ex:p 'x', # x
     # before y
     "y"^^<http://d/t> # yy
     ; ex:n 1.50 , 2 . # stop
  ex:b ex:q true .
  # end
} # close
# out
ex:s ex:p ex:o .
{ ex:a ex:b ex:c ; }
z:e {}
# bye'''

TIDY = r"""# Licence
# dropped
# never used
@prefix ex: <http://e/> .
@prefix z: <http://z/> .  # z is last

# about g
# odd
ex:g {  # open
    # first
    # p done
    # type
    ex:a a ex:T, ex:U ;
        # subject
        ex:p "a \"q\"\nb"@it,  # words
            "x",  # x
            # before y
            "y"^^<http://d/t> ;  # yy
        ex:n 1.50, 2 .  # stop
    ex:b ex:q true .
    # end
}  # close

# out
ex:s ex:p ex:o .

{
    ex:a ex:b ex:c .
}

z:e {
}

# bye
"""


def formatted(text: str) -> str:
    """Format a text that can be formatted."""
    result = format_trig(text, "a.trig")
    assert isinstance(result, str)
    return result


def refused(text: str) -> Problem:
    """Return why a text cannot be formatted."""
    result = format_trig(text, "data/a.trig")
    assert isinstance(result, Problem)
    return result


def comments(text: str) -> list[str]:
    """List the comments of a text in alphabetical order."""
    return sorted(token.text.rstrip() for token in tokens(text) if token.kind == "comment")


@given(trig_texts())
def test_formatting_loses_nothing_and_settles_at_once(text: str) -> None:
    """Quads and comments are the same, and what was formatted once stays as it is."""
    once = formatted(text)
    before, after = (set(ox.parse(each, format=ox.RdfFormat.TRIG)) for each in (text, once))
    assert before == after
    assert comments(text) == comments(once)
    assert formatted(once) == once


@given(string_tokens())
def test_strings_go_on_one_line_and_say_the_same(token: str) -> None:
    """Whatever the quotation marks and escapes, the string is the same string."""
    line = quoted(unquoted(token))
    assert len(line.splitlines()) == 1
    parsed = [
        next(iter(ox.parse(f"<a:s> <a:p> {each} .", format=ox.RdfFormat.TURTLE))).object
        for each in (token, line)
    ]
    assert parsed[0] == parsed[1]


def test_an_untidy_file_becomes_a_tidy_one() -> None:
    """The whole layout at once."""
    assert formatted(UNTIDY) == TIDY


def test_many_objects_take_a_line_each() -> None:
    """A line has at most a hundred characters where it can be broken."""
    names = [f"<http://example.org/{letter * 30}>" for letter in "abc"]
    expected = (
        f"<a:g> {{\n    <a:s> <a:p> {names[0]},\n"
        f"            {names[1]},\n            {names[2]} .\n}}\n"
    )
    assert formatted(f"<a:g> {{ <a:s> <a:p> {', '.join(names)} }}") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("\n\n", ""),
        ("# only", "# only\n"),
        ("# only\n@prefix a: <http://a/> .# x", "# only\n# x\n"),
        ("# h\n@prefix a: <a:> .\n<a:s> <a:p> 1 .", "# h\n<a:s> <a:p> 1 .\n"),
        ("@prefix a: <a:> . @prefix a: <a:> .\na:s a a:b .", "@prefix a: <a:> .\n\na:s a a:b .\n"),
        (r"<a:s> <a:p> 'a\u00e9\t\'' .", '<a:s> <a:p> "aé\\t\'" .\n'),
        ('<a:s> <a:p> "a\\u0000\u2028" .', '<a:s> <a:p> "a\\u0000\\u2028" .\n'),
    ],
)
def test_small_texts(text: str, expected: str) -> None:
    """Empty files, lone comments, prefixes nobody uses or declared twice alike, escapes."""
    assert formatted(text) == expected


@pytest.mark.parametrize(
    ("text", "place", "word"),
    [
        ("<a:s> <a:p> [] .", (1, 13), "blank"),
        ("<a:s> <a:p>\n  _:b .", (2, 3), "blank"),
        ("<a:s> <a:p> (1) .", (1, 13), "blank"),
        ("@base <http://a/> .", (1, 1), "base"),
        ("BASE <http://a/>", (1, 1), "base"),
        ("<a:s> <a:p> <<( <a:s> <a:p> 1 )>> .", (1, 13), "notation"),
        ("<a:s> <a:p> .", (1, 13), "Syntax"),
    ],
)
def test_what_cannot_be_kept_is_refused(text: str, place: tuple[int, int], word: str) -> None:
    """The problem has the place in the file, and the text is not touched."""
    problem = refused(text)
    assert problem.location == Location("data/a.trig", *place)
    assert word in problem.messages["en"]


def test_a_language_called_base_is_no_base() -> None:
    """A tag after a string is a tag, whatever its letters."""
    assert formatted('<a:s> <a:p> "x"@base .') == '<a:s> <a:p> "x"@base .\n'


def test_one_prefix_for_two_namespaces_is_refused() -> None:
    """Joined at the head of the file, one of the two would change its meaning."""
    text = "@prefix a: <a:> . a:s a:p 1 . @prefix a: <b:> . a:s a:p 1 ."
    assert "twice" in refused(text).messages["en"]


def test_any_file_name_is_read_as_trig() -> None:
    """The text from a pipe has no extension, and problems still carry its name."""
    assert format_trig("<a:g> { <a:s> <a:p> 1 }", "-") == formatted("<a:g> { <a:s> <a:p> 1 }")
    problem = format_trig("<a:g> {", "-")
    assert isinstance(problem, Problem)
    assert problem.location is not None
    assert problem.location.file == "-"


def test_a_fault_of_the_formatter_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """Were the layout ever to change the data, the file would stay as it is."""
    monkeypatch.setattr(trigformat, "_written", lambda _: "<a:s> <a:p> 2 .\n")
    assert "fault" in refused("<a:s> <a:p> 1 .").messages["en"]


@pytest.mark.parametrize("length", [*range(4085, 4105), 10_000])
def test_a_long_text_stays_as_it_is(length: int) -> None:
    """Also when its line is longer than the parser's buffer."""
    literal = f'"{"é" * length}"'
    written = format_trig(f"<http://e/g> {{ <http://e/a> <http://e/p> {literal} }}", "a.trig")
    assert isinstance(written, str)
    assert literal in written
    assert format_trig(written, "a.trig") == written
