"""The report of an import: what was taken, what was left out, and why."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from reti_graph.language import choose
from tools.import_facts.cities import FILE as CITIES
from tools.import_facts.listed import unused
from tools.import_facts.members import FILE as MEMBERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reti_graph.problems import Problem
    from tools.import_facts.cities import City
    from tools.import_facts.listed import Listed, Remark
    from tools.import_facts.names import Thing
    from tools.import_facts.places import Key
    from tools.import_facts.records import Records
    from tools.import_facts.tables import ListEntry, ListTable

HEAD: Final = """\
# What was imported

Written by `python -m tools.import_facts` ([how](../tools/import_facts/README.md)). Lines are those
of the collected CSV files, on which rows end; the files themselves are not part of the project.
"""
ELSEWHERE: Final = frozenset({"MUFPP", "MUFPP Steering Committee 2016-2018", "EFUS"})


@dataclass(frozen=True, slots=True)
class Account:
    """What the report tells of: the rows on lists, those left out, and what became of cities."""

    table: ListTable
    read: int
    listed: Sequence[Listed]
    left_out: Mapping[str, Sequence[Remark]]
    cities: Mapping[str, City]
    things: Mapping[Key, Thing]
    recorded: Records


def report(account: Account, problems: Sequence[Problem]) -> str:
    """Return the report in Markdown."""
    sections = (
        [HEAD],
        _problems(problems),
        _networks(account),
        _lists(account),
        _remarks(account),
        _cities(account),
        _records(account.recorded),
    )
    return "\n".join(line for section in sections for line in section)


def _table(*columns: str) -> Iterator[str]:
    yield _row(*columns)
    yield _row(*("---" for _ in columns))


def _row(*cells: object) -> str:
    return "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |"


def _lines(numbers: Sequence[int]) -> str:
    """Write line numbers, runs of them as `4–9`."""
    runs: list[tuple[int, int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return ", ".join(str(low) if low == high else f"{low}–{high}" for low, high in runs)


def _problems(problems: Sequence[Problem]) -> Iterator[str]:
    if not problems:
        return
    yield f"## Rows that are wrong: {len(problems)}\n"
    for problem in problems:
        yield f"- `{problem.location}`: {choose(problem.messages, 'en')}"
    yield ""


def _networks(account: Account) -> Iterator[str]:
    """Tell, for each network or body, how many are on its lists."""
    members: dict[str, set[Key]] = defaultdict(set)
    for row in account.listed:
        members[row.entry.target].add(row.key)
    yield "## Networks and bodies\n"
    yield from _table("Network, body or programme", "Members taken", "Cities", "Other bodies")
    for target, keys in sorted(members.items()):
        kinds = Counter(account.things[key].kind == "city" for key in keys)
        yield _row(f"`{target}`", len(keys), kinds[True], kinds[False])
    yield ""


def _lists(account: Account) -> Iterator[str]:
    rows: dict[str, list[Listed]] = defaultdict(list)
    for row in account.listed:
        rows[row.entry.name].append(row)
    yield f"## Lists: {account.read} rows of `{MEMBERS}`\n"
    yield from _table("List", "Rows", "Taken", "As members", "Left out", "Complete", "Lines")
    for entry in account.table.lists:
        yield _list(entry, rows[entry.name], account.left_out.get(entry.name, ()))
    yield ""


def _list(entry: ListEntry, rows: Sequence[Listed], left_out: Sequence[Remark]) -> str:
    return _row(
        f"`{entry.name}`",
        len(rows) + len(left_out),
        len(rows),
        len({row.key for row in rows}),
        len(left_out),
        entry.completeness,
        _lines([row.member.number for row in rows]),
    )


def _remarks(account: Account) -> Iterator[str]:
    yield f"### Rows of `{MEMBERS}` left out, or taken in part\n"
    yield from _table("Line", "Name", "Left out")
    whole = {remark for remarks in account.left_out.values() for remark in remarks}
    for remark in sorted((*whole, *unused(account.listed))):
        yield _row(remark.line, remark.name, remark.reason)
    yield ""
    firsts: dict[tuple[str, Key], Listed] = {}
    yield "### Rows that are one\n"
    for row in account.listed:
        first = firsts.setdefault((row.entry.name, row.key), row)
        if first is not row:
            names = f"{first.member.city} (line {first.member.number}) and {row.member.city}"
            yield f"- {names} (line {row.member.number}) are one place on `{row.entry.name}`."
    yield ""


def _cities(account: Account) -> Iterator[str]:
    taken = {key.geonames_id for key in account.things}
    kept = [city for number, city in account.cities.items() if number in taken]
    left = [city for number, city in account.cities.items() if number not in taken]
    yield f"## Places: {len(account.cities)} rows of `{CITIES}`\n"
    yield f"{len(kept)} are taken, {len(left)} are left out:\n"
    yield from _left_cities(left)
    yield ""
    yield from _table("Of the places taken", "Number")
    sure = Counter(city.wikidata_confidence for city in kept)
    yield _row("in Wikidata, confidence high: the same thing", sure["high"])
    yield _row("in Wikidata, confidence medium: a close match", sure["medium"])
    yield _row("in Wikidata, confidence low: left out", sure["low"])
    yield _row("not found in Wikidata", sure[""])
    yield _row("with a code of ISTAT and a territory", sum(bool(c.istat_code) for c in kept))
    yield _row("with a population", sum(bool(c.population) for c in kept))
    yield ""
    unpeopled = _lines([city.number for city in kept if not city.population])
    if unpeopled:
        yield f"A population of 0 means that none is known, and is left out: lines {unpeopled}."
        yield ""
    unplaced = sorted(thing.term for key, thing in account.things.items() if not key.geonames_id)
    yield f"{len(unplaced)} things have no place in GeoNames: {', '.join(unplaced)}."
    yield ""
    yield "Left out of every row: admin1, timezone and unlocode, which no question asks for."
    yield ""


def _left_cities(left: Sequence[City]) -> Iterator[str]:
    elsewhere = [city for city in left if city.networks and set(city.networks) <= ELSEWHERE]
    others = [city for city in left if city not in elsewhere]
    if elsewhere:
        yield (
            f"- {len(elsewhere)} stand only on lists of the Milan Pact and of EFUS, which may not"
            f" be published again: lines {_lines([city.number for city in elsewhere])}"
        )
    if others:
        numbers = _lines([city.number for city in others])
        yield f"- {len(others)} are on no list and in no record that is kept: lines {numbers}"


def _records(recorded: Records) -> Iterator[str]:
    rows = len({*recorded.taken, *(left.line for left in recorded.left_out)})
    yield f"## Records: {rows} rows of `identifiers.csv`\n"
    yield (
        f"{len(recorded.taken)} are taken, in {len(recorded.passages)} passages of"
        f" {len(recorded.sources)} sources.\n"
    )
    yield "### Rows of `identifiers.csv` left out, or taken in part\n"
    yield from _table("Line", "About", "Property", "Left out")
    for left in recorded.left_out:
        yield _row(left.line, left.entity, left.property, left.reason)
    yield ""
