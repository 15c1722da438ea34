"""What a validation result says, in every language of the project.

The words are the source shape's own `sh:message`, with the placeholders of SHACL 5.3.2 filled in.
Engines answer with these words but lose their language. A shape without words gets a sentence for
its constraint component.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from reti_graph.naming import compact
from reti_graph.terms import SHACL
from reti_graph.validation.sentences import FOR_ALL_ELSE, SENTENCES
from reti_graph.validation.sparql_messages import VARIABLE
from reti_graph.validation.triples import sh

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reti_graph.problems import Term
    from reti_graph.validation.engine import Result
    from reti_graph.validation.triples import TripleIndex

_PARAMETER: Final = re.compile(r"\{(\w+)\}")
_IRI: Final = re.compile(r"<([^<>]*)>")
_LITERAL: Final = re.compile(r'"((?:[^"\\]|\\.)*)"(?:@[\w-]+|\^\^<[^<>]*>)?')


class Words:
    """Writes the messages of results, for one shapes graph, some languages and some prefixes."""

    def __init__(
        self, shapes: TripleIndex, languages: Sequence[str], prefixes: Mapping[str, str]
    ) -> None:
        """Keep what the messages are made of; the first language stands in for untagged text."""
        self._shapes = shapes
        self._languages = languages
        self._prefixes = prefixes

    def of(self, result: Result) -> dict[str, str]:
        """Return one message per language."""
        own = self._templates(result.constraint) or self._templates(result.source)
        generic = SENTENCES.get(result.component.removeprefix(SHACL), FOR_ALL_ELSE)
        messages = {}
        for language in self._languages:
            if language in own or "" in own:
                messages[language] = self._filled(own.get(language) or own[""], result)
            elif language in generic:
                messages[language] = self._parameters(generic[language], result)
            else:
                messages[language] = self._parameters(FOR_ALL_ELSE["en"], result)
        return messages

    def _templates(self, node: Term | None) -> dict[str, str]:
        """Return the messages of a shape or constraint by language; "" is for untagged ones."""
        if node is None:
            return {}
        found = self._shapes.objects(node, sh("message"))
        literals = [term for term in found if isinstance(term, ox.Literal)]
        return {term.language or "": term.value for term in literals}

    def _filled(self, template: str, result: Result) -> str:
        known: dict[str, str] = {name: self._bound(text) for name, text in result.bindings.items()}
        known |= {"this": self.term(result.focus)}
        if result.value is not None:
            known["value"] = self.term(result.value)
        if result.path is not None:
            known["path"] = known["PATH"] = self.path(result.path)
        return VARIABLE.sub(lambda match: known.get(match[1], match[0]), template)

    def _parameters(self, template: str, result: Result) -> str:
        """Fill in a generic sentence from the source shape's parameters."""
        return _PARAMETER.sub(lambda match: self._parameter(match[1], result), template)

    def _parameter(self, name: str, result: Result) -> str:
        if name == "component":
            return compact(result.component, self._prefixes)
        values = self._shapes.objects(result.source, sh(name)) if result.source else []
        written = []
        for value in values:
            members = self._shapes.members(value) if isinstance(value, ox.BlankNode) else None
            written += [self.term(member) for member in (members or [value])]
        return ", ".join(written) or "?"

    def term(self, term: Term) -> str:
        """Write a term for reading: prefixed names, literals without quotes."""
        if isinstance(term, ox.NamedNode):
            return compact(term.value, self._prefixes)
        return term.value if isinstance(term, ox.Literal) else str(term)

    def path(self, text: str) -> str:
        """Write a path with prefixed names."""
        return _IRI.sub(lambda match: compact(match[1], self._prefixes), text)

    def _bound(self, text: str) -> str:
        """Write what an engine says a variable is bound to: a term, or only its words."""
        literal = _LITERAL.fullmatch(text)
        if literal:
            return re.sub(r"\\(.)", r"\1", literal[1])
        return compact(text.removeprefix("<").removesuffix(">"), self._prefixes)
