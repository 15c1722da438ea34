"""Who publishes the data, whose it is, and whom to ask."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import pyoxigraph as ox

from reti_graph.catalogue.authorities import publisher_type
from reti_graph.catalogue.statements import Described, nodes
from reti_graph.terms import DCATAPIT, DCTERMS, FOAF, RDF_TYPE, RDFS_LABEL, VCARD

if TYPE_CHECKING:
    from reti_graph.catalogue.published import Published
    from reti_graph.catalogue.statements import Named, Value
    from reti_graph.settings import Publisher


def publisher(published: Published) -> Described:
    """Return who publishes the site: by the IRI set, or one of the site's own."""
    return _agent(published.settings.publisher, published.named("catalog#publisher"))


def holder(published: Published) -> Described:
    """Return whose the data is: the publisher, unless another is named."""
    if published.settings.rights_holder.name is None:
        return publisher(published)
    return _agent(published.settings.holder, published.named("catalog#rights-holder"))


def contact(published: Published) -> Described | None:
    """Return the office to ask, which is never the agent itself, or None when none is set.

    One name and one address, as DCAT-AP_IT wants.
    """
    known = published.settings.contact
    if known.name is None or known.email is None:
        return None
    said: dict[str, Named | list[Value]] = {
        RDF_TYPE.value: [*nodes(DCATAPIT, "Organization"), *nodes(VCARD, "Organization", "Kind")],
        RDFS_LABEL.value: ox.Literal(known.name),
        VCARD + "fn": ox.Literal(known.name),
        # RFC 6068, 2: what has a meaning in a mailto IRI is escaped.
        VCARD + "hasEmail": ox.NamedNode(f"mailto:{quote(known.email, safe='@!$*+-=_.~')}"),
    }
    if known.url is not None:
        said[VCARD + "hasURL"] = ox.NamedNode(known.url)
    return Described(published.named("catalog#contact"), said)


def _agent(known: Publisher, otherwise: ox.NamedNode) -> Described:
    said: dict[str, Named | list[Value]] = {
        RDF_TYPE.value: [*nodes(FOAF, "Agent"), *nodes(DCATAPIT, "Agent")],
        RDFS_LABEL.value: ox.Literal(known.name),
        FOAF + "name": ox.Literal(known.name),
    }
    if known.identifier is not None:
        said[DCTERMS + "identifier"] = ox.Literal(known.identifier)
    if known.type is not None:
        said[DCTERMS + "type"] = publisher_type(known.type)
    return Described(ox.NamedNode(known.iri) if known.iri else otherwise, said)
