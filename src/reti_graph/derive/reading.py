"""What an operation of a rule reads: which new statements can change what it finds.

Told from SPARQL's algebra (SPARQL 1.1 Query, 18.2), and on the safe side: what is not understood
reads everything. It takes half a second for the rules of a site, which many statements are worth.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyparsing import ParseException
from rdflib import URIRef, Variable
from rdflib.paths import AlternativePath, InvPath, MulPath, Path, SequencePath
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue

from reti_graph.derive.turns import TYPE, Reads, key_of_class
from reti_graph.lexer import tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from collections.abc import Set as AbstractSet
    from typing import TypeAlias

    from reti_graph.derive.operations import Operation
    from reti_graph.derive.turns import Key

    Constants: TypeAlias = Mapping[Variable, AbstractSet[str]]

# What has these differs each time, or has names that rdflib may resolve in another way.
_UNTOLD: Final = frozenset({"BASE", "BNODE", "NOW", "RAND", "STRUUID", "UUID"})
_ESCAPE: Final = "\\"
# Each solution of the whole has a solution of every part that is reached through these alone.
_PASSED: Final = frozenset({"SelectQuery", "Project", "Distinct", "Filter", "Extend", "Join"})
# rdflib may leave the pattern of these as it was written.
_NOT_TRANSLATED: Final = frozenset({"Builtin_EXISTS", "Builtin_NOTEXISTS"})


def reads(operation: Operation) -> Reads:
    """Return what an operation reads."""
    if operation.varying is not None or not _is_plain(operation.query):
        return Reads(None)
    try:
        whole = translateQuery(parseQuery(operation.query)).algebra
    except (ParseException, RecursionError):
        # rdflib reads SPARQL 1.1, without triple terms and LATERAL, and no deep nesting.
        return Reads(None)
    return _reads(whole)


def _is_plain(query: str) -> bool:
    """Return whether a query says the same each time, and rdflib reads its names as it should.

    Of two prefixes for one namespace, rdflib forgets the first.
    """
    found = [token for token in tokens(query) if not token.blank]
    declared = [found[at + 2].text for at, token in enumerate(found) if token.upper == "PREFIX"]
    words = {token.upper for token in found}
    return not words & _UNTOLD and _ESCAPE not in query and len(set(declared)) == len(declared)


def _reads(whole: CompValue) -> Reads:
    parts = list(_parts(whole, in_graph=False))
    if any(part.name in _NOT_TRANSLATED for part, _ in parts):
        return Reads(None)
    one_scope = all(_keeps_scope(part) for part, _ in parts)
    values = dict(_values(whole)) if one_scope else {}
    never = dict(_excluded(whole)) if one_scope else {}
    keys: set[Key] = set()
    spared: list[AbstractSet[Key]] = []
    for _, predicate, value in (triple for part, _ in parts for triple in part.triples or ()):
        read = _keys(predicate, value, values)
        if read is None:
            spared.append(never.get(predicate, frozenset()))
        else:
            keys |= read
    in_graphs = all(inside for part, inside in parts if part.triples)
    if not spared:
        return Reads(frozenset(keys), in_graphs=in_graphs)
    return Reads(None, frozenset(set.intersection(*map(set, spared)) - keys), in_graphs)


def _parts(part: object, *, in_graph: bool) -> Iterator[tuple[CompValue, bool]]:
    """Yield all parts of the algebra, those in filters too, and whether each stands in a GRAPH."""
    if isinstance(part, CompValue):
        inside = in_graph or part.name == "Graph"
        yield part, inside
        for inner in part.values():
            yield from _parts(inner, in_graph=inside)
    elif isinstance(part, list):
        for inner in part:
            yield from _parts(inner, in_graph=in_graph)


def _keeps_scope(part: CompValue) -> bool:
    """Return whether a variable is the same one inside of a part: not in sub-selects and MINUS.

    Parts that are optional could be looked into; they are left out to be on the safe side.
    """
    if part.name == "ToMultiSet":
        return isinstance(part.p, CompValue) and part.p.name == "values"
    return part.name not in {"Minus", "LeftJoin"}


def _joined(part: CompValue) -> Iterator[CompValue]:
    yield part
    if part.name in _PASSED:
        for inner in (part.p, part.p1, part.p2):
            if isinstance(inner, CompValue):
                yield from _joined(inner)


def _values(whole: CompValue) -> Iterator[tuple[Variable, frozenset[str]]]:
    """Yield the variables that VALUES binds to IRIs in every solution, and to which."""
    for part in _joined(whole):
        rows = part.p.res if part.name == "ToMultiSet" else []
        for variable in rows[0] if rows else ():
            found = [row.get(variable) for row in rows]
            if all(isinstance(value, URIRef) for value in found):
                yield variable, frozenset(map(str, found))


def _excluded(whole: CompValue) -> Iterator[tuple[Variable, frozenset[str]]]:
    """Yield the variables that a FILTER keeps from being some IRIs in every solution."""
    for part in _joined(whole):
        for condition in _conditions(part.expr) if part.name == "Filter" else ():
            if condition.op == "NOT IN" and isinstance(condition.expr, Variable):
                others = [other for other in condition.other if isinstance(other, URIRef)]
                yield condition.expr, frozenset(map(str, others))


def _conditions(expression: object) -> Iterator[CompValue]:
    if not isinstance(expression, CompValue):
        return
    if expression.name == "ConditionalAndExpression":
        for inner in (expression.expr, *expression.other):
            yield from _conditions(inner)
    else:
        yield expression


def _keys(predicate: object, value: object, values: Constants) -> AbstractSet[Key] | None:
    """Return the keys that a triple pattern reads, or None for all."""
    if isinstance(predicate, Path):
        return _in_path(predicate)
    known = values.get(predicate) if isinstance(predicate, Variable) else {str(predicate)}
    if known is None or TYPE not in known:
        return known
    if isinstance(value, Variable):
        classes = values.get(value)
    else:
        classes = {str(value)} if isinstance(value, URIRef) else None
    if classes is None or len(known) > 1:
        return known
    return set(map(key_of_class, classes))


def _in_path(path: object) -> AbstractSet[Key] | None:
    """Return the predicates in a path, or None where it leads along others or from a node to it."""
    if isinstance(path, URIRef):
        return {str(path)}
    if isinstance(path, InvPath):
        return _in_path(path.arg)
    if isinstance(path, MulPath):
        return None if path.zero else _in_path(path.path)
    if not isinstance(path, SequencePath | AlternativePath):
        return None
    found = [_in_path(step) for step in path.args]
    known = [step for step in found if step is not None]
    return frozenset().union(*known) if len(known) == len(found) else None
