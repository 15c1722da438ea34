"""Which of several texts to show to a reader of given languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def choose(texts: Mapping[str, str], wanted: str, fallbacks: Iterable[str] = ()) -> str:
    """Return the text in the wanted language, else in the first fallback there is, else any.

    `it-IT` finds `it` and the other way round (RFC 4647, 3.4). Empty when there is no text.
    """
    by_tag = {tag.lower(): text for tag, text in texts.items()}
    for language in (wanted, *fallbacks):
        if language and (tag := _best_tag(by_tag, language.lower())) is not None:
            return by_tag[tag]
    return by_tag[min(by_tag)] if by_tag else ""


def _best_tag(by_tag: Mapping[str, str], language: str) -> str | None:
    shorter = language
    while shorter and shorter not in by_tag:
        shorter = shorter.rpartition("-")[0]
    longer = sorted(tag for tag in by_tag if tag.startswith(f"{language}-"))
    return shorter or (longer[0] if longer else None)
