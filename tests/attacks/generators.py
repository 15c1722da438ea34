"""Queries as heavy as the gate lets through: layers around layers, each as often as it may."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from hypothesis import strategies as st

from reti_graph.errors import CallError
from reti_graph.gate import check

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Kind: TypeAlias = Literal["group", "expression", "path", "node"]

HOLE: Final = "%"
MOST: Final = 1_000
"""How often a layer is tried; the limits of the gate are all below."""

_LONGEST: Final = 40_000


@dataclass(frozen=True, slots=True)
class Layer:
    """A text with holes for what is inside, and what it makes of which kind of text."""

    takes: Kind
    gives: Kind
    text: str

    def around(self, inside: str) -> str:
        """Return the layer with a text in its holes."""
        return self.text.replace(HOLE, inside)


@dataclass(frozen=True, slots=True)
class Step:
    """A layer put around, or a row made of what there is, so many times."""

    layer: Layer
    times: int
    row: str | None = None

    def on(self, inside: str) -> str:
        """Return the text after this step."""
        if self.row is not None:
            times = min(self.times, _LONGEST // (len(inside) + 1) + 1)
            return self.layer.around(self.row.join([inside] * times))
        for _ in range(self.times):
            if len(inside) > _LONGEST:
                # The gate refuses it for its size; a layer with two holes would double it again.
                break
            inside = self.layer.around(inside)
        return inside


_CORES: Final[Mapping[Kind, Sequence[str]]] = {
    "group": (
        "",
        "?s ?p ?o .",
        "?s <a:p> ?a, ?b ; <a:q> ?o .",
        "<a:b> <a:b> <a:b> .",
        "VALUES ?s { <a:b> 1 UNDEF }",
        "VALUES (?s ?o) { (<a:b> 1) (UNDEF UNDEF) }",
        "BIND(1 AS ?fresh)",
    ),
    "expression": ("1", "-1", "?o", "?s", '"a"', "<a:b>", "true", "NOW()", "RAND()", "(1)", "1e9"),
    "path": ("<a:p>", "^<a:p>", "!<a:p>", "!(<a:p>|^<a:q>)", "!(^a)", "a", "!()"),
    "node": ("?o", "<a:b>", "1", "_:b", "[]", "()", '"a"@en--ltr', "[ <a:p> ?o ]"),
}
_GROUPS: Final = (
    "{ % }",
    "{ % } UNION { % }",
    "{} UNION { % }",
    "OPTIONAL { % }",
    "?s ?p ?o OPTIONAL { % }",
    "MINUS { % }",
    "?s ?p ?o MINUS { % }",
    "GRAPH ?g { % }",
    "GRAPH <a:g> { % }",
    "LATERAL { % }",
    "FILTER EXISTS { % }",
    "FILTER NOT EXISTS { % }",
    "{ SELECT * { % } }",
    "{ SELECT DISTINCT ?s { % } ORDER BY ?s LIMIT 3 }",
    "{ SELECT (COUNT(*) AS ?n) (SAMPLE(?s) AS ?m) { % } GROUP BY ?o HAVING (COUNT(?s) > 0) }",
    "{ SELECT REDUCED ?s { % } OFFSET 1 }",
)
_EXPRESSIONS: Final = (
    "(%)",
    "!%",
    "-%",
    "+%",
    "1 + %",
    "% + 1",
    "% * %",
    "% || %",
    "% && ?o",
    "(% = %)",
    "(% < 1)",
    "STR(%)",
    "IF(%, %, 1)",
    "COALESCE(%, 1)",
    "CONCAT(%, %)",
    "(1 IN (%))",
    "(% NOT IN (1, %))",
    "REGEX(%, %)",
    'REPLACE(%, ".", "aa")',
    "isTRIPLE(<<( ?s ?p % )>>)",
    "TRIPLE(?s, ?p, %)",
    "<http://www.w3.org/2001/XMLSchema#integer>(%)",
    "<a:unknown>(%)",
    "SUM(%)",
    "COUNT(DISTINCT %)",
    'GROUP_CONCAT(% ; SEPARATOR=",")',
)
_PATHS: Final = (
    "(%)",
    "(%)*",
    "(%)+",
    "(%)?",
    "^(%)",
    "(%/%)",
    "(%|%)",
    "(%|<a:p>)*",
    "(<a:q>/%)+",
)
_NODES: Final = (
    "[ <a:p> % ]",
    "( % )",
    "( % % )",
    "[ <a:p> % ; ^<a:q> %, % ]",
    "<< ?s <a:p> % >>",
    "<<( ?s <a:p> % )>>",
    "<< % <a:p> % ~ ?r >>",
)
_BETWEEN: Final = (
    Layer("expression", "group", "FILTER(%)"),
    Layer("expression", "group", "?s ?p ?o FILTER(%)"),
    Layer("expression", "group", "BIND(% AS ?made)"),
    Layer("expression", "group", "OPTIONAL { ?s ?p ?o FILTER(%) }"),
    Layer("expression", "group", "{ SELECT (% AS ?made) { ?s ?p ?o } GROUP BY ?s }"),
    Layer("expression", "group", "{ SELECT * { ?s ?p ?o } ORDER BY DESC(%) }"),
    Layer("expression", "group", "{ SELECT ?made { ?s ?p ?o } GROUP BY (% AS ?made) }"),
    Layer("group", "expression", "EXISTS { % }"),
    Layer("group", "expression", "NOT EXISTS { % }"),
    Layer("path", "group", "?s % ?o ."),
    Layer("path", "group", "<a:b> % <a:b> ."),
    Layer("path", "group", "?s % ?s ; % 1 ."),
    Layer("path", "node", "[ % ?o ]"),
    Layer("node", "group", "?s ?p % ."),
    Layer("node", "group", "% <a:p> % ."),
    Layer("node", "group", "?s <a:p> % {| <a:q> % |} ."),
    Layer("node", "group", "?s <a:p> ?o ~ ?r {| <a:q> % ; <a:p> ?x |} ."),
)
_OVER: Final[Mapping[Kind, Sequence[str]]] = {
    "group": _GROUPS,
    "expression": _EXPRESSIONS,
    "path": _PATHS,
    "node": _NODES,
}
LAYERS: Final = (
    *(Layer(kind, kind, text) for kind, texts in _OVER.items() for text in texts),
    *_BETWEEN,
)
# What joins many of a kind in a row, and what must stand around that.
ROWS: Final = (
    (Layer("group", "group", "%"), " "),
    (Layer("group", "group", "{ % }"), " } UNION { "),
    (Layer("group", "group", "OPTIONAL { % }"), " } OPTIONAL { "),
    (Layer("group", "group", "?s ?p ?o MINUS { % }"), " } MINUS { "),
    (Layer("group", "group", "FILTER NOT EXISTS { % }"), " } FILTER EXISTS { "),
    (Layer("group", "group", "GRAPH ?g { % }"), " } GRAPH ?h { "),
    *(
        (Layer("expression", "expression", "(%)"), f" {operator} ")
        for operator in ("+", "-", "*", "/", "&&", "||")
    ),
    (Layer("expression", "expression", "CONCAT(%)"), ", "),
    (Layer("expression", "expression", "COALESCE(%)"), ", "),
    (Layer("expression", "expression", "(?o IN (%))"), ", "),
    (Layer("expression", "group", "FILTER(%)"), ") FILTER("),
    (Layer("expression", "group", "{ SELECT * { ?s ?p ?o } ORDER BY (%) }"), ") ("),
    (Layer("expression", "group", "{ SELECT ?s { ?s ?p ?o } GROUP BY ?s HAVING (%) }"), ") ("),
    (Layer("path", "path", "(%)"), "/"),
    (Layer("path", "path", "(%)"), "|"),
    (Layer("path", "group", "?s % ?o ."), " ?o . ?s "),
    (Layer("path", "group", "?s % ?o ."), " ?o ; "),
    (Layer("node", "node", "( % )"), " "),
    (Layer("node", "group", "?s <a:p> % ."), ", "),
)
FRAMES: Final = tuple(
    Layer("group", "group", text)
    for text in (
        "SELECT * { % }",
        "ASK { % }",
        "CONSTRUCT { ?s ?p ?o } WHERE { % }",
        "DESCRIBE ?s { % }",
        "SELECT (COUNT(*) AS ?n) { % }",
        "SELECT DISTINCT ?s { % } ORDER BY ?s DESC(?o) LIMIT 10 OFFSET 1",
        "SELECT ?s (COUNT(*) AS ?n) FROM <a:g> { % } GROUP BY ?s HAVING (COUNT(*) > 1)",
        "SELECT * FROM NAMED <a:g> { GRAPH ?g { % } }",
    )
)
_TIMES: Final = (1, 1, 1, 2, 3, 6, 12, 24, 48, 60)


def passes(text: str) -> bool:
    """Tell whether the gate lets a query through."""
    try:
        check(text)
    except CallError:
        return False
    return True


def _laid(core: str, steps: Sequence[Step], frame: Layer) -> str:
    text = core
    for step in steps:
        text = step.on(text)
    return frame.around(text)


@dataclass(frozen=True, slots=True)
class _Plan:
    core: str
    steps: tuple[Step, ...]
    frame: Layer

    def text(self, heavy: int, times: int) -> str:
        """Return the query with one step taken so many times."""
        steps = list(self.steps)
        steps[heavy] = Step(steps[heavy].layer, times, steps[heavy].row)
        return _laid(self.core, steps, self.frame)

    def heaviest(self, heavy: int) -> str:
        """Return the query with one step taken as often as the gate allows, at least once."""
        low, high = 1, 2
        while high < MOST and passes(self.text(heavy, high)):
            low, high = high, 2 * high
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if passes(self.text(heavy, middle)) else (low, middle - 1)
        return self.text(heavy, low)


@st.composite
def _plans(draw: st.DrawFn) -> _Plan:
    kind: Kind = draw(st.sampled_from(tuple(_CORES)))
    core = draw(st.sampled_from(_CORES[kind]))
    steps: list[Step] = []
    for _ in range(draw(st.integers(1, 4))):
        step, kind = draw(_steps(kind))
        steps.append(step)
    while kind != "group":
        fitting = [layer for layer in _BETWEEN if layer.takes == kind]
        layer = draw(st.sampled_from(fitting))
        steps.append(Step(layer, 1))
        kind = layer.gives
    return _Plan(core, tuple(steps), draw(st.sampled_from(FRAMES)))


@st.composite
def _steps(draw: st.DrawFn, kind: Kind) -> tuple[Step, Kind]:
    if draw(st.booleans()):
        layer, row = draw(st.sampled_from([pair for pair in ROWS if pair[0].takes == kind]))
        return Step(layer, draw(st.sampled_from(_TIMES)), row), layer.gives
    layer = draw(st.sampled_from([layer for layer in LAYERS if layer.takes == kind]))
    times = draw(st.sampled_from(_TIMES)) if layer.gives == kind else 1
    return Step(layer, times), layer.gives


@st.composite
def heavy_queries(draw: st.DrawFn) -> str:
    """Draw a query that passes the gate, or all but: one of its layers is as deep as it may be."""
    plan = draw(_plans())
    repeatable = [
        index
        for index, step in enumerate(plan.steps)
        if step.row is not None or step.layer.gives == step.layer.takes
    ]
    if not repeatable:
        return _laid(plan.core, plan.steps, plan.frame)
    return plan.heaviest(draw(st.sampled_from(repeatable)))
