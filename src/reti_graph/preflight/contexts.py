"""JSON-LD documents that leave their context at another address (JSON-LD 1.1, 3.1)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin

import msgspec

from reti_graph.errors import StoreError
from reti_graph.preflight.asking import OK

if TYPE_CHECKING:
    from reti_graph.preflight.answers import Fetcher

_MOST: Final = 1024 * 1024
_MOST_CONTEXTS: Final = 16
_ACCEPT: Final = "application/ld+json, application/json;q=0.9"
_KEY: Final = "@context"


@dataclass(slots=True)
class _Contexts:
    """Fetches contexts, each once."""

    fetcher: Fetcher
    known: dict[str, object] = field(default_factory=dict)

    def inlined(self, given: object, base: str) -> object:
        """Return a context in which whatever is an address is replaced by what is there."""
        if isinstance(given, list):
            return [part for each in given for part in _as_list(self.inlined(each, base))]
        return self._fetched(urljoin(base, given)) if isinstance(given, str) else given

    def _fetched(self, address: str) -> object:
        if address not in self.known:
            if len(self.known) == _MOST_CONTEXTS:
                raise StoreError(f"The document refers to more than {_MOST_CONTEXTS} contexts.")
            # A context that refers to itself finds this.
            self.known[address] = {}
            document = _document(self.fetcher, address)
            self.known[address] = self.inlined(document, address)
        return self.known[address]


def with_contexts(body: bytes, base: str, fetcher: Fetcher) -> tuple[bytes, tuple[str, ...]]:
    """Return a JSON-LD document with the contexts put in that its top refers to, and which.

    `base` is the document's own address. Raises ValueError for what is no JSON, StoreError for a
    context that cannot be had.
    """
    document = msgspec.json.decode(body)
    contexts = _Contexts(fetcher)
    for node in _as_list(document):
        if isinstance(node, dict) and _KEY in node:
            node[_KEY] = contexts.inlined(node[_KEY], base)
    return msgspec.json.encode(document), tuple(contexts.known)


def _document(fetcher: Fetcher, address: str) -> object:
    answer = fetcher.fetch("GET", address, accept=_ACCEPT, most=_MOST)
    if answer.status != OK:
        raise StoreError(f"The JSON-LD context {address} is answered with {answer.status}.")
    if answer.cut:
        raise StoreError(f"The JSON-LD context {address} is longer than {_MOST} bytes.")
    try:
        document = msgspec.json.decode(answer.body)
    except ValueError as error:
        raise StoreError(f"The JSON-LD context {address} is no JSON: {error}.") from error
    if not isinstance(document, dict) or _KEY not in document:
        raise StoreError(f'The JSON-LD context {address} has no "{_KEY}".')
    return document[_KEY]


def _as_list(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]
