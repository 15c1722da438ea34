"""From the description of a thing to the page that shows it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from reti_graph.html.evidence import quote, rows
from reti_graph.html.views import Document, Entry, Group, Paging, Quote, Row, Value
from reti_graph.terms import DCTERMS, OA, PROV, RDF_TYPE, RDFS, RDFS_LABEL, RETI, SKOS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from reti_graph import describe
    from reti_graph.html.cells import Cell, Reader
    from reti_graph.terms import Term

_NAMES: Final = frozenset(
    {RDFS_LABEL.value, SKOS + "prefLabel", SKOS + "altLabel", DCTERMS + "title"}
)
# What machines need and readers come to last.
_MACHINERY: Final = frozenset(
    {
        PROV + "hadPrimarySource",
        RDFS + "isDefinedBy",
        SKOS + "inScheme",
        SKOS + "topConceptOf",
        *(f"{RETI}{name}" for name in ("start", "end", "position", "textDigest")),
        *(f"{RETI}{name}" for name in ("earliest", "latest")),
        *(f"{RETI}{end}{bound}" for end in ("since", "until") for bound in ("Earliest", "Latest")),
    }
)
# More subjects of one graph make no page to read; those that can be pointed at are all there.
ENTRIES_SHOWN: Final = 1_000


def document(
    description: describe.Description, reader: Reader, path: str = "", page_size: int = 0
) -> Document:
    """Return the page of a thing, written for a reader who knows its labels.

    `path` is the document's own, for the links between the pages of a long one, each of
    `page_size` statements that point at the thing.
    """
    iri = description.iri
    values = {statement.predicate.value: statement for statement in description.outgoing}
    own_words = values.get(RETI + "quote")
    quoted = own_words is None
    # What the thing's own graph says of others stands under its contents already.
    mentions = [found for found in description.incoming if iri not in found.graphs]
    title = reader.cell(iri)
    outgoing = _groups(description.outgoing, lambda found: found.object, reader, quoted=quoted)
    contents = _entries(description, reader, own_too=quoted)
    shown = tuple(entry for i, entry in enumerate(contents) if i < ENTRIES_SHOWN or entry.anchor)
    return Document(
        iri=iri.value,
        title=title,
        names=tuple(_other_names(iri, title, reader)),
        types=_types(description, reader),
        quote=_own_quote(own_words.passages, iri, reader) if own_words else None,
        outgoing=outgoing if quoted else tuple(_with_anchors(outgoing, iri)),
        incoming=_groups(mentions, lambda found: found.subject, reader, quoted=quoted),
        contents=shown,
        paging=_paging(description, reader, path, page_size) if description.pages > 1 else None,
        cut=len(shown) < len(contents),
    )


def _paging(description: describe.Description, reader: Reader, path: str, size: int) -> Paging:
    """Return which part of what points at the thing is shown, and the way to the others."""
    number, pages = description.page, description.pages
    total = description.incoming_total
    first = (number - 1) * size + 1

    def address(page: int) -> str:
        return reader.link(path, [("page", str(page))] if page > 1 else [])

    counts = sorted(description.incoming_counts.items(), key=lambda pair: -pair[1])
    return Paging(
        first=first,
        last=min(total, number * size),
        total=total,
        counts=tuple((reader.cell(name), reader.number(count)) for name, count in counts),
        previous=address(number - 1) if number > 1 else None,
        next=address(number + 1) if number < pages else None,
    )


def _other_names(iri: ox.NamedNode, title: Cell, reader: Reader) -> Iterable[Cell]:
    labels = reader.labels.get(iri, {})
    for language in reader.languages:
        text = labels.get(language, title.text)
        if text != title.text:
            yield reader.cell(ox.Literal(text, language=language))


def _types(description: describe.Description, reader: Reader) -> tuple[Cell, ...]:
    kinds = (found.object for found in description.outgoing if found.predicate == RDF_TYPE)
    return tuple(reader.cell(kind) for kind in kinds)


def _own_quote(
    passages: Iterable[describe.Passage], iri: ox.NamedNode, reader: Reader
) -> Quote | None:
    return next((quote(passage, reader) for passage in passages if passage.iri == iri), None)


def _groups(
    statements: Iterable[describe.Statement],
    shown: Callable[[describe.Statement], Term],
    reader: Reader,
    *,
    quoted: bool,
) -> tuple[Group, ...]:
    """Return the statements by property: the type first, names and machinery last."""
    by_property: dict[ox.NamedNode, list[describe.Statement]] = defaultdict(list)
    for found in statements:
        by_property[found.predicate].append(found)
    groups = [
        (_rank(name), Group(reader.cell(name), rows(own, shown, reader, quoted=quoted)))
        for name, own in by_property.items()
    ]
    groups.sort(key=lambda pair: (pair[0], pair[1].predicate.text.casefold()))
    return tuple(group for _, group in groups)


def _with_anchors(groups: Iterable[Group], iri: ox.NamedNode) -> Iterable[Group]:
    """Yield the statements of a passage; the row of a selector is the place it links to."""
    for group in groups:
        if group.predicate.raw == OA + "hasSelector":
            yield replace(group, rows=tuple(_anchored(row, f"{iri.value}#") for row in group.rows))
        else:
            yield group


def _anchored(row: Row, within: str) -> Row:
    values = (
        Value(replace(value.cell, href=None), value.cell.raw.removeprefix(within))
        if value.cell.raw.startswith(within)
        else value
        for value in row.values
    )
    return replace(row, values=tuple(values))


def _rank(predicate: ox.NamedNode) -> int:
    if predicate == RDF_TYPE:
        return 0
    if predicate.value in _MACHINERY or predicate.value.startswith(OA):
        return 3
    return 2 if predicate.value in _NAMES else 1


def _entries(
    description: describe.Description, reader: Reader, *, own_too: bool
) -> tuple[Entry, ...]:
    """Return what the thing's graph says, by subject; parts of the thing itself only if wanted."""
    by_subject: dict[Term, list[describe.Statement]] = defaultdict(list)
    within = f"{description.iri.value}#"
    for found in description.contents:
        part = isinstance(found.subject, ox.NamedNode) and found.subject.value.startswith(within)
        if own_too or not part:
            by_subject[found.subject].append(found)
    entries = (
        (
            isinstance(subject, ox.BlankNode),
            Entry(
                subject=reader.cell(subject),
                anchor=_anchor(subject, within),
                groups=_groups(statements, lambda found: found.object, reader, quoted=False),
            ),
        )
        for subject, statements in by_subject.items()
    )
    # What has no name is part of something that has one, which readers come to first.
    ordered = sorted(entries, key=lambda pair: (pair[0], pair[1].subject.text.casefold()))
    return tuple(entry for _, entry in ordered)


def _anchor(subject: Term, within: str) -> str | None:
    if isinstance(subject, ox.NamedNode) and subject.value.startswith(within):
        return subject.value.removeprefix(within)
    return None
