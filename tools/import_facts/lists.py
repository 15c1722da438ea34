"""From the rows on a list to the passages of its source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tools.import_facts.countries import country
from tools.import_facts.graph import Kind, Passage
from tools.import_facts.record_says import About, Triple, grouped, literal, local, time, triples
from tools.import_facts.record_tables import FoundingSays, MembershipSays

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tools.import_facts.listed import Listed
    from tools.import_facts.names import Thing
    from tools.import_facts.places import Key
    from tools.import_facts.tables import ListEntry

FOUNDERS: Final = "founders"


def passages(
    entry: ListEntry, rows: Sequence[Listed], things: Mapping[Key, Thing]
) -> Iterator[Passage]:
    """Yield the passage of a list and, if its source names founders, that of their record."""
    yield Passage(
        source=entry.source.slug,
        slug=entry.slug,
        quote=entry.quote,
        language=entry.language,
        says=grouped(_list(entry, rows, things)),
        kind=Kind.LIST,
        covers=entry.covers.words,
        completeness=entry.completeness,
    )
    founders = [row for row in rows if row.founder]
    if founders:
        yield _founding(entry, founders, things)


def _list(
    entry: ListEntry, rows: Sequence[Listed], things: Mapping[Key, Thing]
) -> Iterator[Triple]:
    if entry.part_of:
        yield Triple(entry.target, "a", "org:OrganizationalUnit")
        yield Triple(entry.target, "org:subOrganizationOf", entry.part_of)
    for row in rows:
        thing = things[row.key]
        yield from _place(thing, row)
        yield from _relations(thing, row)


def _place(thing: Thing, row: Listed) -> Iterator[Triple]:
    yield Triple(thing.term, "a", thing.class_)
    if row.entry.spellings:
        language, spelling = row.entry.language, row.member.city
        named = thing.labels.get(language) == spelling
        predicate = "rdfs:label" if named else "skos:altLabel"
        yield Triple(thing.term, predicate, literal(spelling, language))
    if thing.kind != "city":
        yield Triple(thing.term, "org:classification", f"territory-kind:{thing.kind}")
    if not row.key.geonames_id:
        yield Triple(thing.term, "reti:country", country(thing.country))


def _relations(thing: Thing, row: Listed) -> Iterator[Triple]:
    target = row.entry.target
    about = About(target, row.entry.source.slug)
    if target.startswith("programme:"):
        yield from _participation(thing.term, target, row.date)
        return
    yield from triples(
        MembershipSays(member=thing.term, organization=target, since=row.date), about
    )
    if row.role:
        role, date = row.role
        says = MembershipSays(member=thing.term, organization=target, role=role, since=date)
        yield from triples(says, about)


def _participation(participant: str, programme: str, date: str | None) -> Iterator[Triple]:
    node = f"participation:{participant.replace(':', '-')}--{local(programme)}"
    yield Triple(node, "a", "reti:Participation")
    yield Triple(node, "reti:participant", participant)
    yield Triple(node, "reti:participationIn", programme)
    yield Triple(node, "org:role", "role:participant")
    if date:
        yield Triple(node, "reti:since", time(date))


def _founding(entry: ListEntry, founders: Sequence[Listed], things: Mapping[Key, Thing]) -> Passage:
    """Return the record of founders, whose words are those of the rows."""
    names = ", ".join(row.member.city for row in founders)
    since = founders[0].member.line.cells["since"]
    says = FoundingSays(founders=tuple(things[row.key].term for row in founders), complete=False)
    return Passage(
        source=entry.source.slug,
        slug=FOUNDERS,
        quote=f"{names}: {since}",
        language=entry.language,
        says=grouped(triples(says, About(entry.target, entry.source.slug))),
        kind=Kind.RECORD,
    )
