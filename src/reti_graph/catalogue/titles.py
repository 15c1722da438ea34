"""What datasets are called: in each language of the site, and no two alike.

A portal that makes its names of titles takes two datasets with one title for one.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from reti_graph.catalogue.splitting import source_names
from reti_graph.language import choose
from reti_graph.terms import DCTERMS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from reti_graph.catalogue.parts import Kind, Part
    from reti_graph.catalogue.published import Published
    from reti_graph.settings import Settings

_TITLE: Final = DCTERMS + "title"
_OWN: Final[Mapping[str, Mapping[str, str]]] = {
    "ontology": {"it": "ontologia", "en": "ontology"},
    "shapes": {"it": "regole di validazione (SHACL)", "en": "validation rules (SHACL)"},
    "queries": {"it": "interrogazioni", "en": "queries"},
}


def worded(settings: Settings, words: Mapping[str, str]) -> Mapping[str, str]:
    """Return a text of the program in each language of the site: English where there is none."""
    return {tag: choose(words, tag, ("en",)) for tag in settings.languages}


def title_of(published: Published, part: Part) -> Mapping[str, str]:
    """Return what a dataset is called, by language: the site's title, and what of it it is."""
    settings = published.settings
    if part.kind != "source":
        return title_of_kind(settings, part.kind)
    own = source_title(published, part)
    return {tag: f"{settings.title[tag]}: {title}" for tag, title in own.items()}


def title_of_kind(settings: Settings, kind: Kind) -> Mapping[str, str]:
    """Return what the dataset of a kind is called of which a site has one."""
    site = worded(settings, settings.title)
    if kind not in _OWN:
        return site
    own = worded(settings, _OWN[kind])
    return {tag: f"{title}: {own[tag]}" for tag, title in site.items()}


def source_title(published: Published, part: Part) -> Mapping[str, str]:
    """Return the title of a dataset's source, by language."""
    slug = part.name.removeprefix("source/")
    return published.titles.get(slug) or dict.fromkeys(published.settings.languages, slug)


def source_titles(quads: Sequence[ox.Quad], settings: Settings) -> Mapping[str, Mapping[str, str]]:
    """Return the titles of sources by slug and language, with the slug where two would be equal.

    A source that has no title in a language has one of another, or else its slug.
    """
    sources = source_names(quads, settings.base_iri)
    written = _written(quads, sources)
    chosen: dict[str, dict[str, str]] = {slug: {} for slug in sources.values()}
    for tag in settings.languages:
        plain = {slug: choose(written[iri], tag) or slug for iri, slug in sources.items()}
        taken = [words[tag] for words in (worded(settings, own) for own in _OWN.values())]
        for slug, title in _apart(plain, taken).items():
            chosen[slug][tag] = title
    return chosen


def _written(quads: Iterable[ox.Quad], sources: Mapping[str, str]) -> Mapping[str, dict[str, str]]:
    """Return the titles that sources give themselves, by IRI and language."""
    found: dict[str, dict[str, str]] = {iri: {} for iri in sources}
    for quad in quads:
        if (
            quad.predicate.value == _TITLE
            and isinstance(quad.object, ox.Literal)
            and isinstance(quad.subject, ox.NamedNode)
            and quad.subject.value in sources
        ):
            found[quad.subject.value][quad.object.language or ""] = quad.object.value
    return found


def _apart(titles: Mapping[str, str], taken: Sequence[str]) -> Mapping[str, str]:
    """Return titles with the slug added to those that are equal but for their case."""
    told = dict(titles)
    while True:
        counted = Counter(title.casefold() for title in (*told.values(), *taken))
        alike = [slug for slug, title in told.items() if counted[title.casefold()] > 1]
        if not alike:
            return told
        told |= {slug: f"{told[slug]} ({slug})" for slug in alike}
