"""Parameters of addresses as OpenAPI describes them (OpenAPI 3.1, 4.8.12)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reti_graph.canned.choices import MOST
from reti_graph.language import choose
from reti_graph.web.negotiation import short_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from reti_graph.canned.choices import Choice, Choices
    from reti_graph.canned.query import CannedQuery, Param
    from reti_graph.formats import Format
    from reti_graph.web.api.schemas import Json

LANGUAGE: Final = "en"
# The character NUL is refused: no term of RDF can hold it.
_ANY_TEXT: Final = r"^[^\u0000]*$"
_IRI: Final = "^(https?://|urn:)[^/]"
# The names of more values make a description that nobody reads.
MOST_NAMED: Final = 100


def query_parameter(name: str, schema: Mapping[str, object], description: str) -> Json:
    """Return an optional parameter of the query string."""
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": description,
        "schema": dict(schema),
    }


def path_parameter(name: str, schema: Mapping[str, object], example: str, description: str) -> Json:
    """Return a part of the path, which is always required."""
    return {
        "name": name,
        "in": "path",
        "required": True,
        "description": description,
        "schema": dict(schema),
        "example": example,
    }


def format_parameter(offers: Iterable[Format]) -> Json:
    """Return `?format=`, with the formats an address has; an empty one is none."""
    names = [*(short_name(target) for target in offers), "html"]
    words = "The format, instead of the Accept header."
    found = query_parameter("format", {"type": "string", "enum": names}, words)
    return {**found, "allowEmptyValue": True}


def language_parameter(languages: Sequence[str]) -> Json:
    """Return `?lang=`, which decides the language of a page, where the site has that language."""
    words = (
        "The language of the page, instead of the Accept-Language header. One that the site does "
        "not have is passed over."
    )
    examples = {language: {"value": language} for language in languages}
    return {**query_parameter("lang", {"type": "string"}, words), "examples": examples}


def iri_list_parameter(name: str, description: str) -> Json:
    """Return a parameter that may be repeated and takes IRIs."""
    found = query_parameter(name, iri_list(), description)
    return {**found, "style": "form", "explode": True}


def iri_list() -> Json:
    """Return the schema of some IRIs."""
    return {"type": "array", "items": _iri()}


def parameters_of(query: CannedQuery, choices: Choices) -> list[Json]:
    """Return the parameters of a canned query, each with its type and what it may be.

    None is required: one that must have a value has that of its example. An empty value is none.
    """
    return [_declared(param, choices.of(param)) for param in query.params]


def _declared(param: Param, offered: Sequence[Choice]) -> Json:
    schema = _schema(param, offered)
    if param.default is not None:
        schema["default"] = _value(param, param.default)
    found = query_parameter(param.name, schema, _description(param))
    found["allowEmptyValue"] = True
    if offered and len(offered) <= MOST_NAMED:
        found["examples"] = {
            each.value: {"summary": choose(each.labels, LANGUAGE), "value": each.value}
            for each in offered
        }
    else:
        found["example"] = _value(param, param.example)
    return found


def _schema(param: Param, offered: Sequence[Choice]) -> Json:
    if param.type == "enum":
        return {"type": "string", "enum": list(param.values)}
    if param.type == "integer":
        return {"type": "integer"}
    if param.type == "date":
        return {"type": "string", "format": "date"}
    if param.type == "iri":
        return _thing(param, offered)
    return {"type": "string", "pattern": _ANY_TEXT}


def _thing(param: Param, offered: Sequence[Choice]) -> Json:
    if not param.kinds:
        return _iri()
    if not offered or len(offered) >= MOST:
        # Not all that may be meant are known here.
        return {"type": "string"}
    own = [value for value in (param.default, param.example) if value is not None]
    return {"type": "string", "enum": list(dict.fromkeys([*(o.value for o in offered), *own]))}


def _iri() -> Json:
    return {"type": "string", "format": "iri", "pattern": _IRI}


def _value(param: Param, text: str) -> str | int:
    return int(text) if param.type == "integer" else text


def _description(param: Param) -> str:
    parts = [f"{choose(param.label, LANGUAGE)}."]
    if param.kinds:
        parts.append(
            f"A thing of kind {' or '.join(param.kinds)}: its slug, or else its prefixed name "
            "or its IRI."
        )
    if param.required:
        parts.append(f"Without it: {param.example}.")
    return " ".join(parts)
