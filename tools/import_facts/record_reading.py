"""One row of `identifiers.csv`: the passages it gives, or why it is left out, or its problem."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from reti_graph.problems import Problem
from tools.import_facts.findings import problem
from tools.import_facts.graph import LONGEST_QUOTE, Kind, Passage
from tools.import_facts.record_rules import RULES, Match
from tools.import_facts.record_says import About, described, grouped, local, triples
from tools.import_facts.record_tables import TakenEntry

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tools.import_facts.record_rows import Row
    from tools.import_facts.record_rules import Rule
    from tools.import_facts.record_tables import LeftEntry, RecordTable, SourceEntry


NOT_FOUND: Final = "the collectors looked for it and did not find it"
UNSURE: Final = "the collectors are not sure enough of it (confidence {})"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row, or a part of it, that is in no passage, and why."""

    line: int
    entity: str
    property: str
    reason: str


Outcome: TypeAlias = Passage | LeftOut | Problem


@dataclass(frozen=True, slots=True)
class Reading:
    """What rows are read with: the tables, by the names that rows have, and the rows' file."""

    file: str
    table: RecordTable
    sources: Mapping[str, SourceEntry]

    def outcomes(self, row: Row) -> Sequence[Outcome]:
        """Return everything that comes of a row, never nothing."""
        entries = [entry for entry in self.table.row if row.key == _key(entry)]
        if reason := self._reason(row, entries):
            return [LeftOut(row.line, row.entity, row.property_name, reason)]
        thing = self.table.things.get(row.entity)
        source = self.sources.get(row.source)
        if thing is None:
            it = f"«{row.entity}» non è tra le cose (things) di records.toml."
            return [problem(self.file, row.line, it, _unknown("entity", row.entity, "things"))]
        if source is None:
            it = f"La fonte «{row.source}» non è in record-sources.toml."
            return [problem(self.file, row.line, it, _unknown("source", row.source, "source"))]
        if not entries:
            ruled = self._by_rule(row, thing)
            if isinstance(ruled, Problem):
                return [ruled]
            entries = [ruled]
        about = About(thing, source.slug)
        return [found for entry in entries for found in self._passages(row, entry, about, source)]

    def _reason(self, row: Row, entries: Sequence[TakenEntry]) -> str | None:
        if not row.value:
            return NOT_FOUND
        if row.confidence == "low":
            return UNSURE.format("low")
        if left := self.left_by(row):
            return left.reason
        rule = RULES.get(row.property_name)
        if row.confidence == "medium" and not entries and rule and not rule.unsure:
            return UNSURE.format("medium")
        return None

    def left_by(self, row: Row) -> LeftEntry | None:
        """Return the first entry of the table that leaves the row out."""
        return next((entry for entry in self.table.leave if entry.covers(*row.key)), None)

    def _by_rule(self, row: Row, thing: str) -> TakenEntry | Problem:
        rule = RULES.get(row.property_name)
        if rule is None:
            it = f"Nessuna regola e nessuna tabella dice che cosa vuol dire «{row.property_name}»."
            en = f'No rule and no table says what "{row.property_name}" means here; add it to one.'
            return problem(self.file, row.line, it, en)
        found = rule.form.fullmatch(row.value)
        if found is None:
            return self._malformed(row, rule)
        part = self.table.cities.get(found[1]) if rule.of_place else found[1]
        if part is None:
            it = f"Il luogo {found[1]} non è tra le città (cities) di records.toml."
            return problem(self.file, row.line, it, _unknown("place", found[1], "cities"))
        says = rule.says(Match(thing, part, row.confidence == "high"))
        entity, property_, value = row.key
        slug = f"{local(thing)}-{rule.ending}"
        return TakenEntry(entity=entity, property=property_, value=value, slug=slug, says=(says,))

    def _malformed(self, row: Row, rule: Rule) -> Problem:
        it = f"Il valore «{row.value}» di «{row.property_name}» non ha la forma attesa."
        en = f'The value "{row.value}" of "{row.property_name}" should be {rule.expected}.'
        return problem(self.file, row.line, it, en)

    def _passages(
        self, row: Row, entry: TakenEntry, about: About, source: SourceEntry
    ) -> Iterable[Outcome]:
        quote = row.evidence if entry.quote == "evidence" else row.value
        if len(quote.split()) > LONGEST_QUOTE:
            it = f"La citazione ha più di {LONGEST_QUOTE} parole."
            en = f"The quote has more than {LONGEST_QUOTE} words."
            yield problem(self.file, row.line, it, en)
            return
        said = [triple for says in entry.says for triple in triples(says, about)]
        new = described(said, self.table.new, f"{row.evidence}\n{row.value}")
        record = entry.record or source.register or entry.quote == "value"
        yield Passage(
            source=source.slug,
            slug=entry.slug,
            quote=quote,
            language=source.languages[0],
            says=grouped([*said, *new]),
            kind=Kind.RECORD if record else Kind.WORDS,
            read_with=entry.read_with,
        )
        if entry.partly:
            yield LeftOut(row.line, row.entity, row.property_name, f"in part: {entry.partly}")


def _key(entry: TakenEntry) -> tuple[str, str, str]:
    return (entry.entity, entry.property, entry.value)


def _unknown(kind: str, name: str, key: str) -> str:
    return f'The tables know no {kind} "{name}"; add it to "{key}".'
