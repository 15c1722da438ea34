"""Many small examples validated in few calls of the engine, as if each were alone.

Reading the shapes is what takes an engine's time. Examples can share one data graph when whatever
two of them name has the same properties in both: no walk from a node of the one comes upon
anything of the other then, and the results at the nodes of an example are its own.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from typing import TYPE_CHECKING

from reti_graph.validation.narrow import Case, Narrowing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import TypeAlias

    import pyoxigraph as ox

    from reti_graph.validation.engine import Checker, Result
    from reti_graph.validation.triples import Node

    # What leaves each node of an example, and what reaches it along properties that matter.
    _Edges: TypeAlias = dict[Node, set[tuple[bool, ox.NamedNode, Node]]]


def check_each(
    checker: Checker,
    shapes: Sequence[ox.Triple],
    common: Sequence[ox.Triple],
    examples: Sequence[Sequence[ox.Triple]],
) -> list[tuple[Result, ...]]:
    """Return, for each example, the results that it brings about beside the common graph.

    They are those of `checker` on both graphs together without those on the common graph alone.
    """
    narrowing = Narrowing(common, shapes)
    groups = list(_groups(narrowing, examples))

    def results_of(group: _Group) -> tuple[Result, ...]:
        case = group.case()
        return checker.part(narrowing.shapes(case)).check(narrowing.data(case))

    with ThreadPoolExecutor(os.cpu_count() if checker.parallel else 1) as pool:
        answers = list(pool.map(results_of, groups))
    # Only of these nodes anything can have been said without the examples.
    nodes = narrowing.known_nodes
    asked = any(result.focus in nodes for results in answers for result in results)
    old = set(checker.check(common)) if asked else set()
    found: list[tuple[Result, ...]] = [()] * len(examples)
    for group, results in zip(groups, answers, strict=True):
        new = [result for result in results if result not in old]
        for number, nodes in group.members.items():
            found[number] = tuple(r for r in new if group.alone or r.focus in nodes)
    return found


def _groups(narrowing: Narrowing, examples: Sequence[Sequence[ox.Triple]]) -> Iterator[_Group]:
    """Yield the examples in groups that can share a data graph."""
    groups: list[_Group] = []
    # Those that name most are hardest to place, and come first.
    sizes = [len({triple.subject for triple in own}) for own in examples]
    for number in sorted(range(len(examples)), key=lambda at: -sizes[at]):
        own = examples[number]
        case = narrowing.case(own)
        edges = _edges(own, narrowing.looked_back)
        group = next((known for known in groups if known.takes(case, edges)), None)
        if group is None:
            groups.append(group := _Group())
        group.add(number, case, edges)
    yield from groups


def _edges(triples: Sequence[ox.Triple], looked_back: frozenset[ox.NamedNode]) -> _Edges:
    edges: _Edges = {}
    for triple in triples:
        leaving = edges.setdefault(triple.subject, set())
        leaving.add((True, triple.predicate, triple.object))
        reaching = edges.setdefault(triple.object, set())
        if triple.predicate in looked_back:
            reaching.add((False, triple.predicate, triple.subject))
    return edges


class _Group:
    """Examples that share a data graph."""

    def __init__(self) -> None:
        self.members: dict[int, set[Node]] = {}
        self._cases: list[Case] = []
        self._edges: _Edges = {}

    @property
    def alone(self) -> bool:
        """True when the one example here can share its data graph with no other."""
        return self._cases[0].alone

    def takes(self, case: Case, edges: _Edges) -> bool:
        """Tell whether an example leaves what the others say as it is, and they what it says."""
        if case.alone or self.alone:
            return False
        return all(self._edges.get(node, own) == own for node, own in edges.items())

    def add(self, number: int, case: Case, edges: _Edges) -> None:
        self.members[number] = set(edges)
        self._cases.append(case)
        self._edges |= edges

    def case(self) -> Case:
        """Return all the examples as one."""
        if len(self._cases) == 1:
            return self._cases[0]
        own = chain.from_iterable(case.own for case in self._cases)
        chosen = chain.from_iterable(case.shapes or () for case in self._cases)
        return Case(tuple(dict.fromkeys(own)), frozenset(chosen), frozenset(), alone=False)
