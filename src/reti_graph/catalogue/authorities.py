"""Codes of tables that portals know, each with what has to be said of it.

DCAT-AP checks the class of every value, and a harvester has nothing but the catalogue: so each
code is typed and labelled in it (DCAT-AP 3.0.1, controlled vocabularies).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from reti_graph.catalogue.authority_labels import (
    FILE_TYPES,
    FREQUENCIES,
    LANGUAGES,
    LICENCE_TYPES,
    PUBLISHER_TYPES,
    THEMES,
)
from reti_graph.catalogue.statements import Described, nodes, texts
from reti_graph.terms import (
    DCATAPIT,
    DCTERMS,
    EU_AUTHORITY,
    RDF_TYPE,
    SKOS,
    SPDX,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reti_graph.formats import Format

_ADMS_TABLES: Final = "http://purl.org/adms/"
_MEDIA_TYPES: Final = "https://www.iana.org/assignments/media-types/"
_PLACES: Final = ("continent", "country", "place")


def in_both(labels: tuple[str, str]) -> Mapping[str, str]:
    """Return a text in Italian and in English by language."""
    return dict(zip(("it", "en"), labels, strict=True))


def _table(iri: str, it: str, en: str) -> Described:
    return Described(
        ox.NamedNode(iri),
        {
            RDF_TYPE.value: nodes(SKOS, "ConceptScheme"),
            DCTERMS + "title": texts({"it": it, "en": en}),
        },
    )


def _code(iri: str, table: Described, labels: tuple[str, str], *kinds: str) -> Described:
    return Described(
        ox.NamedNode(iri),
        {
            RDF_TYPE.value: [*nodes(SKOS, "Concept"), *nodes(DCTERMS, *kinds)],
            SKOS + "prefLabel": texts(in_both(labels)),
            SKOS + "inScheme": table,
        },
    )


def _codes(
    labels: Iterable[tuple[str, tuple[str, str]]], table: Described, start: str, *kinds: str
) -> Mapping[str, Described]:
    return {code: _code(start + code, table, label, *kinds) for code, label in labels}


def _eu_table(name: str, it: str, en: str) -> Described:
    return _table(EU_AUTHORITY + name, it, en)


DATA_THEMES: Final = _eu_table("data-theme", "Temi dei dati", "Data themes")
"""The table of themes, which the catalogue names as its taxonomy."""
_THEMES: Final = _codes(THEMES.items(), DATA_THEMES, f"{DATA_THEMES.node.value}/")
_FREQUENCIES: Final = _codes(
    FREQUENCIES.items(),
    _eu_table("frequency", "Frequenza", "Frequency"),
    EU_AUTHORITY + "frequency/",
    "Frequency",
)
_LANGUAGES: Final = _codes(
    LANGUAGES.values(),
    _eu_table("language", "Lingua", "Language"),
    EU_AUTHORITY + "language/",
    "LinguisticSystem",
)
_FILE_TYPE_TABLE: Final = _eu_table("file-type", "Tipo di file", "File type")
_FILE_TYPES: Final = _codes(
    ((code, (label, label)) for code, label in FILE_TYPES.values()),
    _FILE_TYPE_TABLE,
    EU_AUTHORITY + "file-type/",
    "MediaTypeOrExtent",
)
_LICENCE_TYPES: Final = _codes(
    LICENCE_TYPES.items(),
    _table(f"{_ADMS_TABLES}licencetype/1.0", "Tipo di licenza", "Licence type"),
    f"{_ADMS_TABLES}licencetype/",
)
_PUBLISHER_TYPES: Final = _codes(
    PUBLISHER_TYPES.items(),
    _table(f"{_ADMS_TABLES}publishertype/1.0", "Tipo di editore", "Publisher type"),
    f"{_ADMS_TABLES}publishertype/",
)
PUBLIC: Final = _code(
    EU_AUTHORITY + "access-right/PUBLIC",
    _eu_table("access-right", "Diritti di accesso", "Access right"),
    ("pubblico", "public"),
    "RightsStatement",
)
"""Whoever wants may read it."""
AVAILABLE: Final = _code(
    EU_AUTHORITY + "planned-availability/AVAILABLE",
    _eu_table("planned-availability", "Disponibilità prevista", "Planned availability"),
    ("disponibile", "available"),
)
"""It is meant to stay: no more is promised."""
SPARQL_RESULTS: Final = _code(
    EU_AUTHORITY + "file-type/SPARQLQRES",
    _FILE_TYPE_TABLE,
    ("Risultati SPARQL", "SPARQL results"),
    "MediaTypeOrExtent",
)
"""What a SPARQL service answers with."""
SHA256: Final = Described(
    ox.NamedNode(SPDX + "checksumAlgorithm_sha256"),
    {RDF_TYPE.value: nodes(SPDX, "ChecksumAlgorithm")},
)
"""How checksums are made."""


def theme(code: str) -> Described:
    """Return a theme of the table of the EU by its code."""
    return _THEMES[code]


def frequency(code: str) -> Described:
    """Return how often something changes by the code in the table of the EU."""
    return _FREQUENCIES[code]


def language(tag: str) -> Described | None:
    """Return the language of a tag, or None when it is not one of the EU's official ones.

    No language at all is better than a wrong one: `de-at` is German, `gsw` is not.
    """
    known = LANGUAGES.get(tag.partition("-")[0].lower())
    return _LANGUAGES[known[0]] if known else None


def languages(tags: Iterable[str]) -> list[Described]:
    """Return the languages of some tags, each once, without those that have no code."""
    found = (language(tag) for tag in tags)
    return [*dict.fromkeys(known for known in found if known)]


def file_type(target: Format) -> Described:
    """Return the code of a format of RDF or of CSV."""
    return _FILE_TYPES[FILE_TYPES[target.extension][0]]


def media_type(name: str) -> Described:
    """Return a media type such as `text/turtle` in the registry of IANA."""
    node = ox.NamedNode(_MEDIA_TYPES + name)
    return Described(node, {RDF_TYPE.value: nodes(DCTERMS, "MediaType", "MediaTypeOrExtent")})


def licence_type(code: str) -> Described:
    """Return a kind of licences of ADMS by its code."""
    return _LICENCE_TYPES[code]


def publisher_type(code: str) -> Described:
    """Return a kind of publishers of ADMS by its code."""
    return _PUBLISHER_TYPES[code]


def place(iri: str) -> Described:
    """Return a place by its IRI, and the table it is of if that is one of the EU's.

    Italian portals read the IRI as a text (DCAT-AP_IT: identificativo geografico).
    """
    tables = (EU_AUTHORITY + name for name in _PLACES)
    table = next((table for table in tables if iri.startswith(f"{table}/")), None)
    return Described(
        ox.NamedNode(iri),
        {
            RDF_TYPE.value: nodes(DCTERMS, "Location"),
            DCATAPIT + "geographicalIdentifier": ox.Literal(iri),
            SKOS + "inScheme": _place_table(table) if table else [],
        },
    )


def _place_table(iri: str) -> Described:
    names = {"continent": "Continente", "country": "Paese", "place": "Luogo"}
    name = iri.rpartition("/")[2]
    return _table(iri, names[name], name.capitalize())
