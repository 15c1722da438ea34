"""What a site says of itself, as values; `config` reads them from `reti.toml`."""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec

from reti_graph.setting_types import (
    Auth,
    Bytes,
    BytesOrNone,
    Count,
    DefaultGraph,
    Frequency,
    Log,
    Nesting,
    PageSize,
    Port,
    PublisherType,
    QueryBytes,
    Retries,
    Seconds,
    Theme,
    Workers,
)


class Publisher(msgspec.Struct, frozen=True):
    """Who publishes the data; `identifier` is such as the IPA code of a public body in Italy."""

    name: str
    iri: str | None = None
    identifier: str | None = None
    type: PublisherType | None = None


class RightsHolder(msgspec.Struct, frozen=True):
    """Whose the data is; the publisher's without a name."""

    name: str | None = None
    iri: str | None = None
    identifier: str | None = None
    type: PublisherType | None = None


class Contact(msgspec.Struct, frozen=True):
    """The office that questions about the data go to; none without name and e-mail address."""

    name: str | None = None
    email: str | None = None
    url: str | None = None


class CatalogueSettings(msgspec.Struct, frozen=True, kw_only=True):
    """What portals are told of the datasets.

    `themes` and `frequency` are codes of the EU's authority tables, `spatial` holds IRIs of places;
    `keywords` are listed by language. `name` stands in the identifiers of the datasets.
    """

    name: str | None = None
    themes: tuple[Theme, ...] = ("GOVE",)
    frequency: Frequency = "UNKNOWN"
    spatial: tuple[str, ...] = ()
    keywords: Mapping[str, tuple[str, ...]] = msgspec.field(default_factory=dict)


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


class StoreSettings(msgspec.Struct, frozen=True, kw_only=True):
    """A SPARQL store elsewhere that the site is published into and may be served from.

    Credentials never stand here: `RETI_STORE_USER`, `RETI_STORE_PASSWORD` and `RETI_STORE_TOKEN`
    have them. What is None is found out.
    """

    url: str | None = None
    """Where SPARQL queries are answered."""
    update_url: str | None = None
    graphs_url: str | None = None
    """Where the SPARQL 1.1 Graph Store HTTP Protocol is spoken."""
    auth: Auth | None = None
    default_graph: DefaultGraph | None = None
    atomic: bool | None = None
    """Whether readers see one update request whole or not at all."""
    seconds: Seconds = 60.0
    """How long one request may take."""
    retries: Retries = 3
    """How often what may be asked again is asked again."""
    check_seconds: Seconds = 5.0
    """How often a server asks which release the store holds."""


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
    quads_in_memory: Count = 200_000
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
    rights_holder: RightsHolder = RightsHolder()
    contact: Contact = Contact()
    catalogue: CatalogueSettings = CatalogueSettings()
    server: ServerSettings = ServerSettings()
    store: StoreSettings = StoreSettings()
    limits: LimitSettings = LimitSettings()

    @property
    def default_language(self) -> str:
        """The language of labels and messages when nobody asks for another."""
        return self.languages[0]

    @property
    def holder(self) -> Publisher:
        """Whose the data is: the rights holder where one is named, else the publisher."""
        named = self.rights_holder
        if named.name is None:
            return self.publisher
        return Publisher(named.name, named.iri, named.identifier, named.type)

    @property
    def catalogue_name(self) -> str:
        """The catalogue in identifiers of datasets: as set, else the last part of the base IRI."""
        return self.catalogue.name or re.split(r"/+", self.base_iri.rstrip("/"))[-1]
