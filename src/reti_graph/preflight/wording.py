"""How findings speak: the two languages of a message, and long texts cut short."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_LONGEST: Final = 70
_FEW: Final = 3


def said(it: str, en: str) -> Mapping[str, str]:
    """Return a message in both languages."""
    return {"it": it, "en": en}


def shortened(text: str, longest: int = _LONGEST) -> str:
    """Return a text on one line, with its middle left out where it is long."""
    line = " ".join(text.split())
    if len(line) <= longest:
        return line
    kept = longest - 1
    return f"{line[: kept - kept // 3]}…{line[-(kept // 3) :]}"


def few(names: Sequence[str]) -> str:
    """Return the first names of a list, and a mark where there are more."""
    return ", ".join(names[:_FEW]) + (", …" if len(names) > _FEW else "")


def named(node: object) -> str:
    """Return an IRI as it is, a literal as its text, a blank node as `_:b0`."""
    return node.value if isinstance(node, ox.NamedNode | ox.Literal) else str(node)


def local_name(iri: str) -> str:
    """Return the last part of an IRI, by which people tell its neighbours apart."""
    return iri.rstrip("/#").replace("#", "/").rpartition("/")[2] or iri
