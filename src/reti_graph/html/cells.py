"""RDF terms as the pages show them: a text, its language, and where it leads."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pyoxigraph as ox

from reti_graph.html.literals import is_time, readable
from reti_graph.language import choose
from reti_graph.naming import compact, on_this_host, path_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reti_graph.terms import Term


@dataclass(frozen=True, slots=True)
class Cell:
    """One term on a page.

    `href` is set for what can be followed, `external` when that leads off the site; `raw` is the
    term as the data has it; `lang` is set only where it is not the page's language; `code` marks
    what is a name rather than words, `time` a date whose `raw` form machines read.
    """

    text: str
    raw: str
    href: str | None = None
    lang: str | None = None
    external: bool = False
    code: bool = False
    time: bool = False


@dataclass(frozen=True, slots=True)
class Reader:
    """Who a page is for, and what is needed to name things to them.

    With `keep_language` the links of the site carry the language, because the reader chose it.
    `root` is the path the site is reached under, without "/" at its end.
    """

    base: str
    prefixes: Mapping[str, str]
    language: str
    languages: tuple[str, ...]
    keep_language: bool = False
    labels: Mapping[ox.NamedNode, Mapping[str, str]] = field(default_factory=dict)
    root: str = ""

    def cell(self, term: Term | None) -> Cell:
        """Return how a term is shown; None, an unbound variable, is an empty cell."""
        if isinstance(term, ox.NamedNode):
            return self._named(term)
        if isinstance(term, ox.Literal):
            return self._literal(term)
        return Cell(text="" if term is None else str(term), raw="", code=term is not None)

    def href(self, iri: str) -> str | None:
        """Return the address of an IRI: a path of the site, the http(s) IRI itself, or None."""
        path = path_of(iri, self.base)
        if path is not None:
            return self.link(path)
        return iri if iri.startswith(("http://", "https://")) else None

    def link(self, path: str, extra: Iterable[tuple[str, str]] = ()) -> str:
        """Return a path of the site with its query string, the chosen language included."""
        bare, hash_mark, fragment = path.partition("#")
        pairs = [*extra, *([("lang", self.language)] if self.keep_language else [])]
        query = f"?{urlencode(pairs)}" if pairs else ""
        return self.local(bare + query + hash_mark + fragment)

    def local(self, path: str) -> str:
        """Return a path of the site as it is reached from outside, whatever the language."""
        return on_this_host(self.root + path)

    def text(self, texts: Mapping[str, str]) -> Cell:
        """Return the one of several languages' texts that suits the reader best."""
        chosen = choose(texts, self.language, self.languages)
        lang = next((tag for tag, text in texts.items() if text == chosen), self.language)
        if texts.get(self.language) == chosen:
            lang = self.language
        return Cell(text=chosen, raw=chosen, lang=self._foreign(lang))

    def number(self, count: int) -> Cell:
        """Return how a whole number is shown."""
        return self._literal(ox.Literal(count))

    def _named(self, node: ox.NamedNode) -> Cell:
        href = self.href(node.value)
        external = href is not None and not href.startswith("/")
        labels = self.labels.get(node)
        if labels:
            chosen = self.text(labels)
            return Cell(chosen.text, node.value, href, chosen.lang, external)
        short = compact(node.value, self.prefixes)
        return Cell(short, node.value, href, external=external, code=short != node.value)

    def _literal(self, literal: ox.Literal) -> Cell:
        shown = readable(literal, self.language)
        lang = self._foreign(literal.language) if literal.language else None
        return Cell(shown, literal.value, lang=lang, time=is_time(literal))

    def _foreign(self, lang: str) -> str | None:
        return None if lang == self.language else lang
