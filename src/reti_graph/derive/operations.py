"""Rules taken apart: what each operation asks the data, and what it says of each answer.

An engine that runs an update tells nobody what was new, and keeps all of it in memory until the
end. So an operation is run as the SELECT of the variables that its template needs, and the
template is filled in here (SPARQL 1.1 Update, 3.1.3.2, of which this is the definition).
"""

from __future__ import annotations

from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph as ox

from reti_graph.lexer import tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from reti_graph.lexer import Token
    from reti_graph.sources.site import TextFile
    from reti_graph.terms import Term

# Stands for a variable where a template is read as TriG, which has none.
_VARIABLE: Final = "urn:x-rule-variable:"


@dataclass(frozen=True, slots=True)
class Operation:
    """One INSERT … WHERE of a rule: a SELECT, and the quads to say of each solution.

    Each quad of the template picks its terms among the values of the first `width` columns of a
    solution and, after these, the `constants`. Some of those are made anew for each solution.
    """

    rule: TextFile
    query: str
    template: tuple[Callable[[tuple[object, ...]], tuple[object, ...]], ...]
    width: int
    constants: tuple[Term | ox.DefaultGraph, ...]
    varying: Mapping[str, int] | None

    def said(self, solution: ox.QuerySolution) -> Iterator[ox.Quad]:
        """Yield what is said of a solution: not what it leaves unbound, or what is no RDF."""
        values: tuple[object, ...] = tuple(solution)[: self.width]
        values += self.constants if self.varying is None else self._made(values, self.varying)
        for terms in self.template:
            try:
                yield ox.Quad(*terms(values))  # type: ignore[arg-type]
            except TypeError:
                # There is a None, or a literal that cannot be a subject, nor a property.
                continue

    def _made(self, values: tuple[object, ...], places: Mapping[str, int]) -> tuple[object, ...]:
        blank: dict[ox.BlankNode, ox.BlankNode] = {}

        def made(term: Term | ox.DefaultGraph) -> Any:  # noqa: ANN401 - a term, or none
            if isinstance(term, ox.NamedNode) and term.value in places:
                return values[places[term.value]]
            if isinstance(term, ox.BlankNode):
                return blank.setdefault(term, ox.BlankNode())
            if not isinstance(term, ox.Triple):
                return term
            inner = [made(each) for each in term]
            return None if None in inner else ox.Triple(*inner)

        return tuple(map(made, self.constants))


def operations(rule: TextFile) -> Iterator[Operation]:
    """Yield the operations of a rule that `check_rules` finds nothing wrong with."""
    found = [token for token in tokens(rule.text) if not token.blank]
    prologue, at = None, 0
    while at < len(found):
        if found[at].upper != "INSERT":
            at += 1
            continue
        if prologue is None:
            prologue = rule.text[: found[at].start]
        opened, closed = _group(found, at + 1)
        where, ended = _group(found, closed + 2)
        pattern = rule.text[found[where].start : found[ended].start + 1]
        yield _operation(rule, prologue, found[opened + 1 : closed], pattern)
        at = ended + 1


def _group(found: Sequence[Token], start: int) -> tuple[int, int]:
    """Return where the group that starts here opens and closes."""
    depth = 0
    for at in range(start, len(found)):
        depth += {"{": 1, "}": -1}.get(found[at].text, 0)
        if depth == 0:
            return start, at
    raise AssertionError(f"no group in {found[start:]}")


def _operation(rule: TextFile, prologue: str, template: Sequence[Token], pattern: str) -> Operation:
    names = list(dict.fromkeys(t.text[1:] for t in template if t.kind == "variable"))
    variables = {_VARIABLE + name: place for place, name in enumerate(names)}
    quads = list(ox.parse(prologue + _as_trig(rule.text, template), format=ox.RdfFormat.TRIG))
    terms = dict.fromkeys(term for quad in quads for term in quad)
    constants = [term for term in terms if getattr(term, "value", None) not in variables]
    places = {term: len(names) + place for place, term in enumerate(constants)}
    places |= {ox.NamedNode(iri): place for iri, place in variables.items()}
    varying = any(isinstance(term, ox.BlankNode | ox.Triple) for term in constants)
    # Answers that are alike say the same, unless each is to have nodes of its own.
    once = "" if varying else "DISTINCT"
    return Operation(
        rule,
        f"{prologue}SELECT {once} {' '.join(f'?{name}' for name in names) or '*'} WHERE {pattern}",
        tuple(itemgetter(*(places[term] for term in quad)) for quad in quads),
        len(names),
        tuple(constants),
        variables if varying else None,
    )


def _as_trig(text: str, template: Sequence[Token]) -> str:
    """Write a template as TriG: the triples outside of graphs want brackets there."""
    pieces, at, start = [], 0, 0
    while at < len(template):
        if template[at].upper == "GRAPH":
            _, closed = _group(template, at + 2)
            pieces += [_plain(text, template[start:at]), _said(text, template[at : closed + 1])]
            at = start = closed + 1
        else:
            at += 1
    return "\n".join((*pieces, _plain(text, template[start:])))


def _plain(text: str, template: Sequence[Token]) -> str:
    kept = template[1:] if template and template[0].text == "." else template
    return f"{{ {_said(text, kept)} }}" if kept else ""


def _said(text: str, template: Sequence[Token]) -> str:
    """Return the text of a template as it stands, with IRIs for its variables."""
    pieces, end = [], template[0].start
    for token in template:
        variable = token.kind == "variable"
        pieces.append(text[end : token.start])
        pieces.append(f"<{_VARIABLE}{token.text[1:]}>" if variable else token.text)
        end = token.start + len(token.text)
    return "".join(pieces)
