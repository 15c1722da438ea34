from __future__ import annotations

import pytest

from reti_graph.validation.engine import Result
from reti_graph.validation.messages import Words
from reti_graph.validation.sentences import SENTENCES
from reti_graph.validation.triples import TripleIndex
from tests.unit.validation.conftest import ENGINES, EX, SH, ex, index, triples

LANGUAGES = ("it", "en")
NAMES = {"ex": EX, "sh": SH}


def words(shapes: str, data: str = "ex:a a ex:C ; ex:p ex:b .") -> list[list[str]]:
    """Return, by engine, the Italian and English words for the one result of some shapes."""
    said, parsed = [], triples(shapes)
    for engine in ENGINES:
        (result,) = engine.validate(triples(data), parsed)
        said.append(list(Words(TripleIndex(parsed), LANGUAGES, NAMES).of(result).values()))
    return said


SHAPE = "ex:s a sh:NodeShape ; sh:targetClass ex:C ; "


def test_the_words_are_those_of_the_shape_in_each_language() -> None:
    """Whichever engine was asked."""
    shapes = SHAPE + 'sh:nodeKind sh:Literal ; sh:message "due"@it, "two"@en .'
    assert words(shapes) == [["due", "two"]] * 2


def test_a_message_without_a_language_is_for_all() -> None:
    """One with the language comes before it."""
    shapes = SHAPE + 'sh:nodeKind sh:Literal ; sh:message "any", "due"@it .'
    assert words(shapes) == [["due", "any"]] * 2


def test_a_shape_without_words_gets_a_sentence_with_its_parameters() -> None:
    """In the languages there are sentences in."""
    shapes = SHAPE + "sh:property ex:t . ex:t sh:path ex:p ; sh:in ( ex:c 1 ) ."
    expected = ["Il valore non è uno di: ex:c, 1.", "The value is none of: ex:c, 1."]
    assert words(shapes) == [expected] * 2


def test_a_query_fills_in_what_it_bound() -> None:
    """The node, the path and the value, and columns of its own; what is not bound stays."""
    select = (
        "SELECT $this ?value ?path ?day"
        " { $this ?path ?value . FILTER(ISIRI(?value) && STRENDS(STR(?path), 'p'))"
        " BIND('lunedì' AS ?day) }"
    )
    shapes = SHAPE + (
        f'sh:sparql [ sh:select "{select}" ;'
        ' sh:message "{$this} {?path} {?value} {?day} {?no}"@en, "{?day}!"@it ] .'
    )
    assert words(shapes) == [["lunedì!", "ex:a ex:p ex:b lunedì {?no}"]] * 2


def test_a_query_without_words_takes_those_of_its_shape() -> None:
    """SHACL 5.3.2 leaves a shape its own messages."""
    select = "SELECT $this { $this <http://example.org/p> ?v }"
    shapes = SHAPE + f'sh:message "due"@it, "two"@en ; sh:sparql [ sh:select "{select}" ] .'
    assert words(shapes) == [["due", "two"]] * 2


def test_a_component_nobody_knows_is_named() -> None:
    """As is one in a language without sentences."""
    result = Result(ex("a"), None, None, EX + "Odd", SH + "Violation", None)
    said = Words(index(""), ("it", "fr"), NAMES).of(result)
    assert said == {
        "it": "Non soddisfa il vincolo ex:Odd.",
        "fr": "Does not meet the constraint ex:Odd.",
    }


@pytest.mark.parametrize("component", sorted(SENTENCES))
def test_every_sentence_comes_in_both_languages(component: str) -> None:
    """And is one."""
    assert {language: text[-1] for language, text in SENTENCES[component].items()} == {
        "it": ".",
        "en": ".",
    }
