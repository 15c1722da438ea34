"""The JSON-LD context of a site, made of its ontology and its prefixes (JSON-LD 1.1, 4.1).

A context is named after its own bytes, so that an address never stands for another one later:
whoever has kept a document can read it with the context it was written for.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from reti_graph.naming import SCHEMES, compact
from reti_graph.terms import (
    DCTERMS,
    OWL,
    RDF,
    RDF_TYPE,
    RDFS,
    RDFS_CLASS,
    RDFS_LABEL,
    RETI,
    SKOS,
    XSD,
    XSD_STRING,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import pyoxigraph as ox

    _Definition: TypeAlias = str | Mapping[str, str | bool]
    # Of each term its types and ranges.
    _Declared: TypeAlias = Mapping[str, tuple[set[str], set[str]]]

EXTENSION: Final = "jsonld"
_VERSION_LENGTH: Final = 12
_ALIASES: Final[Mapping[str, str]] = {"id": "@id", "type": "@type"}
_RANGE: Final = RDFS + "range"
_LANG_STRING: Final = RDF + "langString"
_OBJECT_PROPERTY: Final = OWL + "ObjectProperty"
_DATATYPE_PROPERTY: Final = OWL + "DatatypeProperty"
_PROPERTIES: Final = frozenset(
    {RDF + "Property", OWL + "AnnotationProperty", _OBJECT_PROPERTY, _DATATYPE_PROPERTY}
)
_TERM_TYPES: Final = frozenset({*_PROPERTIES, OWL + "Class", RDFS_CLASS.value})
# Others' properties whose values are texts in several languages, though they do not say so.
_TEXTS: Final = frozenset(
    {
        RDFS_LABEL.value,
        RDFS + "comment",
        *(SKOS + name for name in ("prefLabel", "altLabel", "definition")),
        *(DCTERMS + name for name in ("title", "description")),
    }
)
# A term must not look like a keyword, a prefixed name or a path.
_PLAIN_NAME: Final = re.compile(r"[A-Za-z][\w-]*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Context:
    """A context document: canonical JSON, and its version, which is made of the bytes."""

    version: str
    content: bytes


def make_context(
    ontology: Iterable[ox.Quad], prefixes: Mapping[str, str], base: str = ""
) -> Context:
    """Return the context for what an ontology declares, under a site's prefixes.

    Own terms go by their local names, other vocabularies' by prefixed ones. Properties say what
    their values are, where the ontology does: IRIs, one XSD datatype, or texts by language. The
    prefixes of things, those below `base`, are left out: the IRI of a thing stays whole, for it
    is the address to follow. Where a prefix has the name of a term, the term has it.
    """
    declared = _declared(ontology)
    own = {RETI, f"{base}ontology#"}
    names = dict(_own_terms(declared, own))
    spaces = {
        name: space
        for name, space in prefixes.items()
        if _is_prefix(name, names) and (space in own or not base or not space.startswith(base))
    }
    terms: dict[str, _Definition] = {
        **{name: {"@id": space, "@prefix": True} for name, space in spaces.items()},
        **{name: _definition(iri, declared) or iri for name, iri in names.items()},
        **dict(_others(declared, set(names.values()), spaces)),
        **_ALIASES,
    }
    document = {"@context": {"@version": 1.1, **terms}}
    canonical = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return context_of(canonical.encode())


def context_of(content: bytes) -> Context:
    """Return the context that a document holds, such as one kept from an earlier release."""
    return Context(hashlib.sha256(content).hexdigest()[:_VERSION_LENGTH], content)


def is_frozen_context(name: str, content: bytes) -> bool:
    """Tell whether a file is called `{version}.jsonld` after the very bytes it holds."""
    return name == f"{context_of(content).version}.{EXTENSION}"


def _declared(ontology: Iterable[ox.Quad]) -> _Declared:
    found: dict[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for quad in ontology:
        subject, value = (getattr(node, "value", "") for node in (quad.subject, quad.object))
        if quad.predicate == RDF_TYPE:
            found[subject][0].add(value)
        elif quad.predicate.value == _RANGE:
            found[subject][1].add(value)
    return {iri: said for iri, said in found.items() if said[0] & _TERM_TYPES}


def _own_terms(declared: _Declared, own: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield name and IRI; of two terms with one local name the first by the alphabet has it."""
    taken = set(_ALIASES)
    for iri in sorted(declared):
        space = next((space for space in own if iri.startswith(space)), None)
        name = iri.removeprefix(space) if space else ""
        if _PLAIN_NAME.fullmatch(name) and name not in taken:
            taken.add(name)
            yield name, iri


def _is_prefix(name: str, names: Iterable[str]) -> bool:
    """Tell whether a prefix can go by its name: as a scheme it would catch whole IRIs."""
    taken = {*names, *SCHEMES, *_ALIASES}
    return _PLAIN_NAME.fullmatch(name) is not None and name not in taken


def _others(
    declared: _Declared, own: Iterable[str], spaces: Mapping[str, str]
) -> Iterator[tuple[str, _Definition]]:
    """Yield prefixed names of others' terms; those with nothing to say of values need no entry."""
    for iri in sorted({*declared, *_TEXTS} - set(own)):
        definition, name = _definition(iri, declared), compact(iri, spaces)
        if definition and name != iri:
            yield name, definition


def _definition(iri: str, declared: _Declared) -> _Definition | None:
    """Return what a property says of its values, or None when they can be of any kind."""
    types, ranges = declared.get(iri, (set(), set()))
    kind = types & _PROPERTIES
    if kind == {_OBJECT_PROPERTY}:
        return {"@id": iri, "@type": "@id"}
    if iri in _TEXTS or (ranges == {_LANG_STRING} and _OBJECT_PROPERTY not in kind):
        return {"@id": iri, "@container": "@language"}
    if kind == {_DATATYPE_PROPERTY} and len(ranges) == 1:
        (datatype,) = ranges
        # A string without a type is an xsd:string already.
        if datatype.startswith(XSD) and datatype != XSD_STRING.value:
            return {"@id": iri, "@type": datatype}
    return None
