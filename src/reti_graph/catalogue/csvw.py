"""What says how a table is to be read: metadata for tabular data (CSVW).

https://www.w3.org/TR/tabular-metadata/ and, for what the cells mean as RDF,
https://www.w3.org/TR/csv2rdf/.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, TypeAlias
from urllib.parse import quote

import pyoxigraph as ox

from reti_graph.catalogue.tables import KEY
from reti_graph.formats import JSON_LD
from reti_graph.naming import header_iri
from reti_graph.terms import RDF, RDFS, RDFS_LABEL, SKOS, XSD

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from reti_graph.catalogue.tables import Column, Table
    from reti_graph.config import Settings

CSVW_METADATA: Final = replace(
    JSON_LD, name="csvw", media_type="application/csvm+json", extension="csv-metadata.json"
)
"""The format of the metadata: JSON-LD of a fixed context."""

Texts: TypeAlias = "Mapping[str, Mapping[str, str]]"
_Json: TypeAlias = dict[str, object]

_DEFINITIONS: Final = frozenset({ox.NamedNode(SKOS + "definition"), ox.NamedNode(RDFS + "comment")})
# The datatypes of XML Schema that need no description (tabular data model, 5.11.1).
_BUILT_IN: Final = re.compile(
    r"anyURI|base64Binary|boolean|byte|date|dateTime|dateTimeStamp|dayTimeDuration|decimal|double"
    r"|duration|float|gDay|gMonth|gMonthDay|gYear|gYearMonth|hexBinary|int|integer|language|long"
    r"|Name|negativeInteger|NMTOKEN|nonNegativeInteger|nonPositiveInteger|normalizedString"
    r"|positiveInteger|QName|short|string|time|token|unsignedByte|unsignedInt|unsignedLong"
    r"|unsignedShort|yearMonthDuration"
)
_KEY_COLUMN: Final[Mapping[str, object]] = {
    "name": KEY,
    "titles": KEY,
    "datatype": "anyURI",
    "required": True,
    "suppressOutput": True,
}
_BY_IRI: Final[Mapping[str, str]] = {
    RDF + "XMLLiteral": "xml",
    RDF + "HTML": "html",
    RDF + "langString": "string",
}


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The names and definitions that a graph gives to classes and properties, by language."""

    labels: Texts
    definitions: Texts

    @classmethod
    def of(cls, quads: Sequence[ox.Quad]) -> Vocabulary:
        """Gather them; of several in one language the first in alphabetical order counts."""
        return cls(_texts(quads, {RDFS_LABEL}), _texts(quads, _DEFINITIONS))


def metadata_path(path: str) -> str:
    """Return where readers look for the metadata of a table (tabular data model, 5.3)."""
    return f"{path}-metadata.json"


def table_metadata(table: Table, vocabulary: Vocabulary, settings: Settings) -> bytes:
    """Write the metadata of a table: what each column is, and what triples its cells stand for.

    Cells with several IRIs are lists of `anyURI`, for CSVW makes no links of lists.
    """
    document = {
        "@context": "http://www.w3.org/ns/csvw",
        "url": quote(table.path.rpartition("/")[2]),
        "dc:title": _natural(_titles(table, vocabulary, settings)),
        "dc:description": _natural(vocabulary.definitions.get(table.main_class or "", {})),
        "dc:license": {"@id": settings.licence},
        "dc:isPartOf": {"@id": f"{settings.base_iri}dataset"},
        "tableSchema": {
            "aboutUrl": f"{{+{KEY}}}",
            "primaryKey": KEY,
            "columns": [_KEY_COLUMN, *(_column(own, table, vocabulary) for own in table.columns)],
        },
    }
    kept = {key: value for key, value in document.items() if value}
    return (json.dumps(kept, ensure_ascii=False, indent=1) + "\n").encode()


def _texts(quads: Iterable[ox.Quad], properties: AbstractSet[ox.NamedNode]) -> Texts:
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for quad in quads:
        text = quad.object
        if quad.predicate in properties and isinstance(text, ox.Literal) and text.language:
            own = found[str(quad.subject)[1:-1]]
            own[text.language] = min(text.value, own.get(text.language, text.value))
    return found


def _titles(table: Table, vocabulary: Vocabulary, settings: Settings) -> Mapping[str, str]:
    """Return the title of a table: the name of its class, and the site's title behind it."""
    names = vocabulary.labels.get(table.main_class or "", {})
    return {tag: f"{names.get(tag, table.name)} – {title}" for tag, title in settings.title.items()}


def _natural(texts: Mapping[str, str]) -> list[_Json]:
    return [{"@value": text, "@language": tag} for tag, text in sorted(texts.items())]


def _column(column: Column, table: Table, vocabulary: Vocabulary) -> _Json:
    described = {
        "name": column.name,
        # The name is what stands in the header, whatever the language.
        "titles": {"und": column.name} | _headings(column, table, vocabulary),
        "dc:description": _natural(vocabulary.definitions.get(column.property, {})),
        "propertyUrl": column.property,
        "datatype": _datatype(column.nature.datatype),
        "lang": column.nature.language,
        "separator": column.separator,
        "valueUrl": f"{{+{column.name}}}" if _linked(column, table) else None,
    }
    return {key: value for key, value in described.items() if value}


def _headings(column: Column, table: Table, vocabulary: Vocabulary) -> dict[str, str]:
    """Return the property's names, with what tells its columns apart where it has several."""
    labels = sorted(vocabulary.labels.get(column.property, {}).items())
    nature = column.nature
    detail = nature.language or re.split(r"[/#]", nature.datatype)[-1]
    alone = [other.property for other in table.columns].count(column.property) == 1
    return {tag: text if alone or not detail else f"{text} ({detail})" for tag, text in labels}


def _datatype(iri: str) -> str | _Json:
    """Return the datatype of a column as CSVW names it; one it does not know is a text to it."""
    if not iri:
        return "anyURI"
    name = iri.removeprefix(XSD)
    if iri.startswith(XSD) and _BUILT_IN.fullmatch(name):
        return name
    return _BY_IRI.get(iri) or {"@id": iri, "base": "string"}


def _linked(column: Column, table: Table) -> bool:
    """True when each cell holds one IRI, which a URI template leaves as it is (RFC 6570, 3.2.3)."""
    if not column.nature.iris or column.separator:
        return False
    place = 1 + table.columns.index(column)
    return all(header_iri(row[place]) == row[place] for row in table.rows)
