"""Which lists each row is on, and what its column `since` adds to each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from reti_graph.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tools.import_facts.members import Member
    from tools.import_facts.places import Key, Places
    from tools.import_facts.since import Since
    from tools.import_facts.tables import ListEntry

LOW: Final = "the collectors are not sure enough of it (confidence low)"


class Remark(NamedTuple):
    """A row of `members.csv` that is left out of a list, or of which a part is, and why."""

    line: int
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A row on a list, and the place it stands for."""

    member: Member
    entry: ListEntry
    key: Key

    @property
    def date(self) -> str | None:
        """Since when the place is on the list, if the list's own source says so."""
        return self._since("joined")

    @property
    def role(self) -> tuple[str, str | None] | None:
        """The role besides that of a member, and since when, if the source tells either."""
        named = self.entry.roles.get(self.member.city)
        if named:
            return named, None
        date = self._since("role")
        return (self.member.since.note or "", date) if date and self.member.since else None

    @property
    def founder(self) -> bool:
        """Whether the list's source says that the place was a founder."""
        return self._since("founding") is not None

    def _since(self, meaning: str) -> str | None:
        since = self.member.since
        if since is None or since.latest or not _from(self.entry, self.member.since_source):
            return None
        note = self.entry.notes.get(since.note) if since.note else "joined"
        return since.date if note == meaning else None


@dataclass(frozen=True, slots=True)
class Sorted:
    """The rows on lists, what is left out of them, and the problems found on the way."""

    listed: tuple[Listed, ...]
    left_out: Mapping[str, Sequence[Remark]]
    problems: tuple[Problem, ...]


def sort(members: Iterable[Member], entries: Sequence[ListEntry], places: Places) -> Sorted:
    """Put each row on the lists it is of."""
    listed: list[Listed] = []
    problems: list[Problem] = []
    left_out: dict[str, list[Remark]] = {}
    seen: dict[tuple[str, Key], int] = {}
    for member in members:
        found = _lists_of(member, entries)
        key = places.key(member)
        if isinstance(found, Problem) or isinstance(key, Problem):
            problems += (each for each in (found, key) if isinstance(each, Problem))
            continue
        if member.confidence == "low":
            for entry in found:
                remark = Remark(member.number, member.city, LOW)
                left_out.setdefault(entry.name, []).append(remark)
            continue
        for entry in found:
            first = seen.setdefault((entry.name, key), member.number)
            if first != member.number and not places.is_second_spelling(member):
                problems.append(_twice(member, first))
                break
            listed.append(Listed(member, entry, key))
    return Sorted(tuple(listed), left_out, tuple(problems))


def _lists_of(member: Member, entries: Sequence[ListEntry]) -> Sequence[ListEntry] | Problem:
    """Return the lists of a row; they must fit its source, and one of them its `since`."""
    of_network = [entry for entry in entries if entry.network == member.network]
    if not of_network:
        return member.line.problem(
            f"Nessun elenco di lists.toml ha la rete «{member.network}».",
            f'No list of lists.toml has the network "{member.network}"; correct it or add one.',
        )
    found = [entry for entry in of_network if member.source_title in entry.titles]
    if not found:
        return member.line.problem(
            f"Nessun elenco di lists.toml ha la fonte «{member.source_title}».",
            f'No list of lists.toml has the source "{member.source_title}"; correct it or add one.',
        )
    for entry in found:
        if member.source_date not in entry.dated or not _from(entry, member.source_url):
            return member.line.problem(
                f"Data o indirizzo della fonte non sono quelli di {entry.name} in lists.toml.",
                f"The date or address of the source is not that of {entry.name} in lists.toml.",
            )
    return _wrong_since(member, found) or found


def _from(entry: ListEntry, address: str) -> bool:
    """Tell whether a text of the rows names a page of the list's source."""
    return any(page.partition("://")[2] in address for page in entry.source.pages)


def _wrong_since(member: Member, entries: Sequence[ListEntry]) -> Problem | None:
    since = member.since
    if since is None or member.seed or since.latest:
        return None
    notes = {entry.notes.get(since.note, "") if since.note else "joined" for entry in entries}
    if notes == {""}:
        return member.line.problem(
            f"lists.toml non dice che cosa vuol dire «({since.note})» in questo elenco.",
            f'lists.toml does not say what "({since.note})" means on this list.',
        )
    if "recorded" in notes or any(_from(entry, member.since_source) for entry in entries):
        return None
    return member.line.problem(
        "since_source è un’altra fonte: identifiers.csv dovrebbe averla, e lists.toml dirlo.",
        "The since_source is another source; let identifiers.csv have it, and lists.toml say so.",
    )


def _twice(member: Member, first: int) -> Problem:
    return member.line.problem(
        f"La riga è la stessa città della riga {first}; se è giusto, dirlo in places.toml.",
        f"The row is the same city as line {first}; if that is right, say so in places.toml.",
    )


def unused(listed: Iterable[Listed]) -> Iterator[Remark]:
    """Yield, of the rows on lists, those whose `since` adds nothing, and why."""
    told: set[int] = set()
    for each in listed:
        member = each.member
        if member.since is None or member.number in told:
            continue
        told.add(member.number)
        if reason := _unused(member, member.since, each.entry):
            yield Remark(member.number, member.city, reason)


def _unused(member: Member, since: Since, entry: ListEntry) -> str | None:
    if member.seed:
        return "since when is known from the Milan page itself, which says so already"
    if since.latest:
        return f"“by {since.date}” adds nothing to the date of the list"
    note = entry.notes.get(since.note) if since.note else None
    if note == "recorded":
        return f"“{since.date} ({since.note})” is about the founding: see `identifiers.csv`"
    if note == "founding":
        return f"it is taken as a founder, but not {since.date}: see `identifiers.csv`"
    return None
