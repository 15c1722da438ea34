from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from hypothesis import given

from reti_graph.problems import Location, Problem, Severity
from reti_graph.sources.lines import parse_file, parse_text, read_text
from tests.strategies import laid_out_statements, trig_texts

if TYPE_CHECKING:
    from pathlib import Path

PREFIX = "@prefix : <http://example.org/> .\n"


def lines_of(text: str, name: str = "a.trig") -> list[tuple[str, int]]:
    """List the object and the line of each quad, blank nodes as `_`."""
    source, problems = parse_text(PREFIX + text, name)
    assert problems == ()
    shown = [
        "_" if isinstance(quad.object, ox.BlankNode) else quad.object.value  # type: ignore[union-attr]
        for quad in source.quads
    ]
    return list(zip(shown, source.lines, strict=True))


def only_problem(text: str) -> Problem:
    """Return the one problem of a text that has no quads."""
    source, problems = parse_text(text, "a.trig")
    assert source.quads == ()
    assert len(problems) == 1
    return problems[0]


@given(laid_out_statements())
def test_every_quad_is_on_the_line_where_its_object_ends(drawn: tuple[str, list[int]]) -> None:
    """However a text is laid out, and wherever comments stand, the lines are exact."""
    text, lines = drawn
    assert list(parse_text(text, "a.ttl")[0].lines) == lines


@given(trig_texts())
def test_what_is_read_is_what_the_text_says(text: str) -> None:
    """Feeding the parser line by line changes no quad."""
    plain = list(ox.parse(text.encode(), format=ox.RdfFormat.TRIG))
    assert list(parse_text(text, "a.trig")[0].quads) == plain


def test_a_plain_literal_at_the_end_of_its_line_is_on_that_line() -> None:
    """The parser looks past it for a datatype; the line is still its own."""
    text = ':g {\n:a :p "x"\n\n  # comment\n ;\n :q "y"\n @it ;\n :r "z"^^\n:d\n.\n}\n'
    assert [line for _, line in lines_of(text)] == [3, 8, 10]


def test_blank_nodes_and_lists_have_the_lines_of_their_parts() -> None:
    """A node in square brackets is linked on the line of the closing one."""
    text = ':a :p [\n :q "x"\n ] ;\n :l (\n "y"\n :z\n) .\n'
    in_order = lines_of(text, "a.ttl")
    assert ("x", 3) in in_order
    assert ("_", 4) in in_order
    assert ("y", 6) in in_order
    assert ("http://example.org/z", 7) in in_order


def test_a_literal_over_several_lines_is_on_its_last_one() -> None:
    """The line is where the statement is complete."""
    assert lines_of(':a :p """x\n\ny""" ; :q 1 .', "a.ttl") == [("x\n\ny", 4), ("1", 4)]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_end_counts(end: str) -> None:
    """Files from other systems have the same lines."""
    source, _ = parse_text((PREFIX + ":a :p :b ;\n :q :c .\n").replace("\n", end), "a.ttl")
    assert source.lines == (2, 3)


def test_prefixes_are_kept() -> None:
    """A file's own prefixes come with it."""
    source, _ = parse_text(PREFIX + ":a :b :c .", "a.ttl")
    assert source.prefixes == {"": "http://example.org/"}


def test_a_syntax_error_has_file_line_and_column() -> None:
    """The column is the author's, also beside a literal that was fed with its datatype."""
    problem = only_problem(PREFIX + ':a :p "é"\n ; :q "x"\n ; :r z:b .')
    assert problem.code == "syntax"
    assert problem.severity is Severity.VIOLATION
    assert problem.location == Location("a.trig", 4, 7)
    assert "z:" in problem.messages["it"]
    assert "z:" in problem.messages["en"]


def test_a_text_that_ends_too_early_is_an_error() -> None:
    """Nothing of it is kept."""
    assert only_problem(PREFIX + ":a :b").location == Location("a.trig", 2, 6)
    assert only_problem(PREFIX + ':a :b "c"').location == Location("a.trig", 2, 10)


def test_a_byte_order_mark_is_named() -> None:
    """What an editor put there unseen is said in words."""
    assert "byte order mark" in (only_problem("\ufeff" + PREFIX).hint or "")


def test_a_graph_in_turtle_is_an_error() -> None:
    """Only names in .trig are read as TriG."""
    _, problems = parse_text(PREFIX + ":g { :a :b :c }", "a.ttl")
    assert [problem.code for problem in problems] == ["syntax"]


def test_bytes_that_are_not_utf_8_have_a_place(tmp_path: Path) -> None:
    """The place of the first wrong byte is given in characters."""
    path = tmp_path / "a.ttl"
    path.write_bytes(b"# one\n# \xc3\xa9\xff\n")
    source, problems = parse_file(path, "data/a.ttl")
    assert source.quads == ()
    assert [(p.code, p.location) for p in problems] == [("not-utf-8", Location("data/a.ttl", 2, 4))]


def test_a_file_that_cannot_be_read_is_a_problem(tmp_path: Path) -> None:
    """A folder, a dangling link and a file that is not there are no traceback."""
    (tmp_path / "dangling.ttl").symlink_to(tmp_path / "nowhere")
    for path in (tmp_path, tmp_path / "dangling.ttl", tmp_path / "none.ttl"):
        _, problems = parse_file(path, "a.ttl")
        assert [(p.code, p.location) for p in problems] == [("unreadable-file", Location("a.ttl"))]


def test_a_file_is_read_like_its_text(tmp_path: Path) -> None:
    """parse_file and parse_text agree."""
    path = tmp_path / "a.trig"
    path.write_text(PREFIX + ":g { :a :b :c }", encoding="utf-8")
    assert parse_file(path, "a.trig") == parse_text(PREFIX + ":g { :a :b :c }", "a.trig")


def test_quads_of_the_default_graph_can_be_moved() -> None:
    """Those in a named graph stay where they are."""
    source, _ = parse_text(PREFIX + ":g { :a :b :c } :d :e :f .", "a.trig")
    graph = ox.NamedNode("http://example.org/other")
    names = [quad.graph_name for quad in source.in_graph(graph).quads]
    assert names == [ox.NamedNode("http://example.org/g"), graph]


@pytest.mark.parametrize("name", ["a.ttl", "a.trig"])
@pytest.mark.parametrize("letter", ["x", "é", "€", "😀"])
@pytest.mark.parametrize("length", [10, *range(1020, 1028), *range(4085, 4105), 10_000])
def test_a_line_of_any_length_is_one_line(name: str, letter: str, length: int) -> None:
    """The parser's buffer is smaller than some lines; the count goes by lines all the same."""
    long = "x" * (length % 3) + letter * length
    assert lines_of(f':a :p "{long}" ;\n :q "{long}"@it, "b"\n ; :r :c .', name) == [
        (long, 2),
        (long, 3),
        ("b", 3),
        ("http://example.org/c", 4),
    ]


def test_what_follows_a_long_comment_has_its_line() -> None:
    """Comments pass through the same buffer."""
    assert lines_of("# " + "é" * 10_000 + "\r\n:a :p 1 .\r\n:a :p 2 .", "a.ttl") == [
        ("1", 3),
        ("2", 4),
    ]


def test_a_mistake_behind_a_long_text_has_its_place() -> None:
    """Line and column count characters, not pieces."""
    problem = only_problem(PREFIX + ':a :p "' + "é" * 10_000 + '" ;\n :q z:b .')
    assert problem.location == Location("a.trig", 3, 5)


def test_a_file_with_a_byte_order_mark_is_a_problem_of_its_own(tmp_path: Path) -> None:
    """Whatever the file's language, the unseen mark is what is said to be wrong."""
    path = tmp_path / "a.rq"
    path.write_bytes(b"\xef\xbb\xbfASK {}")
    problem = read_text(path, "queries/a.rq")
    assert isinstance(problem, Problem)
    assert (problem.code, problem.location) == ("byte-order-mark", Location("queries/a.rq", 1, 1))
    assert "byte order mark" in problem.messages["en"]
