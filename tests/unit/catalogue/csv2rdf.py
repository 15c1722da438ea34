"""Tables and their metadata read as RDF: as much of csv2rdf as our metadata makes use of.

https://www.w3.org/TR/csv2rdf/, in minimal mode.
"""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

XSD: Final = "http://www.w3.org/2001/XMLSchema#"
# RFC 6570, 3.2.3: what a reserved expansion leaves as it is.
_KEPT: Final = ":/?#[]@!$&'()*+,;=-._~%"


def triples_of(table: bytes, metadata: bytes) -> list[ox.Triple]:
    """Return the triples that a table says, given its metadata, in the order of the cells.

    One thing is read otherwise than the standard has it: a list of `anyURI` is one of IRIs.
    """
    schema = json.loads(metadata)["tableSchema"]
    header, *rows = csv.reader(io.StringIO(table.decode(), newline=""), strict=True)
    assert header == [column["name"] for column in schema["columns"]]
    return [
        triple for row in rows for triple in _of_row(dict(zip(header, row, strict=True)), schema)
    ]


def _of_row(cells: Mapping[str, str], schema: Mapping[str, Any]) -> Iterator[ox.Triple]:
    subject = ox.NamedNode(_expanded(schema["aboutUrl"], cells))
    for column in schema["columns"]:
        cell = cells[column["name"]]
        assert cell or not column.get("required")
        if not cell or column.get("suppressOutput"):
            continue
        separator = column.get("separator")
        for value in cell.split(separator) if separator else [cell]:
            yield ox.Triple(
                subject, ox.NamedNode(column["propertyUrl"]), _value(value, column, cells)
            )


def _value(
    value: str, column: Mapping[str, Any], cells: Mapping[str, str]
) -> ox.NamedNode | ox.Literal:
    if "valueUrl" in column:
        return ox.NamedNode(_expanded(column["valueUrl"], cells))
    datatype = column["datatype"]
    if datatype == "anyURI" and "separator" in column:
        return ox.NamedNode(value)
    if "lang" in column:
        assert datatype == "string"
        return ox.Literal(value, language=column["lang"])
    iri = datatype["@id"] if isinstance(datatype, dict) else XSD + datatype
    return ox.Literal(value, datatype=ox.NamedNode(iri))


def _expanded(template: str, cells: Mapping[str, str]) -> str:
    return re.sub(r"\{\+(\w+)\}", lambda found: quote(cells[found[1]], safe=_KEPT), template)
