from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

pytestmark = pytest.mark.usefixtures("site")

NETWORKS = "SELECT ?network { ?network a reti:Network } ORDER BY ?network"
ANSWER = "network\nnetwork:alpha\nnetwork:beta\n"


def test_a_query_may_be_given_as_text(run: Run) -> None:
    """The site's prefixes need no declaration."""
    result = run("sparql", NETWORKS)
    assert (result.stdout, result.stderr, result.exit_code) == (ANSWER, "", 0)


def test_a_query_may_stand_in_a_file(run: Run, tmp_path: Path) -> None:
    """A word that is the name of a file is that file."""
    file = tmp_path / "all networks.rq"
    file.write_text(NETWORKS)
    assert run("sparql", file).stdout == ANSWER


@pytest.mark.parametrize("words", [[], ["-"]])
def test_a_query_may_come_through_a_pipe(run: Run, words: list[str]) -> None:
    """With a dash or without a word, standard input is read."""
    assert run("sparql", *words, stdin=NETWORKS.encode()).stdout == ANSWER


def test_an_ask_answers_true_or_false(run: Run) -> None:
    """A table of one truth value would be no table."""
    assert run("sparql", "ASK { network:alpha a reti:Network }").stdout == "true\n"
    assert run("sparql", "ASK { network:alpha a reti:City }").stdout == "false\n"


def test_the_default_graph_is_the_union_of_all_passages(run: Run) -> None:
    """What a rule derived is in it, and each statement counts once."""
    text = "SELECT (COUNT(*) AS ?n) { ?who reti:memberOf network:alpha }"
    assert run("sparql", text).stdout == "n\n1\n"


def test_a_passage_is_a_named_graph(run: Run) -> None:
    """The evidence of a derived statement is the passage it follows from."""
    text = "SELECT ?page { GRAPH ?page { ?who reti:memberOf network:alpha } }"
    assert run("sparql", text).stdout == "page\npage:alpha-joins\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT * { ?s a ?t", 'line 1, column 10: This "{" is never closed.'),
        ("DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", "Updates are not answered here, only queries."),
        ("SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", "SERVICE is not answered here."),
        ("ASK { " + "{" * 5000 + "}" * 5000 + " }", "brackets open at once."),
        ("SELECT * { ?s no:such ?o }", "The prefix no: is not declared."),
        ("", "There is no SELECT, ASK, CONSTRUCT or DESCRIBE here."),
    ],
)
def test_a_query_that_is_not_answered_says_why_and_where(run: Run, text: str, message: str) -> None:
    """Wrong syntax, updates, SERVICE and what would bring the program down are wrong calls."""
    result = run("sparql", stdin=text.encode())
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.rstrip().endswith(message)


def test_a_file_that_is_not_there_is_a_wrong_call(run: Run) -> None:
    """A word without a space or a brace is taken for a name."""
    result = run("sparql", "nowhere.rq")
    assert result.exit_code == 2
    assert result.stderr == "error: Cannot read nowhere.rq: No such file or directory.\n"


def test_a_folder_is_no_query(run: Run, tmp_path: Path) -> None:
    """The message says that it is a folder."""
    assert "Is a directory" in run("sparql", tmp_path).stderr


def test_a_query_in_another_encoding_is_a_wrong_call(run: Run) -> None:
    """The byte that cannot be read is named."""
    result = run("sparql", stdin=b'ASK { ?s ?p "\xe0" }')
    assert (result.exit_code, "byte 13" in result.stderr) == (2, True)


def test_a_site_that_is_not_there_is_a_wrong_call(run: Run, tmp_path: Path) -> None:
    """The message says which folder, the hint what a site is made of."""
    result = run("sparql", "ASK {}", "--site", tmp_path / "nowhere")
    error, hint = result.stderr.splitlines()
    assert (result.exit_code, error.endswith("nowhere.")) == (2, True)
    assert "reti.toml" in hint


def test_an_empty_folder_is_no_site(run: Run, tmp_path: Path) -> None:
    """What is missing is listed."""
    result = run("sparql", "ASK {}", "--site", tmp_path)
    assert (result.exit_code, "no reti.toml" in result.stderr) == (2, True)


@pytest.mark.parametrize("word", ["", " "])
def test_an_empty_word_is_no_query(run: Run, word: str) -> None:
    """It is neither the folder one stands in nor a text."""
    result = run("sparql", word)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("error: There is no query.\nhint: ")


def test_a_name_with_a_space_of_a_file_that_is_not_there_is_called_that(run: Run) -> None:
    """Without a brace it is no text of a query."""
    result = run("sparql", "/no such.rq")
    assert result.exit_code == 2
    assert result.stderr == "error: Cannot read /no such.rq: No such file or directory.\n"


def test_a_description_needs_no_brace(run: Run) -> None:
    """DESCRIBE is the one query that may do without."""
    result = run("sparql", "DESCRIBE network:alpha")
    assert (result.exit_code, "network:alpha" in result.stdout) == (0, True)


def test_a_text_longer_than_any_name_is_a_query(run: Run) -> None:
    """Letters with accents take more bytes than a name of a file may have."""
    result = run("sparql", f'ASK {{ ?s ?p "{"à" * 255}" }}')
    assert (result.stderr, result.stdout) == ("", "false\n")
