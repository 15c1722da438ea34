"""Which namespace an IRI is of, and fragments that stand for IRIs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from reti_graph.naming import compact

if TYPE_CHECKING:
    from collections.abc import Mapping

# All up to the last separator that something follows, the one after the host at least.
_SPACE = re.compile(r"(?:https?://[^/?#]*[/?#]?|[^:]*:)(?:.*[/#:](?=.))?", re.DOTALL)


def namespace_of(iri: str, prefixes: Mapping[str, str]) -> str:
    """Return the longest namespace with a prefix that an IRI starts with.

    Without one it is what stands before the IRI's last segment: `https://sws.geonames.org/` of
    `https://sws.geonames.org/3173435/`.
    """
    with_prefix = [space for space in prefixes.values() if space and iri.startswith(space)]
    match = _SPACE.match(iri)
    return max(with_prefix, key=len, default=match[0] if match else iri)


def fragment(*words: str) -> str:
    """Return words as one fragment, from which nothing but these words can be read.

    Hyphens part them, and one within a word is doubled; so no word may begin with one.
    """
    return "-".join(word.replace("-", "--") for word in words)


def words_of(iri: str, prefixes: Mapping[str, str]) -> tuple[str, ...]:
    """Return what stands for an IRI in a fragment: prefix and local name, or else all of it."""
    name = compact(iri, prefixes)
    return (_whole(iri),) if name == iri else tuple(name.split(":", 1))


def word_of_space(space: str, prefixes: Mapping[str, str]) -> str:
    """Return what stands for a namespace in a fragment: its prefix, or else all of it."""
    names = sorted(name for name, iri in prefixes.items() if iri == space)
    return names[0] if names else _whole(space)


def _whole(iri: str) -> str:
    # Neither a prefix nor a local name has a colon: this can never be one of them.
    return quote(iri, safe=":/")
