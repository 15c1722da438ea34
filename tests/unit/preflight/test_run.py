from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pytest

from reti_graph.errors import StoreError
from reti_graph.preflight.run import Outcome, preflight
from reti_graph.validation.shacl_rust_engine import ShaclRustEngine
from tests.unit.preflight.catalogues import (
    BASE,
    CATALOG,
    GOOD,
    TURTLE,
    Shelf,
    changed,
    graph,
    node,
    shelf,
)

if TYPE_CHECKING:
    from reti_graph.preflight.answers import Answer, Method

ENGINE: Final = ShaclRustEngine()
TREES: Final = "dataset/trees"
# What is changed in the good catalogue, and the one violation that comes of it: its code, the
# property, and words that must be in its message, in Italian and in English.
BROKEN: Final = {
    "theme as text": (
        ("dcat:theme theme:ENVI", 'dcat:theme "ENVI"'),
        ("theme-text", "dcat#theme", "il tema è scritto come testo", "theme is written as text"),
    ),
    "no rights holder": (
        ("    dct:rightsHolder <town> ;\n", ""),
        ("dcat-ap-it", "rightsHolder", "un titolare dei dati", "one rights holder"),
    ),
    "no identifier": (
        ('    dct:identifier "c_x000:trees" ;\n', ""),
        ("dcat-ap-it", "identifier", "un identificativo", "one identifier"),
    ),
    "no frequency": (
        ("    dct:accrualPeriodicity frequency:ANNUAL ;\n", ""),
        ("dcat-ap-it", "accrualPeriodicity", "frequenza di aggiornamento", "frequency of updates"),
    ),
    "contact point = agent": (
        ("dcat:contactPoint <office>", "dcat:contactPoint <town>"),
        ("contact-is-agent", "contactPoint", "ha l'IRI dell'ente", "has the IRI of the agent"),
    ),
    "https namespace": (
        ("http://dati.gov.it/onto/dcatapit#", "https://dati.gov.it/onto/dcatapit#"),
        (
            "namespace",
            "type",
            "non è il namespace giusto, che è <http://dati.gov.it/onto/dcatapit#>",
            "not the right namespace, which is <http://dati.gov.it/onto/dcatapit#>",
        ),
    ),
    "Italian types left out": (
        ("<dataset/trees> a dcat:Dataset, dcatapit:Dataset", "<dataset/trees> a dcat:Dataset"),
        ("untyped", "type", "non ha il tipo dcatapit:Dataset", "not the type dcatapit:Dataset"),
    ),
    "types left out": (
        ("<dataset/trees> a dcat:Dataset, dcatapit:Dataset ;", "<dataset/trees>"),
        ("untyped", "type", "non ha il tipo dcat:Dataset né", "not the type dcat:Dataset nor"),
    ),
    "format as text": (
        ("dct:format type:RDF_TURTLE", 'dct:format "Turtle"'),
        ("format-text", "format", "formato è scritto come testo", "format is written as text"),
    ),
    "two equal titles": (
        ('"Panchine"@it', '" ALBERI "@it'),
        ("title-shared", "title", "il titolo è lo stesso di", "the title is that of"),
    ),
    "licence as text": (
        ("dct:license <http://creativecommons.org/licenses/by/4.0/>", 'dct:license "CC BY 4.0"'),
        ("licence-text", "license", "licenza è scritta come testo", "licence is written as text"),
    ),
    "one identifier for two": (
        ('"c_x000:benches"', '"c_x000:trees"'),
        ("identifier-shared", "identifier", "sono un solo dataset", "they are one dataset"),
    ),
    "access by mail": (
        ("dcat:accessURL <trees.ttl>", "dcat:accessURL <mailto:dati@comune.prova.it>"),
        ("url", "accessURL", "non è un IRI http o https", "no http or https IRI"),
    ),
}


def checked(catalogue: str, before: str | None = None) -> Outcome:
    """Return the outcome for a catalogue in Turtle, and for one published before."""
    earlier = None if before is None else graph(before)
    return preflight(shelf(catalogue), CATALOG, ENGINE, earlier)


def violations(outcome: Outcome) -> list[str]:
    """List the codes of the violations, each once."""
    return list(dict.fromkeys(problem.code for problem in outcome.report.violations))


def test_a_good_catalogue_has_no_findings() -> None:
    """Everything is created where there was nothing before, and the counts tell what was seen."""
    outcome = checked(GOOD)
    assert outcome.report.problems == ()
    assert [change.action for change in outcome.changes] == ["create", "create"]
    assert (outcome.pages, outcome.datasets, outcome.complete) == ((CATALOG,), 2, True)
    assert outcome.report.counts == {"pages": 1, "datasets": 2, "distributions": 2, "triples": 81}


@pytest.mark.parametrize("name", BROKEN)
def test_one_mistake_is_one_kind_of_violation_with_the_right_words(name: str) -> None:
    """Nothing is reported twice, nor what merely follows; the dataset's title is in the message."""
    change, (code, path, italian, english) = BROKEN[name]
    outcome = checked(changed(change))
    first = outcome.report.violations[0]
    assert violations(outcome) == [code]
    assert first.path is not None
    assert re.search(rf"{path}>$", first.path)
    assert italian in first.messages["it"]
    assert english in first.messages["en"]
    assert re.match(r"[\w ]+ “(Alberi|ALBERI|Panchine|Catalogo di prova)”: ", first.messages["it"])


def test_a_dead_download_is_a_violation() -> None:
    """The file has to be there when the catalogue is read."""
    outcome = checked(changed(("downloadURL <trees.ttl>", "downloadURL <gone.ttl>")))
    assert violations(outcome) == ["dead-download"]
    assert f"{BASE}gone.ttl" in outcome.report.violations[0].messages["en"]


def test_html_at_the_address_is_a_violation_that_shows_the_way() -> None:
    """A portal changes nothing then, and the hint says where a site has its catalogue."""
    outcome = preflight(Shelf({BASE: ("<html>", "text/html")}), BASE, ENGINE)
    assert (violations(outcome), outcome.complete, outcome.changes) == (["html"], False, ())
    assert "HTML at the catalogue's address" in outcome.report.violations[0].messages["en"]
    assert f"try {CATALOG}." in (outcome.report.violations[0].hint or "")


def test_a_loop_of_pages_is_a_violation() -> None:
    """A catalogue without end is not taken over at all."""
    loop = (
        "\n<catalog?page=1> a <http://www.w3.org/ns/hydra/core#PartialCollectionView> ;\n"
        "    <http://www.w3.org/ns/hydra/core#next> <catalog> .\n"
    )
    outcome = checked(GOOD + loop)
    assert (violations(outcome), outcome.complete) == (["page-loop"], False)
    assert "loop (hydra:next)" in outcome.report.violations[0].messages["en"]


def test_a_changed_iri_is_a_violation() -> None:
    """The portal deletes one dataset and creates another, which the plan says, too."""
    outcome = checked(changed(("<dataset/trees>", "<dataset/alberi>")), before=GOOD)
    assert violations(outcome) == ["changed-iri"]
    assert [(change.action, change.dataset) for change in outcome.changes] == [
        ("create", f"{BASE}dataset/alberi"),
        ("delete", f"{BASE}dataset/trees"),
        ("keep", f"{BASE}dataset/benches"),
    ]


def test_a_changed_identifier_is_a_warning() -> None:
    """The portal still knows the dataset by its IRI, and whoever cites it does not."""
    outcome = checked(changed(("c_x000:trees", "c_x000:alberi")), before=GOOD)
    assert outcome.report.conforms
    assert [problem.code for problem in outcome.report.problems] == ["identifier-changed"]
    assert outcome.report.problems[0].focus == node(TREES)


def test_a_catalogue_without_datasets_is_told_once() -> None:
    """Harvesting, the rules and the shapes all see it, and one of them tells."""
    none = changed(("    dcat:dataset <dataset/trees>, <dataset/benches> ;\n", ""))
    outcome = checked(none[: none.index("<dataset/trees> a")] + none[none.index("<sparql> a") :])
    about = [p for p in outcome.report.violations if "dataset" in p.messages["en"]]
    assert [problem.code for problem in about] == ["no-datasets"]


def test_an_address_that_is_none_is_told_once() -> None:
    """That nothing answers at it is no news."""
    outcome = checked(changed(("dcat:accessURL <trees.ttl>", 'dcat:accessURL "the town hall"')))
    assert [problem.code for problem in outcome.report.problems] == ["url"]


def test_findings_come_the_worst_first() -> None:
    """And those of one dataset together."""
    outcome = checked(
        changed(
            ("dcat:theme theme:ENVI", 'dcat:theme "ENVI"'),
            ("dati@comune.prova.it", "dati@example.org"),
            ('    dcat:keyword "alberi"@it ;\n', ""),
            ('"c_x000:benches"', '"c_x000:trees"'),
        )
    )
    assert [(problem.severity.word, problem.code) for problem in outcome.report.problems] == [
        ("violation", "identifier-shared"),
        ("violation", "theme-text"),
        ("warning", "contact-placeholder"),
        ("info", "dcat-ap-it"),
    ]


def test_what_cannot_be_reached_at_all_is_a_failure_of_the_network() -> None:
    """That is no finding about a catalogue."""

    class Silent:
        """Answers nothing."""

        def fetch(
            self, method: Method, address: str, *, accept: str | None = None, most: int
        ) -> Answer:
            """Fail."""
            del method, accept, most
            raise StoreError(f"{address} cannot be reached.", hint="Plug it in.")

    with pytest.raises(StoreError, match="cannot be reached") as caught:
        preflight(Silent(), CATALOG, ENGINE)
    assert caught.value.hint == "Plug it in."


def test_a_page_in_the_middle_that_cannot_be_read_changes_nothing() -> None:
    """One page that is no RDF ends the whole harvest, and there is no plan."""
    pages = (
        "\n<catalog?page=1> a <http://www.w3.org/ns/hydra/core#PartialCollectionView> ;\n"
        "    <http://www.w3.org/ns/hydra/core#next> <second> .\n"
    )
    fetcher = shelf(GOOD + pages, second=("<a> <b>", TURTLE))
    outcome = preflight(fetcher, CATALOG, ENGINE, graph(GOOD))
    assert (violations(outcome), outcome.complete, outcome.changes) == (["syntax"], False, ())
