"""How a context shortens IRIs: the way back from what it says of terms and prefixes."""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reti_graph.jsonld.context import Context


@dataclass(frozen=True, slots=True)
class Term:
    """A term of a context: its name and what it says of values.

    `type` is `@id` or the IRI of a datatype; None leaves it to each value.
    """

    name: str
    type: str | None = None
    by_language: bool = False


@dataclass(frozen=True, slots=True)
class Names:
    """The names a context gives. Without any, IRIs stay whole and keywords as they are."""

    terms: Mapping[str, Term] = field(default_factory=dict)
    prefixes: Mapping[str, str] = field(default_factory=dict)
    id: str = "@id"
    type: str = "@type"

    def catches(self, iri: str) -> bool:
        """Tell whether an IRI, written whole, would be read as a prefixed name.

        Its scheme is then a prefix here (JSON-LD 1.1 API, 5.2.2).
        """
        scheme, _, rest = iri.partition(":")
        return scheme in self.prefixes and not rest.startswith("//")

    def shortened(self, iri: str) -> str:
        """Return an IRI as a prefixed name with the longest fitting namespace, or as it is."""
        fitting = [
            (len(space), name, iri[len(space) :])
            for name, space in self.prefixes.items()
            if iri.startswith(space)
        ]
        for _, name, local in sorted(fitting, key=lambda each: (-each[0], each[1])):
            # What begins with "//" after its colon is read as a whole IRI.
            if local and not local.startswith("//"):
                return f"{name}:{local}"
        return iri

    def as_type(self, iri: str) -> str:
        """Return the name of a class or a datatype."""
        return self.terms[iri].name if iri in self.terms else self.shortened(iri)

    def as_key(self, iri: str) -> str:
        """Return a name for a property that says nothing of its values."""
        term = self.terms.get(iri)
        short = self.shortened(iri)
        return iri if term is not None and short == term.name else short


NO_NAMES: Final = Names(MappingProxyType({}), MappingProxyType({}))


@functools.lru_cache(maxsize=16)
def names_of(context: Context) -> Names:
    """Return the names that a context gives, which is one that `make_context` made."""
    terms: dict[str, Term] = {}
    prefixes: dict[str, str] = {}
    keywords: dict[str, str] = {}
    for name, said in json.loads(context.content)["@context"].items():
        definition = said if isinstance(said, dict) else {"@id": said}
        iri = definition["@id"]
        if name == "@version":
            continue
        if definition.get("@prefix"):
            prefixes[name] = iri
        elif str(iri).startswith("@"):
            keywords[iri] = name
        else:
            by_language = definition.get("@container") == "@language"
            terms[iri] = Term(name, definition.get("@type"), by_language)
    return Names(
        MappingProxyType(terms),
        MappingProxyType(prefixes),
        id=keywords.get("@id", "@id"),
        type=keywords.get("@type", "@type"),
    )
