"""From the path of a request to what it is about: IRI, format, language, page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from reti_graph.errors import ParameterError, UnknownThingError, WithdrawnThingError
from reti_graph.naming import named_node, path_of
from reti_graph.web.context import path_iri, served
from reti_graph.web.negotiation import GRAPH_FORMATS

if TYPE_CHECKING:
    import pyoxigraph as ox
    from starlette.requests import Request

    from reti_graph.config import Settings

HTML_SUFFIX: Final = "html"
_SUFFIXES: Final = frozenset((*(target.extension for target in GRAPH_FORMATS), HTML_SUFFIX))
_MOST_DIGITS: Final = 9
# What stands under `/doc/` without being under `/id/`.
_DOCUMENTED: Final = ("query/",)
_OWN: Final = frozenset({"shapes", "sparql"})


@dataclass(frozen=True, slots=True)
class Address:
    """What a path asks for: `path` is that of the document, without suffix and language."""

    node: ox.NamedNode
    path: str
    suffix: str | None
    language: str | None

    @property
    def ending(self) -> str:
        """The suffix as it was written, or nothing."""
        parts = (self.language, self.suffix)
        return "".join(f".{part}" for part in parts if part)


def address_of_request(request: Request) -> Address:
    """Return what a request's path asks for.

    `/doc/network/c40.en.html` is the page in English about `<base>id/network/c40`. Raises
    UnknownThingError when the path can be no IRI, WithdrawnThingError for an IRI that was
    withdrawn.
    """
    site = served(request)
    base = site.settings.base_iri
    asked, suffix, language = _split(path_iri(request), site.languages)
    iri = thing_of(asked, base)
    node = named_node(iri)
    if node is None:
        raise UnknownThingError(iri)
    if iri in site.settings.withdrawn:
        raise WithdrawnThingError(iri)
    return Address(node, path_of(asked, base) or "/", suffix, language)


def thing_of(asked: str, base: str) -> str:
    """Return the IRI a document is about: under `/doc/` stand the things of `/id/`."""
    name = asked.removeprefix(f"{base}doc/")
    if name == asked:
        return asked
    return base + name if name.startswith(_DOCUMENTED) else f"{base}id/{name}"


def document_path(iri: str, base: str) -> str:
    """Return the path of the document about an IRI of the site."""
    path = path_of(iri, base) or "/"
    if path.startswith("/id/"):
        return "/doc/" + path.removeprefix("/id/")
    return f"/doc{path}" if path.removeprefix("/").startswith(_DOCUMENTED) else path


def page_number(request: Request) -> int:
    """Return which page of a long document is asked for by `?page=`, from 1.

    Raises ParameterError when that is no such number.
    """
    text = request.query_params.get("page", "1")
    if not re.fullmatch(rf"[1-9][0-9]{{0,{_MOST_DIGITS - 1}}}", text, re.ASCII):
        raise ParameterError(
            f'The parameter "page" cannot be "{text}".',
            parameter="page",
            hint="Pages are numbered 1, 2, 3 …",
        )
    return int(text)


def is_own(node: ox.NamedNode, settings: Settings) -> bool:
    """Tell whether an IRI names what the site says of itself, and not what its data is about."""
    name = node.value.removeprefix(settings.base_iri)
    return name in _OWN or name.startswith((*_DOCUMENTED, "shapes/"))


def _split(iri: str, languages: tuple[str, ...]) -> tuple[str, str | None, str | None]:
    stem, dot, suffix = iri.rpartition(".")
    if not dot or suffix not in _SUFFIXES:
        return iri, None, None
    shorter, dot, language = stem.rpartition(".")
    if suffix == HTML_SUFFIX and dot and language in languages:
        return shorter, suffix, language
    return stem, suffix, None
