"""How the data spells the literals that a store gives back in another form.

Oxigraph writes `1.50` as `1.5` and `097` as `97`. What is derived gets the author's spelling.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import pyoxigraph as ox

from reti_graph.terms import XSD_STRING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

_PROBE = ox.NamedNode("urn:x-probe")


@dataclass(frozen=True, slots=True)
class Spellings:
    """The literals of some data that a store would spell otherwise, by their canonical form.

    A form that the data has as well is not among them: it stands for itself. Of several spellings
    the first in their order is kept.
    """

    by_form: Mapping[ox.Literal, ox.Literal]

    @classmethod
    def of(cls, literals: Collection[ox.Literal]) -> Self:
        """Find the spellings of some literals, which are all that the data has."""
        return cls.among(respelt(literals), literals)

    @classmethod
    def among(
        cls, spelt: Mapping[ox.Literal, ox.Literal], literals: Collection[ox.Literal]
    ) -> Self:
        """Take forms by spelling, but for those that are among the literals of the data."""
        found: dict[ox.Literal, ox.Literal] = {}
        for spelling in sorted(spelt, key=str):
            if spelt[spelling] not in literals:
                found.setdefault(spelt[spelling], spelling)
        return cls(found)

    def spelt(self, quad: ox.Quad) -> ox.Quad:
        """Return a quad with its object as the data spells it."""
        if not isinstance(quad.object, ox.Literal) or quad.object not in self.by_form:
            return quad
        return ox.Quad(quad.subject, quad.predicate, self.by_form[quad.object], quad.graph_name)


def respelt(literals: Iterable[ox.Literal]) -> dict[ox.Literal, ox.Literal]:
    """Return the canonical form of each literal that a store does not keep as it is."""
    typed = [each for each in literals if each.datatype != XSD_STRING]
    store = ox.Store()
    store.extend(
        ox.Quad(ox.NamedNode(f"urn:x:{index}"), _PROBE, literal)
        for index, literal in enumerate(typed)
    )
    found: dict[ox.Literal, ox.Literal] = {}
    for quad in store:
        literal = typed[int(str(quad.subject)[7:-1])]
        if isinstance(quad.object, ox.Literal) and quad.object != literal:
            found[literal] = quad.object
    return found
