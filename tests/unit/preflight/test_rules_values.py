from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from reti_graph.preflight.rules import check_catalogue
from reti_graph.preflight.rules_severity import SEVERITIES
from reti_graph.terms import (
    EU_AUTHORITY,
)
from tests.unit.preflight.catalogues import changed, graph, node

if TYPE_CHECKING:
    from reti_graph.problems import Problem

TREES: Final = "dataset/trees"
TREES_TTL: Final = "dataset/trees#ttl"
BY_4: Final = "<http://creativecommons.org/licenses/by/4.0/>"
ENVI: Final = "dcat:theme theme:ENVI"
ANNUAL: Final = "frequency:ANNUAL ;"
ITALIAN: Final = "dct:language language:ITA"
# What is changed, and what is found: the code, of which node, and the hint on how to mend it.
FINDINGS: Final = {
    "theme of another table": (
        (ENVI, "dcat:theme <http://eurovoc.europa.eu/100262>"),
        ("theme-unknown", TREES, f"<{EU_AUTHORITY}data-theme/…>"),
    ),
    "theme with https": (
        (ENVI, f"dcat:theme <https{EU_AUTHORITY[4:]}data-theme/ENVI>"),
        ("theme-spelling", TREES, f"<{EU_AUTHORITY}data-theme/ENVI>"),
    ),
    "theme in lower case": (
        (ENVI, f"dcat:theme <{EU_AUTHORITY}data-theme/envi>"),
        ("theme-spelling", TREES, f"<{EU_AUTHORITY}data-theme/ENVI>"),
    ),
    "theme with a slash at the end": (
        (ENVI, f"dcat:theme <{EU_AUTHORITY}data-theme/ENVI/>"),
        ("theme-spelling", TREES, f"<{EU_AUTHORITY}data-theme/ENVI>"),
    ),
    "theme that the table has not": (
        (ENVI, f"dcat:theme <{EU_AUTHORITY}data-theme/ENV>"),
        ("theme-code", TREES, f"<{EU_AUTHORITY}data-theme/ENVI>"),
    ),
    "frequency as text": (
        (ANNUAL, '"annual" ;'),
        ("frequency-text", TREES, f"<{EU_AUTHORITY}frequency/ANNUAL>"),
    ),
    "frequency in lower case": (
        (ANNUAL, f"<{EU_AUTHORITY}frequency/annual> ;"),
        ("frequency-spelling", TREES, f"<{EU_AUTHORITY}frequency/ANNUAL>"),
    ),
    "frequency that the table has not": (
        (ANNUAL, f"<{EU_AUTHORITY}frequency/YEARLY> ;"),
        ("frequency-code", TREES, f"<{EU_AUTHORITY}frequency/…>"),
    ),
    "frequency of Dublin Core": (
        (ANNUAL, "<http://purl.org/cld/freq/annual> ;"),
        ("frequency-unknown", TREES, f"<{EU_AUTHORITY}frequency/…>"),
    ),
    "language as text": (
        (ITALIAN, 'dct:language "it"'),
        ("language-text", "catalog", f"<{EU_AUTHORITY}language/…>"),
    ),
    "language with https": (
        (ITALIAN, f"dct:language <https{EU_AUTHORITY[4:]}language/ITA>"),
        ("language-spelling", "catalog", f"<{EU_AUTHORITY}language/ITA>"),
    ),
    "language of two letters": (
        (ITALIAN, f"dct:language <{EU_AUTHORITY}language/IT>"),
        ("language-code", "catalog", f"<{EU_AUTHORITY}language/…>"),
    ),
    "language of the Library of Congress": (
        (ITALIAN, "dct:language <http://id.loc.gov/vocabulary/iso639-1/it>"),
        ("language-unknown", "catalog", f"<{EU_AUTHORITY}language/…>"),
    ),
    "format with a dash": (
        ("dct:format type:RDF_TURTLE", f"dct:format <{EU_AUTHORITY}file-type/rdf-turtle>"),
        ("format-spelling", TREES_TTL, f"<{EU_AUTHORITY}file-type/RDF_TURTLE>"),
    ),
    "format by another name": (
        ("dct:format type:RDF_TURTLE", "dct:format type:TTL"),
        ("format-spelling", TREES_TTL, f"<{EU_AUTHORITY}file-type/RDF_TURTLE>"),
    ),
    "format that is no code": (
        ("dct:format type:RDF_TURTLE", f"dct:format <{EU_AUTHORITY}file-type/RDF_TURTLE.>"),
        ("format-unknown", TREES_TTL, f"<{EU_AUTHORITY}file-type/…>"),
    ),
    "format as a media type": (
        (
            "dct:format type:RDF_TURTLE",
            "dct:format <https://www.iana.org/assignments/a/text/turtle>",
        ),
        ("format-unknown", TREES_TTL, f"<{EU_AUTHORITY}file-type/…>"),
    ),
    "licence with https": (
        (f"dct:license {BY_4}", "dct:license <https://creativecommons.org/licenses/by/4.0/>"),
        ("licence-spelling", TREES_TTL, BY_4),
    ),
    "licence without a slash": (
        (f"dct:license {BY_4}", "dct:license <http://creativecommons.org/licenses/by/4.0>"),
        ("licence-spelling", TREES_TTL, BY_4),
    ),
    "licence as its text": (
        (
            f"dct:license {BY_4}",
            "dct:license <https://creativecommons.org/licenses/by/4.0/legalcode.it>",
        ),
        ("licence-spelling", TREES_TTL, BY_4),
    ),
    "licence of its own": (
        (f"dct:license {BY_4}", "dct:license <http://127.0.0.1:8000/licence>"),
        ("licence-unknown", TREES_TTL, None),
    ),
}


def found(text: str) -> list[Problem]:
    """Return what the rules find in a catalogue in Turtle."""
    return list(check_catalogue(graph(text)))


def codes(text: str) -> list[str]:
    """List the codes of what the rules find, in order."""
    return [problem.code for problem in found(text)]


@pytest.mark.parametrize("name", FINDINGS)
def test_one_mistake_is_one_finding_with_the_way_to_mend_it(name: str) -> None:
    """The node, the code with its severity, and a hint that can be copied where there is one."""
    change, (code, path, hint) = FINDINGS[name]
    problems = [problem for problem in found(changed(change)) if problem.focus == node(path)]
    assert [(problem.code, problem.hint) for problem in problems] == [(code, hint)]
    assert problems[0].severity is SEVERITIES[code]


def test_a_theme_of_another_table_does_no_harm_beside_one_of_the_eus() -> None:
    """Portals take the one they know."""
    assert codes(changed((ENVI, f"{ENVI}, <http://eurovoc.europa.eu/100262>"))) == []


@pytest.mark.parametrize(
    "licence",
    [
        "http://creativecommons.org/licenses/by-nc-sa/3.0/it/",
        "http://creativecommons.org/publicdomain/zero/1.0/",
        "http://publications.europa.eu/resource/authority/licence/CC_BY_4_0",
        "https://w3id.org/italia/controlled-vocabulary/licences/A21_CCBY40",
        "https://www.dati.gov.it/iodl/2.0/",
        "https://opendatacommons.org/licenses/odbl/1.0/",
    ],
)
def test_a_licence_that_portals_know_is_no_finding(licence: str) -> None:
    """Whichever of the tables it is from."""
    assert codes(changed((BY_4, f"<{licence}>"))) == []


def test_licences_that_differ_are_none_to_a_portal() -> None:
    """A portal has one licence for a dataset, and writes that there is none where there are two."""
    other = (
        "<dataset/trees#csv> a dcat:Distribution, dcatapit:Distribution ;\n"
        "    dct:license <http://publications.europa.eu/resource/authority/licence/CC0> ;\n"
        "    dcat:accessURL <trees.csv> .\n"
        "<http://publications.europa.eu/resource/authority/licence/CC0>"
        " a dct:LicenseDocument, dcatapit:LicenseDocument .\n"
    )
    text = changed(
        (
            "distribution <dataset/trees#ttl>",
            "distribution <dataset/trees#ttl>, <dataset/trees#csv>",
        )
    )
    assert codes(text + other) == ["licences-differ"]


@pytest.mark.parametrize(
    "domain", ["example.org", "uffici.example.com", "posta.invalid", "test", "prova.localhost"]
)
def test_a_mail_domain_for_examples_is_a_placeholder(domain: str) -> None:
    """RFC 2606 keeps these domains free, so nobody reads what is sent there."""
    assert codes(changed(("comune.prova.it", domain))) == ["contact-placeholder"]


@pytest.mark.parametrize("domain", ["comune.example.it", "example.org.it", "latest"])
def test_a_mail_domain_that_only_looks_like_an_example_is_none(domain: str) -> None:
    """Only the names that the RFC reserves are."""
    assert codes(changed(("comune.prova.it", domain))) == []
