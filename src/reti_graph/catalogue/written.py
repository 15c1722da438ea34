"""The catalogue as files that need nothing else to be read."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from reti_graph.catalogue.catalog import catalog
from reti_graph.catalogue.void import void
from reti_graph.formats import JSON_LD, RDF_XML, TURTLE, serialize_quads
from reti_graph.terms import ADMS, DCAT, DCATAPIT, DCTERMS, FOAF, SPDX, VCARD, VOID

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pyoxigraph as ox

    from reti_graph.catalogue.parts import File, Part
    from reti_graph.catalogue.published import Published
    from reti_graph.config import Settings
    from reti_graph.formats import Format

HARVESTED: Final = (TURTLE, RDF_XML, JSON_LD)
"""What harvesters read."""

_PREFIXES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "adms": ADMS,
        "dcat": DCAT,
        "dcatapit": DCATAPIT,
        "dcterms": DCTERMS,
        "foaf": FOAF,
        "spdx": SPDX,
        "vcard": VCARD,
        "void": VOID,
    }
)


def plain_graph(quads: Iterable[ox.Quad], target: Format, settings: Settings) -> bytes:
    """Write quads so that nothing else is needed to read them: JSON-LD has no context elsewhere.

    The prefixes of catalogues are declared beside the site's own.
    """
    own = settings.prefixes
    taken = frozenset(own.values())
    added = {name: space for name, space in _PREFIXES.items() if space not in taken}
    return serialize_quads(quads, target, {**added, **own})


def catalogue_files(
    published: Published, parts: Sequence[Part], files: Sequence[File]
) -> Mapping[str, bytes]:
    """Return the catalogue in what harvesters read, and the VoID, each by the name of its file.

    `files` are all those the parts are to be had as.
    """
    settings = published.settings
    listed = catalog(published, parts, files)
    return {
        **{
            f"catalog.{target.extension}": plain_graph(listed, target, settings)
            for target in HARVESTED
        },
        f"void.{TURTLE.extension}": plain_graph(void(published, parts, files), TURTLE, settings),
    }
