"""Which variables of a simple query are bound, always or perhaps, and to what: IRIs, or any value.

Joins are defined on terms, but engines that keep values join the integer 1 with the decimal 1.0,
and a variable that OPTIONAL left unbound with nothing (SPARQL 1.1 Query Language, 18.5, has it the
other way). So both raise NotSimpleError here, where the variables of patterns come together.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING, Final, TypeAlias

from reti_graph.stores.remote.simple import (
    Bind,
    Filter,
    Graph,
    Group,
    Optional,
    Select,
    Triple,
    Union,
    Values,
    is_variable,
)
from reti_graph.stores.remote.simple_tokens import NotSimpleError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reti_graph.stores.remote.simple import Element

# A variable that any value may come to, and what stands before it: the same subject and property
# have equal values only once in a store that keeps values.
_Place: TypeAlias = tuple[str, tuple[str, str] | None]

MOST_PATTERNS: Final = 12
"""How many triple patterns are trusted to be planned right."""
MOST_SORTED: Final = 10_000
"""How many rows may be sorted to give some of them."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The variables of patterns: `sure` are bound in every row, `maybe` in some or by no pattern.

    `iris` are bound to an IRI where they are bound. `places` are those of the others, once for each
    time that a variable stands in the place of a value.
    """

    sure: frozenset[str] = frozenset()
    maybe: frozenset[str] = frozenset()
    iris: frozenset[str] = frozenset()
    places: tuple[_Place, ...] = ()
    patterns: int = 0

    @property
    def every(self) -> frozenset[str]:
        """All variables."""
        return self.sure | self.maybe

    def joined(self, other: Scope) -> Scope:
        """Return the scope of a join. Raises NotSimpleError when it is not of certain IRIs."""
        self._share_sure(other)
        iris = self.iris | other.iris
        return Scope(
            self.sure | other.sure,
            self.maybe | other.maybe,
            iris,
            _apart(place for place in self.places + other.places if place[0] not in iris),
            self.patterns + other.patterns,
        )

    def with_optional(self, other: Scope) -> Scope:
        """Return the scope of a left join; see `joined`."""
        self._share_sure(other)
        return Scope(
            self.sure,
            self.maybe | (other.every - self.sure),
            self.iris | (other.iris - self.every),
            _apart(place for place in self.places + other.places if place[0] not in self.iris),
            self.patterns + other.patterns,
        )

    def or_else(self, other: Scope) -> Scope:
        """Return the scope of a UNION."""
        sure = self.sure & other.sure
        return Scope(
            sure,
            (self.every | other.every) - sure,
            (self.iris | other.iris) - (self.every - self.iris) - (other.every - other.iris),
            _anywhere(self.places + other.places),
            self.patterns + other.patterns,
        )

    def only(self, columns: Iterable[str]) -> Scope:
        """Return the scope of a SELECT of some variables."""
        kept = frozenset(columns)
        return Scope(
            self.sure & kept,
            self.maybe & kept,
            self.iris & kept,
            _anywhere(place for place in self.places if place[0] in kept),
            self.patterns,
        )

    def _share_sure(self, other: Scope) -> None:
        unsure = (self.maybe & other.every) | (self.every & other.maybe)
        if unsure:
            raise NotSimpleError(f"{min(unsure)}, which no pattern need bind, in several places")


_NOTHING: Final = Scope()
_EMPTY: Final = "a group without triples"


def scope_of(group: Group) -> Scope:
    """Return the variables of a group. Raises NotSimpleError when it has what is not trusted."""
    scope = reduce(_with, group.elements, _NOTHING)
    if not scope.patterns:
        raise NotSimpleError(_EMPTY)
    if scope.patterns > MOST_PATTERNS:
        raise NotSimpleError(f"more than {MOST_PATTERNS} triple patterns")
    _check_bind(group)
    for each in group.elements:
        if isinstance(each, Filter):
            _check_filter(each, scope)
    return scope


def scope_of_select(select: Select) -> Scope:
    """Return the columns of a SELECT. Raises NotSimpleError when it has what is not trusted."""
    inner = scope_of(select.group)
    columns = select.columns or (() if select.count else tuple(sorted(inner.every)))
    _check_columns(select, columns, inner)
    _check_order(select, columns)
    given = inner.only(columns)
    return given.joined(Scope(maybe=frozenset({select.count}))) if select.count else given


def _with(scope: Scope, element: Element) -> Scope:
    """Return the scope of what stands before an element, and of the element."""
    if isinstance(element, Filter):
        return scope
    if isinstance(element, Optional):
        _require_flat(element.group, "more than triples and FILTER in OPTIONAL")
        return scope.with_optional(scope_of(element.group))
    return scope.joined(_bound(element, scope) if isinstance(element, Bind) else _of(element))


def _of(element: Triple | Graph | Values | Union | Select) -> Scope:
    match element:
        case Triple(subject, predicate, value):
            iris, values = _variables(subject, predicate), _variables(value)
            places = tuple((name, (subject, predicate)) for name in values)
            _once((subject, predicate, value))
            return Scope(iris | values, iris=iris, places=places, patterns=1)
        case Graph(name, triples):
            for each in triples:
                _once((name, each.subject, each.predicate, each.object))
            if not triples:
                raise NotSimpleError(_EMPTY)
            named = Scope(_variables(name), iris=_variables(name))
            return reduce(Scope.joined, map(_of, triples), named)
        case Values(variables, iris):
            return Scope(variables, iris=iris)
        case Union(groups):
            return reduce(Scope.or_else, map(scope_of, groups))
        case Select():
            return scope_of_select(element)


def _bound(bind: Bind, scope: Scope) -> Scope:
    """Return the scope of a variable that BIND makes of a term."""
    if bind.variable in scope.every or not _variables(bind.term) <= scope.sure:
        raise NotSimpleError("BIND of what may be unbound")
    new = frozenset({bind.variable})
    of_iri = not is_variable(bind.term) or bind.term in scope.iris
    return Scope(maybe=new, iris=new if of_iri else frozenset())


def _check_bind(group: Group) -> None:
    """Refuse BIND and OPTIONAL beside FILTER: Virtuoso forgets to filter what OPTIONAL has, too.

    GRAPH with a variable gets a filter before it is asked there (`scoped`).
    """
    kinds = {type(each) for each in group.elements}
    graphs = any(isinstance(each, Graph) and is_variable(each.name) for each in group.elements)
    if {Bind, Optional} <= kinds and (graphs or Filter in kinds):
        raise NotSimpleError("BIND and OPTIONAL beside FILTER or GRAPH")


def _check_filter(element: Filter, scope: Scope) -> None:
    for test in element.tests:
        _require(test.iris, scope.sure & scope.iris, "FILTER by the value of {}")
        _require(test.languages, scope.sure, "FILTER by the language of {}")
        _require(test.bound, scope.maybe, "BOUND({})")


def _check_columns(select: Select, columns: Sequence[str], inner: Scope) -> None:
    if not columns and not select.count:
        raise NotSimpleError("SELECT * without variables")
    # Of what cannot be there Virtuoso counts 1, unless it counts by group.
    if select.count and not select.grouped_by:
        raise NotSimpleError("COUNT(*) without GROUP BY")
    if frozenset(columns if select.count else ()) != frozenset(select.grouped_by):
        raise NotSimpleError("GROUP BY without COUNT(*) and its variables")
    _require(columns, inner.every, "a column {} that nothing binds")
    # What Virtuoso puts aside to sort or to compare it may be, when long, another text in the end.
    if select.distinct or select.ordered_by or select.grouped_by:
        _require(columns, inner.sure & inner.iris, "DISTINCT, GROUP BY or ORDER BY of {}")
    if select.count in inner.every:
        raise NotSimpleError(f"COUNT(*) AS {select.count}")


def _check_order(select: Select, columns: Sequence[str]) -> None:
    counted = frozenset({select.count} if select.count else ())
    _require(select.ordered_by, frozenset(columns) | counted, "ORDER BY {}")
    if select.offset is not None and (select.limit is None or not select.ordered_by):
        raise NotSimpleError("OFFSET without ORDER BY and LIMIT")
    if select.ordered_by and select.limit is not None:
        _require_flat(select.group, "the first rows of an order of more than triples and FILTER")
        if select.limit + (select.offset or 0) > MOST_SORTED:
            raise NotSimpleError(f"more than the first {MOST_SORTED} rows of an order")


def _require_flat(group: Group, told: str) -> None:
    if not all(isinstance(each, Triple | Graph | Values | Filter) for each in group.elements):
        raise NotSimpleError(told)


def _require(wanted: Iterable[str], known: frozenset[str], told: str) -> None:
    missing = frozenset(wanted) - known
    if missing:
        raise NotSimpleError(told.format(min(missing)))


def _variables(*terms: str) -> frozenset[str]:
    return frozenset(filter(is_variable, terms))


def _once(terms: Sequence[str]) -> None:
    """Refuse a pattern that a variable stands in twice."""
    named = list(filter(is_variable, terms))
    if len(named) > len(set(named)):
        raise NotSimpleError("a variable twice in a pattern")


def _apart(places: Iterable[_Place]) -> tuple[_Place, ...]:
    """Return places of values, if no variable joins two that are not the same."""
    found = tuple(places)
    places_of = defaultdict(list)
    for variable, place in found:
        places_of[variable].append(place)
    for variable, stood in places_of.items():
        if len(stood) > 1 and (None in stood or len(set(stood)) > 1):
            raise NotSimpleError(f"values that {variable} compares")
    return found


def _anywhere(places: Iterable[_Place]) -> tuple[_Place, ...]:
    return tuple((variable, None) for variable in sorted({place[0] for place in places}))
