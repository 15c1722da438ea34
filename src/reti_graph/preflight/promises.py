"""Whether a file is what the catalogue promises: type, size and checksum."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from reti_graph.preflight.asking import Asked, announced
from reti_graph.preflight.file_types import GZIP
from reti_graph.preflight.wording import said
from reti_graph.problems import Location, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reti_graph.preflight.offers import Offer

# SPDX's algorithms that Python has, by their names in lower case.
_ALGORITHMS: Final = frozenset(
    {"md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sha3_256", "sha3_384", "sha3_512"}
)


def broken_promises(asked: Asked, offer: Offer) -> Iterator[Problem]:
    """Yield what an answer with status 200 does not keep of an offer.

    Of a long file, which was not fetched, only the headers can be held against it.
    """
    yield from _types(asked, offer)
    yield from _sizes(asked, offer)
    if not asked.long:
        yield from _checksums(asked.answer.body, offer)


def violation(code: str, offer: Offer, message: Mapping[str, str], hint: str) -> Problem:
    """Return a violation about the file of an offer."""
    focus, place = offer.distribution, Location(offer.address)
    return Problem(code, Severity.VIOLATION, message, place, focus=focus, hint=hint)


def _types(asked: Asked, offer: Offer) -> Iterator[Problem]:
    served = asked.media_type
    packed = offer.gzipped and served in GZIP
    for name, promised in offer.types:
        if served != promised and not packed:
            it = f"Il Content-Type di {offer.address} è {served or 'assente'}"
            en = f"The Content-Type of {offer.address} is {served or 'missing'}"
            yield violation(
                "content-type",
                offer,
                said(f"{it}, mentre {name} dice {promised}.", f"{en}, but {name} says {promised}."),
                "Send the file with the type that the catalogue says, or mend the catalogue.",
            )


def _sizes(asked: Asked, offer: Offer) -> Iterator[Problem]:
    counted = _size(asked)
    for size in offer.sizes:
        if counted is not None and size.isascii() and size.isdigit() and int(size) != counted:
            yield violation(
                "byte-size",
                offer,
                said(
                    f"{offer.address} ha {counted} byte, mentre dcat:byteSize dice {size}.",
                    f"{offer.address} has {counted} bytes, but dcat:byteSize says {size}.",
                ),
                "Write dcat:byteSize when the file is written.",
            )


def _size(asked: Asked) -> int | None:
    """Return how long a file is; None where only the length of its coded form is known."""
    if not asked.long:
        return len(asked.answer.body)
    coded = asked.answer.headers.get("content-encoding", "identity") != "identity"
    return None if coded else announced(asked.answer) or None


def _checksums(body: bytes, offer: Offer) -> Iterator[Problem]:
    for algorithm, value in offer.checksums:
        if algorithm not in _ALGORITHMS:
            yield _unknown(algorithm, offer)
        elif (found := hashlib.new(algorithm, body, usedforsecurity=False).hexdigest()) != value:
            yield violation(
                "checksum",
                offer,
                said(
                    f"Il checksum {algorithm} di {offer.address} è {found}, mentre il catalogo "
                    f"dice {value}.",
                    f"The {algorithm} checksum of {offer.address} is {found}, but the catalogue "
                    f"says {value}.",
                ),
                "Write the checksum when the file is written.",
            )


def _unknown(algorithm: str, offer: Offer) -> Problem:
    message = said(
        f"Il checksum di {offer.address} è di un algoritmo sconosciuto: {algorithm}.",
        f"The checksum of {offer.address} is of an unknown algorithm: {algorithm}.",
    )
    return Problem(
        "checksum",
        Severity.WARNING,
        message,
        Location(offer.address),
        focus=offer.distribution,
        hint="Use http://spdx.org/rdf/terms#checksumAlgorithm_sha256.",
    )
