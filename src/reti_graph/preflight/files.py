"""Checking that every file of a catalogue can be had and is what the catalogue says it is."""

from __future__ import annotations

from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Final

from reti_graph.formats import N_QUADS
from reti_graph.preflight.contents import Difference, difference
from reti_graph.preflight.download import Looked, look_into
from reti_graph.preflight.offers import Offer, offers_of
from reti_graph.preflight.promises import violation
from reti_graph.preflight.reading import RDF_BY_MEDIA_TYPE
from reti_graph.preflight.services import check_endpoint, endpoints_of
from reti_graph.preflight.wording import said, shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from reti_graph.preflight.answers import Fetcher
    from reti_graph.preflight.graph import Graph
    from reti_graph.problems import Problem, Term

_THREADS: Final = 4
_LONGEST: Final = 160


@dataclass(frozen=True, slots=True)
class _Dumps:
    """The address of each dataset's reference dump, and what was found at these addresses."""

    of_dataset: Mapping[Term, str]
    looked: Mapping[str, Looked]


def check_files(fetcher: Fetcher, graph: Graph) -> tuple[Problem, ...]:
    """Return what is wrong with the files and the services of a catalogue, in its order.

    Each address is asked for its file once, some at the same time. A file that does not answer with
    200, is of another type, size or checksum than promised, cannot be unpacked or read, or says
    something else than the reference dump of its dataset, is a violation. That dump is the N-Quads
    one, or the first in RDF.
    """
    offers = _by_address(offers_of(graph))
    chosen = _references(offer for group in offers.values() for offer in group)
    dumps = tuple(dict.fromkeys(chosen.values()))
    with ThreadPoolExecutor(_THREADS) as pool:
        first = pool.map(partial(look_into, fetcher), (offers[each] for each in dumps))
        known = _Dumps(chosen, dict(zip(dumps, first, strict=True)))
        files = pool.map(partial(_check, fetcher, known), offers.values())
        services = pool.map(lambda each: check_endpoint(fetcher, *each), endpoints_of(graph))
        return (*chain.from_iterable(files), *filter(None, services))


def _by_address(offers: Iterable[Offer]) -> Mapping[str, Sequence[Offer]]:
    groups: dict[str, list[Offer]] = defaultdict(list)
    for offer in offers:
        groups[offer.address].append(offer)
    return groups


def _references(offers: Iterable[Offer]) -> Mapping[Term, str]:
    """Return the address of each dataset's reference dump: the first of the best in RDF."""
    best: dict[Term, Offer] = {}
    for offer in offers:
        if offer.download and offer.media_type in RDF_BY_MEDIA_TYPE:
            other = best.setdefault(offer.dataset, offer)
            if _rank(offer) < _rank(other):
                best[offer.dataset] = offer
    return {dataset: offer.address for dataset, offer in best.items()}


def _rank(offer: Offer) -> tuple[bool, bool]:
    return (offer.media_type != N_QUADS.media_type, offer.gzipped)


def _check(fetcher: Fetcher, dumps: _Dumps, offers: Sequence[Offer]) -> tuple[Problem, ...]:
    """Return what is wrong with one address, and how it differs from its datasets' dumps."""
    looked = dumps.looked.get(offers[0].address) or look_into(fetcher, offers)
    differing = [
        _other_statements(offer, address, found)
        for offer in offers
        if looked.contents
        and (address := dumps.of_dataset.get(offer.dataset)) is not None
        and (expected := dumps.looked[address].contents) is not None
        and (found := difference(expected, looked.contents)) is not None
    ]
    return (*looked.problems, *differing)


def _other_statements(offer: Offer, reference: str, found: Difference) -> Problem:
    lacks = _counted(found.missing, found, ("manca", "mancano", "missing"))
    adds = _counted(found.more, found, ("in più", "in più", "more"))
    it, en = ("; ".join(texts) for texts in zip(*lacks, *adds, strict=True))
    message = said(
        f"{offer.address} non dice lo stesso di {reference}: {it}.",
        f"{offer.address} does not say the same as {reference}: {en}.",
    )
    hint = "Write all dumps of a dataset from the same statements."
    return violation("other-statements", offer, message, hint)


def _counted(
    statements: Sequence[str], found: Difference, words: tuple[str, str, str]
) -> list[tuple[str, str]]:
    """Say how many triples or quads these are, with the first as an example; nothing for none."""
    if not statements:
        return []
    count, one = len(statements), len(statements) == 1
    example = shortened(statements[0], _LONGEST)
    many_it, one_it = ("quadruple", "quadrupla") if found.quads else ("triple", "tripla")
    en = f"{count} {'quad' if found.quads else 'triple'}{'' if one else 's'} {words[2]}: {example}"
    it = f"{count} {one_it if one else many_it} {words[0] if one else words[1]}: {example}"
    return [(it, en)]
