"""Ways to make the store call somebody: SERVICE however it may be written, and all that fetches.

`CANARY` stands for an address, host and port, that nobody may call.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

CANARY: Final = "CANARY"
_IRI: Final = f"<http://{CANARY}/>"
_CODED: Final = "".join(f"\\u{ord(letter):04X}" for letter in "http")
_FILLED: Final = "{ ?s ?p ?o }"

CALLS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "plainly": f"SELECT * {{ SERVICE {_IRI} {_FILLED} }}",
        "in lower case": f"SELECT * {{ service {_IRI} {_FILLED} }}",
        "in mixed case": f"SELECT * {{ SeRvIcE {_IRI} {_FILLED} }}",
        "for a variable": f"SELECT * {{ VALUES ?e {{ {_IRI} }} "
        f"LATERAL {{ SERVICE ?e {_FILLED} }} }}",
        "for a variable made": f'SELECT * {{ BIND(IRI("http://{CANARY}/") AS ?e) '
        f"LATERAL {{ SERVICE ?e {_FILLED} }} }}",
        "by a prefix": f"PREFIX e: {_IRI} SELECT * {{ SERVICE e: {_FILLED} }}",
        "by a prefix of that name": f"PREFIX service: {_IRI} SELECT * "
        f"{{ SERVICE service: {_FILLED} }}",
        "by an empty prefix": f"PREFIX : {_IRI} SELECT * {{ SERVICE:x {_FILLED} }}",
        "by a base": f"BASE {_IRI} SELECT * {{ SERVICE <> {_FILLED} }}",
        "by a coded IRI": f"SELECT * {{ SERVICE <{_CODED}://{CANARY}/> {_FILLED} }}",
        "without white space": f"SELECT*{{SERVICE{_IRI}{{?s?p?o}}}}",
        "after a word": f"SELECT * {{ ?s ?p trueSERVICE{_IRI}{_FILLED} }}",
        "after a number": f"SELECT * {{ ?s ?p 1SERVICE{_IRI}{_FILLED} }}",
        "after a text": f'SELECT * {{ VALUES ?s {{ "a" }}SERVICE{_IRI}{_FILLED} }}',
        "after a comment": f"SELECT * {{ # {{\nSERVICE#\n{_IRI}#}}\n{_FILLED} }}",
        "after a carriage return": f"SELECT * {{ # }}\rSERVICE {_IRI} {_FILLED} }}",
        "after less than": f"SELECT * {{ FILTER(1<2)SERVICE#>\n{_IRI}{_FILLED} }}",
        "after less than an IRI": f"SELECT * {{ FILTER(1<<http://e#>)SERVICE {_IRI} {_FILLED} }}",
        "in an optional": f"SELECT * {{ OPTIONAL {{ SERVICE {_IRI} {_FILLED} }} }}",
        "in a union": f"SELECT * {{ {{}} UNION {{ SERVICE {_IRI} {_FILLED} }} }}",
        "in a minus": f"SELECT * {{ VALUES ?s {{ 1 }} MINUS {{ SERVICE {_IRI} {_FILLED} }} }}",
        "in exists": f"SELECT * {{ FILTER EXISTS {{ SERVICE {_IRI} {_FILLED} }} }}",
        "in not exists": f"SELECT * {{ FILTER NOT EXISTS {{ SERVICE {_IRI} {_FILLED} }} }}",
        "in an expression": f"SELECT (EXISTS {{ SERVICE {_IRI} {_FILLED} }} AS ?x) {{}}",
        "in a bind": f"SELECT * {{ BIND(EXISTS {{ SERVICE {_IRI} {_FILLED} }} AS ?x) }}",
        "in an order": f"SELECT * {{}} ORDER BY EXISTS {{ SERVICE {_IRI} {_FILLED} }}",
        "in a sub-select": f"SELECT * {{ {{ SELECT * {{ SERVICE {_IRI} {_FILLED} }} }} }}",
        "in a service": f"SELECT * {{ SERVICE {_IRI} {{ SERVICE {_IRI} {_FILLED} }} }}",
        "in a lateral": f"SELECT * {{ LATERAL {{ SERVICE {_IRI} {_FILLED} }} }}",
        "to build": f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ SERVICE {_IRI} {_FILLED} }}",
        "to describe": f"DESCRIBE ?s WHERE {{ SERVICE {_IRI} {_FILLED} }}",
        "to ask": f"ASK {{ SERVICE {_IRI} {_FILLED} }}",
    }
)
"""Queries that would make the store itself call; the gate refuses each."""

SILENT_CALLS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "silently": f"SELECT * {{ SERVICE SILENT {_IRI} {_FILLED} }}",
        "silently and without white space": f"SELECT*{{serviceSILENT{_IRI}{{?s?p?o}}}}",
        "silently for a variable": f"SELECT * {{ VALUES ?e {{ {_IRI} }} "
        f"LATERAL {{ SERVICE SILENT ?e {_FILLED} }} }}",
    }
)
"""The same, but the store would not tell that it called."""

MISREAD: Final[Mapping[str, str]] = MappingProxyType(
    {
        "with a coded keyword": f"SELECT * {{ S\\u0045RVICE {_IRI} {_FILLED} }}",
        "with a coded keyword, long": f"SELECT * {{ \\U00000053ERVICE {_IRI} {_FILLED} }}",
        "with a coded bracket": f"SELECT * {{ <a\\u003e SERVICE {_IRI} {_FILLED} }}",
        "with a coded quote": f'SELECT * {{ ?s ?p "\\u0022 . SERVICE {_IRI} {_FILLED} }}',
        "with a letter like another": f"SELECT * {{ \u0405ERVICE {_IRI} {_FILLED} }}",
        "with a letter that is none in lower case": f"SELECT * {{ SERV\u0130CE {_IRI} {_FILLED} }}",
        "with a long s": f"SELECT * {{ \u017fERVICE {_IRI} {_FILLED} }}",
        "with a full-width word": f"SELECT * {{ \uff33\uff25\uff32\uff36\uff29\uff23\uff25 {_IRI} "
        f"{_FILLED} }}",
        "with a zero-width space": f"SELECT * {{ SER\u200bVICE {_IRI} {_FILLED} }}",
        "with a NUL": f"SELECT * {{ SERVICE\x00 {_IRI} {_FILLED} }}",
        "with a no-break space": f"SELECT * {{\u00a0SERVICE {_IRI} {_FILLED} }}",
        "behind a byte order mark": f"\ufeffSELECT * {{ SERVICE {_IRI} {_FILLED} }}",
        "in an unclosed text": f"SELECT * {{ ?s ?p 'a\nSERVICE {_IRI} {_FILLED} }}",
        "behind another query": f"ASK {{}} SELECT * {{ SERVICE {_IRI} {_FILLED} }}",
        "behind values": f"ASK {{}} VALUES ?x {{ 1 }} SERVICE {_IRI} {_FILLED}",
    }
)
"""Texts in which a careless reader sees a call, or none."""

UPDATES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "load": f"LOAD {_IRI}",
        "load silently": f"LOAD SILENT {_IRI} INTO GRAPH <a:g>",
        "insert": f"INSERT {{ ?s ?p ?o }} WHERE {{ SERVICE {_IRI} {_FILLED} }}",
        "a query and an update": f"ASK {{}} ; LOAD {_IRI}",
        "prefixed": f"PREFIX a: <b:c> LOAD {_IRI}",
        "data": "INSERT DATA { <a:b> <a:b> <a:b> }",
        "clear": "CLEAR ALL",
        "drop": "DROP ALL",
    }
)

HARMLESS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "from": f"ASK FROM {_IRI} {{ ?s ?p ?o }}",
        "from named": f"ASK FROM NAMED {_IRI} {{ GRAPH ?g {{ ?s ?p ?o }} }}",
        "a graph": f"SELECT * {{ GRAPH {_IRI} {{ ?s ?p ?o }} }}",
        "a subject": f"DESCRIBE {_IRI}",
        "a base alone": f"BASE {_IRI} SELECT * {{ <x> ?p ?o }}",
        "a word in a text": f'SELECT ("SERVICE {_IRI}" AS ?x) {{}}',
        "a word in a comment": f"SELECT * {{}} # SERVICE {_IRI} {{}}",
        "a variable of that name": "SELECT * { ?service ?SERVICE $Service }",
    }
)
"""Queries that name an address and have an answer without a call."""

VALUES: Final = (
    f"alpha> SERVICE {_IRI} {{ ?s ?p ?o }} <a:b",
    f"https://example.org/nets/id/network/alpha> . SERVICE {_IRI} {{}} ?a ?b <a:b",
    f"http://{CANARY}/",
    f"<http://{CANARY}/>",
    f"network:alpha }} SERVICE {_IRI} {{ ?s ?p ?o",
    f"it' SERVICE {_IRI} {{}} '",
    f'it" }} SERVICE {_IRI} {{}} #',
    f"it\\u0022 }} SERVICE {_IRI} {{}} #",
    f'it"@en) SERVICE {_IRI} {{}} FILTER("a"="a',
    f"it\n}} SERVICE {_IRI} {{}} #",
    f"$lang SERVICE {_IRI} {{}}",
    f"file:///etc/passwd#{CANARY}",
    f"urn:x> SERVICE {_IRI} {{}} <urn:y",
    f'{{"@context": "http://{CANARY}/context", "@id": "x"}}',
    "\x00",
    "\ud7ff\U0010ffff",
)
"""Values for parameters of canned queries."""
