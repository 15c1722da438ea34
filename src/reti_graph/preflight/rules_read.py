"""A catalogue as rules read it: which node plays which part, and what to call it in a message."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from reti_graph.language import choose
from reti_graph.preflight.rules_severity import SEVERITIES
from reti_graph.preflight.wording import shortened
from reti_graph.problems import Problem
from reti_graph.terms import DCAT, DCATAPIT, DCTERMS, FOAF, VCARD

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reti_graph.preflight.graph import Graph
    from reti_graph.problems import Term

LANGUAGES: Final = ("it", "en")
AGENTS: Final = (DCTERMS + "publisher", DCTERMS + "rightsHolder", DCTERMS + "creator")

_LONGEST_TITLE: Final = 80
_WORDS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "catalogue": ("Catalogo", "Catalogue"),
        "dataset": ("Dataset", "Dataset"),
        "distribution": ("Distribuzione di", "Distribution of"),
        "service": ("Servizio", "Data service"),
        "agent": ("Ente", "Agent"),
        "contact": ("Punto di contatto di", "Contact point of"),
    }
)


class Catalogue:
    """Who is what in the graph of a catalogue, by what is said of a node or with it.

    A node is a dataset when it has the type or a catalogue lists it, and so on: a type that was
    left out must not hide what else is wrong. Literals, which are nothing, are left out.
    `distributions` and `contacts` lead to the dataset they are of.
    """

    def __init__(self, graph: Graph) -> None:
        """Look through the graph once."""
        self.graph = graph
        self.catalogues = self._either((DCAT + "Catalog", DCATAPIT + "Catalog"), ())
        self.datasets = self._either((DCAT + "Dataset", DCATAPIT + "Dataset"), (DCAT + "dataset",))
        self.services = self._either((DCAT + "DataService",), (DCAT + "service",))
        self.agents = self._either((DCATAPIT + "Agent",), AGENTS)
        self.distributions = self._owned(DCAT + "distribution", (DCAT + "Distribution",))
        self.contacts = self._owned(DCAT + "contactPoint", ())
        self._roles: dict[Term, str] = {
            **dict.fromkeys(self.contacts, "contact"),
            **dict.fromkeys(self.agents, "agent"),
            **dict.fromkeys(self.services, "service"),
            **dict.fromkeys(self.distributions, "distribution"),
            **dict.fromkeys(self.catalogues, "catalogue"),
            **dict.fromkeys(self.datasets, "dataset"),
        }

    def _either(self, kinds: Iterable[str], properties: Iterable[str]) -> tuple[Term, ...]:
        """Return the instances of some classes and the values of some properties."""
        wanted = set(properties)
        instances = (node for kind in kinds for node in self.graph.instances(kind))
        values = (t.object for t in self.graph.triples if t.predicate.value in wanted)
        return tuple(node for node in dict.fromkeys((*instances, *values)) if _is_node(node))

    def _owned(self, predicate: str, kinds: Iterable[str]) -> Mapping[Term, Term | None]:
        """Return the values of a property with the first dataset that has each, then the rest."""
        owned: dict[Term, Term | None] = {}
        for dataset in self.datasets:
            for node in self.graph.values(dataset, predicate):
                if _is_node(node):
                    owned.setdefault(node, dataset)
        for kind in kinds:
            owned |= {n: None for n in self.graph.instances(kind) if n not in owned}
        return MappingProxyType(owned)

    def titles(self, node: object) -> Mapping[str, str]:
        """Return what a node is called, by language; `""` is for a text without one."""
        predicates = (DCTERMS + "title", FOAF + "name", VCARD + "fn")
        values = (value for name in predicates for value in self.graph.values(node, name))
        texts = [value for value in values if isinstance(value, ox.Literal) and value.value.strip()]
        return {text.language or "": text.value for text in reversed(texts)}

    def called(self, node: Term) -> tuple[str, str]:
        """Return in Italian and in English what part a node plays, and its title."""
        role = self._roles.get(node)
        if role is None:
            return str(node), str(node)
        owners = {"distribution": self.distributions, "contact": self.contacts}.get(role, {})
        owner = owners.get(node) or node
        titles = self.titles(owner)
        names = [choose(titles, language, LANGUAGES) or str(owner) for language in LANGUAGES]
        it, en = (
            f"{word} “{shortened(name, _LONGEST_TITLE)}”"
            for word, name in zip(_WORDS[role], names, strict=True)
        )
        return it, en

    def found(  # noqa: PLR0913 - a finding has that many parts
        self,
        code: str,
        focus: Term | None,
        it: str,
        en: str,
        *,
        path: str | None = None,
        value: Term | None = None,
        hint: str | None = None,
    ) -> Problem:
        """Return a finding: its words begin with what it is about; `path` is a property's IRI."""
        heads = ("", "") if focus is None else tuple(f"{name}: " for name in self.called(focus))
        return Problem(
            code,
            SEVERITIES[code],
            {"it": heads[0] + it, "en": heads[1] + en},
            focus=focus,
            path=None if path is None else f"<{path}>",
            value=value,
            hint=hint,
        )


def _is_node(term: object) -> bool:
    return isinstance(term, ox.NamedNode | ox.BlankNode)
