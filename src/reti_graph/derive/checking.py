"""Whether rules are what rules may be: SPARQL Update of INSERT … WHERE, and no more."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from reti_graph.errors import DataError, QuerySyntaxError
from reti_graph.lexer import Token, tokens
from reti_graph.problems import Location, Problem, Report
from reti_graph.sources.findings import finding
from reti_graph.stores.mistakes import query_syntax_error

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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


def check_rules(rules: Iterable[TextFile]) -> tuple[Problem, ...]:
    """Return what is wrong with the rules: no SPARQL Update, or more than INSERT … WHERE."""
    return tuple(chain.from_iterable(_rule_problems(rule) for rule in rules))


def raise_if_wrong(rules: Iterable[TextFile]) -> None:
    """Raise DataError, with all that is wrong, unless the rules can be applied."""
    if problems := check_rules(rules):
        raise DataError(Report(problems))


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
