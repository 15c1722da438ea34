"""Networks of cities made up by rule: as many statements as wanted, always the same ones.

`python -m benchmarks.http.generate STATEMENTS > quads.nq` writes them as N-Quads, a passage at a
time, in constant memory. They have the shape of a released site: each passage is a named graph
that quotes its source and holds what its words say, with what the rules would derive from it.
Roles, kinds, topics and measures are those of the bundled site, whose ontology names them.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

BASE: Final = "https://w3id.org/reti-graph/"
SAMPLE: Final = f"{BASE}id/network/made-up-7"
"""A network that is there whatever the size."""

_CITIES: Final = 12
"""New cities with each network; its members are drawn from all so far."""

_MEMBERS: Final = (8, 36)
_NETWORKS_A_SOURCE: Final = 25
_RETI: Final = f"{BASE}ontology#"
_ORG: Final = "http://www.w3.org/ns/org#"
_OA: Final = "http://www.w3.org/ns/oa#"
_PROV: Final = "http://www.w3.org/ns/prov#"
_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_DCTERMS: Final = "http://purl.org/dc/terms/"
_TYPE: Final = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_VALUE: Final = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#value>"
_LABEL: Final = "<http://www.w3.org/2000/01/rdf-schema#label>"
_PRIMARY_SOURCE: Final = f"<{_PROV}hadPrimarySource>"
_FIRST: Final = ("Monte", "Val", "Porto", "Rocca", "Ponte", "Castel", "Villa", "Acqua")
_LAST: Final = ("alta", "bella", "chiara", "nova", "secca", "verde", "vecchia", "lunga", "fredda")
_TOPICS: Final = ("air-quality", "biodiversity", "circular-economy", "climate-change", "mobility")
_SCOPES: Final = ("european", "global", "national")
# Each role with the property that the rules derive from it, and the inverse of that.
_ROLES: Final = (
    *(("member", "memberOf", "hasMember"),) * 8,
    ("signatory", "signatoryOf", "hasSignatory"),
    ("chair", "chairs", "chairedBy"),
)


@dataclass(frozen=True, slots=True)
class Passage:
    """A named graph: its name, and its triples, all as N-Triples has them."""

    graph: str
    triples: tuple[str, ...]

    @property
    def quads(self) -> str:
        """The passage as lines of N-Quads."""
        return "".join(f"{triple} {self.graph} .\n" for triple in self.triples)

    @property
    def union(self) -> str:
        """What the passage adds to a default graph that is the union of all: N-Quads, too."""
        return "".join(f"{triple} .\n" for triple in self.triples)


def passages(statements: int) -> Iterator[Passage]:
    """Yield passages until they hold that many statements, or a few more."""
    network = 0
    while True:
        for passage in _network(network):
            yield passage
            statements -= len(passage.triples)
            if statements <= 0:
                return
        network += 1


def _network(number: int) -> Iterator[Passage]:
    """Yield what is said of a network and of the cities that come with it."""
    chance = Random(number)  # noqa: S311 -- made-up data hides nothing
    if number % _NETWORKS_A_SOURCE == 0:
        yield _source(number // _NETWORKS_A_SOURCE)
    yield _name_of_network(number, chance)
    yield _founding(number, chance)
    yield from (_figure(number, which, chance) for which in ("member-cities", "countries"))
    first = number * _CITIES
    yield from (_city(city, number) for city in range(first, first + _CITIES))
    wanted = min(chance.randint(*_MEMBERS), first + _CITIES)
    for city in sorted(chance.sample(range(first + _CITIES), wanted)):
        yield from _membership(city, number, chance)


def _name_of_network(number: int, chance: Random) -> Passage:
    network, name = _thing("network", number), f"Rete {_word(number)}"
    topics = chance.sample(_TOPICS, 2)
    said = (
        f"{network} {_TYPE} <{_RETI}Network>",
        f'{network} {_LABEL} "{name}"@it',
        f'{network} {_LABEL} "{_word(number)} Network"@en',
        f"{network} <{_ORG}classification> {_concept('kinds', 'network')}",
        f"{network} <{_RETI}scope> {_concept('scopes', chance.choice(_SCOPES))}",
        *(f"{network} <{_DCTERMS}subject> {_concept('topics', topic)}" for topic in topics),
    )
    return _passage(number, f"name-{number}", f"{name} è una rete di città", said)


def _founding(number: int, chance: Random) -> Passage:
    node, network = _thing("founding", number), _thing("network", number)
    place = _thing("city", number * _CITIES)
    said = (
        f"{node} {_TYPE} <{_RETI}Founding>",
        f"{node} <{_ORG}resultingOrganization> {network}",
        f"{node} <{_RETI}place> {place}",
    )
    year = chance.randint(1960, 1990)
    times = _times(node, "date", ("earliest", "latest"), year)
    words = f"È stata fondata a {_word(number * _CITIES)} nel {year}"
    return _passage(number, f"founding-{number}", words, (*said, *times), node)


def _figure(number: int, measure: str, chance: Random) -> Passage:
    node = f"<{BASE}id/figure/made-up-{number}--{measure}>"
    value = chance.randint(10, 900)
    said = (
        f"{node} {_TYPE} <{_RETI}Figure>",
        f"{node} <{_RETI}figureOf> {_thing('network', number)}",
        f"{node} <{_RETI}measure> {_concept('measures', measure)}",
        f"{node} <{_RETI}bound> {_concept('bounds', chance.choice(('exact', 'more-than')))}",
        f"{node} {_VALUE} {_integer(value)}",
    )
    return _passage(number, f"{measure}-{number}", f"ne fanno parte {value}", said, node)


def _city(city: int, network: int) -> Passage:
    """Return the passage of a city and of its mayor's office."""
    node, office = _thing("city", city), _thing("office", city)
    said = (
        f"{node} {_TYPE} <{_RETI}City>",
        f'{node} {_LABEL} "{_word(city)}"@it',
        f'{node} {_LABEL} "{_word(city)}"@en',
        f"{office} {_TYPE} <{_ORG}Post>",
        f'{office} {_LABEL} "Sindaco di {_word(city)}"@it',
        f'{office} {_LABEL} "Mayor of {_word(city)}"@en',
        f"{office} <{_RETI}officeOf> {node}",
    )
    return _passage(network, f"city-{city}", f"il Sindaco di {_word(city)}", said)


def _membership(city: int, network: int, chance: Random) -> Iterator[Passage]:
    """Yield the passage of a membership; of one in twenty a second one says the same."""
    role, direct, inverse = chance.choice(_ROLES)
    kind = "office" if role == "chair" else "city"
    node = f"<{BASE}id/membership/made-up-{city}--{network}>"
    member, organization = _thing(kind, city), _thing("network", network)
    year = chance.randint(1991, 2024)
    said = (
        f"{node} {_TYPE} <{_ORG}Membership>",
        f"{node} <{_ORG}member> {member}",
        f"{node} <{_ORG}organization> {organization}",
        f"{node} <{_ORG}role> {_concept('roles', role)}",
        f"{member} <{_RETI}{direct}> {organization}",
        f"{organization} <{_RETI}{inverse}> {member}",
        *_times(node, "since", ("sinceEarliest", "sinceLatest"), year),
    )
    words = f"{_word(city)} ne fa parte dal {year}"
    yield _passage(network, f"membership-{city}--{network}", words, said, node)
    if chance.random() < 1 / 20:
        yield _passage(network, f"again-{city}--{network}", f"{words}, come si è detto", said, node)


def _source(number: int) -> Passage:
    node = f"<{_source_iri(number)}>"
    said = (
        f"{node} {_TYPE} <{_RETI}Source>",
        f'{node} <{_DCTERMS}title> "Registro {number}"@it',
        f'{node} <{_DCTERMS}title> "Register {number}"@en',
        f"{node} <{_DCTERMS}publisher> {_thing('city', 0)}",
        f'{node} <{_DCTERMS}language> "it"',
        f'{node} <{_RETI}seenOn> "2026-01-01"^^<{_XSD}date>',
    )
    return Passage(node, said)


def _passage(
    network: int, name: str, words: str, said: tuple[str, ...], node: str | None = None
) -> Passage:
    """Return a passage with its quote, the W3C's selectors of it, and what it says.

    `node` is the relation that the passage is the primary source of.
    """
    source = _source_iri(network // _NETWORKS_A_SOURCE)
    iri = f"{source}/{name}"
    graph, quoted, placed = f"<{iri}>", f"<{iri}#text-quote>", f"<{iri}#text-position>"
    start = network * 10_000 + len(name)
    evidence = (
        f"{graph} {_TYPE} <{_RETI}Passage>",
        f'{graph} <{_RETI}quote> "{words}"@it',
        f"{graph} <{_PROV}wasQuotedFrom> <{source}>",
        f"{graph} <{_OA}hasSource> <{source}>",
        f'{graph} <{_RETI}section> "Rete {_word(network)}"@it',
        f"{graph} <{_RETI}position> {_integer(network % 100)}",
        f"{graph} <{_RETI}start> {_integer(start)}",
        f"{graph} <{_RETI}end> {_integer(start + len(words))}",
        f"{graph} <{_OA}hasSelector> {quoted}",
        f"{quoted} {_TYPE} <{_OA}TextQuoteSelector>",
        f'{quoted} <{_OA}exact> "{words}"',
        f"{graph} <{_OA}hasSelector> {placed}",
        f"{placed} {_TYPE} <{_OA}TextPositionSelector>",
        f"{placed} <{_OA}start> {_integer(start)}",
        f"{placed} <{_OA}end> {_integer(start + len(words))}",
    )
    derived = (f"{node} {_PRIMARY_SOURCE} {graph}",) if node else ()
    return Passage(graph, (*evidence, *said, *derived))


def _times(node: str, given: str, limits: tuple[str, str], year: int) -> tuple[str, str, str]:
    earliest, latest = limits
    return (
        f'{node} <{_RETI}{given}> "{year}"^^<{_XSD}gYear>',
        f'{node} <{_RETI}{earliest}> "{year}-01-01"^^<{_XSD}date>',
        f'{node} <{_RETI}{latest}> "{year}-12-31"^^<{_XSD}date>',
    )


def _word(number: int) -> str:
    rest, last = divmod(number, len(_LAST))
    round_, first = divmod(rest, len(_FIRST))
    return f"{_FIRST[first]}{_LAST[last]} {round_ + 1}"


def _thing(kind: str, number: int) -> str:
    return f"<{BASE}id/{kind}/made-up-{number}>"


def _concept(scheme: str, name: str) -> str:
    return f"<{BASE}concept/{scheme}/{name}>"


def _source_iri(number: int) -> str:
    return f"{BASE}source/made-up-register-{number}"


def _integer(value: int) -> str:
    return f'"{value}"^^<{_XSD}integer>'


if __name__ == "__main__":
    for each in passages(int(sys.argv[1])):
        sys.stdout.write(each.quads)
