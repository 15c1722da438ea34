from __future__ import annotations

from reti_graph.validation.sparql_messages import mark
from tests.unit.validation.conftest import ex, index

SHAPES = index('ex:s sh:sparql ex:b, ex:a . ex:b sh:message "{?day} {$this}"@en .')


def test_each_constraint_gets_a_message_that_tells_it_apart() -> None:
    """With the variables of its own messages, and the value."""
    marked = mark(SHAPES)
    assert marked.constraints == (ex("a"), ex("b"))
    assert [getattr(triple.object, "value", "") for triple in marked.triples] == [
        "\x010\x01value\x02{?value}",
        "\x011\x01day\x02{?day}\x01this\x02{?this}\x01value\x02{?value}",
    ]


def test_what_an_engine_filled_in_is_read_back() -> None:
    """A variable that was not bound stays in braces, and is left out."""
    found = mark(SHAPES).read(["another", "\x011\x01day\x02Monday\x01this\x02{?this}"])
    assert found == (ex("b"), {"day": "Monday"})


def test_messages_of_other_constraints_tell_nothing() -> None:
    """Those of SHACL Core have no variables."""
    assert mark(SHAPES).read(["some words"]) == (None, {})
