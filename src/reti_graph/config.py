"""The settings of a site, read from its `reti.toml`.

The file, whole; only the first three keys, `title`, `description`, `publisher.name` and `prefixes`
are required:

    base_iri = "https://example.org/nets/"     # names in the data start with it; ends with "/"
    languages = ["it", "en"]                   # the first is the default
    licence = "https://creativecommons.org/licenses/by/4.0/"
    public_url = "http://127.0.0.1:8000/"      # where the site is reached, if not at base_iri
    withdrawn = ["https://example.org/nets/id/network/omega"]    # published once, and gone

    [title]
    it = "Reti"
    en = "Networks"

    [description]
    it = "Le reti di una città"
    en = "The networks of a city"

    [publisher]
    name = "Some Office"
    iri = "https://example.org/office"
    identifier = "c_x000"                      # of public bodies in Italy: the IPA code
    type = "LocalAuthority"

    [rights_holder]                            # as the publisher, who is meant without it
    name = "Some Town"

    [contact]                                  # where questions about the data go
    name = "Office for Networks"
    email = "networks@example.org"

    [catalogue]                                # what portals are told of the datasets
    name = "nets"
    themes = ["GOVE"]
    frequency = "ANNUAL"
    spatial = ["https://sws.geonames.org/3173435/"]

    [catalogue.keywords]
    it = ["reti di città"]
    en = ["city networks"]

    [prefixes]                                 # for prefixed names in queries and in output
    network = "https://example.org/nets/id/network/"

    [server]                                   # how `reti-graph serve` listens
    port = 8080

    [store]                                    # a SPARQL store that the site is published into
    url = "https://store.example.org/sparql"

    [limits]                                   # how much one request may ask for
    query_seconds = 5.0
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from reti_graph.config_toml import place, read_toml, refusal
from reti_graph.naming import nearest
from reti_graph.setting_checks import value_findings
from reti_graph.setting_types import takes
from reti_graph.settings import (
    CatalogueSettings,
    Contact,
    LimitSettings,
    Publisher,
    RightsHolder,
    ServerSettings,
    Settings,
    StoreSettings,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = [
    "CatalogueSettings",
    "Contact",
    "LimitSettings",
    "Publisher",
    "RightsHolder",
    "ServerSettings",
    "Settings",
    "StoreSettings",
    "parse_settings",
    "setting_keys",
    "value_findings",
    "with_values",
]


def parse_settings(text: str, file: str = "reti.toml") -> Settings:
    """Return the settings written in the text of `reti.toml`.

    Raises SettingsError with every reason found; each names the file, the line and the key.
    """
    document = read_toml(text, file)
    found = list(_shape_findings(document, Settings))
    if not found:
        settings = msgspec.convert(document, Settings)
        found = list(value_findings(settings))
        if not found:
            return settings
    raise refusal([f"{place(text, file, key)}: {key}: {reason}" for key, reason in found])


def setting_keys(model: type[msgspec.Struct] = Settings, within: str = "") -> Mapping[str, object]:
    """Return the type of each key of `reti.toml`, a key of a table as `limits.query_seconds`."""
    keys: dict[str, object] = {}
    for field in msgspec.structs.fields(model):
        keys[within + field.name] = field.type
        if inner := _table(field.type):
            keys |= setting_keys(inner, f"{within}{field.name}.")
    return keys


def with_values(settings: Settings, values: Mapping[str, object]) -> Settings:
    """Return the settings with other values for some keys, named as in `setting_keys`.

    The values are taken as they are: `value_findings` tells which will not do.
    """
    own = {key: value for key, value in values.items() if "." not in key}
    for table in dict.fromkeys(key.partition(".")[0] for key in values if "." in key):
        changes = {
            key.removeprefix(f"{table}."): value
            for key, value in values.items()
            if key.startswith(f"{table}.")
        }
        own[table] = msgspec.structs.replace(getattr(settings, table), **changes)
    return msgspec.structs.replace(settings, **own)


def _table(kind: object) -> type[msgspec.Struct] | None:
    return kind if isinstance(kind, type) and issubclass(kind, msgspec.Struct) else None


def _shape_findings(
    table: Mapping[str, Any], model: type[msgspec.Struct], within: str = ""
) -> Iterator[tuple[str, str]]:
    """Yield key and reason for unknown and missing keys and for values of the wrong type."""
    fields = {field.name: field for field in msgspec.structs.fields(model)}
    for key in sorted(table.keys() - fields.keys()):
        yield within + key, f"there is no such key{_near(key, model, within)}"
    for key, field in fields.items():
        inner = _table(field.type)
        if key not in table:
            if field.required:
                yield within + key, "this key is missing"
        elif inner and isinstance(table[key], dict):
            # What stands in a table is reported key by key, under their own names.
            yield from _shape_findings(table[key], inner, f"{within}{key}.")
        else:
            yield from _type_findings(within + key, table[key], field.type)


def _near(key: str, model: type[msgspec.Struct], within: str) -> str:
    """Return the hint at a key of this name in another table, or else at one like it in this."""
    elsewhere = [name for name in setting_keys() if name.rpartition(".")[2] == key]
    close = [within + name for name in nearest(key, setting_keys(model), count=1)]
    best = next(iter((*elsewhere, *close)), None)
    return f'; did you mean "{best}"?' if best else ""


def _type_findings(key: str, value: object, wanted: object) -> Iterator[tuple[str, str]]:
    try:
        msgspec.convert(value, wanted)
    except msgspec.ValidationError as error:
        # msgspec says what a word is not, and not what it may be.
        more = f"; it takes {takes(wanted)}" if str(error).startswith("Invalid enum") else ""
        yield key, f"{error}{more}"
