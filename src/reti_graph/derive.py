"""Deriving statements with the site's rules, into the graphs their evidence stands in.

A rule is a SPARQL 1.1 Update text of `INSERT { GRAPH … } WHERE { … }` operations and nothing
else (SPARQL 1.1 Update, 3.1.3). It sees the union of all graphs as the default graph.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from reti_graph.errors import DataError, QuerySyntaxError
from reti_graph.lexer import Token, tokens
from reti_graph.problems import Location, Problem, Report
from reti_graph.sources.findings import finding
from reti_graph.stores.mistakes import query_syntax_error
from reti_graph.terms import XSD_STRING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reti_graph.sources.site import TextFile

_REFUSED: Final = frozenset(
    {
        "ADD",
        "CLEAR",
        "COPY",
        "CREATE",
        "DATA",
        "DELETE",
        "DROP",
        "LOAD",
        "MOVE",
        "SERVICE",
        "USING",
        "WITH",
    }
)
_DEFAULT: Final = ox.DefaultGraph()


def derive(
    quads: Iterable[ox.Quad],
    rules: Sequence[TextFile],
    *,
    rounds: int = 32,
    most: int = 1_000_000,
) -> tuple[ox.Quad, ...]:
    """Apply the rules again and again until nothing new comes, and return what is new, sorted.

    A derived literal that some statement already has is spelt as it is there, although the store
    works on canonical forms. Raises DataError when a rule is not allowed (see `check_rules`),
    writes outside the graphs there are, or when after `rounds` rounds or `most` new statements
    the rules have not come to rest.
    """
    _raise_if(check_rules(rules))
    given = tuple(quads)
    work = _Work(given, most)
    for _ in range(rounds):
        if not work.apply(rules):
            return work.derived(_spellings(given))
    raise DataError(Report((_restless(work.last_writer(rules)),)))


def check_rules(rules: Iterable[TextFile]) -> tuple[Problem, ...]:
    """Return what is wrong with the rules: no SPARQL Update, or more than INSERT … WHERE."""
    return tuple(chain.from_iterable(_rule_problems(rule) for rule in rules))


def _rule_problems(rule: TextFile) -> Iterator[Problem]:
    try:
        words = [token for token in tokens(rule.text) if token.kind in {"word", "name"}]
        refused = next((word for word in words if _is_refused(word)), None)
        if refused is not None:
            yield _only_insert(Location(rule.name, refused.line, refused.column), refused.upper)
        elif all(word.upper != "INSERT" for word in words):
            yield _only_insert(Location(rule.name, 1), None)
        else:
            _parse(rule.text)
    except QuerySyntaxError as error:
        yield finding(
            "rule-syntax",
            Location(rule.name, error.line, error.column),
            it=f"La regola non è SPARQL Update: {error.message}",
            en=f"The rule is not SPARQL Update: {error.message}",
        )


def _is_refused(token: Token) -> bool:
    # pyoxigraph takes keywords without white space around them, as in `trueSERVICEx:y{}`.
    head = token.upper.partition(":")[0]
    return "SERVICE" in head or (token.kind == "word" and head in _REFUSED)


def _parse(text: str) -> None:
    """Run the rule where there is nothing to match, so that only its syntax counts."""
    try:
        ox.Store().update(text)
    except SyntaxError as error:
        raise query_syntax_error(error, text) from error


def _only_insert(place: Location, word: str | None) -> Problem:
    it, en = (f"non {word}", f"not {word}") if word else ("qui non ce n'è", "there is none here")
    return finding(
        "rule-form",
        place,
        it=f"Una regola contiene solo INSERT {{ … }} WHERE {{ … }}; {it}.",
        en=f"A rule holds only INSERT {{ … }} WHERE {{ … }}; {en}.",
    )


class _Work:
    """The store the rules work on: the graphs as given, and their union as default graph."""

    def __init__(self, given: Sequence[ox.Quad], most: int) -> None:
        self._store = ox.Store()
        self._store.extend(given)
        self._store.extend([_in_default(quad) for quad in given])
        self._graphs = {quad.graph_name for quad in given} - {_DEFAULT}
        self._unnamed = [quad for quad in given if quad.graph_name == _DEFAULT]
        self._known = self._named()
        self._size = len(self._store)
        self._derived: list[ox.Quad] = []
        self._most = most

    def apply(self, rules: Sequence[TextFile]) -> bool:
        """Run each rule once and tell whether any said something new."""
        for rule in rules:
            self._store.update(rule.text)
        more = len(self._store) - self._size
        if not more:
            return False
        # What is new is looked for once a round: to compare whole stores takes the most time.
        new = self._named() - self._known
        if len(new) < more:
            raise DataError(Report((self._outside(rules),)))
        self._derived += new
        if len(self._derived) > self._most:
            raise DataError(Report((_restless(self._writer(min(new, key=str), rules)),)))
        self._store.extend({_in_default(quad) for quad in new})
        self._known |= new
        self._size = len(self._store)
        return True

    def _named(self) -> set[ox.Quad]:
        """Return what stands in the graphs as given: half of what the store holds."""
        graphs = (self._store.quads_for_pattern(None, None, None, name) for name in self._graphs)
        return set(chain.from_iterable(graphs))

    def _outside(self, rules: Sequence[TextFile]) -> Problem:
        """Return the problem of the rule that wrote into another graph."""
        known = set(self._whole())
        beyond = (q for q in self._store if q.graph_name not in self._graphs and q not in known)
        first = min(beyond, key=str)
        return _wrong_graph(self._writer(first, rules), str(first.graph_name))

    def _whole(self) -> Iterator[ox.Quad]:
        """Yield what the store held before the round."""
        yield from self._known
        for quad in chain(self._known, self._unnamed):
            yield _in_default(quad)

    def last_writer(self, rules: Sequence[TextFile]) -> TextFile:
        """Return the rule that wrote the last new statement."""
        return self._writer(self._derived[-1], rules)

    def _writer(self, quad: ox.Quad, rules: Sequence[TextFile]) -> TextFile:
        """Return the rule that writes a statement, by letting them work again one by one.

        A rule with BNODE() never writes the same twice: it is the one that writes anything.
        """
        again = ox.Store()
        again.extend(set(self._whole()) - {quad, _in_default(quad)})
        writing = []
        for rule in rules:
            size = len(again)
            again.update(rule.text)
            if quad in again:
                return rule
            if len(again) > size:
                writing.append(rule)
        return writing[0]

    def derived(self, spellings: Mapping[ox.Literal, ox.Literal]) -> tuple[ox.Quad, ...]:
        """Return what is new, sorted, with literals as the data spells them."""
        return tuple(sorted((_spelt(quad, spellings) for quad in self._derived), key=str))


def _in_default(quad: ox.Quad) -> ox.Quad:
    return ox.Quad(quad.subject, quad.predicate, quad.object)


def _spelt(quad: ox.Quad, spellings: Mapping[ox.Literal, ox.Literal]) -> ox.Quad:
    if not isinstance(quad.object, ox.Literal) or quad.object not in spellings:
        return quad
    return ox.Quad(quad.subject, quad.predicate, spellings[quad.object], quad.graph_name)


def _spellings(given: Iterable[ox.Quad]) -> dict[ox.Literal, ox.Literal]:
    """Return, by its canonical form, each literal that the store would spell otherwise."""
    literals = {quad.object for quad in given if isinstance(quad.object, ox.Literal)}
    typed = sorted((each for each in literals if each.datatype != XSD_STRING), key=str)
    store = ox.Store()
    store.extend(
        ox.Quad(ox.NamedNode(f"urn:x:{index}"), XSD_STRING, literal)
        for index, literal in enumerate(typed)
    )
    found: dict[ox.Literal, ox.Literal] = {}
    for index, literal in enumerate(typed):
        for quad in store.quads_for_pattern(ox.NamedNode(f"urn:x:{index}"), None, None):
            if isinstance(quad.object, ox.Literal) and quad.object not in literals:
                found.setdefault(quad.object, literal)
    return found


def _raise_if(problems: tuple[Problem, ...]) -> None:
    if problems:
        raise DataError(Report(problems))


def _wrong_graph(rule: TextFile, graph: str) -> Problem:
    it, en = (
        ("il grafo predefinito", "the default graph")
        if graph == str(_DEFAULT)
        else (f"{graph}, che non c'è", f"{graph}, which is not there")
    )
    return finding(
        "rule-graph",
        Location(rule.name),
        it=f"La regola scrive in {it}.",
        en=f"The rule writes into {en}.",
        hint="Write into the graph of the statements it follows from: GRAPH ?passage { … }.",
    )


def _restless(rule: TextFile) -> Problem:
    return finding(
        "rule-without-end",
        Location(rule.name),
        it="La regola continua a dire cose nuove e non arriva mai alla fine.",
        en="The rule goes on saying new things and never comes to an end.",
        hint="Look for BNODE(), UUID(), RAND() and values computed from their own results.",
    )
