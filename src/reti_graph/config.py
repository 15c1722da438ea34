"""The settings of a site, read from its `reti.toml`.

The file, whole; every key but `public_url` and `publisher.iri` is required:

    base_iri = "https://example.org/nets/"     # names in the data start with it; ends with "/"
    languages = ["it", "en"]                   # the first is the default
    licence = "https://creativecommons.org/licenses/by/4.0/"
    public_url = "http://127.0.0.1:8000/"      # where the site is reached, if not at base_iri

    [title]
    it = "Reti"
    en = "Networks"

    [description]
    it = "Le reti di una città"
    en = "The networks of a city"

    [publisher]
    name = "Some Office"
    iri = "https://example.org/office"

    [prefixes]                                 # for prefixed names in queries and in output
    network = "https://example.org/nets/id/network/"
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from reti_graph.errors import SettingsError
from reti_graph.naming import named_node, nearest

_TOML_PLACE = re.compile(r"line (\d+), column (\d+)\)")
_TABLE_LINE = re.compile(r"\s*\[\s*([^\]]*?)\s*\]")
_KEY_LINE = re.compile(r"\s*([^=#\s][^=#]*?)\s*=")


class Publisher(msgspec.Struct, frozen=True):
    """Who publishes the data."""

    name: str
    iri: str | None = None


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What a site says of itself; the module's docstring shows the file."""

    base_iri: str
    languages: tuple[str, ...]
    licence: str
    title: Mapping[str, str]
    description: Mapping[str, str]
    publisher: Publisher
    prefixes: Mapping[str, str]
    public_url: str | None = None

    @property
    def default_language(self) -> str:
        """The language of labels and messages when nobody asks for another."""
        return self.languages[0]


def parse_settings(text: str, file: str = "reti.toml") -> Settings:
    """Return the settings written in the text of `reti.toml`.

    Raises SettingsError with every reason found; each names the file, the line and the key.
    """
    document = _document(text, file)
    found = list(_findings(document))
    if not found:
        settings = msgspec.convert(document, Settings)
        found = list(_value_findings(settings))
        if not found:
            return settings
    raise _refusal([f"{_place(text, file, key)}: {key}: {reason}" for key, reason in found])


def _refusal(findings: Sequence[str]) -> SettingsError:
    return SettingsError("The settings cannot be used.\n" + "\n".join(findings), findings=findings)


def _document(text: str, file: str) -> Mapping[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _refusal([_not_toml(str(error), text, file)]) from error
    except RecursionError as error:
        reason = "the brackets are nested too deeply"
        raise _refusal([f"{file}: this cannot be read as TOML: {reason}"]) from error
    except ValueError as error:
        # A number of thousands of digits.
        raise _refusal([f"{file}: this cannot be read as TOML: {error}"]) from error


def _not_toml(message: str, text: str, file: str) -> str:
    """Return the reader's message with the place, which it puts last, first."""
    reason, _, where = message.rpartition(" (at ")
    if numbers := _TOML_PLACE.fullmatch(where):
        line, column = numbers.groups()
    else:
        lines = text.replace("\r\n", "\n").split("\n")
        line, column = str(len(lines)), str(len(lines[-1]) + 1)
    return f"{file}:{line}:{column}: this is not TOML: {reason}"


def _findings(document: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield key and reason for unknown and missing keys and for values of the wrong type."""
    yield from _shape_findings(document, Settings, "")
    if isinstance(document.get("publisher"), dict):
        yield from _shape_findings(document["publisher"], Publisher, "publisher.")


def _shape_findings(
    table: Mapping[str, Any], model: type[msgspec.Struct], within: str
) -> Iterator[tuple[str, str]]:
    fields = {field.name: field for field in msgspec.structs.fields(model)}
    for key in sorted(table.keys() - fields.keys()):
        close = nearest(key, fields, count=1)
        hint = f'; did you mean "{within}{close[0]}"?' if close else ""
        yield within + key, f"there is no such key{hint}"
    for key, field in fields.items():
        # What stands in [publisher] is reported key by key, under their own names.
        if key in table and not (field.type is Publisher and isinstance(table[key], dict)):
            yield from _type_findings(within + key, table[key], field.type)
        elif key not in table and field.required:
            yield within + key, "this key is missing"


def _type_findings(key: str, value: object, wanted: object) -> Iterator[tuple[str, str]]:
    try:
        msgspec.convert(value, wanted)
    except msgspec.ValidationError as error:
        yield key, str(error)


def _value_findings(settings: Settings) -> Iterator[tuple[str, str]]:
    yield from _address_findings(settings)
    if not settings.languages:
        yield "languages", "name at least one language"
    for language in settings.languages:
        if not re.fullmatch(r"[a-z]{2,3}(-[a-z0-9]{2,8})*", language):
            yield "languages", f'"{language}" is not a language tag in lower case'
    for key, texts in (("title", settings.title), ("description", settings.description)):
        for language in settings.languages:
            if not texts.get(language, "").strip():
                yield key, f'there is no text in "{language}"'
    for name, iri in settings.prefixes.items():
        if not re.fullmatch(r"[A-Za-z]([\w.-]*[\w-])?", name):
            yield f"prefixes.{name}", "this is not a prefix name"
        if named_node(iri) is None:
            yield f"prefixes.{name}", f"<{iri}> is not an http, https or urn IRI"


def _address_findings(settings: Settings) -> Iterator[tuple[str, str]]:
    for key, iri in (("base_iri", settings.base_iri), ("public_url", settings.public_url)):
        if iri is not None and not _is_folder_address(iri):
            yield key, f'<{iri}> is not an http or https address that ends with "/"'
    for key, iri in (("licence", settings.licence), ("publisher.iri", settings.publisher.iri)):
        if iri is not None and named_node(iri) is None:
            yield key, f"<{iri}> is not an http, https or urn IRI"


def _is_folder_address(iri: str) -> bool:
    return named_node(iri) is not None and bool(re.fullmatch(r"https?://[^/?#]+/([^?#]*/)?", iri))


def _place(text: str, file: str, key: str) -> str:
    """Return `file:line` of a key or table, or the file alone when the key is nowhere in it."""
    table = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _TABLE_LINE.match(line):
            table = found = header[1]
        elif pair := _KEY_LINE.match(line):
            found = f"{table}.{pair[1]}".lstrip(".").replace('"', "")
        else:
            continue
        if f"{found}.".startswith(f"{key}."):
            return f"{file}:{number}"
    return file
