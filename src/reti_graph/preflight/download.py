"""One address that distributions offer: fetched once, and looked into."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from reti_graph.errors import StoreError
from reti_graph.formats import CSV
from reti_graph.preflight.asking import MOST, OK, Asked, ask, ask_head, on_the_way
from reti_graph.preflight.contents import Contents, contents_of
from reti_graph.preflight.file_types import GZIP
from reti_graph.preflight.promises import broken_promises, violation
from reti_graph.preflight.reading import RDF_BY_MEDIA_TYPE, not_utf8, read_rdf
from reti_graph.preflight.tables import table_fault
from reti_graph.preflight.unpacking import MOST_UNPACKED, TooLongError, unpacked
from reti_graph.preflight.wording import named, said
from reti_graph.problems import Location, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reti_graph.preflight.answers import Fetcher
    from reti_graph.preflight.offers import Offer

_MEGABYTE: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found at an address, and what its RDF says where it has any."""

    problems: tuple[Problem, ...] = ()
    contents: Contents | None = None


def look_into(fetcher: Fetcher, offers: Sequence[Offer]) -> Looked:
    """Fetch the one address of some offers, and check it against each of them.

    An address that is not to be downloaded only has to answer.
    """
    address = offers[0].address
    downloads = [offer for offer in offers if offer.download]
    try:
        asked = ask(fetcher, address) if downloads else ask_head(fetcher, address)
    except StoreError as error:
        return Looked(tuple(_silent(offer, error) for offer in offers))
    if asked.answer.status != OK:
        return Looked(tuple(_dead(offer, asked) for offer in offers))
    kept = [problem for offer in downloads for problem in broken_promises(asked, offer)]
    inside = _inside(fetcher, asked, downloads[0]) if downloads else Looked()
    problems = (*on_the_way(address, asked.answer), *kept, *inside.problems)
    return Looked(problems, inside.contents)


def _dead(offer: Offer, asked: Asked) -> Problem:
    status, method = asked.answer.status, asked.method
    it, en = _dead_words(offer)
    return violation(
        "dead-download" if offer.download else "dead-link",
        offer,
        said(f"{it} risponde {status} a {method}.", f"{en} answers {status} to {method}."),
        "Publish the file at its address again, or take the distribution out of the catalogue.",
    )


def _silent(offer: Offer, error: StoreError) -> Problem:
    it, en = _dead_words(offer)
    return violation(
        "dead-download" if offer.download else "dead-link",
        offer,
        said(f"{it} non risponde: {error.message}", f"{en} does not answer: {error.message}"),
        error.hint or "Publish the file at its address again.",
    )


def _dead_words(offer: Offer) -> tuple[str, str]:
    """Begin the sentence, in Italian and in English, about what cannot be had."""
    dataset = named(offer.dataset)
    if offer.download:
        return (
            f"Download morto: {offer.address} del dataset {dataset}",
            f"Dead download: {offer.address} of the dataset {dataset}",
        )
    return (
        f"Collegamento morto: {offer.address} del dataset {dataset}",
        f"Dead link: {offer.address} of the dataset {dataset}",
    )


def _inside(fetcher: Fetcher, asked: Asked, offer: Offer) -> Looked:
    """Look into a file, unpacked where it is packed."""
    if asked.long:
        return Looked((_not_looked_into(offer, MOST),))
    packed = offer.gzipped or asked.media_type in GZIP
    media_type = offer.media_type if asked.media_type in GZIP else asked.media_type
    if not packed:
        return _read(fetcher, asked.answer.body, media_type, offer)
    try:
        body = unpacked(asked.answer.body, MOST_UNPACKED)
    except TooLongError:
        return Looked((_not_looked_into(offer, MOST_UNPACKED),))
    except ValueError as error:
        return Looked((_not_gzip(offer, error),))
    return _read(fetcher, body, media_type, offer)


def _read(fetcher: Fetcher, body: bytes, media_type: str | None, offer: Offer) -> Looked:
    """Read RDF and tables; anything else is left as it is."""
    if media_type == CSV.media_type:
        return Looked(tuple(_table(body, offer)))
    if media_type is None or (target := RDF_BY_MEDIA_TYPE.get(media_type)) is None:
        return Looked()
    read = read_rdf(body, target, offer.address, fetcher)
    if read.refused:
        return Looked((replace(read.refused, focus=offer.distribution),))
    return Looked(contents=contents_of(read.quads, datasets=target.datasets))


def _table(body: bytes, offer: Offer) -> list[Problem]:
    if unread := not_utf8(body, offer.address):
        return [replace(unread, focus=offer.distribution)]
    fault = table_fault(body.decode("utf-8-sig"))
    if fault is None:
        return []
    line, it, en = fault
    message = said(
        f"{offer.address} non è una tabella: riga {line}, {it}.",
        f"{offer.address} is no table: line {line}, {en}.",
    )
    hint = "Write one header, and rows with as many cells (RFC 4180)."
    problem = violation("table", offer, message, hint)
    return [replace(problem, location=Location(offer.address, line))]


def _not_gzip(offer: Offer, error: ValueError) -> Problem:
    message = said(
        f"{offer.address} non si può decomprimere con gzip: {error}.",
        f"{offer.address} cannot be unpacked with gzip: {error}.",
    )
    hint = "Send the compressed file as it is, without a Content-Encoding."
    return violation("compression", offer, message, hint)


def _not_looked_into(offer: Offer, most: int) -> Problem:
    megabytes = most // _MEGABYTE
    return Problem(
        "large-file",
        Severity.INFO,
        said(
            f"{offer.address} è più lungo di {megabytes} MB: il contenuto non è stato controllato.",
            f"{offer.address} is longer than {megabytes} MB: what is in it was not checked.",
        ),
        Location(offer.address),
        focus=offer.distribution,
    )
