"""SPARQL queries made at random of what some data says, so that most of them find something."""

from __future__ import annotations

import random
from collections import defaultdict
from typing import TYPE_CHECKING

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class RandomQueries:
    """Makes queries, the same ones for the same data and seed.

    Each variable stands for a term of the data, from which the patterns go on.
    """

    def __init__(self, quads: Iterable[ox.Quad], seed: int) -> None:
        """Take the data and a seed."""
        self._random = random.Random(seed)  # noqa: S311 - nothing is kept secret with it
        self._quads = sorted(quads, key=str)
        self._said: defaultdict[object, list[ox.Quad]] = defaultdict(list)
        for quad in self._quads:
            self._said[quad.subject].append(quad)
        terms = {term for quad in self._quads for term in (quad.subject, quad.object)}
        self._iris = sorted(str(term) for term in terms if isinstance(term, ox.NamedNode))
        self._terms: dict[str, object] = {}
        self._made = 0

    def query(self) -> str:
        """Return the next query."""
        self._terms.clear()
        self._made = 0
        group = self._group(1)
        names = self._some(list(self._terms), 3)
        columns = " ".join(names)
        limit = f"LIMIT {self._random.randint(1, 9)} OFFSET {self._random.randint(0, 4)}"
        return self._random.choice(
            [
                f"SELECT * {{ {group} }}",
                f"SELECT {columns} {{ {group} }}",
                f"SELECT DISTINCT {columns} {{ {group} }} ORDER BY {columns}",
                f"SELECT {columns} {{ {group} }} ORDER BY {columns} {limit}",
                f"SELECT {columns} (COUNT(*) AS ?n) {{ {group} }} GROUP BY {columns}",
                f"ASK {{ {group} }}",
                f"CONSTRUCT {{ {names[0]} <urn:p> {names[-1]} }} WHERE {{ {group} }}",
            ]
        )

    def _group(self, more: int) -> str:
        parts = [self._patterns() for _ in range(self._random.randint(1, 2))]
        makers = (self._optional, self._union, self._values, self._filter, self._bind, self._select)
        count = self._random.randint(0, 3) * more
        parts += [self._random.choice(makers)() for _ in range(count)]
        if self._random.random() < 0.3:
            self._random.shuffle(parts)
        return " ".join(parts)

    def _patterns(self) -> str:
        """Return one or two triple patterns about a variable, perhaps in their graph."""
        about = self._named() or self._new(self._random.choice(self._quads).subject)
        said = self._said[self._terms[about]] or self._quads
        quads = [self._random.choice(said) for _ in range(self._random.randint(1, 2))]
        triples = " . ".join(self._triple(about, quad) for quad in quads)
        if self._random.random() < 0.3:
            graph = quads[0].graph_name
            name = self._new(graph) if self._random.random() < 0.7 else str(graph)
            return f"GRAPH {name} {{ {triples} }}"
        return f"{triples} ."

    def _triple(self, about: str, quad: ox.Quad) -> str:
        chance = self._random.random()
        predicate = str(quad.predicate) if chance < 0.9 else self._new(quad.predicate)
        constant = isinstance(quad.object, ox.NamedNode) and self._random.random() < 0.2
        value = str(quad.object) if constant else self._new(quad.object)
        if not constant and chance < 0.1:
            value = self._random.choice(list(self._terms))
        return f"{about} {predicate} {value}"

    def _small(self) -> str:
        return f"{self._patterns()} {self._filter() if self._random.random() < 0.3 else ''}"

    def _optional(self) -> str:
        before = dict(self._terms)
        text = f"OPTIONAL {{ {self._small()} }}"
        # What may be unbound is seldom used again: engines differ there, and few people do it.
        self._terms = before if self._random.random() < 0.8 else self._terms
        return text

    def _union(self) -> str:
        before = dict(self._terms)
        text = f"{{ {self._small()} }} UNION {{ {self._small()} }}"
        self._terms = before
        return text

    def _values(self) -> str:
        name = self._named()
        if name is None:
            return ""
        values = [str(self._terms[name]), *self._some(self._iris, 3)]
        self._random.shuffle(values)
        return f"VALUES {name} {{ {' '.join(values)} }}"

    def _filter(self) -> str:
        name = self._named()
        if name is None:
            return ""
        iri = str(self._terms[name])
        tests = [
            f"{name} = {iri}",
            f"{name} != {iri}",
            f"{name} IN ({iri}, {self._random.choice(self._iris)})",
            f"{name} NOT IN ({iri}, {self._random.choice(self._iris)})",
            f'STRSTARTS(STR({name}), "{iri[1 : self._random.randint(3, len(iri) - 1)]}")',
            f'LANG({self._random.choice(list(self._terms))}) = "it"',
        ]
        return f"FILTER({' && '.join(self._some(tests, 2))})"

    def _bind(self) -> str:
        name = self._named()
        if name is None or self._random.random() < 0.5:
            iri = self._random.choice(self._iris)
            return f"BIND({iri} AS {self._new(ox.NamedNode(iri[1:-1]))})"
        return f"BIND({name} AS {self._new(self._terms[name])})"

    def _select(self) -> str:
        name = self._named()
        if name is None:
            return ""
        before = dict(self._terms)
        self._terms = {name: before[name]}
        group = self._group(0)
        columns = " ".join(dict.fromkeys((name, *self._some(list(self._terms), 2))))
        text = self._random.choice(
            [
                f"{{ SELECT {columns} {{ {group} }} }}",
                f"{{ SELECT DISTINCT {name} {{ {group} }} ORDER BY {name} LIMIT 5 }}",
                f"{{ SELECT {name} (COUNT(*) AS ?c{self._made}) {{ {group} }} GROUP BY {name} }}",
            ]
        )
        self._terms = before
        return text

    def _named(self) -> str | None:
        """Return a variable that stands for an IRI, if there is any."""
        names = [name for name, term in self._terms.items() if isinstance(term, ox.NamedNode)]
        return self._random.choice(names) if names else None

    def _new(self, term: object) -> str:
        self._made += 1
        name = f"?v{self._made}"
        self._terms[name] = term
        return name

    def _some(self, choices: Sequence[str], most: int) -> list[str]:
        return self._random.sample(choices, min(len(choices), self._random.randint(1, most)))
