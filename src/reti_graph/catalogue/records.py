"""One dataset as portals want to know it (DCAT-AP 3.0.1 and DCAT-AP_IT)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from reti_graph.catalogue.agents import contact, holder, publisher
from reti_graph.catalogue.authorities import PUBLIC, frequency, languages, place, theme
from reti_graph.catalogue.data_services import keywords
from reti_graph.catalogue.descriptions import description_of, provenance_of
from reti_graph.catalogue.distributions import Terms, distributions
from reti_graph.catalogue.known import facts_of
from reti_graph.catalogue.licences import licence
from reti_graph.catalogue.standards import standards
from reti_graph.catalogue.statements import Described, day, nodes, texts
from reti_graph.catalogue.titles import title_of
from reti_graph.formats import N_QUADS
from reti_graph.language import choose
from reti_graph.terms import (
    DCAT,
    DCATAPIT,
    DCTERMS,
    FOAF,
    OWL,
    PROV,
    RDF_TYPE,
    RDFS_LABEL,
    VOID,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reti_graph.catalogue.parts import File, Kind, Part
    from reti_graph.catalogue.published import Published
    from reti_graph.catalogue.source_facts import SourceFacts
    from reti_graph.catalogue.statements import Said

# Readers of the Italian profile look for days by the names of this namespace, which is http here.
_SCHEMA: Final = "http://schema.org/"
_PAGES: Final[Mapping[Kind, str]] = {
    "whole": "",
    "ontology": "ontology.html",
    "shapes": "shapes.html",
    "queries": "queries",
}


def dataset(published: Published, part: Part, files: Sequence[File]) -> Described:
    """Return one dataset with its distributions, agents, licence and themes.

    `files` may hold those of other datasets as well.
    """
    facts = facts_of(part, published.settings.base_iri)
    node = published.named(part.path)
    known = languages((*published.settings.languages, *facts.languages))
    own = facts.licence if part.kind == "source" else None
    terms = Terms(
        licence=licence(own or published.settings.licence),
        languages=known,
        rights=_rights(published, part, facts),
    )
    return Described(
        node,
        {
            **_identity(published, part, facts),
            **_version(published, part, files),
            **_terms(published),
            **_coverage(published, part, facts),
            **_context(published, part, facts),
            DCTERMS + "language": known,
            DCTERMS + "conformsTo": standards(published, part.kind),
            DCAT + "distribution": [*distributions(published, part, files, terms)],
        },
    )


def identifier(published: Published, part: Part) -> str:
    """Return what portals know a dataset by beside its IRI; it never changes.

    Whose it is, the catalogue, and what of it it is: `c_f205:reti-graph/source/c40-home`.
    """
    settings = published.settings
    owner = f"{settings.holder.identifier}:" if settings.holder.identifier else ""
    return f"{owner}{settings.catalogue_name}" + (f"/{part.name}" if part.name else "")


def _identity(published: Published, part: Part, facts: SourceFacts) -> Said:
    titles = title_of(published, part)
    return {
        RDF_TYPE.value: [
            *nodes(DCAT, "Dataset"),
            *nodes(DCATAPIT, "Dataset"),
            *nodes(VOID, "Dataset"),
        ],
        RDFS_LABEL.value: texts(titles),
        DCTERMS + "title": texts(titles),
        DCTERMS + "description": texts(description_of(published, part, facts)),
        DCTERMS + "identifier": ox.Literal(identifier(published, part)),
        DCTERMS + "issued": day(part.dated.issued),
        DCTERMS + "modified": day(part.dated.modified),
    }


def _version(published: Published, part: Part, files: Sequence[File]) -> Said:
    """Say the digest of the sorted N-Quads, which is that of the release for the whole graph."""
    reference = f"{part.stem}.{N_QUADS.extension}"
    own = next((file.sha256 for file in files if file.path == reference), None)
    digest = published.digest if part.kind == "whole" else own
    if digest is None:
        return {}
    version = ox.Literal(digest)
    # The Italian profile knows the version by its older name.
    return {DCAT + "version": version, OWL + "versionInfo": version}


def _terms(published: Published) -> Said:
    told_of = published.settings.catalogue
    office = contact(published)
    return {
        DCTERMS + "publisher": publisher(published),
        DCTERMS + "rightsHolder": holder(published),
        DCAT + "contactPoint": [office] if office else [],
        DCAT + "theme": [theme(code) for code in told_of.themes],
        DCAT + "keyword": keywords(published),
        DCTERMS + "accrualPeriodicity": frequency(told_of.frequency),
        DCTERMS + "accessRights": PUBLIC,
    }


def _coverage(published: Published, part: Part, facts: SourceFacts) -> Said:
    """Say where, and when the sources are of.

    A period has a beginning in DCAT-AP_IT: of sources that nothing bounds before, none is told.
    """
    said: Said = {DCTERMS + "spatial": [place(iri) for iri in published.settings.catalogue.spatial]}
    if facts.earliest is None:
        return said
    ends = [facts.latest] if facts.latest else []
    period = Described(
        published.named(f"{part.path}#period"),
        {
            RDF_TYPE.value: nodes(DCTERMS, "PeriodOfTime"),
            DCAT + "startDate": facts.earliest,
            DCAT + "endDate": ends,
            _SCHEMA + "startDate": facts.earliest,
            _SCHEMA + "endDate": ends,
        },
    )
    return {**said, DCTERMS + "temporal": period}


def _context(published: Published, part: Part, facts: SourceFacts) -> Said:
    """Say where it comes from, and which pages there are about it.

    A part is related to the whole, no more: readers take what has parts for a catalogue.
    """
    provenance = Described(
        published.named(f"{part.path}#provenance"),
        {
            RDF_TYPE.value: nodes(DCTERMS, "ProvenanceStatement"),
            RDFS_LABEL.value: texts(provenance_of(published, part, facts)),
        },
    )
    said: Said = {
        DCTERMS + "provenance": provenance,
        DCAT + "landingPage": page(published, f"{part.path}.html"),
        FOAF + "page": page(published, _PAGES.get(part.kind, f"{part.name}.html")),
    }
    if part.kind != "source":
        return said
    return {
        **said,
        DCTERMS + "relation": published.named("dataset"),
        PROV + "wasDerivedFrom": published.named(part.name),
    }


def page(published: Published, path: str) -> Described:
    """Return a page of the site; its address is none of the names in the data."""
    return Described(published.reached(path), {RDF_TYPE.value: nodes(FOAF, "Document")})


def _rights(published: Published, part: Part, facts: SourceFacts) -> list[Described]:
    """Return what a source says of its own rights, in the site's languages."""
    if part.kind != "source" or not facts.rights:
        return []
    told_in = {tag: choose(facts.rights, tag) for tag in published.settings.languages}
    statement = Described(
        published.named(f"{part.path}#rights"),
        {RDF_TYPE.value: nodes(DCTERMS, "RightsStatement"), RDFS_LABEL.value: texts(told_in)},
    )
    return [statement]
