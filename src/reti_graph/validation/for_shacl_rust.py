"""Shapes as shacl-rust needs them: what it would misread is written otherwise or refused.

Found by comparing it with pySHACL on made-up data. It leaves out, without a word, property shapes
with a sequence or `+` within another path, or with the inverse of more than one property; `+` does
not come back to where it started; `sh:node` rejects every literal and `sh:qualifiedValueShape`
counts none; a closed shape lets through the properties inside the paths of its property shapes;
`$PATH` is taken for one property; and a shape that refers to itself ends the process. What stays
wrong: a path that goes on from a literal, backwards or by no step at all, is at its end there; a
value that cannot be compared with a bound, such as a year with a number, is within it.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from reti_graph.validation.engine import refusal
from reti_graph.validation.paths import (
    Inverse,
    Repeat,
    Sequence,
    Step,
    path_of_shape,
    path_text,
    steps,
)
from reti_graph.validation.queries_in_shapes import unreadable_queries
from reti_graph.validation.recursion import recursive_shapes
from reti_graph.validation.triples import FIRST, NIL, REST, sh

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reti_graph.problems import Problem
    from reti_graph.validation.paths import Path
    from reti_graph.validation.triples import Node, TripleIndex

NAME: Final = "shacl-rust"
_WORDS: Final = frozenset(map(sh, ("name", "description", "message", "order", "group")))
_NO_LITERALS: Final = frozenset(map(sh, ("IRI", "BlankNode", "BlankNodeOrIRI")))
_USE_PYSHACL: Final = "Use --engine pyshacl."


def adapted(shapes: Iterable[ox.Triple], index: TripleIndex) -> Iterator[ox.Triple]:
    """Yield the shapes with the same meaning, without their words, which are slow to read."""
    tops = {path for _, path in index.pairs(sh("path"))}
    for number, triple in enumerate(shapes):
        subject, predicate, value = triple.subject, triple.predicate, triple.object
        if predicate == sh("node") and not index.objects(subject, sh("and")):
            head = ox.BlankNode(f"node{number}")
            yield ox.Triple(subject, sh("and"), head)
            yield from _list(head, (value,), number)
        elif predicate == sh("oneOrMorePath") and subject in tops:
            again = ox.BlankNode(f"again{number}")
            yield ox.Triple(again, sh("zeroOrMorePath"), value)
            yield from _list(subject, (value, again), number)
        elif predicate not in _WORDS:
            yield triple


def component(found: str, shape: Node, index: TripleIndex) -> str:
    """Return the component that a result of the adapted shapes is about."""
    if found == sh("AndConstraintComponent").value and not index.objects(shape, sh("and")):
        return sh("NodeConstraintComponent").value
    return found


def _list(
    head: ox.NamedNode | ox.BlankNode | ox.Triple, members: tuple[Node, ...], number: int
) -> Iterator[ox.Triple]:
    for place, member in enumerate(members, start=1):
        rest = ox.BlankNode(f"rest{number}x{place}") if place < len(members) else NIL
        yield ox.Triple(head, FIRST, member)
        yield ox.Triple(head, REST, rest)
        head = rest


def refusals(shapes: TripleIndex) -> Iterator[Problem]:
    """Yield a problem for every shape that shacl-rust would skip in silence or not survive."""
    for shape in recursive_shapes(shapes):
        yield _refused(shape, "una forma rimanda a se stessa", "a shape refers to itself")
    for node, reason in unreadable_queries(shapes):
        yield _refused(node, reason, reason)
    for shape, qualified in shapes.pairs(sh("qualifiedValueShape")):
        if not _excludes_literals(shapes, qualified):
            it, en = "sh:qualifiedValueShape non conta i testi", "it counts no literals"
            hint = f"Give the qualified shape sh:class or sh:nodeKind sh:IRI. {_USE_PYSHACL}"
            yield _refused(shape, it, f"sh:qualifiedValueShape: {en}", hint)
    for shape, _ in shapes.pairs(sh("path")):
        path = path_of_shape(shapes, shape)
        if path is None:
            yield _refused(shape, "sh:path manca o è malformato", "sh:path is missing or malformed")
        elif not _readable(path, top=True):
            written = path_text(path)
            it, en = f"non legge il percorso {written}", f"it cannot read the path {written}"
            hint = f"Write inverses of single properties, sequences at the top. {_USE_PYSHACL}"
            yield _refused(shape, it, en, hint)
        elif not isinstance(path, Step):
            yield from _around_paths(shapes, shape, path)


def _around_paths(shapes: TripleIndex, shape: Node, path: Path) -> Iterator[Problem]:
    """Yield what does not go with a property shape whose path is more than a property."""
    written = path_text(path)
    if _uses_path(shapes, shape):
        it, en = f"$PATH non può stare per {written}", f"$PATH cannot stand for {written}"
        yield _refused(shape, it, en, _USE_PYSHACL)
    inside = {iri for iri, _ in steps(path)}
    for parent in shapes.subjects(sh("property"), shape):
        if shapes.is_true(parent, sh("closed")) and inside - _let_through(shapes, parent):
            it = f"una forma chiusa non può avere il percorso {written}"
            en = f"a closed shape cannot have the path {written}"
            yield _refused(parent, it, en, f"Put the path in another shape. {_USE_PYSHACL}")


def _let_through(shapes: TripleIndex, closed: Node) -> set[Node]:
    """Return the properties that a closed shape allows (SHACL 4.8.1)."""
    lists = (shapes.members(head) or [] for head in shapes.objects(closed, sh("ignoredProperties")))
    own = shapes.objects(closed, sh("property"))
    return {*chain.from_iterable(lists), *(p for o in own for p in shapes.objects(o, sh("path")))}


def _refused(shape: Node, it: str, en: str, hint: str | None = None) -> Problem:
    return refusal(NAME, {"it": it, "en": en}, shape, hint)


def _readable(path: Path, *, top: bool = False) -> bool:
    """Tell whether shacl-rust reads a path: sequences and `+` at the top, simple inverses."""
    match path:
        case Step():
            return True
        case Inverse(inner):
            return isinstance(inner, Step)
        case Repeat(inner, mark):
            return (top or mark != "+") and _readable(inner)
        case Sequence(parts):
            return top and all(map(_readable, parts))
        case _:
            return all(map(_readable, path.parts))


def _excludes_literals(shapes: TripleIndex, shape: Node) -> bool:
    """Tell whether no literal conforms to a shape: it must be a node, or have a property."""
    if shapes.objects(shape, sh("class")) or _NO_LITERALS.intersection(
        shapes.objects(shape, sh("nodeKind"))
    ):
        return True
    wanted = (sh("hasValue"), sh("minCount"))
    return any(
        isinstance(path_of_shape(shapes, part), Step)
        and any(str(value)[:2] != '"0' for term in wanted for value in shapes.objects(part, term))
        for part in shapes.objects(shape, sh("property"))
    )


def _uses_path(shapes: TripleIndex, shape: Node) -> bool:
    queries = (
        str(query)
        for constraint in shapes.objects(shape, sh("sparql"))
        for query in shapes.objects(constraint, sh("select"))
    )
    return any("$PATH" in query or "?PATH" in query for query in queries)
