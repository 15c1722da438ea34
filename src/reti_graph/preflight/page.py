"""One page of a catalogue: asked for, judged by its headers and read, as harvesters do it."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from reti_graph.errors import StoreError
from reti_graph.preflight.asking import MOST, OK, Asked, ask, no_answer, on_the_way
from reti_graph.preflight.reading import RDF_BY_MEDIA_TYPE, read_rdf
from reti_graph.preflight.wording import said
from reti_graph.problems import Location, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from reti_graph.formats import Format
    from reti_graph.preflight.answers import Answer, Fetcher
    from reti_graph.problems import Term

_HTML: Final = frozenset({"text/html", "application/xhtml+xml"})
_UTF8: Final = frozenset({"utf-8", "utf8", "us-ascii"})
_TYPE_HINT: Final = f"Send the Content-Type of the format: one of {', '.join(RDF_BY_MEDIA_TYPE)}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What was read at an address: its triples, or None where harvesters give up.

    `address` is the one redirects led to, `digest` tells bodies apart; blank nodes are named by
    their order.
    """

    address: str
    media_type: str = ""
    digest: bytes = b""
    triples: tuple[ox.Triple, ...] | None = None
    problems: tuple[Problem, ...] = ()


def read_page(fetcher: Fetcher, address: str, number: int) -> Page:
    """Read the page at an address, the `number`th of its catalogue from 1."""
    try:
        asked = ask(fetcher, address)
    except StoreError as error:
        return Page(address=address, problems=(no_answer(address, error),))
    answer = asked.answer
    notes = on_the_way(address, answer)
    refused = _status(asked) or _length(asked) or _type(asked) or _charset(answer)
    if refused:
        return Page(address=answer.address, problems=(*notes, refused))
    return _read(fetcher, answer, RDF_BY_MEDIA_TYPE[asked.media_type], number, notes)


def _read(
    fetcher: Fetcher, answer: Answer, target: Format, number: int, notes: tuple[Problem, ...]
) -> Page:
    read = read_rdf(answer.body, target, answer.address, fetcher)
    if read.refused:
        return Page(address=answer.address, problems=(*notes, read.refused))
    return Page(
        address=answer.address,
        media_type=target.media_type,
        digest=sha256(answer.body).digest(),
        triples=tuple(_with_own_names(read.quads, f"page{number}-")),
        problems=(*notes, *(_elsewhere(answer.address, each) for each in read.contexts)),
    )


def _with_own_names(quads: Iterable[ox.Quad], prefix: str) -> Iterator[ox.Triple]:
    """Yield the triples with blank nodes named so that no two pages share one, the same each time.

    The parser gives unnamed ones names at random.
    """
    names: dict[ox.BlankNode, ox.BlankNode] = {}

    def own(node: Term) -> Term:
        if isinstance(node, ox.BlankNode):
            return names.setdefault(node, ox.BlankNode(f"{prefix}{len(names)}"))
        return node

    for quad in quads:
        if isinstance(subject := own(quad.subject), ox.NamedNode | ox.BlankNode):
            yield ox.Triple(subject, quad.predicate, own(quad.object))


def _refusal(code: str, place: str, message: Mapping[str, str], hint: str) -> Problem:
    return Problem(code, Severity.VIOLATION, message, Location(place), hint=hint)


def _status(asked: Asked) -> Problem | None:
    """Refuse all but 200; harvesters try GET after a HEAD that failed with 405 or 400 alone."""
    address, status = asked.answer.address, asked.answer.status
    if status == OK:
        return None
    message = said(
        f"{address} risponde {status} a {asked.method}.",
        f"{address} answers {status} to {asked.method}.",
    )
    on_get = "Make the address answer 200."
    on_head = f"{on_get} HEAD must be answered as GET is: harvesters ask it first."
    return _refusal("status", address, message, on_get if asked.method == "GET" else on_head)


def _length(asked: Asked) -> Problem | None:
    if not asked.long:
        return None
    megabytes = MOST // (1024 * 1024)
    message = said(
        f"{asked.answer.address} è più lungo di {megabytes} MB, il massimo che i portali leggono.",
        f"{asked.answer.address} is longer than {megabytes} MB, the most that portals read.",
    )
    hint = "Split the catalogue into pages with hydra:next."
    return _refusal("too-large", asked.answer.address, message, hint)


def _type(asked: Asked) -> Problem | None:
    """Refuse what is not sent as RDF: harvesters choose the parser by Content-Type alone."""
    address, media_type = asked.answer.address, asked.media_type
    if media_type in _HTML:
        message = said(
            f"All'indirizzo del catalogo {address} c'è HTML, non RDF.",
            f"HTML at the catalogue's address {address}, not RDF.",
        )
        hint = "Give portals the address of a format, or answer `Accept: */*` with RDF."
        return _refusal("html", address, message, hint)
    if not media_type:
        message = said(
            f"{address} non ha un Content-Type; i portali lo leggono come RDF/XML.",
            f"{address} has no Content-Type; portals read it as RDF/XML.",
        )
        return _refusal("content-type", address, message, _TYPE_HINT)
    if media_type not in RDF_BY_MEDIA_TYPE:
        message = said(
            f"Il Content-Type di {address} è {media_type}: i portali non vi riconoscono RDF.",
            f"The Content-Type of {address} is {media_type}: portals do not take it for RDF.",
        )
        return _refusal("content-type", address, message, _TYPE_HINT)
    return None


def _charset(answer: Answer) -> Problem | None:
    parameters = answer.headers.get("content-type", "").split(";")[1:]
    values = dict(each.strip().lower().partition("=")[::2] for each in parameters)
    charset = values.get("charset", "utf-8").strip(" '\"")
    if charset in _UTF8:
        return None
    message = said(
        f"Il charset di {answer.address} è {charset}; i portali leggono solo UTF-8.",
        f"The charset of {answer.address} is {charset}; portals read UTF-8 alone.",
    )
    return _refusal("charset", answer.address, message, "Write UTF-8, and say so or say nothing.")


def _elsewhere(address: str, context: str) -> Problem:
    return Problem(
        "remote-context",
        Severity.WARNING,
        said(
            f"Il contesto JSON-LD di {address} sta altrove: {context}. Non tutti lo caricano.",
            f"The JSON-LD context of {address} is elsewhere: {context}. Not all readers load it.",
        ),
        Location(address),
        hint="Put the context into the document, or give portals the address of another format.",
    )
