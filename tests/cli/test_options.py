from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reti_graph.cli.options import assignments, chosen_language, read_text
from reti_graph.config import Publisher, Settings
from reti_graph.errors import CallError, ParameterError

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

SETTINGS = Settings(
    base_iri="https://example.org/",
    languages=("it", "en"),
    licence="https://example.org/licence",
    title={"it": "Reti", "en": "Networks"},
    description={"it": "Reti", "en": "Networks"},
    publisher=Publisher("Someone"),
    prefixes={},
)


def test_a_value_may_hold_equals_signs() -> None:
    """Only the first equals sign parts the name from the value."""
    assert assignments(["page=https://example.org/?a=b"], "-p", "x=y") == {
        "page": "https://example.org/?a=b"
    }


def test_a_value_may_be_empty() -> None:
    """An empty value is a value; the parameter's type decides what it is worth."""
    assert assignments(["name="], "-p", "x=y") == {"name": ""}


@pytest.mark.parametrize("word", ["network", "=c40", ""])
def test_a_word_without_a_name_is_refused_with_an_example(word: str) -> None:
    """The hint shows the option as it should be written."""
    with pytest.raises(ParameterError) as caught:
        assignments([word], "-p", "network=c40")
    assert caught.value.hint == "Write it as -p network=c40."


def test_a_parameter_given_twice_is_refused() -> None:
    """Neither value silently wins."""
    with pytest.raises(ParameterError, match="twice"):
        assignments(["a=1", "a=2"], "-p", "a=1")


def test_the_first_language_of_the_site_is_the_default() -> None:
    """Without a wish, the site's own order decides."""
    assert chosen_language(None, SETTINGS) == "it"


def test_a_language_of_the_site_may_be_chosen() -> None:
    """A wish for one of the site's languages is met."""
    assert chosen_language("en", SETTINGS) == "en"


def test_a_language_the_site_lacks_is_refused_with_those_it_has() -> None:
    """The hint lists what can be chosen."""
    with pytest.raises(ParameterError) as caught:
        chosen_language("fr", SETTINGS)
    assert caught.value.hint == "Its languages are it, en."


def test_a_missing_file_is_a_wrong_call(tmp_path: Path) -> None:
    """The message names the file and says what is wrong with it."""
    with pytest.raises(CallError, match=r"nowhere\.txt: No such file or directory"):
        read_text(tmp_path / "nowhere.txt")


def test_a_folder_given_as_a_file_is_a_wrong_call(tmp_path: Path) -> None:
    """The message says that it is a folder."""
    with pytest.raises(CallError, match="Is a directory"):
        read_text(tmp_path)


def test_a_file_in_another_encoding_is_a_wrong_call(tmp_path: Path) -> None:
    """The message says which byte cannot be read."""
    (tmp_path / "latin.txt").write_bytes("città".encode("latin-1"))
    with pytest.raises(CallError, match="byte 4 is not UTF-8"):
        read_text(tmp_path / "latin.txt")


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["build", ""], "'DIR'"),
        (["fmt", ""], "'[FILES]...'"),
        (["query", "networks", "--site", ""], "'--site'"),
        (["validate", "--source", "page="], "--source"),
    ],
)
def test_an_empty_word_is_no_path(run: Run, words: list[str], named: str) -> None:
    """It would otherwise be read as the folder one stands in."""
    result = run(*words)
    error = result.stderr.splitlines()[0]
    assert (result.exit_code, result.stdout) == (2, "")
    assert named in error
    assert "no file" in error
