from __future__ import annotations

import io
import sys

import click
import pyoxigraph as ox
import pytest

from reti_graph.cli.output import cell, plain_table, write_table, written

XSD = "http://www.w3.org/2001/XMLSchema#"
PREFIXES = {"ex": "https://example.org/", "xsd": XSD}


class Terminal(io.StringIO):
    """A standard output that says it is a terminal."""

    def isatty(self) -> bool:
        """Say that somebody is watching."""
        return True


def test_a_plain_table_has_one_line_a_row_and_columns_that_line_up() -> None:
    """The header comes first; nothing is drawn and no line ends in spaces."""
    rows = [["c40", "C40"], ["eurocities", "EUROCITIES"]]
    assert plain_table(["id", "label"], rows).splitlines() == [
        "id          label",
        "c40         C40",
        "eurocities  EUROCITIES",
    ]


def test_a_plain_table_cuts_nothing() -> None:
    """A value longer than any terminal stays whole."""
    assert "x" * 1000 in plain_table(["text"], [["x" * 1000]])


def test_a_value_of_several_lines_stays_on_its_row() -> None:
    """Line breaks and tabs become spaces, so that a row is a line."""
    assert plain_table(["text"], [["one\n\ttwo"]]) == "text\none two"


def test_a_table_without_rows_is_its_header() -> None:
    """An empty answer still says what it would have held."""
    assert plain_table(["network", "label"], []) == "network  label"


def test_a_pipe_gets_the_plain_table(capsys: pytest.CaptureFixture[str]) -> None:
    """What is no terminal gets neither colours nor lines."""
    write_table(["id"], [["[bold]c40[/bold]"]])
    assert capsys.readouterr().out == "id\n[bold]c40[/bold]\n"


def test_a_terminal_gets_a_fitted_table(monkeypatch: pytest.MonkeyPatch) -> None:
    """Long values are folded into the width of the terminal; square brackets are no markup."""
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setenv("TERM", "xterm")
    write_table(["id", "quote"], [["[red]c40", "word " * 40]])
    lines = click.unstyle(terminal.getvalue()).splitlines()
    assert any("[red]c40" in line for line in lines)
    assert max(map(len, lines)) <= 40
    assert len(lines) > 5


@pytest.mark.parametrize(
    ("term", "shown"),
    [
        (None, ""),
        (ox.NamedNode("https://example.org/c40"), "ex:c40"),
        (ox.NamedNode("https://other.example/c40"), "https://other.example/c40"),
        (ox.Literal("città", language="it"), "città"),
        (ox.Literal("97", datatype=ox.NamedNode(XSD + "integer")), "97"),
        (ox.BlankNode("b0"), "_:b0"),
    ],
)
def test_a_cell_shows_a_term_in_its_shortest_form(term: ox.NamedNode | None, shown: str) -> None:
    """Prefixed names for things, bare text for values, nothing for what is unbound."""
    assert cell(term, PREFIXES) == shown


@pytest.mark.parametrize(
    ("term", "text"),
    [
        (ox.NamedNode("https://example.org/c40"), "ex:c40"),
        (ox.Literal('"x"', language="it"), '"\\"x\\""@it'),
        (
            ox.Literal("2009-09", datatype=ox.NamedNode(XSD + "gYearMonth")),
            '"2009-09"^^xsd:gYearMonth',
        ),
        (ox.Literal("plain"), '"plain"'),
        (ox.Literal("-97", datatype=ox.NamedNode(XSD + "integer")), "-97"),
        (ox.Literal("1.50", datatype=ox.NamedNode(XSD + "decimal")), "1.50"),
        (ox.Literal("many", datatype=ox.NamedNode(XSD + "integer")), '"many"^^xsd:integer'),
    ],
)
def test_a_term_is_written_as_turtle_writes_it(term: ox.Literal, text: str) -> None:
    """Nothing that tells two terms apart is lost."""
    assert written(term, PREFIXES) == text


@pytest.mark.parametrize(("columns", "names"), [("0", 1), ("12", 2), ("40", 15)])
def test_a_terminal_too_narrow_for_the_columns_gets_the_plain_table(
    monkeypatch: pytest.MonkeyPatch, columns: str, names: int
) -> None:
    """Fitted, each word would stand in single letters, or not at all."""
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setenv("TERM", "xterm")
    header, row = [f"name{n}" for n in range(names)], ["network:alpha"] * names
    write_table(header, [row])
    assert terminal.getvalue() == plain_table(header, [row]) + "\n"
