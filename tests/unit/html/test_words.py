import pytest

from reti_graph.html.words import LANGUAGES, words


def test_every_language_has_the_same_words() -> None:
    """No page can lack a word in one of its languages."""
    italian, english = (words(language) for language in LANGUAGES)
    assert italian.keys() == english.keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_twelve_months(language: str) -> None:
    """The months' names split into twelve."""
    assert len(words(language)["months"].split()) == 12


def test_a_language_without_words_reads_english() -> None:
    """A site in a third language still has its pages framed."""
    assert words("fr") == words("en")
    assert words("it-IT") == words("it")
