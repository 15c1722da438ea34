"""Sources and passages as TriG, in the one layout of `data/`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reti_graph.errors import DataError
from reti_graph.problems import Problem, Report
from reti_graph.sources.trigformat import format_trig
from tools.import_facts.graph import Kind
from tools.import_facts.record_says import literal, time

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tools.import_facts.graph import Passage, Source, Words

MARK: Final = "# Written by tools/import_facts: what is changed here lasts until the next import."
_EDITORS: Final = "editorial"
_CLASSES: Final[Mapping[Kind, str]] = {
    Kind.WORDS: "",
    Kind.LIST: ", reti:List",
    Kind.RECORD: ", reti:Record",
}


def source_text(source: Source, prefixes: Mapping[str, str], name: str) -> str:
    """Return the file of a source.

    Raises DataError when it would not be TriG.
    """
    subject = f"source:{source.slug}"
    return _laid_out([_block(subject, {subject: tuple(_source(source))})], prefixes, name)


def passages_text(passages: Sequence[Passage], prefixes: Mapping[str, str], name: str) -> str:
    """Return the file of some passages of one source.

    Raises DataError when it would not be TriG.
    """
    source = passages[0].source
    prefix = "editorial" if source == _EDITORS else "passage"
    own = {prefix: f"{prefixes['source']}{source}/"}
    blocks = (_passage_block(passage, prefix) for passage in passages)
    return _laid_out(blocks, {**prefixes, **own}, name)


def _laid_out(blocks: Iterable[str], prefixes: Mapping[str, str], name: str) -> str:
    declared = "\n".join(f"@prefix {prefix}: <{iri}> ." for prefix, iri in sorted(prefixes.items()))
    text = "\n\n".join((declared, f"{MARK}\n" + "\n\n".join(blocks), ""))
    written = format_trig(text, name)
    if isinstance(written, Problem):
        raise DataError(Report((written,)))
    return written


def _block(graph: str, says: Mapping[str, Sequence[str]]) -> str:
    statements = "\n".join(f"{subject} {' ; '.join(lines)} ." for subject, lines in says.items())
    return f"{graph} {{\n{statements}\n}}"


def _passage_block(passage: Passage, prefix: str) -> str:
    graph = f"{prefix}:{passage.slug}"
    return _block(graph, {graph: tuple(_passage(passage, prefix)), **passage.says})


def _passage(passage: Passage, prefix: str) -> Iterator[str]:
    yield f"a reti:Passage{_CLASSES[passage.kind]}"
    yield f"reti:quote {literal(passage.quote, passage.language)}"
    yield f"prov:wasQuotedFrom source:{passage.source}"
    if passage.read_with:
        yield "reti:readWith " + ", ".join(f"{prefix}:{slug}" for slug in passage.read_with)
    if passage.covers:
        yield f"reti:covers {_both(passage.covers)}"
    if passage.completeness:
        yield f"reti:completeness completeness:{passage.completeness}"


def _source(source: Source) -> Iterator[str]:
    yield "a reti:Source"
    yield f"dcterms:title {_both(source.title)}"
    if source.publisher:
        yield f"dcterms:publisher {source.publisher}"
    yield "dcterms:language " + ", ".join(literal(language) for language in source.languages)
    for predicate, date in (
        ("dcterms:issued", source.issued),
        ("reti:seenOn", source.seen_on),
        ("reti:notBefore", source.not_before),
        ("reti:notAfter", source.not_after),
    ):
        if date:
            yield f"{predicate} {time(date)}"
    if source.pages:
        yield "foaf:page " + ", ".join(f"<{page}>" for page in source.pages)
    yield f"dcterms:rights {_both(source.rights)}"
    if source.license:
        yield f"dcterms:license <{source.license}>"
    if source.description:
        yield f"dcterms:description {_both(source.description)}"


def _both(words: Words) -> str:
    return f"{literal(words.it, 'it')}, {literal(words.en, 'en')}"
