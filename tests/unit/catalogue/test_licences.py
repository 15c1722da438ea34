from __future__ import annotations

import pytest

from reti_graph.catalogue.licences import canonical, licence
from reti_graph.catalogue.statements import told
from tests.unit.catalogue.conftest import types, values, whole

BY = "http://creativecommons.org/licenses/by/4.0/"
CC_BY_NC = "Creative Commons Attribuzione-Non commerciale"
ADMS = "http://purl.org/adms/licencetype/"


@pytest.mark.parametrize(
    "written",
    [
        "https://creativecommons.org/licenses/by/4.0/",
        "https://creativecommons.org/licenses/by/4.0",
        "http://www.creativecommons.org/licenses/by/4.0/",
        "https://creativecommons.org/licenses/by/4.0/deed.it",
        "https://creativecommons.org/licenses/by/4.0/legalcode",
        BY,
    ],
)
def test_creative_commons_has_one_iri_however_it_is_written(written: str) -> None:
    """With http, which is what portals compare."""
    assert canonical(written) == BY
    assert licence(written).node.value == BY


@pytest.mark.parametrize(
    ("iri", "kind", "name", "version"),
    [
        (
            "https://creativecommons.org/licenses/by/4.0/",
            "Attribution",
            "Creative Commons Attribuzione 4.0 Internazionale (CC BY 4.0)",
            "4.0",
        ),
        (
            "https://creativecommons.org/licenses/by-sa/3.0/it/",
            "ViralEffect-ShareAlike",
            "Creative Commons Attribuzione-Condividi allo stesso modo 3.0 (CC BY-SA 3.0 IT)",
            "3.0",
        ),
        (
            "https://creativecommons.org/licenses/by-nc-sa/4.0/",
            "NonCommercialUseOnly",
            f"{CC_BY_NC}-Condividi allo stesso modo 4.0 Internazionale (CC BY-NC-SA 4.0)",
            "4.0",
        ),
        (
            "https://creativecommons.org/licenses/by-nc-nd/4.0/",
            "NoDerivativeWork",
            f"{CC_BY_NC}-Non opere derivate 4.0 Internazionale (CC BY-NC-ND 4.0)",
            "4.0",
        ),
        (
            "https://creativecommons.org/publicdomain/zero/1.0/",
            "PublicDomain",
            "Creative Commons Zero 1.0 (CC0 1.0)",
            "1.0",
        ),
        (
            "https://www.dati.gov.it/iodl/2.0/",
            "Attribution",
            "Italian Open Data License 2.0 (IODL 2.0)",
            "2.0",
        ),
        (
            "http://opendatacommons.org/licenses/odbl/1.0",
            "ViralEffect-ShareAlike",
            "Open Database License 1.0 (ODbL 1.0)",
            "1.0",
        ),
    ],
)
def test_a_known_licence_has_a_kind_a_name_and_a_version(
    iri: str, kind: str, name: str, version: str
) -> None:
    """The kind is a concept of ADMS, with its labels and its table."""
    found = licence(iri)
    quads, node = told(found), found.node.value
    assert types(quads, node) == {
        whole("dcterms:LicenseDocument"),
        whole("dcatapit:LicenseDocument"),
    }
    assert values(quads, node, "dcterms:type") == {ADMS + kind}
    assert f'"{name}"@it' in values(quads, node, "foaf:name")
    assert values(quads, node, "owl:versionInfo") == {f'"{version}"'}
    assert types(quads, ADMS + kind) == {whole("skos:Concept")}
    assert values(quads, ADMS + kind, "skos:inScheme") == {ADMS + "1.0"}


@pytest.mark.parametrize(
    "iri",
    [
        "https://example.org/licence",
        "urn:example:licence",
        "https://creativecommons.org/licenses/by/",
        "https://creativecommons.org/licenses/by-xx/4.0/",
        "https://creativecommons.org.example.org/licenses/by/4.0/",
    ],
)
def test_an_unknown_licence_is_kept_as_it_is(iri: str) -> None:
    """It is a licence, and what it asks for is not guessed."""
    found = licence(iri)
    assert canonical(iri) == found.node.value == iri
    assert {quad.predicate.value for quad in told(found)} == {whole("rdf:type")}


@pytest.mark.parametrize(
    ("iri", "title"),
    [
        ("https://creativecommons.org/licenses/by/4.0/", "Creative Commons Attribution"),
        (
            "https://creativecommons.org/licenses/by-sa/3.0/it/",
            "Creative Commons Attribution Share-Alike",
        ),
        ("https://creativecommons.org/publicdomain/zero/1.0/", "Creative Commons CCZero"),
        (
            "http://opendatacommons.org/licenses/odbl/1.0",
            "Open Data Commons Open Database License (ODbL)",
        ),
    ],
)
def test_a_licence_in_ckans_list_has_its_title_there(iri: str, title: str) -> None:
    """CKAN's list gives other addresses, and finds a licence by this title alone."""
    found = licence(iri)
    assert values(told(found), found.node.value, "dcterms:title") == {f'"{title}"@en'}


def test_a_licence_out_of_ckans_list_has_no_title_there() -> None:
    """None may be taken for another."""
    for iri in ("https://creativecommons.org/licenses/by-nd/4.0/", "https://example.org/terms"):
        found = licence(iri)
        assert values(told(found), found.node.value, "dcterms:title") == set()
