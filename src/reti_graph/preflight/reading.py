"""Reading the RDF of a page or a download, and saying why it cannot be read."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, cast

import pyoxigraph as ox

from reti_graph.errors import StoreError
from reti_graph.formats import JSON_LD, RDF_FORMATS, RDF_XML
from reti_graph.preflight.contexts import with_contexts
from reti_graph.preflight.wording import said
from reti_graph.problems import Location, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reti_graph.formats import Format
    from reti_graph.preflight.answers import Fetcher

# Harvesters know formats by these names and by no others.
RDF_BY_MEDIA_TYPE: Final[Mapping[str, Format]] = MappingProxyType(
    {known.media_type: known for known in RDF_FORMATS}
)
# What pyoxigraph says of a context at another address, which it does not fetch.
_REMOTE_CONTEXT: Final = "LoadDocumentCallback"


@dataclass(frozen=True, slots=True)
class Read:
    """The quads, or why there are none; `contexts` are the addresses that JSON-LD referred to."""

    quads: tuple[ox.Quad, ...] = ()
    refused: Problem | None = None
    contexts: tuple[str, ...] = ()


def read_rdf(body: bytes, target: Format, address: str, fetcher: Fetcher) -> Read:
    """Read a document of a format with its address as base; contexts come from the fetcher."""
    if refused := text_refused(body, address, target):
        return Read(refused=refused)
    try:
        return Read(_parsed(body, target, address))
    except SyntaxError as error:
        if target != JSON_LD or _REMOTE_CONTEXT not in str(error):
            return Read(refused=_syntax(error, target, address))
    return _read_with_contexts(body, address, fetcher)


def text_refused(body: bytes, address: str, target: Format) -> Problem | None:
    """Return why bytes are no text that harvesters read: nothing there, no UTF-8, a mark first."""
    place = Location(address)
    if not body.strip():
        empty = said(f"{address} è vuoto.", f"{address} is empty.")
        return Problem("empty", Severity.VIOLATION, empty, place, hint="Send the whole document.")
    # XML readers know the mark (XML 1.0, 4.3.3); those of Turtle and JSON stumble over it.
    if body.startswith(codecs.BOM_UTF8) and target != RDF_XML:
        mark = said(
            f"{address} comincia con un byte order mark, che i lettori di {target.name} rifiutano.",
            f"{address} begins with a byte order mark, which readers of {target.name} refuse.",
        )
        return Problem(
            "byte-order-mark", Severity.VIOLATION, mark, place, hint="Write UTF-8 without the mark."
        )
    return not_utf8(body, address)


def not_utf8(body: bytes, address: str) -> Problem | None:
    """Return the first place where bytes are no UTF-8, if there is one."""
    try:
        body.decode()
    except UnicodeDecodeError as error:
        line = body.count(b"\n", 0, error.start) + 1
        byte = f"0x{body[error.start]:02X}"
        return Problem(
            "encoding",
            Severity.VIOLATION,
            said(
                f"{address} non è in UTF-8: byte {byte} alla riga {line}.",
                f"{address} is not UTF-8: byte {byte} in line {line}.",
            ),
            Location(address, line),
            hint="Write it in UTF-8; harvesters read nothing else, whatever the header says.",
        )
    return None


def _parsed(body: bytes, target: Format, address: str) -> tuple[ox.Quad, ...]:
    return tuple(ox.parse(body, cast("ox.RdfFormat", target.ox), base_iri=address))


def _read_with_contexts(body: bytes, address: str, fetcher: Fetcher) -> Read:
    try:
        whole, contexts = with_contexts(body, address, fetcher)
        return Read(_parsed(whole, JSON_LD, address), contexts=contexts)
    except SyntaxError as error:
        return Read(refused=_syntax(error, JSON_LD, address))
    except (StoreError, ValueError, RecursionError) as error:
        return Read(refused=_no_context(error, address))


def _no_context(error: Exception, address: str) -> Problem:
    return Problem(
        "remote-context",
        Severity.VIOLATION,
        said(
            f"Il contesto JSON-LD di {address} sta altrove e non si può leggere: {error}",
            f"The JSON-LD context of {address} is elsewhere and cannot be read: {error}",
        ),
        Location(address),
        hint="Put the context into the document, or send expanded JSON-LD.",
    )


def _syntax(error: SyntaxError, target: Format, address: str) -> Problem:
    reason = error.msg
    return Problem(
        "syntax",
        Severity.VIOLATION,
        said(
            f"{address} non si può leggere come {target.name}: {reason}",
            f"{address} cannot be parsed as {target.name}: {reason}",
        ),
        Location(address, error.lineno, error.offset),
        hint="Mend the document; one page that cannot be parsed ends the whole harvest.",
    )
