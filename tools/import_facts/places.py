"""Which place a row stands for: one of GeoNames, or a name without one in a country."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reti_graph.problems import Problem
    from tools.import_facts.members import Member
    from tools.import_facts.tables import PlaceKind, PlaceTable


class Key(NamedTuple):
    """What tells places apart: the GeoNames id or, without one, the name; and the country."""

    geonames_id: str
    name: str
    country: str


@dataclass(frozen=True, slots=True)
class Places:
    """What names without a GeoNames id are, and which of them are one, by name and country."""

    kinds: Mapping[tuple[str, str], PlaceKind]
    same: Mapping[tuple[str, str], str]

    @classmethod
    def of(cls, table: PlaceTable) -> Places:
        """Return the places of a table."""
        kinds = {(name, entry.country): entry.kind for entry in table.place for name in entry.names}
        same = {(entry.also, entry.country): entry.name for entry in table.same}
        return cls(kinds, same)

    def key(self, member: Member) -> Key | Problem:
        """Return the place of a row, or the problem that no table knows it."""
        if member.geonames_id:
            return Key(member.geonames_id, "", member.country)
        spelled = (member.city, member.country)
        name = self.same.get(spelled, member.city)
        if (name, member.country) in self.kinds:
            return Key("", name, member.country)
        return member.line.problem(
            f"«{member.city}» non ha geonames_id, e places.toml non dice che cos’è.",
            f'"{member.city}" has no geonames_id, and places.toml does not say what it is.',
        )

    def kind(self, key: Key) -> PlaceKind:
        """Return what a place is; one of GeoNames is a city."""
        return "city" if key.geonames_id else self.kinds[key.name, key.country]

    def is_second_spelling(self, member: Member) -> bool:
        """Tell whether the table has the row's name as another spelling."""
        return not member.geonames_id and (member.city, member.country) in self.same
