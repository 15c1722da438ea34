"""The settings of a site, read from its `reti.toml`.

The file, whole; every key but `public_url`, `withdrawn`, `publisher.iri` and those of the tables
`server` and `limits` is required:

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

    [prefixes]                                 # for prefixed names in queries and in output
    network = "https://example.org/nets/id/network/"

    [server]                                   # how `reti-graph serve` listens
    port = 8080

    [limits]                                   # how much one request may ask for
    query_seconds = 5.0
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from reti_graph.config_toml import place, read_toml, refusal
from reti_graph.naming import named_node, nearest
from reti_graph.setting_types import (
    Bytes,
    BytesOrNone,
    Count,
    Log,
    Nesting,
    PageSize,
    Port,
    QueryBytes,
    Seconds,
    Workers,
    takes,
)


class Publisher(msgspec.Struct, frozen=True):
    """Who publishes the data."""

    name: str
    iri: str | None = None


class ServerSettings(msgspec.Struct, frozen=True, kw_only=True):
    """How the server listens, and what it tells of its work."""

    host: str = "127.0.0.1"
    port: Port = 8000
    workers: Workers | None = None
    """Processes that answer queries; None for the number of cores, at least 2."""
    trusted_proxies: tuple[str, ...] = ()
    """IP addresses and networks whose `X-Forwarded-For` and `-Proto` are believed."""
    log: Log = "problems"
    unconfined: bool = False
    metrics_port: Port | None = None


class LimitSettings(msgspec.Struct, frozen=True, kw_only=True):
    """How much one request, one client and the whole server may use."""

    query_seconds: Seconds = 10.0
    query_bytes: QueryBytes = 32_768
    query_depth: Nesting = 64
    query_patterns: Count = 64
    query_tokens: Count = 2_000
    query_operators: Nesting = 400
    answer_bytes: Bytes = 20_000_000
    memory_bytes: Bytes = 500_000_000
    queue_length: Count = 64
    client_seconds: Seconds = 30.0
    """Seconds of query time that one client may use in a minute."""
    quads_in_memory: Count = 1_000_000
    cache_bytes: BytesOrNone = 64_000_000
    page_size: PageSize = 100
    """Statements that point at a thing, on one page."""
    body_seconds: Seconds = 20.0
    """How long a client may take to send a request."""


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
    withdrawn: tuple[str, ...] = ()
    server: ServerSettings = ServerSettings()
    limits: LimitSettings = LimitSettings()

    @property
    def default_language(self) -> str:
        """The language of labels and messages when nobody asks for another."""
        return self.languages[0]


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


def value_findings(settings: Settings) -> Iterator[tuple[str, str]]:
    """Yield key and reason for each value of the right type that will not do all the same."""
    yield from _address_findings(settings)
    yield from _language_findings(settings)
    for name, iri in settings.prefixes.items():
        if not re.fullmatch(r"[A-Za-z]([\w.-]*[\w-])?", name):
            yield f"prefixes.{name}", "this is not a prefix name"
        if named_node(iri) is None:
            yield f"prefixes.{name}", f"<{iri}> is not an http, https or urn IRI"
    for iri in settings.withdrawn:
        if named_node(iri) is None or not iri.startswith(settings.base_iri):
            yield "withdrawn", f"<{iri}> is not an IRI that starts with {settings.base_iri}"
    yield from _server_findings(settings.server)


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


def _language_findings(settings: Settings) -> Iterator[tuple[str, str]]:
    if not settings.languages:
        yield "languages", "name at least one language"
    for language in settings.languages:
        if not re.fullmatch(r"[a-z]{2,3}(-[a-z0-9]{2,8})*", language):
            yield "languages", f'"{language}" is not a language tag in lower case'
    for key, texts in (("title", settings.title), ("description", settings.description)):
        for language in settings.languages:
            if not texts.get(language, "").strip():
                yield key, f'there is no text in "{language}"'


def _address_findings(settings: Settings) -> Iterator[tuple[str, str]]:
    for key, iri in (("base_iri", settings.base_iri), ("public_url", settings.public_url)):
        if iri is not None and not _is_folder_address(iri):
            yield key, f'<{iri}> is not an http or https address that ends with "/"'
    for key, iri in (("licence", settings.licence), ("publisher.iri", settings.publisher.iri)):
        if iri is not None and named_node(iri) is None:
            yield key, f"<{iri}> is not an http, https or urn IRI"


def _server_findings(server: ServerSettings) -> Iterator[tuple[str, str]]:
    if not re.fullmatch(r"[^\s/\[\]\x00-\x1f]+", server.host):
        yield "server.host", f'"{server.host}" is not an IP address or the name of a machine'
    for proxy in server.trusted_proxies:
        try:
            ipaddress.ip_network(proxy)
        except ValueError as error:
            yield "server.trusted_proxies", f"this is not an IP address or network: {error}"


def _is_folder_address(iri: str) -> bool:
    return named_node(iri) is not None and bool(re.fullmatch(r"https?://[^/?#]+/([^?#]*/)?", iri))
