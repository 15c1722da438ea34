from __future__ import annotations

from typing import Final

import pyoxigraph as ox
import pytest

from reti_graph.preflight.rules import check_against, check_catalogue
from reti_graph.preflight.rules_severity import SEVERITIES
from reti_graph.problems import Problem, Severity
from reti_graph.terms import (
    FOAF,
    VCARD,
)
from tests.unit.preflight.catalogues import GOOD, changed, graph, node

TREES: Final = "dataset/trees"
TREES_TTL: Final = "dataset/trees#ttl"
BY_4: Final = "<http://creativecommons.org/licenses/by/4.0/>"
ENVI: Final = "dcat:theme theme:ENVI"
ANNUAL: Final = "frequency:ANNUAL ;"
ITALIAN: Final = "dct:language language:ITA"
# What is changed, and what is found: the code, of which node, and the hint on how to mend it.
FINDINGS: Final = {
    "keyword with a comma": (
        ('"alberi"@it', '"alberi, strade"@it'),
        ("keyword-comma", TREES, '"alberi"@it, "strade"@it'),
    ),
    "keyword with an apostrophe": (
        ('"alberi"@it', '"alberi d\'alto fusto"@it'),
        ("keyword-refused", TREES, None),
    ),
    "keyword of one letter": (('"alberi"@it', '"a"@it'), ("keyword-refused", TREES, None)),
    "agent as text": (
        ("dct:rightsHolder <town>", 'dct:rightsHolder "Comune di Prova"'),
        ("agent-text", TREES, None),
    ),
    "contact point as text": (
        ("dcat:contactPoint <office>", 'dcat:contactPoint "dati@comune.prova.it"'),
        ("contact-text", TREES, None),
    ),
    "contact point without types": (
        ("<office> a vcard:Kind, vcard:Organization, dcatapit:Organization ;", "<office>"),
        (
            "untyped-detail",
            "office",
            f"{node('office')} a vcard:Organization, dcatapit:Organization .",
        ),
    ),
    "licence without types": (
        (f"{BY_4} a dct:LicenseDocument, dcatapit:LicenseDocument ;", BY_4),
        (
            "untyped-detail",
            BY_4[1:-1],
            f"{BY_4} a dct:LicenseDocument, dcatapit:LicenseDocument .",
        ),
    ),
    "distribution without types": (
        ("<dataset/trees#ttl> a dcat:Distribution, dcatapit:Distribution ;", f"<{TREES_TTL}>"),
        (
            "untyped",
            TREES_TTL,
            f"{node(TREES_TTL)} a dcat:Distribution, dcatapit:Distribution .",
        ),
    ),
    "agent without types": (
        ("<town> a foaf:Agent, dcatapit:Agent ;", "<town>"),
        ("untyped", "town", f"{node('town')} a foaf:Agent, dcatapit:Agent ."),
    ),
    "service that is not listed": (
        ("    dcat:service <sparql> .", '    dct:rights "tutti"@it .'),
        ("service-unlinked", "sparql", f"dcat:service {node('sparql')}"),
    ),
    "dataset that is not listed": (
        ("dcat:dataset <dataset/trees>, ", "dcat:dataset "),
        ("dataset-unlinked", TREES, f"dcat:dataset {node(TREES)}"),
    ),
    "address as text": (
        ("dcat:downloadURL <trees.ttl>", 'dcat:downloadURL "http://127.0.0.1:8000/trees.ttl"'),
        ("url", TREES_TTL, None),
    ),
    "a namespace with a slash": (
        ("http://www.w3.org/2006/vcard/ns#", "http://www.w3.org/2006/vcard/ns/"),
        ("namespace", "office", f"<{VCARD}Kind>"),
    ),
    "a namespace with www": (
        ("http://xmlns.com/foaf/0.1/", "https://www.xmlns.com/foaf/0.1/"),
        ("namespace", "town", f"<{FOAF}Agent>"),
    ),
}


def found(text: str) -> list[Problem]:
    """Return what the rules find in a catalogue in Turtle."""
    return list(check_catalogue(graph(text)))


def codes(text: str) -> list[str]:
    """List the codes of what the rules find, in order."""
    return [problem.code for problem in found(text)]


def test_a_good_catalogue_is_against_no_rule() -> None:
    """Not even a warning."""
    assert found(GOOD) == []


@pytest.mark.parametrize("name", FINDINGS)
def test_one_mistake_is_one_finding_with_the_way_to_mend_it(name: str) -> None:
    """The node, the code with its severity, and a hint that can be copied where there is one."""
    change, (code, path, hint) = FINDINGS[name]
    problems = [problem for problem in found(changed(change)) if problem.focus == named(path)]
    assert [(problem.code, problem.hint) for problem in problems] == [(code, hint)]
    assert problems[0].severity is SEVERITIES[code]


def named(path: str) -> ox.NamedNode:
    """Return a node by its path in the catalogue, or by its whole IRI."""
    return ox.NamedNode(path) if path.startswith("http") else node(path)


def test_titles_collide_whatever_their_case_and_spaces() -> None:
    """In one language: the same word in two languages is no collision."""
    assert codes(changed(('"Panchine"@it', '"\\n ALBERI"@it'))) == ["title-shared"]
    assert codes(changed(('"Benches"@en', '"Alberi"@en'))) == []


def test_two_catalogues_are_one_too_many_unless_one_is_within_the_other() -> None:
    """A portal cannot tell which one the datasets are of."""
    second = (
        '\n<other> a dcat:Catalog, dcatapit:Catalog ; dct:title "Altro"@it .\n'
        "<other> dcat:dataset <dataset/trees> .\n"
    )
    assert codes(GOOD + second) == ["two-catalogues"]
    assert codes(GOOD + second + "<catalog> dcat:catalog <other> .") == []
    assert codes(GOOD + second + "<other> dct:isPartOf <catalog> .") == []


def test_no_catalogue_and_no_datasets_are_violations() -> None:
    """A portal would delete all it has."""
    assert codes("") == ["no-catalogue", "no-datasets"]
    assert SEVERITIES["no-catalogue"] is SEVERITIES["no-datasets"] is Severity.VIOLATION


def test_a_distribution_without_an_iri_is_a_warning() -> None:
    """The Italian portal looks its format and its licence up by the IRI."""
    text = GOOD.replace("<dataset/trees#ttl>", "_:file")
    assert codes(text) == ["blank-distribution"]


def test_rdf_1_2_is_a_violation() -> None:
    """Portals read RDF 1.1."""
    assert codes(GOOD + "<catalog> dct:source <<( <a> <b> <c> )>> .") == ["rdf-12"]
    assert codes(GOOD + '<catalog> dct:source "a"@en--ltr .') == ["rdf-12"]


def test_a_misspelt_namespace_is_told_once_with_how_often_it_is_used() -> None:
    """It hides nothing else: what is said with it is looked at as it was meant."""
    text = changed(
        ("http://www.w3.org/ns/dcat#", "https://www.w3.org/ns/dcat#"), (ENVI, 'dcat:theme "x"')
    )
    problems = found(text)
    assert [problem.code for problem in problems] == ["namespace", "theme-text"]
    assert "(23 times in the catalogue)" in problems[0].messages["en"]
    assert "(23 volte nel catalogo)" in problems[0].messages["it"]


def test_an_identifier_that_changed_is_found_against_the_catalogue_before() -> None:
    """The hint is the former one; one that is merely new, or gone, is another matter."""
    before, now = graph(GOOD), graph(changed(("c_x000:trees", "c_x000:alberi")))
    assert [(p.code, p.hint) for p in check_against(before, now)] == [
        ("identifier-changed", "c_x000:trees")
    ]
    assert check_against(graph(""), now) == check_against(before, before) == ()
