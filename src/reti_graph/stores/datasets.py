"""Which graphs a query is answered over: what its FROM clauses say, and the merge of graphs.

pyoxigraph finds a triple once for each time a graph that holds it is named. SPARQL has one default
graph, the merge of those named, and a set of named graphs (SPARQL 1.1 Query Language, 13.2).
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from reti_graph.errors import CallError, QuerySyntaxError
from reti_graph.lexer import Token, tokens
from reti_graph.stores.port import Dataset

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from typing import TypeAlias

    EngineAnswer: TypeAlias = ox.QueryBoolean | ox.QuerySolutions | ox.QueryTriples

_PROLOGUE: Final = frozenset({"PREFIX", "BASE", "VERSION"})
_OF_PROLOGUE: Final = frozenset({"name", "iri", "string"})
_OPENING: Final = frozenset("([{")
_CLOSING: Final = frozenset(")]}")


def query_over(
    store: ox.Store, query: str, prefixes: Mapping[str, str], dataset: Dataset | None
) -> EngineAnswer:
    """Evaluate a query over a dataset, or over what the query says itself when there is none.

    Raises SyntaxError for what is no SPARQL, QuerySyntaxError where two readings of a FROM clause
    are possible, and CallError for a graph whose name is no IRI.
    """
    # pyoxigraph parses all it is given, with each query.
    known = {name: space for name, space in prefixes.items() if f"{name}:" in query}
    wanted = dataset or dataset_of(query, prefixes)
    if wanted is None:
        return store.query(query, prefixes=known)
    default, named = _nodes(wanted.default), _nodes(wanted.named)
    if len(default) <= 1:
        return store.query(query, prefixes=known, default_graph=[*default], named_graphs=named)
    merged = _merged(store, default, named)
    return merged.query(query, prefixes=known, default_graph=ox.DefaultGraph(), named_graphs=named)


def dataset_of(query: str, prefixes: Mapping[str, str]) -> Dataset | None:
    """Return what the FROM and FROM NAMED clauses of a query name; None when it has none.

    `prefixes` need no declaration. The query need not be SPARQL elsewhere. Raises
    QuerySyntaxError when it is not made of SPARQL tokens or a FROM sticks to what follows.
    """
    if "from" not in query.lower():
        return None
    significant = [token for token in tokens(query) if not token.blank]
    start = _after_prologue(significant)
    head = list(_head(significant[start:]))
    _refuse_glued(head, _declared(significant[:start], prefixes))
    clauses = list(_clauses(head))
    if not clauses:
        return None
    prologue = query[: significant[start].start]
    names = _resolved(prologue, [token for _, token in clauses], prefixes)
    pairs = [(is_named, name) for (is_named, _), name in zip(clauses, names, strict=False)]
    return Dataset(
        default=tuple(name for is_named, name in pairs if not is_named),
        named=tuple(name for is_named, name in pairs if is_named),
    )


def _after_prologue(significant: Sequence[Token]) -> int:
    for index, token in enumerate(significant):
        if token.upper not in _PROLOGUE and token.kind not in _OF_PROLOGUE:
            return index
    return len(significant)


def _declared(prologue: Sequence[Token], prefixes: Collection[str]) -> set[str]:
    declared = {name.text for before, name in pairwise(prologue) if before.upper == "PREFIX"}
    return declared | {f"{prefix}:" for prefix in prefixes}


def _head(significant: Sequence[Token]) -> Iterator[Token]:
    """Yield the tokens between the prologue and the pattern that stand in no bracket.

    The template of a CONSTRUCT comes before the FROM clauses, and is no pattern.
    """
    depth, template = 0, False
    for index, token in enumerate(significant):
        if token.text in _OPENING:
            template = template or (index == 1 and significant[0].upper == "CONSTRUCT")
            if token.text == "{" and depth == 0 and not (template and index == 1):
                return
            depth += 1
        elif token.text in _CLOSING:
            depth -= 1
        elif depth == 0:
            yield token


def _refuse_glued(head: Sequence[Token], declared: Collection[str]) -> None:
    """Refuse `FROMx:y`: one name by the grammar, but FROM and x:y to pyoxigraph."""
    words = [Token("punctuation", "", 0, 1, 1), *head]
    describes = bool(head) and head[0].upper == "DESCRIBE"
    for before, token in pairwise(words):
        prefix = token.upper.partition(":")[0]
        known = f"{token.text.partition(':')[0]}:" in declared
        if token.kind == "word":
            glued = "FROM" in prefix and prefix != "FROM"
        elif token.kind == "name" and before.upper in {"FROM", "NAMED"}:
            glued = before.upper == "FROM" and prefix.startswith("NAMED") and not known
        else:
            glued = token.kind == "name" and "FROM" in prefix and not (describes and known)
        if glued:
            raise QuerySyntaxError(
                "Write a space before and after FROM and NAMED.",
                line=token.line,
                column=token.column,
            )


def _clauses(head: Sequence[Token]) -> Iterator[tuple[bool, Token]]:
    """Yield the graphs named in FROM clauses, and whether by FROM NAMED."""
    for index, token in enumerate(head):
        if token.kind != "word" or token.upper != "FROM":
            continue
        following = head[index + 1 : index + 3]
        is_named = bool(following) and following[0].upper == "NAMED"
        name = following[is_named] if len(following) > is_named else None
        if name is not None and name.kind in {"iri", "name"}:
            yield is_named, name


def _resolved(prologue: str, names: Sequence[Token], prefixes: Mapping[str, str]) -> Sequence[str]:
    """Return the IRIs that names in the query stand for, or none when its prologue is wrong.

    pyoxigraph reads them itself, so that BASE, prefixes and escapes mean the same as in the query.
    """
    columns = " ".join(f"({name.text} AS ?g{number})" for number, name in enumerate(names))
    try:
        answer = ox.Store().query(f"{prologue} SELECT {columns} {{}}", prefixes=dict(prefixes))
    except SyntaxError:
        # The query itself is refused for the same reason, with the place.
        return ()
    rows = answer if isinstance(answer, ox.QuerySolutions) else ()
    return [term.value for row in rows for term in row if isinstance(term, ox.NamedNode)]


def _nodes(iris: Sequence[str]) -> list[ox.NamedNode | ox.BlankNode]:
    return [_node(iri) for iri in dict.fromkeys(iris)]


def _node(iri: str) -> ox.NamedNode:
    try:
        return ox.NamedNode(iri)
    except ValueError as error:
        raise CallError(f'The name of a graph must be a whole IRI, and "{iri}" is none.') from error


def _merged(
    store: ox.Store,
    default: Sequence[ox.NamedNode | ox.BlankNode],
    named: Sequence[ox.NamedNode | ox.BlankNode],
) -> ox.Store:
    """Return a store of what the graphs hold: the first ones as its default graph."""
    merged = ox.Store()
    # In bulk it would ask for 200 MB first, which a worker may not have.
    merged.extend(
        ox.Quad(quad.subject, quad.predicate, quad.object)
        for graph in default
        for quad in store.quads_for_pattern(None, None, None, graph)
    )
    merged.extend(
        quad for graph in named for quad in store.quads_for_pattern(None, None, None, graph)
    )
    return merged
