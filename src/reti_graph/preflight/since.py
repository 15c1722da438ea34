"""The catalogue that was published before: a copy in a file, or one at an address."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from reti_graph.errors import CallError
from reti_graph.formats import by_name
from reti_graph.language import choose
from reti_graph.preflight.graph import Graph
from reti_graph.preflight.harvest import harvest
from reti_graph.preflight.reading import read_rdf
from reti_graph.preflight.run import answered

if TYPE_CHECKING:
    from reti_graph.preflight.answers import Fetcher
    from reti_graph.problems import Problem

_SCHEMES: Final = ("http://", "https://")


def is_address(text: str) -> bool:
    """Tell whether a word is an address of the web and no file or folder."""
    return text.lower().startswith(_SCHEMES)


def harvested(fetcher: Fetcher, address: str) -> Graph:
    """Return the catalogue at an address.

    Raises StoreError when nothing answers there, CallError when it cannot be read to its end.
    """
    read = answered(harvest(fetcher, address))
    if not read.complete:
        raise _unreadable(address, next(iter(read.problems), None))
    return read.graph


def copied(content: bytes, name: str, fetcher: Fetcher, address: str) -> Graph:
    """Return the catalogue in a copy of it: the extension of its name says the format.

    Names in it are relative to `address`; a JSON-LD context that stands elsewhere is fetched.
    Raises FormatError for an extension that is none of an RDF format, CallError for a file that is
    not what its extension says.
    """
    read = read_rdf(content, by_name(PurePath(name).suffix, "rdf"), address, fetcher)
    if read.refused is not None:
        raise _unreadable(name, read.refused)
    return Graph(quad.triple for quad in read.quads)


def _unreadable(name: str, problem: Problem | None) -> CallError:
    reason = choose(problem.messages, "en") if problem else "it is not whole."
    return CallError(
        f"Cannot compare with {name}: {reason}", hint=problem.hint if problem else None
    )
