"""Reading simple queries (`simple`), token by token; the first thing that is none ends it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reti_graph.stores.remote.simple import (
    Ask,
    Bind,
    Construct,
    Describe,
    Element,
    Filter,
    Graph,
    Group,
    Optional,
    Query,
    Select,
    Test,
    Triple,
    Union,
    Values,
)
from reti_graph.stores.remote.simple_tokens import Cursor, NotSimpleError

if TYPE_CHECKING:
    from collections.abc import Iterator

_PROLOGUE: Final = frozenset({"PREFIX", "BASE"})


def read(query: str) -> Query:
    """Return a simple query.

    Raises NotSimpleError for any other, and QuerySyntaxError for what has no SPARQL tokens.
    """
    return _Reader(query).query()


class _Reader(Cursor):
    """Reads what a query is made of, part by part."""

    def query(self) -> Query:
        """Return the query; nothing may follow it."""
        while self.word(*_PROLOGUE):
            self._names()
        query = self._form()
        if self.next.text:
            self.refuse()
        return query

    def _form(self) -> Query:
        if self.word("SELECT"):
            return self._select()
        if self.word("ASK"):
            return Ask(self._where())
        if self.word("DESCRIBE"):
            return self._describe()
        if not self.word("CONSTRUCT"):
            self.refuse()
        if self.next.upper == "WHERE":
            group = self._where()
            return Construct(self._only_triples(group), group)
        template = self._only_triples(self._group())
        return Construct(template, self._where())

    def _describe(self) -> Describe:
        if self.at_name:
            self._names()
            return Describe((), None)
        columns = tuple(self._variables())
        return Describe(columns, self._where())

    def _select(self) -> Select:
        distinct = self.word("DISTINCT")
        columns, count = ((), None) if self.sign("*") else self._columns()
        group = self._where()
        grouped = tuple(self._variables()) if self._by("GROUP") else ()
        ordered = tuple(self._keys()) if self._by("ORDER") else ()
        limits: dict[str, int] = {}
        while self.next.upper in {"LIMIT", "OFFSET"} - limits.keys():
            word = self.take().upper()
            limits[word] = self.number()
        return Select(
            columns,
            count,
            distinct,
            group,
            grouped,
            ordered,
            limits.get("LIMIT"),
            limits.get("OFFSET"),
        )

    def _columns(self) -> tuple[tuple[str, ...], str | None]:
        columns: list[str] = []
        count = None
        while self.next.upper != "WHERE" and self.next.text != "{":
            if self.next.kind == "variable" or count is not None:
                columns.append(self.variable())
            else:
                self.expect("(", "COUNT", "(", "*", ")", "AS")
                count = self.variable()
                self.expect(")")
        return tuple(columns), count

    def _variables(self) -> Iterator[str]:
        yield self.variable()
        while self.next.kind == "variable":
            yield self.variable()

    def _keys(self) -> Iterator[str]:
        while True:
            if self.word("ASC", "DESC"):
                self.expect("(")
                yield self.variable()
                self.expect(")")
            else:
                yield self.variable()
            if self.next.kind != "variable" and self.next.upper not in {"ASC", "DESC"}:
                return

    def _where(self) -> Group:
        self.word("WHERE")
        return self._group()

    def _group(self) -> Group:
        self.expect("{")
        if self.word("SELECT"):
            inner = self._select()
            self.expect("}")
            return Group((inner,))
        elements: list[Element] = []
        while not self.sign("}"):
            elements += self._element()
        return Group(tuple(elements))

    def _element(self) -> Iterator[Element]:
        """Yield what comes next in a group, and take the dot after it."""
        if self.next.text == "{":
            groups = [self._group()]
            while self.word("UNION"):
                groups.append(self._group())
            yield Union(tuple(groups))
        elif self.word("OPTIONAL"):
            yield Optional(self._group())
        elif self.word("GRAPH"):
            yield Graph(self.variable_or_name(), self._only_triples(self._group()))
        elif self.word("VALUES"):
            yield self._values()
        elif self.word("FILTER"):
            yield Filter(tuple(self._tests() if self.next.text == "(" else self._test()))
        elif self.word("BIND"):
            yield self._bind()
        else:
            yield from self._triples()
        self.sign(".")

    def _triples(self) -> Iterator[Triple]:
        subject = self.variable_or_name()
        while True:
            predicate = self.take() if self.next.text == "a" else self.variable_or_name()
            yield Triple(subject, predicate, self._object())
            while self.sign(","):
                yield Triple(subject, predicate, self._object())
            if not self.sign(";"):
                return
            while self.sign(";"):
                pass
            if self.next.text in {".", "}"}:
                return

    def _object(self) -> str:
        return self._literal() if self.next.kind == "string" else self.variable_or_name()

    def _only_triples(self, group: Group) -> tuple[Triple, ...]:
        triples = tuple(each for each in group.elements if isinstance(each, Triple))
        if len(triples) != len(group.elements):
            raise NotSimpleError("more than triples in GRAPH or in a template")
        return triples

    def _values(self) -> Values:
        listed = self.sign("(")
        names = list(self._variables()) if listed else [self.variable()]
        if listed:
            self.expect(")")
        self.expect("{")
        others: set[str] = set()
        while not self.sign("}"):
            if listed:
                self.expect("(")
            others |= {name for name in names if self._object_is_literal()}
            if listed:
                self.expect(")")
        return Values(frozenset(names), frozenset(names) - others)

    def _object_is_literal(self) -> bool:
        if self.next.kind == "string":
            self._literal()
            return True
        self.name()
        return False

    def _bind(self) -> Bind:
        self.expect("(")
        term = self.variable_or_name()
        self.expect("AS")
        variable = self.variable()
        self.expect(")")
        return Bind(term, variable)

    def _tests(self) -> Iterator[Test]:
        self.expect("(")
        yield from self._test()
        while self.sign("&&"):
            yield from self._test()
        self.expect(")")

    def _test(self) -> Iterator[Test]:
        if self.next.text == "(":
            yield from self._tests()
        elif self.sign("!") or self.next.upper == "BOUND":
            yield Test(bound=frozenset({self._argument("BOUND")}))
        elif self.next.upper == "LANG":
            yield Test(languages=frozenset({self._argument("LANG")}))
            self.expect("=")
            self.text()
        elif self.word("STRSTARTS"):
            yield Test(iris=frozenset(self._beginning()))
        else:
            yield Test(iris=frozenset(self._comparison()))

    def _beginning(self) -> Iterator[str]:
        self.expect("(")
        yield self._argument("STR")
        self.expect(",")
        if self.word("CONCAT"):
            self.expect("(")
            yield self._argument("STR")
            self.expect(",")
            self.text()
            self.expect(")")
        else:
            self.text()
        self.expect(")")

    def _comparison(self) -> Iterator[str]:
        yield self.variable()
        if self.sign("=") or self.sign("!="):
            self.name()
            return
        self.word("NOT")
        self.expect("IN", "(")
        self.name()
        while self.sign(","):
            self.name()
        self.expect(")")

    def _argument(self, function: str) -> str:
        self.expect(function, "(")
        variable = self.variable()
        self.expect(")")
        return variable

    def _literal(self) -> str:
        text = self.text()
        if self.next.kind == "language":
            return text + self.take()
        if self.next.text == "^^":
            self.refuse()
        return text

    def _names(self) -> None:
        while self.at_name:
            self.take()

    def _by(self, word: str) -> bool:
        found = self.word(word)
        if found:
            self.expect("BY")
        return found
