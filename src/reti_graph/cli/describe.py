"""`describe`: all that is known of one thing, and the words, lists and records that say it."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import click
import pyoxigraph as ox

from reti_graph import describe as describing
from reti_graph.cli.answers import named_format
from reti_graph.cli.dataset import derived, open_site
from reti_graph.cli.options import chosen_language, lang_option, site_option
from reti_graph.cli.output import write_bytes, written
from reti_graph.cli.things import find_thing
from reti_graph.cli.waiting import wait_for
from reti_graph.describe import Dated, PassageKind
from reti_graph.formats import RDF_FORMATS, serialize_quads
from reti_graph.language import choose

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from reti_graph.config import Settings
    from reti_graph.describe import Description, Passage, SourceDate, Statement
    from reti_graph.terms import Term

TEXT: Final = "text"
_KINDS: Final = MappingProxyType(
    {PassageKind.WORDS: "", PassageKind.LIST: "List", PassageKind.RECORD: "Record"}
)
_DATES: Final = MappingProxyType(
    {
        Dated.ISSUED: "{}",
        Dated.SEEN: "seen {}",
        Dated.BETWEEN: "{} to {}",
        Dated.NOT_BEFORE: "not before {}",
        Dated.NOT_AFTER: "not after {}",
    }
)


@click.command()
@click.argument("thing")
@click.option(
    "--format",
    "form",
    metavar="NAME",
    default=TEXT,
    show_default=True,
    help=f"text, {', '.join(known.name for known in RDF_FORMATS)}.",
)
@lang_option
@site_option
def describe(thing: str, form: str, lang: str | None, site: Path | None) -> None:
    """Show all that is said of THING and with it, each statement with its evidence.

    THING is an IRI, a prefixed name such as network:c40, a path such as id/network/c40, or a
    slug such as c40.
    """
    target = None if form == TEXT else named_format(form, "rdf", TEXT)
    dataset = wait_for(lambda: derived(open_site(site)), "reading the site")
    language = chosen_language(lang, dataset.settings)
    iri = find_thing(thing, dataset.store, dataset.settings)
    if target is None:
        found = describing.describe(dataset.store, iri)
        click.echo("\n".join(_Text(found, dataset.settings, language).lines()))
        return
    quads = describing.describe_quads(dataset.store, iri)
    write_bytes(serialize_quads(quads, target, dataset.settings.prefixes))


@dataclass(frozen=True, slots=True)
class _Text:
    """A description as text for people, in one language."""

    found: Description
    settings: Settings
    language: str

    def lines(self) -> Iterator[str]:
        label = self._label(self.found.iri)
        if label:
            yield click.style(label, bold=True)
        yield self.found.iri.value
        yield from self._part("What is said of it", self.found.outgoing, "po")
        yield from self._part("What is said with it", self.found.incoming, "sp")
        yield from self._part("What its words say", self.found.contents, "spo")

    def _part(self, title: str, statements: Iterable[Statement], shown: str) -> Iterator[str]:
        for number, statement in enumerate(statements):
            if number == 0:
                yield ""
                yield click.style(title, bold=True)
            yield "  " + "  ".join(self._term(term) for term in _terms(statement, shown))
            for passage in self._quoted(statement):
                yield click.style(f"      {self._evidence(passage)}", dim=True)

    def _evidence(self, passage: Passage) -> str:
        """Return words in quotation marks, or what else it is; then where it is and how old."""
        words, kind = passage.quote.value, _KINDS[passage.kind]
        complete = self._label(passage.completeness) if passage.completeness else ""
        what = f"{kind} ({complete})" if complete else kind
        shown = f"{what}: {words}," if kind else f"“{words}”"
        dated = f", {_dated(passage.date)}" if passage.date else ""
        return f"{shown} {written(passage.iri, self.settings.prefixes)}{dated}"

    def _quoted(self, statement: Statement) -> tuple[Passage, ...]:
        """Return the passages to show: of a passage itself, the quote is one of its statements."""
        return tuple(each for each in statement.passages if each.iri != self.found.iri)

    def _term(self, term: Term) -> str:
        name = written(term, self.settings.prefixes)
        label = self._label(term)
        return f"{name} ({label})" if label else name

    def _label(self, term: Term) -> str:
        labels = self.found.labels.get(term, {}) if isinstance(term, ox.NamedNode) else {}
        return choose(labels, self.language, self.settings.languages)


def _dated(date: SourceDate) -> str:
    return _DATES[date.how].format(*(day.value for day in date.days))


def _terms(statement: Statement, shown: str) -> list[Term]:
    parts = {"s": statement.subject, "p": statement.predicate, "o": statement.object}
    return [parts[letter] for letter in shown]
