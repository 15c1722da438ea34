"""What a dataset is and where it comes from, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reti_graph.catalogue.titles import source_title, worded
from reti_graph.language import choose

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reti_graph.catalogue.parts import Kind, Part
    from reti_graph.catalogue.published import Published
    from reti_graph.catalogue.source_facts import SourceFacts

    Words = Mapping[str, str]

_DESCRIPTIONS: Final[Mapping[Kind, Words]] = {
    "source": {
        "it": "Ciò che dice una fonte, «{title}», passo per passo: ogni passo è un grafo con le sue"
        " parole.",
        "en": "What one source says, “{title}”, passage by passage: each passage is a graph with"
        " its words.",
    },
    "ontology": {
        "it": "Le classi, le proprietà e i concetti con cui il grafo è scritto.",
        "en": "The classes, properties and concepts the graph is written in.",
    },
    "shapes": {
        "it": "Le regole SHACL che il grafo rispetta.",
        "en": "The SHACL rules the graph conforms to.",
    },
    "queries": {
        "it": "Le interrogazioni SPARQL preparate dai redattori, con i loro parametri.",
        "en": "The SPARQL queries the editors prepared, with their parameters.",
    },
}
_PROVENANCES: Final[Mapping[Kind, Words]] = {
    "whole": {
        "it": "Ricavato dalle fonti elencate nel catalogo, {count} in tutto: ogni affermazione sta"
        " in un grafo con le parole della fonte che la dicono; altre ne derivano per regola, nello"
        " stesso grafo.",
        "en": "Taken from the sources that the catalogue lists, {count} in all: every statement is"
        " in a graph with the words of the source that say it; others are derived from it by rule,"
        " in the same graph.",
    },
    "source": {
        "it": "Ricavato dalla fonte «{title}»: ogni affermazione sta in un grafo con le parole che"
        " la dicono; altre ne derivano per regola, nello stesso grafo.",
        "en": "Taken from the source “{title}”: every statement is in a graph with the words that"
        " say it; others are derived from it by rule, in the same graph.",
    },
}
_OWN_WORK: Final[Mapping[str, str]] = {
    "it": "Scritto dai redattori del sito.",
    "en": "Written by the editors of the site.",
}


def description_of(published: Published, part: Part, facts: SourceFacts) -> Words:
    """Return what a dataset is, by language; a source's own note follows."""
    settings = published.settings
    if part.kind == "whole":
        return worded(settings, settings.description)
    told = _filled(published, part, _DESCRIPTIONS[part.kind], facts)
    if part.kind != "source" or not facts.descriptions:
        return told
    return {tag: f"{text} {choose(facts.descriptions, tag)}" for tag, text in told.items()}


def provenance_of(published: Published, part: Part, facts: SourceFacts) -> Words:
    """Return where a dataset comes from, by language."""
    return _filled(published, part, _PROVENANCES.get(part.kind, _OWN_WORK), facts)


def _filled(published: Published, part: Part, words: Words, facts: SourceFacts) -> Words:
    own = worded(published.settings, words)
    titles = source_title(published, part) if part.kind == "source" else dict.fromkeys(own, "")
    return {tag: text.format(title=titles[tag], count=facts.count) for tag, text in own.items()}
