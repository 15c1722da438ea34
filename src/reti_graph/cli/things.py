"""What a word on the command line stands for among the things of a site."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from reti_graph.binding import bind
from reti_graph.errors import CallError, UnknownThingError
from reti_graph.naming import compact, expand, iri_of, named_node, nearest, split_thing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reti_graph.config import Settings
    from reti_graph.problems import Term
    from reti_graph.stores.port import Store

_KNOWN: Final = """
    SELECT ?thing (SAMPLE(?label) AS ?name) {
        ?thing ?property ?value FILTER(STRSTARTS(STR(?thing), $base))
        OPTIONAL { ?thing <http://www.w3.org/2000/01/rdf-schema#label> ?label }
    } GROUP BY ?thing
"""


def find_thing(word: str, store: Store, settings: Settings) -> ox.NamedNode:
    """Return the IRI that a word stands for: an IRI, a prefixed name, a path or a slug.

    Raises UnknownThingError when a path or a slug stands for nothing in the store, CallError when
    a slug stands for several things. A whole IRI is not looked up.
    """
    iri = word.removeprefix("<").removesuffix(">")
    whole = named_node(iri) or named_node(expand(iri, settings.prefixes) or "")
    return whole or _known_thing(iri, store, settings)


def _known_thing(word: str, store: Store, settings: Settings) -> ox.NamedNode:
    rows = store.select(bind(_KNOWN, {"base": ox.Literal(settings.base_iri)})).rows
    known = {term.value: name for term, name in rows if isinstance(term, ox.NamedNode)}
    paths = [path for path in _paths(word, settings.base_iri) if path in known]
    found = paths or _of_slug(word, known, settings.base_iri)
    if not found:
        by_slug = {_slug(iri): iri for iri in sorted(known)}
        close = (by_slug[slug] for slug in nearest(_slug(word), by_slug))
        raise UnknownThingError(word, [compact(iri, settings.prefixes) for iri in close])
    if len(found) > 1:
        names = [compact(iri, settings.prefixes) for iri in sorted(found)]
        raise CallError(
            f'"{word}" names {len(found)} things: {", ".join(names)}.',
            hint="Give the one you mean by its prefixed name.",
        )
    return ox.NamedNode(found[0])


def _paths(word: str, base: str) -> tuple[str, ...]:
    """`network/c40` is short for `id/network/c40`, and both are paths on the site."""
    path = word.removeprefix("/")
    return (iri_of(path, base), iri_of(f"id/{path}", base)) if "/" in path else ()


def _of_slug(word: str, known: Mapping[str, Term | None], base: str) -> list[str]:
    """Return the things of that slug that have a name, else the others, else what is no thing.

    Relations are named after what they relate, so a founding has the slug of the network founded;
    but only the network has a name.
    """
    fitting = [iri for iri in known if _slug(iri) == word]
    things = [iri for iri in fitting if split_thing(iri, base)]
    return [iri for iri in things if known[iri] is not None] or things or fitting


def _slug(iri: str) -> str:
    return iri.replace("#", "/").rstrip("/").rpartition("/")[2]
