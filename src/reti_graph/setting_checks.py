"""Which values of the settings will not do though they are of the right type."""

from __future__ import annotations

import ipaddress
import re
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from reti_graph.naming import named_node
from reti_graph.setting_types import KEYWORD

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reti_graph.settings import ServerSettings, Settings, StoreSettings

    Finding = tuple[str, str]

# What browsers take for an address (HTML, 4.10.5.1.5), with a domain of two names at least.
_EMAIL: Final = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+", re.ASCII
)
_SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")
# XML has no way to write them (XML 1.0, 2.2), and portals read RDF/XML.
_NOT_IN_XML: Final = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\ufffe\\uffff]")
_NOT_A_KEYWORD: Final = (
    'is no keyword that portals take: from 2 to 100 letters, digits, spaces, "-", "_" and "."'
)
_TELLS_WHO: Final = (
    "there is a user or a password in this address: take out what stands before the @, "
    "and set RETI_STORE_USER and RETI_STORE_PASSWORD"
)
_NOT_AN_IRI: Final = "is not an http, https or urn IRI"


def value_findings(settings: Settings) -> Iterator[Finding]:
    """Yield key and reason for each value of the right type that will not do all the same."""
    yield from _address_findings(settings)
    yield from _language_findings(settings)
    yield from _agent_findings(settings)
    yield from _contact_findings(settings)
    yield from _catalogue_findings(settings)
    for name, iri in settings.prefixes.items():
        if not re.fullmatch(r"[A-Za-z]([\w.-]*[\w-])?", name):
            yield f"prefixes.{name}", "this is not a prefix name"
        if named_node(iri) is None:
            yield f"prefixes.{name}", f"<{iri}> {_NOT_AN_IRI}"
    for iri in settings.withdrawn:
        if named_node(iri) is None or not iri.startswith(settings.base_iri):
            yield "withdrawn", f"<{iri}> is not an IRI that starts with {settings.base_iri}"
    yield from _server_findings(settings.server)
    yield from _store_findings(settings.store)


def _language_findings(settings: Settings) -> Iterator[Finding]:
    if not settings.languages:
        yield "languages", "name at least one language"
    for language in settings.languages:
        if not _is_language(language):
            yield "languages", f'"{language}" is not a language tag in lower case'
    for key, texts in (("title", settings.title), ("description", settings.description)):
        for language in settings.languages:
            if not texts.get(language, "").strip():
                yield key, f'there is no text in "{language}"'
        for text in texts.values():
            yield from _text_findings(key, text)


def _is_language(tag: str) -> bool:
    """Take no tag that is none in RDF (BCP 47): a literal could not be made of it."""
    if not _LANGUAGE.fullmatch(tag):
        return False
    try:
        ox.Literal("", language=tag)
    except ValueError:
        return False
    return True


def _text_findings(key: str, text: str) -> Iterator[Finding]:
    if found := _NOT_IN_XML.search(text):
        yield key, f"the character U+{ord(found[0]):04X} cannot be written in RDF/XML: take it out"


def _agent_findings(settings: Settings) -> Iterator[Finding]:
    holder = settings.rights_holder
    others = (holder.iri, holder.identifier, holder.type)
    if holder.name is None and any(value is not None for value in others):
        yield "rights_holder.name", "this key is missing: whose are the other values of the table?"
    if holder.iri is not None and holder.iri == settings.publisher.iri:
        yield "rights_holder.iri", "this is the publisher's: leave the table out if they are one"
    for table, agent in (("publisher", settings.publisher), ("rights_holder", holder)):
        for key, value in (("name", agent.name), ("identifier", agent.identifier)):
            yield from _filled_findings(f"{table}.{key}", value)
        if agent.iri is not None and named_node(agent.iri) is None:
            yield f"{table}.iri", f"<{agent.iri}> {_NOT_AN_IRI}"


def _filled_findings(key: str, value: str | None) -> Iterator[Finding]:
    if value is None:
        return
    if not value.strip():
        yield key, "this is empty: leave the key out, or say something"
    yield from _text_findings(key, value)


def _contact_findings(settings: Settings) -> Iterator[Finding]:
    contact = settings.contact
    if (contact.name, contact.email, contact.url) != (None, None, None):
        for key, value in (("name", contact.name), ("email", contact.email)):
            if value is None:
                yield f"contact.{key}", "this key is missing: a contact has a name and an e-mail"
    yield from _filled_findings("contact.name", contact.name)
    if contact.email is not None and not _EMAIL.fullmatch(contact.email):
        yield "contact.email", f'"{contact.email}" is not an e-mail address such as a@example.org'
    if contact.url is not None and not _is_address(contact.url):
        yield "contact.url", f"<{contact.url}> is not an http or https address"


def _catalogue_findings(settings: Settings) -> Iterator[Finding]:
    told = settings.catalogue
    if told.name is not None and not _SLUG.fullmatch(told.name):
        yield "catalogue.name", f'"{told.name}" is not a name in lower case such as "city-networks"'
    if not told.themes:
        yield "catalogue.themes", "name at least one theme: portals refuse datasets without"
    for iri in told.spatial:
        if named_node(iri) is None:
            yield "catalogue.spatial", f"<{iri}> {_NOT_AN_IRI}"
    yield from _keyword_findings(told.keywords, settings.languages)


def _keyword_findings(
    keywords: Mapping[str, tuple[str, ...]], languages: tuple[str, ...]
) -> Iterator[Finding]:
    for tag, words in keywords.items():
        if tag not in languages:
            known = ", ".join(f'"{language}"' for language in languages)
            yield f"catalogue.keywords.{tag}", f"this is not a language of the site: {known}"
        for word in words:
            found = tuple(_filled_findings(f"catalogue.keywords.{tag}", word))
            yield from found
            if not found and not KEYWORD.fullmatch(word):
                yield f"catalogue.keywords.{tag}", f'"{word}" {_NOT_A_KEYWORD}'


def _address_findings(settings: Settings) -> Iterator[Finding]:
    for key, iri in (("base_iri", settings.base_iri), ("public_url", settings.public_url)):
        if iri is not None and not _is_folder_address(iri):
            yield key, f'<{iri}> is not an http or https address that ends with "/"'
    if named_node(settings.licence) is None:
        yield "licence", f"<{settings.licence}> {_NOT_AN_IRI}"


def _server_findings(server: ServerSettings) -> Iterator[Finding]:
    if not re.fullmatch(r"[^\s/\[\]\x00-\x1f]+", server.host):
        yield "server.host", f'"{server.host}" is not an IP address or the name of a machine'
    for proxy in server.trusted_proxies:
        try:
            ipaddress.ip_network(proxy)
        except ValueError as error:
            yield "server.trusted_proxies", f"this is not an IP address or network: {error}"


def _store_findings(store: StoreSettings) -> Iterator[Finding]:
    """Yield what is wrong with the addresses of a store, without telling what may be a secret."""
    addresses = {"url": store.url, "update_url": store.update_url, "graphs_url": store.graphs_url}
    for key, url in addresses.items():
        if url is None:
            continue
        if re.match(r"[^/?#]*//[^/?#]*@", url):
            yield f"store.{key}", _TELLS_WHO
        elif not _is_address(url):
            yield f"store.{key}", f"<{url}> is not an http or https address"


def _is_folder_address(iri: str) -> bool:
    return named_node(iri) is not None and bool(re.fullmatch(r"https?://[^/?#]+/([^?#]*/)?", iri))


def _is_address(iri: str) -> bool:
    return named_node(iri) is not None and bool(re.match(r"https?://[^/?#]", iri))
