"""What a portal will create, update and delete when it reads a catalogue again.

Harvesters know a dataset by its IRI, then by its dct:identifier, and by nothing else: one they do
not find again is deleted, and one under another IRI is another one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import pyoxigraph as ox

from reti_graph.language import choose
from reti_graph.preflight.described import described
from reti_graph.preflight.graph import Graph
from reti_graph.preflight.reasons import reasons
from reti_graph.preflight.wording import named, said
from reti_graph.problems import Problem, Severity
from reti_graph.terms import DCAT, DCTERMS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from reti_graph.problems import Term

Action: TypeAlias = Literal["create", "update", "delete", "keep"]

ACTIONS: Final[tuple[Action, ...]] = ("create", "update", "delete", "keep")
"""In the order in which plans tell them."""

_IDENTIFIER: Final = DCTERMS + "identifier"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What happens to a dataset, and why.

    `dataset` is its IRI, or for a blank node its identifier, or `_:` and its name. `other` is the
    IRI the same dataset had, or now has, where that changed: such a pair is deleted and created.
    """

    action: Action
    dataset: str
    title: Mapping[str, str]
    reasons: tuple[Mapping[str, str], ...]
    other: str | None = None


def plan(before: Graph | None, now: Graph) -> tuple[Change, ...]:
    """Return what a portal does that knew `before`, if anything, and reads `now`.

    What it creates comes first, then what it updates, deletes and keeps, each in the order of the
    datasets' names.
    """
    known = before or Graph(())
    earlier, later = _keyed(known), _keyed(now)
    deleted = {key: node for key, node in earlier.items() if key not in later}
    created = {key: node for key, node in later.items() if key not in earlier}
    moved = _moved(known, deleted, now, created)
    origins = {new: old for old, new in moved.items()}
    first = before is None
    changes = [
        *(_created(now, node, origins.get(key), first=first) for key, node in created.items()),
        *(_created(now, node, None, first=first) for node in _keyless(now)),
        *(_kept(known, earlier[key], now, later[key]) for key in earlier if key in later),
        *(_deleted(known, node, moved.get(key)) for key, node in deleted.items()),
        *(_deleted(known, node, None) for node in _keyless(known)),
    ]
    return tuple(sorted(changes, key=lambda each: (ACTIONS.index(each.action), each.dataset)))


def problems_of_plan(changes: Iterable[Change], now: Graph) -> tuple[Problem, ...]:
    """Return what hurts in a plan and in the names that datasets have now.

    A changed IRI is a violation, and so is a dataset that has neither an IRI nor an identifier.
    """
    nodes = _keyed(now)
    moved = [
        _changed_iri(change, change.other, nodes.get(change.dataset))
        for change in changes
        if change.action == "create" and change.other
    ]
    blank = (dataset for dataset in _datasets(now) if isinstance(dataset, ox.BlankNode))
    unnamed = [_unnamed(now, dataset) for dataset in blank]
    return (*moved, *unnamed)


def key_of(graph: Graph, dataset: Term) -> str | None:
    """Return what a portal knows a dataset by: its IRI, else its identifier, else nothing."""
    if isinstance(dataset, ox.NamedNode):
        return dataset.value
    return next((named(each) for each in graph.values(dataset, _IDENTIFIER)), None)


def _datasets(graph: Graph) -> Sequence[Term]:
    """Return what harvesters take for datasets: what has the type, listed or not."""
    return graph.instances(DCAT + "Dataset")


def _keyed(graph: Graph) -> dict[str, Term]:
    keys = ((key_of(graph, dataset), dataset) for dataset in _datasets(graph))
    return {key: dataset for key, dataset in keys if key is not None}


def _keyless(graph: Graph) -> list[Term]:
    """Return the datasets that a portal takes for others at every reading."""
    return [dataset for dataset in _datasets(graph) if key_of(graph, dataset) is None]


def _moved(
    before: Graph, deleted: Mapping[str, Term], now: Graph, created: Mapping[str, Term]
) -> dict[str, str]:
    """Return the new keys, by their old ones, of datasets with the same identifier or title."""
    moved: dict[str, str] = {}
    for name in (_IDENTIFIER, DCTERMS + "title"):
        found = {
            value: key
            for key, node in created.items()
            if key not in moved.values()
            for value in now.values(node, name)
        }
        for key, node in deleted.items():
            values = before.values(node, name)
            new = next((found.pop(value) for value in values if value in found), None)
            if new is not None and key not in moved and new not in moved.values():
                moved[key] = new
    return moved


def _created(now: Graph, node: Term, old: str | None, *, first: bool) -> Change:
    if old is not None:
        reason = said(
            f"l'IRI del dataset è cambiato: era {old}", f"changed dataset IRI: it was {old}"
        )
    elif first:
        reason = said(
            "non c'è un catalogo precedente", "there is no earlier catalogue to compare with"
        )
    else:
        reason = said(
            "non era nel catalogo precedente", "it was not in the catalogue published before"
        )
    return _change("create", now, node, (reason,), old)


def _kept(before: Graph, old: Term, now: Graph, new: Term) -> Change:
    why = reasons(described(before, old), described(now, new))
    return _change("update" if why else "keep", now, new, why)


def _deleted(before: Graph, node: Term, new: str | None) -> Change:
    if new is not None:
        reason = said(
            f"l'IRI del dataset è cambiato: ora è {new}", f"changed dataset IRI: it is {new} now"
        )
    else:
        reason = said(
            "non è più nel catalogo: i portali lo eliminano",
            "it is missing from the catalogue: portals delete it",
        )
    return _change("delete", before, node, (reason,), new)


def _change(
    action: Action,
    graph: Graph,
    node: Term,
    why: tuple[Mapping[str, str], ...],
    other: str | None = None,
) -> Change:
    name = key_of(graph, node) or str(node)
    return Change(action=action, dataset=name, title=graph.title(node), reasons=why, other=other)


def _changed_iri(change: Change, old: str, dataset: Term | None) -> Problem:
    title = choose(change.title, "en", ("it",))
    return Problem(
        "changed-iri",
        Severity.VIOLATION,
        said(
            f"L'IRI del dataset «{title}» è cambiato da {old} a {change.dataset}: i portali "
            "eliminano il primo e ne creano un altro.",
            f"Changed dataset IRI: “{title}” was {old} and is {change.dataset}. Portals delete the "
            "first and create another.",
        ),
        focus=dataset,
        hint=f"Keep the IRI {old}, or expect that links to it on the portals break.",
    )


def _unnamed(now: Graph, dataset: Term) -> Problem:
    """Judge a dataset that is a blank node: with an identifier a portal knows it again."""
    title = choose(now.title(dataset), "en", ("it",))
    hint = "Give the dataset an IRI, and never change it."
    if now.values(dataset, _IDENTIFIER):
        known = said(
            f"Il dataset «{title}» è un nodo anonimo: i portali lo riconoscono dal solo "
            "dct:identifier.",
            f"The dataset “{title}” is a blank node: portals know it by dct:identifier alone.",
        )
        return Problem("no-iri", Severity.WARNING, known, focus=dataset, hint=hint)
    new = said(
        f"Il dataset «{title}» è un nodo anonimo senza dct:identifier: i portali ne creano uno "
        "nuovo a ogni raccolta.",
        f"The dataset “{title}” is a blank node without dct:identifier: portals create a new one "
        "at every harvest.",
    )
    return Problem("no-iri", Severity.VIOLATION, new, focus=dataset, hint=hint)
