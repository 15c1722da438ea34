from __future__ import annotations

import pytest

from reti_graph.validation.queries_in_shapes import unreadable_queries, with_imported_prefixes
from reti_graph.validation.triples import sh
from tests.unit.validation.conftest import ex, index

PREFIX = 'sh:declare [ sh:prefix "e" ; sh:namespace "http://example.org/"^^xsd:anyURI ]'
IMPORTS = "<http://www.w3.org/2002/07/owl#imports>"


@pytest.mark.parametrize("word", ["MINUS { }", "VALUES ?x { 1 }", "SERVICE <http://a/> { }"])
def test_what_shacl_forbids_in_queries_is_refused(word: str) -> None:
    """It means something else, or nothing, with variables bound beforehand (SHACL 5.3)."""
    held = index(f'ex:q sh:select "SELECT $this {{ $this ex:p 1 {word} }}" .')
    assert [reason for _, reason in unreadable_queries(held)] == [
        f"{word.split(maxsplit=1)[0]} is not allowed in a shape"
    ]


def test_a_forbidden_word_inside_a_text_is_only_a_text() -> None:
    """The query is read token by token."""
    held = index("ex:q sh:ask \"ASK { ?a <http://a/MINUS> 'SERVICE' }\" .")
    assert list(unreadable_queries(held)) == []


def test_a_prefix_may_be_declared_where_the_prefixes_are_imported_from() -> None:
    """SHACL 5.2.1: the imports of the node are followed."""
    query = 'ex:q sh:prefixes ex:here ; sh:select "SELECT $this { $this e:p 1 }" .'
    held = index(f"{query} ex:here {IMPORTS} ex:there . ex:there {PREFIX} .")
    assert list(unreadable_queries(held)) == []
    (added,) = with_imported_prefixes(held)
    assert (added.subject, added.predicate) == (ex("here"), sh("declare"))


def test_a_prefix_declared_nowhere_is_a_mistake() -> None:
    """As any other mistake of syntax."""
    held = index('ex:q sh:select "SELECT $this { $this e:p 1 }" .')
    assert [node for node, _ in unreadable_queries(held)] == [ex("q")]
