"""Sources made up by rule, as the TriG files of a site have them: always the same ones.

What they say has the shape of the bundled site: lists of members, records of cities, names and
figures of networks, foundings, offices and those who hold them. All of it conforms to the bundled
site's shapes, and uses its concepts.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

STATEMENTS: Final = 16_750
"""How many statements a source has in a release, within a few per cent."""

_BASE: Final = "https://w3id.org/reti-graph/"
_NETWORKS: Final = 25
_CITIES: Final = 12
"""New cities with each network; its members are drawn from those of the last networks."""
_NEARBY: Final = 20 * _CITIES
_MEMBERS: Final = (8, 36)
_FIRST: Final = ("Monte", "Val", "Porto", "Rocca", "Ponte", "Castel", "Villa", "Acqua")
_LAST: Final = ("alta", "bella", "chiara", "nova", "secca", "verde", "vecchia", "lunga", "fredda")
_TOPICS: Final = ("air-quality", "biodiversity", "circular-economy", "climate-change", "culture")
_SCOPES: Final = ("european", "global", "national")
_KINDS: Final = ("network", "pact", "forum", "coalition", "initiative")
_COUNTRIES: Final = ("ITA", "FRA", "DEU", "ESP", "GRC", "POL", "DNK", "FIN")
_ROLES: Final = ("member", "member", "member", "member", "signatory")


def slug(source: int) -> str:
    """Return the name of a source, which is that of its folder."""
    return f"made-up-register-{source}"


def passages(source: int) -> Iterator[tuple[str, str]]:
    """Yield the passages of a source as TriG, each with the name of the file it belongs to."""
    yield "source", _described(source)
    for network in range(source * _NETWORKS, (source + 1) * _NETWORKS):
        yield from _Network(network, source).passages()


def _described(source: int) -> str:
    lines = (
        "a reti:Source",
        f'dcterms:title "Registro inventato {source}"@it, "Made-up register {source}"@en',
        'dcterms:language "it"',
        f'dcterms:issued "{2000 + source % 25}-05-18"^^xsd:date',
        f"foaf:page <https://example.org/register/{source}>",
        'dcterms:rights "Nessuno: è tutto inventato."@it, "None: all is made up."@en',
    )
    graph = f"source:{slug(source)}"
    return _block(graph, [_said(graph, *lines)])


class _Network:
    """What one source says of one network and of the cities that come with it."""

    def __init__(self, number: int, source: int) -> None:
        self._slug = f"network-{number}"
        self._name = _word(number)
        self._place = number % _NETWORKS
        self._source = slug(source)
        self._chance = Random(number)  # noqa: S311 - made-up data hides nothing
        self._cities = range(number * _CITIES, (number + 1) * _CITIES)

    def passages(self) -> Iterator[tuple[str, str]]:
        yield "networks", self._named()
        yield "networks", self._founding()
        yield "networks", self._figure("member-cities")
        yield "networks", self._figure("countries")
        yield "members", self._members()
        for city in self._cities:
            yield "cities", self._record(city)
        yield "offices", self._office(self._cities[0])

    def _named(self) -> str:
        topics = ", ".join(f"topic:{topic}" for topic in self._chance.sample(_TOPICS, 2))
        aim = f"unire le città di {self._name}"
        said = _said(
            f"network:{self._slug}",
            "a reti:Network",
            f'rdfs:label "Rete {self._name}"@it, "{self._name} Network"@en',
            f"org:classification kind:{self._chance.choice(_KINDS)}",
            f"reti:scope scope:{self._chance.choice(_SCOPES)}",
            f"dcterms:subject {topics}",
            f'reti:aim "{aim}"@it',
        )
        return self._placed("name", f"Rete {self._name}, nata per {aim}", said)

    def _founding(self) -> str:
        year = self._chance.randint(1960, 1990)
        place, other = self._cities[:2]
        said = _said(
            f"founding:{self._source}--{self._slug}",
            "a reti:Founding",
            f"org:resultingOrganization network:{self._slug}",
            f'reti:date "{year}"^^xsd:gYear',
            f"reti:place city:city-{place}",
            f"reti:founder city:city-{place}, city:city-{other}",
            "reti:foundersComplete false",
        )
        words = f"È stata fondata nel {year} da {_word(place)} e {_word(other)}"
        return self._placed("founding", words, said)

    def _figure(self, measure: str) -> str:
        value = self._chance.randint(10, 900)
        said = self._figure_of(f"network:{self._slug}", self._slug, measure, value)
        return self._placed(measure, f"ne fanno parte {value}", said)

    def _figure_of(self, thing: str, name: str, measure: str, value: int) -> str:
        return _said(
            f"figure:{self._source}--{name}--{measure}",
            "a reti:Figure",
            f"reti:figureOf {thing}",
            f"reti:measure measure:{measure}",
            f"rdf:value {value}",
            "reti:bound bound:exact",
        )

    def _members(self) -> str:
        """Return the list of members: the cities named, and their memberships."""
        last = self._cities[-1] + 1
        near = range(max(0, last - _NEARBY), last)
        chosen = self._chance.sample(near, min(self._chance.randint(*_MEMBERS), len(near)))
        said = [self._member(city) for city in sorted(chosen)]
        more = (
            'reti:covers "le città membri"@it, "the cities that are members"@en',
            "reti:completeness completeness:complete",
        )
        name, words = f"{self._slug}-members", f"Le città della rete {self._name}"
        return self._passage(name, words, said, "List", more)

    def _member(self, city: int) -> str:
        lines = [
            "a org:Membership",
            f"org:member city:city-{city}",
            f"org:organization network:{self._slug}",
            f"org:role role:{self._chance.choice(_ROLES)}",
        ]
        if self._chance.random() < 1 / 5:
            lines.append(f'reti:since "{self._chance.randint(1991, 2024)}"^^xsd:gYear')
        named = _said(f"city:city-{city}", "a reti:City", f'rdfs:label "{_word(city)}"@en')
        return named + _said(f"membership:city-{city}--{self._slug}", *lines)

    def _record(self, city: int) -> str:
        """Return the record of a city: where it lies, how many live there, who else knows it."""
        population = self._chance.randint(10_000, 900_000)
        north, east = self._chance.randint(-5_000, 6_500), self._chance.randint(-9_999, 9_999)
        country = _COUNTRIES[city % len(_COUNTRIES)]
        said = _said(
            f"city:city-{city}",
            "a reti:City",
            f'rdfs:label "{_word(city)}"@en',
            f"geo:lat {north / 100:.2f}",
            f"geo:long {east / 100:.2f}",
            f"dcterms:spatial <https://sws.geonames.org/{900_000_000 + city}/>",
            f"reti:country eu-country:{country}",
            f"owl:sameAs wikidata:Q{900_000_000 + city}",
        )
        figure = self._figure_of(f"city:city-{city}", f"city-{city}", "population", population)
        words = f"{city}, {_word(city)}, {country}, {population}"
        return self._passage(f"city-{city}", words, [said, figure], "Record")

    def _office(self, city: int) -> str:
        """Return who was mayor of a city, and that the mayor chairs the network."""
        name, year = _word(city), self._chance.randint(1991, 2020)
        office, person = f"mayor-of-city-{city}", f"person-{city}"
        said = (
            _said(
                f"office:{office}",
                "a org:Post",
                f'rdfs:label "Sindaco di {name}"@it, "Mayor of {name}"@en',
                f"reti:officeOf city:city-{city}",
            ),
            _said(
                f"person:{person}",
                "a foaf:Person",
                f'rdfs:label "Persona {city}"@it, "Person {city}"@en',
            ),
            _said(
                f"term-of-office:{self._source}--{person}--{office}",
                "a reti:TermOfOffice",
                f"reti:holder person:{person}",
                f"reti:heldOffice office:{office}",
                f'reti:since "{year}-06"^^xsd:gYearMonth',
                f'reti:until "{year + 4}-06"^^xsd:gYearMonth',
            ),
            _said(
                f"membership:office-{office}--{self._slug}",
                "a org:Membership",
                f"org:member office:{office}",
                f"org:organization network:{self._slug}",
                "org:role role:chair",
            ),
        )
        words = f"Persona {city}, Sindaco di {name} dal giugno {year}, presiede la rete"
        return self._placed("office", words, *said)

    def _placed(self, name: str, words: str, *said: str) -> str:
        """Return a passage that says where in the source's text it stands."""
        start = self._place * 1_000
        more = (
            f'reti:section "Rete {self._name}"@it',
            f"reti:position {self._place}",
            f"reti:start {start}",
            f"reti:end {start + len(words)}",
        )
        return self._passage(f"{self._slug}-{name}", words, said, None, more)

    def _passage(
        self,
        name: str,
        words: str,
        said: Iterable[str],
        kind: str | None,
        more: Iterable[str] = (),
    ) -> str:
        graph = f"<{_BASE}source/{self._source}/{name}>"
        kinds = f"reti:Passage, reti:{kind}" if kind else "reti:Passage"
        quoted = (f"a {kinds}", f'reti:quote "{words}"@it')
        own = _said(graph, *quoted, f"prov:wasQuotedFrom source:{self._source}", *more)
        return _block(graph, (own, *said))


def _said(subject: str, *lines: str) -> str:
    return f"    {subject} " + " ;\n        ".join(lines) + " .\n"


def _block(graph: str, said: Iterable[str]) -> str:
    return f"{graph} {{\n{''.join(said)}}}\n"


def _word(number: int) -> str:
    rest, last = divmod(number, len(_LAST))
    round_, first = divmod(rest, len(_FIRST))
    return f"{_FIRST[first]}{_LAST[last]} {round_ + 1}"
