"""A canned query and its parameters, as values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reti_graph import gate
from reti_graph.canned.header import without_header

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reti_graph.canned.header import Header, ParameterType


@dataclass(frozen=True, slots=True)
class Param:
    """A parameter: `$name` in the text.

    An optional one may stay without value, and is then a variable like any other. `kinds` are
    the site's prefixes under which a slug is looked for; `values` are the choices of an enum.
    """

    name: str
    type: ParameterType
    label: Mapping[str, str]
    example: str
    default: str | None = None
    optional: bool = False
    kinds: tuple[str, ...] = ()
    values: tuple[str, ...] = ()

    @property
    def required(self) -> bool:
        """True when a call must give a value."""
        return not self.optional and self.default is None


@dataclass(frozen=True, slots=True)
class CannedQuery:
    """A query file: its name is that of the file, its text all of it, header included."""

    name: str
    header: Header
    text: str
    file: str

    @property
    def summary(self) -> Mapping[str, str]:
        """One line on what is asked, by language."""
        return self.header.summary

    @property
    def description(self) -> Mapping[str, str]:
        """A few sentences on what is answered, by language."""
        return self.header.description

    @property
    def tags(self) -> tuple[str, ...]:
        """Words to group queries by."""
        return self.header.tags

    @property
    def params(self) -> tuple[Param, ...]:
        """The parameters in the order of the header."""
        return tuple(
            Param(
                name=name,
                type=keys.type,
                label=keys.label,
                example=str(keys.example),
                default=None if keys.default is None else str(keys.default),
                optional=keys.optional,
                kinds=keys.kinds,
                values=keys.values,
            )
            for name, keys in self.header.params.items()
        )

    @property
    def body(self) -> str:
        """The text without the header, every line where it was: what is asked."""
        asked = without_header(self.text)
        return "\n" * (self.text.count("\n") - asked.count("\n")) + asked

    @property
    def form(self) -> gate.QueryForm:
        """SELECT, ASK, CONSTRUCT or DESCRIBE."""
        return gate.form(self.body)
