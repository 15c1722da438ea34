"""What portals mind in a catalogue and SHACL says badly: names, parts, and values of tables."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

from reti_graph.preflight.rules_datasets import (
    contact_problems,
    dataset_problems,
    distribution_problems,
    identifier_problems,
)
from reti_graph.preflight.rules_keywords import keyword_problems
from reti_graph.preflight.rules_licences import licence_problems, placeholder_problems
from reti_graph.preflight.rules_namespaces import mended, namespace_problems
from reti_graph.preflight.rules_read import Catalogue
from reti_graph.preflight.rules_types import catalogue_problems, rdf_problems, type_problems
from reti_graph.preflight.rules_values import value_problems

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from reti_graph.preflight.graph import Graph
    from reti_graph.problems import Problem

_RULES: Final[tuple[Callable[[Catalogue], Iterator[Problem]], ...]] = (
    rdf_problems,
    catalogue_problems,
    type_problems,
    dataset_problems,
    distribution_problems,
    contact_problems,
    value_problems,
    keyword_problems,
    licence_problems,
    placeholder_problems,
)


def check_catalogue(graph: Graph) -> tuple[Problem, ...]:
    """Return what the rules find in a catalogue, whatever else its graph holds.

    What is missing is found by `shapes.check_shapes`, since profiles say what there must be. How
    bad each finding is stands in `rules_severity`.
    """
    catalogue = Catalogue(mended(graph))
    found = chain.from_iterable(rule(catalogue) for rule in _RULES)
    return (*namespace_problems(catalogue, graph), *found)


def check_against(before: Graph, graph: Graph) -> tuple[Problem, ...]:
    """Return what changed since the catalogue published before and should not.

    That a dataset has another IRI is found by `plan.problems_of_plan`.
    """
    return tuple(identifier_problems(Catalogue(mended(graph)), mended(before)))
