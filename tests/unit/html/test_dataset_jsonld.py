from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from reti_graph.html.dataset_jsonld import Describing, catalog_data, dataset_data
from reti_graph.html.pages import message_page
from reti_graph.html.views import Message
from tests.unit.html.catalogues import ADDRESS, BASE, FRAME, SHA256, said

if TYPE_CHECKING:
    from collections.abc import Mapping

    Json = dict[str, Any]

PATHS = ("dataset", "dataset/source/a")
LICENCE = "http://creativecommons.org/licenses/by/4.0/"
AGENT = {"@type": "Organization", "@id": f"{BASE}agent", "name": "Ufficio"}
PLACE = {"@type": "Place", "@id": "https://sws.geonames.org/3173435/"}


def told(language: str = "it") -> Describing:
    """Return whom the catalogue is described to."""
    return Describing(
        said=said(), language=language, languages=("it", "en"), base=BASE, address=ADDRESS
    )


def embedded(data: Mapping[str, object]) -> Json:
    """Put a document into a page and read it back as search engines do."""
    page = message_page(replace(FRAME, data=data), Message("x", "y"))
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert len(found) == 1
    read: Json = json.loads(found[0])
    return read


def test_a_dataset_has_in_schema_org_what_it_has_in_dcat() -> None:
    """Each value in the property that search engines look for."""
    data = embedded(dataset_data(told(), "dataset"))
    found, *others = data["@graph"]
    files = found.pop("distribution")
    assert data["@context"] == "https://schema.org/"
    assert others == [AGENT, PLACE]
    assert found == {
        "@type": "Dataset",
        "@id": f"{BASE}dataset",
        "url": f"{ADDRESS}dataset",
        "name": "Grafo",
        "description": "Tutto </script>",
        "identifier": "c_x:nets",
        "dateModified": "2026-11-20",
        "datePublished": "2026-11-01",
        "version": "1.2",
        "license": LICENCE,
        "creator": [{"@id": AGENT["@id"]}],
        "publisher": [{"@id": AGENT["@id"]}],
        "keywords": ["reti"],
        "inLanguage": ["it", "en"],
        "isAccessibleForFree": True,
        "temporalCoverage": "2000-01-01/..",
        "spatialCoverage": [{"@id": PLACE["@id"]}],
        "includedInDataCatalog": {"@id": f"{BASE}catalog"},
    }
    assert files[:2] == [
        {
            "@type": "DataDownload",
            "name": "Turtle",
            "contentUrl": f"{ADDRESS}dump.ttl",
            "encodingFormat": "text/turtle",
            "contentSize": "12345 B",
            "sha256": SHA256,
        },
        {
            "@type": "DataDownload",
            "name": "Turtle, gzip",
            "contentUrl": f"{ADDRESS}dump.ttl.gz",
            "encodingFormat": "application/gzip",
            "contentSize": "999 B",
        },
    ]


def test_texts_come_in_the_language_of_the_page() -> None:
    """Where there is none, in another."""
    found = embedded(dataset_data(told("en"), "dataset"))["@graph"][0]
    assert (found["name"], found["keywords"]) == ("Graph", ["networks"])
    (other,) = embedded(dataset_data(told("en"), "dataset/source/a"))["@graph"]
    assert other["name"] == "Zeta"


def test_the_catalogue_lists_its_datasets_in_brief() -> None:
    """Each leads back; agents and places are told once, and of the files those in Turtle."""
    found = embedded(catalog_data(told(), PATHS))
    catalog, whole, source, *others = found["@graph"]
    assert (catalog["@type"], catalog["url"]) == ("DataCatalog", f"{ADDRESS}catalog")
    assert catalog["dataset"] == [{"@id": BASE + path} for path in PATHS]
    assert [each["contentUrl"] for each in whole["distribution"]] == [f"{ADDRESS}dump.ttl"]
    assert source["includedInDataCatalog"] == {"@id": catalog["@id"]}
    assert "distribution" not in source
    assert catalog["publisher"] == whole["creator"] == [{"@id": AGENT["@id"]}]
    assert others == [AGENT, PLACE]


def test_a_page_without_data_has_no_place_for_it() -> None:
    """Most pages are about no dataset."""
    assert "<script" not in message_page(FRAME, Message("x", "y"))


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_no_text_ends_the_data_early(text: str) -> None:
    """What stands in the page reads back as what it is, whatever it holds."""
    for ugly in (text, f"</script>{text}<!--"):
        assert embedded({"name": ugly}) == {"name": ugly}
