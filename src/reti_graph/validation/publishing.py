"""Promises to those who keep addresses: names withdrawn stay so, and contexts stay as they were."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from reti_graph.jsonld import is_frozen_context, make_context
from reti_graph.problems import Location, Problem, Severity
from reti_graph.sources.findings import finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reti_graph.config import Settings
    from reti_graph.sources.site import Site
    from reti_graph.validation.triples import Index

CONTEXTS: Final = "ontology/contexts/"


def withdrawn_names(settings: Settings, data: Index) -> Iterator[Problem]:
    """Yield names used again after they were withdrawn, wherever that is.

    `data` has all the site says, what is derived included.
    """
    for iri in sorted(set(settings.withdrawn)):
        node = ox.NamedNode(iri)
        if data.mentions(node):
            yield _used_again(node)


def missing_context(site: Site) -> tuple[str, bytes] | None:
    """Return name and content of the file for the site's present context, or None when it is kept.

    Contexts are kept in a folder, that documents written for one can be read for ever.
    """
    quads = [quad for file in site.ontology for quad in file.quads]
    context = make_context(quads, site.settings.prefixes, site.settings.base_iri)
    name = f"{CONTEXTS}{context.version}.jsonld"
    return None if name in {file.name for file in site.contexts} else (name, context.content)


def _used_again(node: ox.NamedNode) -> Problem:
    return Problem(
        "withdrawn-name",
        Severity.VIOLATION,
        {
            "it": f"{node} è tra i nomi ritirati in reti.toml, ma i dati lo usano.",
            "en": f"{node} is among the names withdrawn in reti.toml, but the data uses it.",
        },
        focus=node,
        hint="A name once withdrawn is never used again: choose another one.",
    )


def context_problems(site: Site) -> Iterator[Problem]:
    """Yield the contexts that changed after they were published, and the one that is missing."""
    for file in site.contexts:
        name = file.name.rpartition("/")[2]
        if not is_frozen_context(name, file.text.encode()):
            yield finding(
                "context-changed",
                Location(file.name),
                it="Il nome non è quello di questo testo: un contesto pubblicato non si cambia.",
                en="The name is not that of this text: a context once published never changes.",
                hint="Restore the file; `reti-graph fmt` writes a new one beside it.",
            )
    if site.contexts and missing_context(site) is not None:
        yield finding(
            "context-missing",
            Location(CONTEXTS),
            it="Manca il contesto JSON-LD di questa ontologia e di questi prefissi.",
            en="The JSON-LD context of this ontology and these prefixes is missing.",
            hint="`reti-graph fmt` writes it.",
            severity=Severity.WARNING,
        )
