"""Parameters of a SPARQL text: every `$name` is replaced by a term, as text, in one place.

Binding as text works wherever the grammar has a term. A store's own ways do not: pyoxigraph's
substitutions need the variable among those selected, and a trailing VALUES comes too late for
a FILTER. The text of a term is pyoxigraph's, and a `$name` inside an IRI, a string or a comment
is never touched.
"""

from __future__ import annotations

import calendar
import functools
import re
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

import pyoxigraph as ox

from reti_graph.errors import ParameterError
from reti_graph.lexer import Token, tokens
from reti_graph.naming import named_node
from reti_graph.terms import XSD

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_ZONE = r"(?:Z|[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00))?"
_YEAR = r"-?(?:[1-9]\d{3,}|0\d{3})"
_MONTH = r"(?:0[1-9]|1[0-2])"
_DAY = r"(?:0[1-9]|[12]\d|3[01])"
_TIME = r"(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?|24:00:00(?:\.0+)?)"
_DECIMAL = r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)"

# XML Schema 1.1 Part 2, section 3.3: the lexical spaces that parameters and data use.
_LEXICAL: Mapping[str, str] = {
    f"{XSD}boolean": r"true|false|0|1",
    f"{XSD}integer": r"[+-]?\d+",
    f"{XSD}nonNegativeInteger": r"\+?\d+|-0+",
    f"{XSD}positiveInteger": r"\+?0*[1-9]\d*",
    f"{XSD}decimal": _DECIMAL,
    f"{XSD}double": rf"{_DECIMAL}(?:[eE][+-]?\d+)?|[+-]?INF|NaN",
    f"{XSD}float": rf"{_DECIMAL}(?:[eE][+-]?\d+)?|[+-]?INF|NaN",
    f"{XSD}gYear": rf"{_YEAR}{_ZONE}",
    f"{XSD}gYearMonth": rf"{_YEAR}-{_MONTH}{_ZONE}",
    f"{XSD}date": rf"(?P<date>{_YEAR}-{_MONTH}-{_DAY}){_ZONE}",
    f"{XSD}dateTime": rf"(?P<date>{_YEAR}-{_MONTH}-{_DAY})T{_TIME}{_ZONE}",
}


def parameters(text: str) -> frozenset[str]:
    """Return the names written as `$name` in a SPARQL text.

    Raises QuerySyntaxError when the text is not made of SPARQL tokens.
    """
    return _template(text).names


def bind(text: str, values: Mapping[str, ox.NamedNode | ox.Literal]) -> str:
    """Return the text with each `$name` that has a value replaced by that value.

    A `$name` without a value stays: in SPARQL it is the variable `?name`. Raises ParameterError
    for a value that is not in the text, an IRI that is not http, https or urn, and a literal
    that is none of its datatype; QuerySyntaxError when the text is not made of SPARQL tokens.
    """
    written = {name: _written(name, term) for name, term in values.items()}
    whole = _template(text)
    if unused := sorted(written.keys() - whole.names):
        raise ParameterError(f"The query has no ${unused[0]}.", parameter=unused[0])
    return "".join(
        written.get(piece.removeprefix("$"), piece) if is_parameter else piece
        for is_parameter, piece in whole.pieces
    )


@dataclass(frozen=True, slots=True)
class _Template:
    """A text in pieces: the parameters, and what stands between them."""

    pieces: tuple[tuple[bool, str], ...]
    names: frozenset[str]


@functools.lru_cache(maxsize=256)
def _template(text: str) -> _Template:
    """Split a text once: what is bound is the site's own, a few texts used again and again."""
    pieces = tuple(
        (is_parameter, piece)
        for is_parameter, run in groupby(tokens(text), _is_parameter)
        for piece in ([token.text for token in run] if is_parameter else [_joined(run)])
    )
    return _Template(pieces, frozenset(piece[1:] for is_parameter, piece in pieces if is_parameter))


def _joined(run: Iterable[Token]) -> str:
    return "".join(token.text for token in run)


def valid_lexical(value: str, datatype: str) -> bool:
    """Tell whether a text is in the lexical space of a datatype (XML Schema 1.1 Part 2, 3.3).

    The store does not: it takes `"abc"^^xsd:date`. Datatypes that are not known here pass.
    """
    rule = _LEXICAL.get(datatype)
    if rule is None:
        return True
    match = re.fullmatch(rule, value, re.ASCII)
    return match is not None and _on_calendar(match.groupdict().get("date"))


def _on_calendar(date: str | None) -> bool:
    if date is None:
        return True
    year, month, day = date.removeprefix("-").split("-")
    # The calendar repeats every 400 years, and Python's knows only four digits.
    return int(day) <= calendar.monthrange(int(year[-4:]) % 400 + 2000, int(month))[1]


def _is_parameter(token: Token) -> bool:
    return token.kind == "variable" and token.text.startswith("$")


def _written(name: str, term: ox.NamedNode | ox.Literal) -> str:
    """Return the term as SPARQL, with spaces so that it never joins what stands beside it."""
    if isinstance(term, ox.NamedNode):
        if named_node(term.value) is None:
            raise ParameterError(
                f"{name}: <{term.value}> is not an http, https or urn IRI.", parameter=name
            )
    elif not valid_lexical(term.value, term.datatype.value):
        datatype = term.datatype.value.removeprefix(XSD)
        raise ParameterError(f'{name}: "{term.value}" is not of type {datatype}.', parameter=name)
    return f" {term} "
