"""What the statements of the tables become in the graph: triples, written as Turtle has them."""

from __future__ import annotations

from functools import singledispatch
from typing import TYPE_CHECKING, Final, NamedTuple

import pyoxigraph as ox

from tools.import_facts.record_tables import (
    FigureSays,
    FoundingSays,
    IriSays,
    MembershipSays,
    SeatSays,
    TermSays,
    TextSays,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tools.import_facts.record_tables import NewThing, Says

_TYPE_BY_LENGTH: Final[Mapping[int, str]] = {4: "xsd:gYear", 7: "xsd:gYearMonth", 10: "xsd:date"}

# One who belongs to a network or takes part in it has one membership there; a chair has a second.
_PLAIN_ROLES: Final = ("member", "participant")


class Triple(NamedTuple):
    """A subject, predicate and object; prefixed names, IRIs in <> and literals."""

    subject: str
    predicate: str
    object: str


class About(NamedTuple):
    """What a statement is about, and the source that makes it."""

    thing: str
    source: str


def local(name: str) -> str:
    """Return the part of a prefixed name after the colon."""
    return name.partition(":")[2]


def literal(text: str, language: str | None = None) -> str:
    """Return a text as Turtle has it."""
    return str(ox.Literal(text, language=language))


def time(text: str) -> str:
    """Return a year, month or day with its datatype; the length tells which it is."""
    return f'"{text}"^^{_TYPE_BY_LENGTH[len(text)]}'


def _lines(node: str, pairs: Iterable[tuple[str, str | None]]) -> Iterator[Triple]:
    return (Triple(node, predicate, value) for predicate, value in pairs if value is not None)


@singledispatch
def triples(says: Says, about: About) -> Iterator[Triple]:
    """Return what a statement says, as triples about the nodes it makes."""
    raise NotImplementedError(type(says), about)


@triples.register(FoundingSays)
def _founding(says: FoundingSays, about: About) -> Iterator[Triple]:
    node = f"founding:{about.source}--{local(about.thing)}"
    complete = None if says.complete is None else str(says.complete).lower()
    pairs = [
        ("a", "reti:Founding"),
        ("org:resultingOrganization", about.thing),
        ("reti:date", time(says.date) if says.date else None),
        ("reti:place", says.place),
        *(("reti:founder", founder) for founder in says.founders),
        ("reti:foundersComplete", complete),
        *(("reti:initiator", initiator) for initiator in says.initiators),
    ]
    return _lines(node, pairs)


@triples.register(FigureSays)
def _figure(says: FigureSays, about: About) -> Iterator[Triple]:
    node = f"figure:{about.source}--{local(about.thing)}--{says.measure}"
    pairs = [
        ("a", "reti:Figure"),
        ("reti:figureOf", about.thing),
        ("reti:measure", f"measure:{says.measure}"),
        ("rdf:value", str(says.value)),
        ("reti:bound", f"bound:{says.bound}"),
    ]
    return _lines(node, pairs)


@triples.register(SeatSays)
def _seat(says: SeatSays, about: About) -> Iterator[Triple]:
    return _lines(about.thing, [("reti:seat", says.place)])


@triples.register(TermSays)
def _term(says: TermSays, about: About) -> Iterator[Triple]:
    node = f"term-of-office:{about.source}--{local(says.person)}--{local(says.office)}"
    pairs = [
        ("a", "reti:TermOfOffice"),
        ("reti:holder", says.person),
        ("reti:heldOffice", says.office),
        ("reti:since", time(says.since) if says.since else None),
        ("reti:until", time(says.until) if says.until else None),
        ("reti:attestedOn", time(says.on) if says.on else None),
    ]
    return _lines(node, pairs)


@triples.register(MembershipSays)
def _membership(says: MembershipSays, _: About) -> Iterator[Triple]:
    # The same node as in other sources, so that one statement shows all who make it.
    ends = f"{says.member.replace(':', '-')}--{local(says.organization)}"
    node = f"membership:{ends}" + ("" if says.role in _PLAIN_ROLES else f"--{says.role}")
    pairs = [
        ("a", "org:Membership"),
        ("org:member", says.member),
        ("org:organization", says.organization),
        ("org:role", f"role:{says.role}"),
        ("reti:since", time(says.since) if says.since else None),
    ]
    return _lines(node, pairs)


@triples.register(IriSays)
def _iri(says: IriSays, _: About) -> Iterator[Triple]:
    return _lines(says.subject, [(says.property, says.iri)])


@triples.register(TextSays)
def _text(says: TextSays, _: About) -> Iterator[Triple]:
    return _lines(says.subject, [(says.property, literal(says.text, says.language))])


def described(said: Iterable[Triple], new: Mapping[str, NewThing], texts: str) -> Iterator[Triple]:
    """Return the descriptions of new things that triples speak of.

    A name is given only where the texts of the row have it.
    """
    for thing in sorted(_mentioned(said) & new.keys()):
        found = new[thing]
        named = found.label is not None and found.label in texts
        pairs = [
            ("a", found.class_),
            ("rdfs:label", literal(found.label, "en") if found.label and named else None),
            ("reti:officeOf", found.office_of),
        ]
        yield from _lines(thing, pairs)


def grouped(said: Iterable[Triple]) -> Mapping[str, tuple[str, ...]]:
    """Return triples by subject, each predicate and object once, in the order they came."""
    by_subject: dict[str, dict[str, None]] = {}
    for subject, predicate, value in said:
        by_subject.setdefault(subject, {})[f"{predicate} {value}"] = None
    return {subject: tuple(lines) for subject, lines in by_subject.items()}


def cities_in(said: Iterable[Triple], cities: Mapping[str, str]) -> Mapping[str, str]:
    """Return the cities that triples speak of, by GeoNames id."""
    found = _mentioned(said)
    return {number: city for number, city in cities.items() if city in found}


def _mentioned(said: Iterable[Triple]) -> set[str]:
    return {name for triple in said for name in (triple.subject, triple.object)}
