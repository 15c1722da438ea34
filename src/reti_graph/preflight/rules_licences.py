"""Licences and addresses of contact points, as portals know them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from reti_graph.terms import DCTERMS, EU_AUTHORITY, VCARD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reti_graph.preflight.rules_read import Catalogue
    from reti_graph.problems import Problem, Term

_LICENCE: Final = DCTERMS + "license"
_COMMONS: Final = (
    r"(?P<work>licenses/(?:by|by-sa|by-nc|by-nd|by-nc-sa|by-nc-nd|by-nd-nc)/(?:[1-4]\.[05])(?:/it)?"
    r"|publicdomain/(?:zero|mark)/1\.0)"
)
# How portals write what is theirs to know: Creative Commons with http and a slash at the end.
_KNOWN: Final = re.compile(
    rf"http://creativecommons\.org/{_COMMONS}/"
    rf"|{re.escape(EU_AUTHORITY)}licence/[A-Z0-9_]+"
    r"|https://w3id\.org/italia/controlled-vocabulary/licences/[A-Z]\w*"
    r"|https?://(?:www\.)?dati\.gov\.it/(?:iodl/2\.0/|content/italian-open-data-license-v20)"
    r"|https?://(?:www\.)?formez\.it/iodl/"
    r"|https?://(?:www\.)?opendatacommons\.org/(?:licenses|category)/(?:by|odbl|odc-by|pddl)/.*"
)
_LOOSE: Final = re.compile(
    rf"https?://(?:www\.)?creativecommons\.org/{_COMMONS}(?:/(?:(?:deed|legalcode)[\w.-]*)?)?[/#]?",
    re.IGNORECASE,
)
# RFC 2606: names for examples, which lead nowhere.
_RESERVED: Final = re.compile(
    r"(?:^|\.)(?:test|example|invalid|localhost|example\.(?:com|net|org))\.?$", re.IGNORECASE
)


def licence_problems(catalogue: Catalogue) -> Iterator[Problem]:
    """Yield each licence that a portal does not know, or not by that name."""
    for node in (*catalogue.catalogues, *catalogue.distributions):
        for value in catalogue.graph.values(node, _LICENCE):
            yield from _licence(catalogue, node, value)


def _licence(catalogue: Catalogue, node: Term, value: Term) -> Iterator[Problem]:
    if isinstance(value, ox.Literal):
        yield catalogue.found(
            "licence-text",
            node,
            "la licenza è scritta come testo, e un portale non sa quale sia. Scrivine l'IRI.",
            "the licence is written as text, and a portal cannot tell which it is. Write its IRI.",
            path=_LICENCE,
            value=value,
            hint="<http://creativecommons.org/licenses/by/4.0/>",
        )
    elif not isinstance(value, ox.NamedNode) or not _KNOWN.fullmatch(value.value):
        right = _LOOSE.fullmatch(getattr(value, "value", ""))
        if right:
            yield catalogue.found(
                "licence-spelling",
                node,
                "la licenza non è scritta come la conoscono i portali, e mostrano “altra licenza”.",
                "the licence is not written as portals know it, and they show “other licence”.",
                path=_LICENCE,
                value=value,
                hint=f"<http://creativecommons.org/{right['work'].lower()}/>",
            )
            return
        yield catalogue.found(
            "licence-unknown",
            node,
            "i portali non conoscono questa licenza e mostrano “altra licenza”. Usa, se puoi, una"
            " delle licenze Creative Commons o della tabella italiana o europea.",
            "portals do not know this licence and show “other licence”. Use, if you can, one of"
            " Creative Commons or of the Italian or European table.",
            path=_LICENCE,
            value=value,
        )


def placeholder_problems(catalogue: Catalogue) -> Iterator[Problem]:
    """Yield contact points whose e-mail address is one for examples."""
    for contact in catalogue.contacts:
        for value in catalogue.graph.values(contact, VCARD + "hasEmail"):
            domain = getattr(value, "value", "").rpartition("@")[2].partition("?")[0]
            if _RESERVED.search(domain):
                yield catalogue.found(
                    "contact-placeholder",
                    contact,
                    f"{domain} è un dominio per esempi (RFC 2606): nessuno riceve la posta. Scrivi"
                    " l'indirizzo vero dell'ufficio.",
                    f"{domain} is a domain for examples (RFC 2606): nobody gets the mail. Write the"
                    " office's real address.",
                    path=VCARD + "hasEmail",
                    value=value,
                )
