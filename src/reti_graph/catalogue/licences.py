"""Licences as portals know them: the IRI, the kind and the name of each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from reti_graph.catalogue.authorities import licence_type
from reti_graph.catalogue.statements import Described, nodes, texts
from reti_graph.terms import DCATAPIT, DCTERMS, FOAF, OWL, RDF_TYPE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reti_graph.catalogue.statements import Named, Value

_CREATIVE_COMMONS: Final = re.compile(
    r"https?://(?:www\.)?creativecommons\.org/"
    r"(?:licenses/(?P<kind>by(?:-(?:nc|nd|sa))*)|publicdomain/(?P<domain>zero|mark))"
    r"/(?P<version>\d\.\d)(?:/(?P<country>[a-z]{2}))?"
    r"(?:/(?:deed|legalcode)(?:\.[\w-]+)?)?/?"
)
_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "by": ("Attribuzione", "Attribution"),
    "nc": ("Non commerciale", "NonCommercial"),
    "nd": ("Non opere derivate", "NoDerivatives"),
    "sa": ("Condividi allo stesso modo", "ShareAlike"),
}
_DOMAINS: Final[Mapping[str, tuple[str, str, str]]] = {
    "zero": ("Creative Commons Zero", "Creative Commons Zero", "CC0"),
    "mark": ("Marchio di pubblico dominio", "Public Domain Mark", "PDM"),
}
_LISTED: Final[Mapping[str, str]] = {
    "by": "Creative Commons Attribution",
    "by-sa": "Creative Commons Attribution Share-Alike",
    "zero": "Creative Commons CCZero",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Licence:
    """What is known of a licence: `kind` is a code of ADMS, the names are in both languages.

    `listed` is the title of the licence in CKAN's list, which has no other key that it shares
    with Creative Commons.
    """

    kind: str
    version: str
    it: str
    en: str
    listed: str | None = None


_IODL: Final = _Licence(
    kind="Attribution",
    version="2.0",
    it="Italian Open Data License 2.0 (IODL 2.0)",
    en="Italian Open Data License 2.0 (IODL 2.0)",
)
_OTHERS: Final[Mapping[str, _Licence]] = {
    "https://www.dati.gov.it/iodl/2.0/": _IODL,
    "https://www.dati.gov.it/content/italian-open-data-license-v20/": _IODL,
    "https://opendatacommons.org/licenses/by/1.0/": _Licence(
        kind="Attribution",
        version="1.0",
        it="Open Data Commons Attribuzione 1.0 (ODC-By 1.0)",
        en="Open Data Commons Attribution 1.0 (ODC-By 1.0)",
        listed="Open Data Commons Attribution License",
    ),
    "https://opendatacommons.org/licenses/odbl/1.0/": _Licence(
        kind="ViralEffect-ShareAlike",
        version="1.0",
        it="Open Database License 1.0 (ODbL 1.0)",
        en="Open Database License 1.0 (ODbL 1.0)",
        listed="Open Data Commons Open Database License (ODbL)",
    ),
    "https://opendatacommons.org/licenses/pddl/1.0/": _Licence(
        kind="PublicDomain",
        version="1.0",
        it="Open Data Commons Public Domain Dedication and License 1.0 (PDDL 1.0)",
        en="Open Data Commons Public Domain Dedication and License 1.0 (PDDL 1.0)",
        listed="Open Data Commons Public Domain Dedication and License (PDDL)",
    ),
}


def canonical(iri: str) -> str:
    """Return the IRI portals compare: those of Creative Commons with http and without the deed.

    Any other is returned as it is.
    """
    found = _CREATIVE_COMMONS.fullmatch(iri)
    if found is None:
        return iri
    place = f"licenses/{found['kind']}" if found["kind"] else f"publicdomain/{found['domain']}"
    country = f"{found['country']}/" if found["country"] else ""
    return f"http://creativecommons.org/{place}/{found['version']}/{country}"


def licence(iri: str) -> Described:
    """Return a licence; one that is not known has no kind and no name, for none may be guessed.

    ADMS has a kind "unknown IPR", but that is for works whose rights nobody knows.
    """
    said: dict[str, Named | list[Value]] = {
        RDF_TYPE.value: [
            *nodes(DCTERMS, "LicenseDocument"),
            *nodes(DCATAPIT, "LicenseDocument"),
        ]
    }
    if known := _known(iri):
        said |= {
            DCTERMS + "type": licence_type(known.kind),
            FOAF + "name": texts({"it": known.it, "en": known.en}),
            OWL + "versionInfo": ox.Literal(known.version),
            DCTERMS + "title": texts({"en": known.listed} if known.listed else {}),
        }
    return Described(ox.NamedNode(canonical(iri)), said)


def _known(iri: str) -> _Licence | None:
    if found := _CREATIVE_COMMONS.fullmatch(iri):
        return _creative_commons(found)
    return _OTHERS.get(re.sub(r"^http:", "https:", iri).rstrip("/") + "/")


def _creative_commons(found: re.Match[str]) -> _Licence:
    version = found["version"]
    if found["domain"]:
        it, en, short = _DOMAINS[found["domain"]]
        kind, mark = "PublicDomain", f"{version} ({short} {version})"
        listed = _LISTED.get(found["domain"])
        names = {"it": f"{it} {mark}", "en": f"{en} {mark}"}
        return _Licence(kind=kind, version=version, listed=listed, **names)
    parts = found["kind"].split("-")
    country = f" {found['country'].upper()}" if found["country"] else ""
    mark = f"(CC {found['kind'].upper()} {version}{country})"
    it, en = ("-".join(_WORDS[part][place] for part in parts) for place in (0, 1))
    where = ("Internazionale ", "International ") if version >= "4" else ("", "")
    return _Licence(
        kind=_kind(parts),
        version=version,
        it=f"Creative Commons {it} {version} {where[0]}{mark}",
        en=f"Creative Commons {en} {version} {where[1]}{mark}",
        listed=_LISTED.get(found["kind"]),
    )


def _kind(parts: list[str]) -> str:
    """Name what a licence of Creative Commons forbids or asks for most, as Italy's list does."""
    kinds = {
        "nd": "NoDerivativeWork",
        "nc": "NonCommercialUseOnly",
        "sa": "ViralEffect-ShareAlike",
        "by": "Attribution",
    }
    return next(kind for part, kind in kinds.items() if part in parts)
