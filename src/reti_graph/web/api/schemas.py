"""What bodies look like, as JSON Schema 2020-12, which is that of OpenAPI 3.1."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from reti_graph.formats import JSON

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reti_graph.formats import Format

    Json = dict[str, object]

TEXT: Final[Mapping[str, object]] = MappingProxyType({"type": "string"})

_PROBLEM: Final[Mapping[str, object]] = MappingProxyType(
    {
        "type": "object",
        "description": "What went wrong (RFC 9457).",
        "required": ["type", "title", "status", "detail"],
        "properties": {
            "type": {"type": "string"},
            "title": {"type": "string"},
            "status": {"type": "integer", "minimum": 400, "maximum": 599},
            "detail": {"type": "string"},
            "hint": {"type": "string"},
            "parameter": {"type": "string"},
            "nearest": {"type": "array", "items": {"type": "string"}, "minItems": 1},
            "line": {"type": "integer", "minimum": 1},
            "column": {"type": "integer", "minimum": 1},
        },
    }
)
_ROWS: Final[Mapping[str, object]] = MappingProxyType(
    {
        "type": "object",
        "required": ["head", "results"],
        "properties": {
            "head": {
                "type": "object",
                "required": ["vars"],
                "properties": {"vars": {"type": "array", "items": {"type": "string"}}},
            },
            "results": {
                "type": "object",
                "required": ["bindings"],
                "properties": {
                    "bindings": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "additionalProperties": {"$ref": "#/components/schemas/Term"},
                        },
                    }
                },
            },
        },
    }
)
_TRUTH: Final[Mapping[str, object]] = MappingProxyType(
    {
        "type": "object",
        "required": ["head", "boolean"],
        "properties": {"head": {"type": "object"}, "boolean": {"type": "boolean"}},
    }
)
_TERM: Final[Mapping[str, object]] = MappingProxyType(
    {
        "type": "object",
        "required": ["type", "value"],
        "properties": {
            "type": {"enum": ["uri", "literal", "bnode", "triple"]},
            "value": {"type": ["string", "object"]},
            "xml:lang": {"type": "string"},
            "datatype": {"type": "string"},
        },
    }
)
_HEALTH: Final[Mapping[str, object]] = MappingProxyType(
    {
        "type": "object",
        "required": ["status", "release", "workers", "waiting"],
        "properties": {
            "status": {"enum": ["ok", "unavailable"]},
            "release": {"type": "string"},
            "workers": {
                "type": "object",
                "required": ["ready", "running", "confined"],
                "properties": {
                    "ready": {"type": "integer", "minimum": 0},
                    "running": {"type": "integer", "minimum": 0},
                    "confined": {"type": "boolean"},
                },
            },
            "waiting": {"type": "integer", "minimum": 0},
        },
    }
)


def schemas() -> Json:
    """Return the schemas that others refer to, by name."""
    return {
        "Health": _HEALTH,
        "Problem": _PROBLEM,
        "SparqlResults": {
            "description": "SPARQL 1.1 Query Results JSON Format: rows, or yes or no.",
            "oneOf": [_ROWS, _TRUTH],
        },
        "Term": _TERM,
    }


def referred(name: str) -> Json:
    """Return the reference to a schema of `schemas`."""
    return {"$ref": f"#/components/schemas/{name}"}


def schema_of(target: Format) -> Mapping[str, object]:
    """Return the schema of bodies in a format; those that are no JSON are text."""
    if target == JSON:
        return referred("SparqlResults")
    if target.media_type.endswith("json"):
        return {"type": ["object", "array"]}
    return TEXT
