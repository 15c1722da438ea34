"""Why a portal will update a dataset, in words: which statements changed, and from what to what."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, TypeAlias

from reti_graph.preflight.described import OTHER
from reti_graph.preflight.wording import few, local_name, said, shortened
from reti_graph.terms import DCAT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reti_graph.preflight.described import Thing

    _Said: TypeAlias = Mapping[str, Mapping[str, str]]

_DISTRIBUTION: Final = DCAT + "distribution"
# One and many, in Italian and in English, by the kinds of `described`.
_WORDS: Final[Mapping[str, tuple[str, str, str, str]]] = {
    "distribution": ("distribuzione", "distribuzioni", "distribution", "distributions"),
    "contact": ("punto di contatto", "punti di contatto", "contact point", "contact points"),
    "agent": ("agente", "agenti", "agent", "agents"),
    "checksum": ("checksum", "checksum", "checksum", "checksums"),
    "licence": ("licenza", "licenze", "licence", "licences"),
    "period": ("periodo", "periodi", "period", "periods"),
    "place": ("luogo", "luoghi", "place", "places"),
    "identifier": ("identificatore", "identificatori", "identifier", "identifiers"),
    OTHER: ("risorsa", "risorse", "resource", "resources"),
}


def reasons(before: Sequence[Thing], now: Sequence[Thing]) -> tuple[Mapping[str, str], ...]:
    """Return what changed between two descriptions of a dataset, each beginning with the dataset.

    Nothing when all is equal. What belongs to the dataset and changed in the same property is told
    together.
    """
    old, new = before[0].said, now[0].said
    changed: dict[tuple[str, str], list[tuple[Thing, Thing]]] = defaultdict(list)
    later = {thing.name: thing for thing in now[1:]}
    for was in before[1:]:
        thing = later.get(was.name, was)
        for name in _changed(was.said, thing.said):
            changed[thing.kind, name].append((was, thing))
    return (
        *(_of_dataset(name, old, new) for name in _changed(old, new)),
        *(_of_owned(kind, name, changed[kind, name]) for kind, name in sorted(changed)),
    )


def _changed(before: _Said, now: _Said) -> Iterator[str]:
    for name in sorted({*before, *now}):
        if before.get(name, {}).keys() != now.get(name, {}).keys():
            yield name


def _of_dataset(name: str, before: _Said, now: _Said) -> Mapping[str, str]:
    gone, come = _values(name, before, now)
    if name != _DISTRIBUTION:
        return _change(local_name(name), gone, come)
    changes = [_counted(gone, "rimosse", "removed"), _counted(come, "aggiunte", "added")]
    texts = [change for change in changes if change]
    return said("; ".join(each["it"] for each in texts), "; ".join(each["en"] for each in texts))


def _values(name: str, before: _Said, now: _Said) -> tuple[list[str], list[str]]:
    """Return the values of a property that are gone and that have come.

    They are whole, with datatype and language, where they would look the same without.
    """
    old, new = before.get(name, {}), now.get(name, {})
    gone, come = sorted(old.keys() - new.keys()), sorted(new.keys() - old.keys())
    read = [old[key] for key in gone], [new[key] for key in come]
    return (gone, come) if set(read[0]) & set(read[1]) else read


def _change(name: str, gone: Sequence[str], come: Sequence[str]) -> Mapping[str, str]:
    if len(gone) == len(come) == 1:
        both = f"{name} {shortened(gone[0])} → {shortened(come[0])}"
        return said(both, both)
    old, new = (few([shortened(value) for value in values]) for values in (gone, come))
    it = [f"aggiunto {new}"] * bool(new) + [f"tolto {old}"] * bool(old)
    en = [f"added {new}"] * bool(new) + [f"removed {old}"] * bool(old)
    return said(f"{name}: {'; '.join(it)}", f"{name}: {'; '.join(en)}")


def _counted(iris: Sequence[str], it: str, en: str) -> Mapping[str, str]:
    """Say how many distributions were added or removed, and which; nothing for none."""
    if not iris:
        return {}
    names = few([local_name(iri) for iri in iris])
    if len(iris) == 1:
        return said(f"1 distribuzione {it[:-1]}a: {names}", f"1 distribution {en}: {names}")
    count = len(iris)
    return said(f"{count} distribuzioni {it}: {names}", f"{count} distributions {en}: {names}")


def _of_owned(kind: str, name: str, pairs: Sequence[tuple[Thing, Thing]]) -> Mapping[str, str]:
    one_it, many_it, one_en, many_en = _WORDS[kind]
    names = few([local_name(thing.name) for _, thing in pairs])
    if len(pairs) > 1:
        what, count = local_name(name), len(pairs)
        return said(
            f"{what} di {count} {many_it}: {names}", f"{what} of {count} {many_en}: {names}"
        )
    before, now = pairs[0]
    change = _change(local_name(name), *_values(name, before.said, now.said))
    return said(f"{one_it} {names}: {change['it']}", f"{one_en} {names}: {change['en']}")
