from __future__ import annotations

from typing import Final

import pytest

from reti_graph.errors import StoreError
from reti_graph.preflight.harvest import harvest
from reti_graph.problems import Severity
from tests.unit.preflight.fake_fetcher import FakeFetcher, Given, answered
from tests.unit.preflight.listings import BASE, CATALOG

CONTEXT: Final = f"{BASE}context.jsonld"
JSON_PAGE: Final = f"""[{{"@context": ["{CONTEXT}", {{"t": "http://purl.org/dc/terms/title"}}],
"@id": "dataset", "@type": "Dataset", "t": "Nets"}}]"""


def test_a_json_ld_context_at_another_address_is_fetched_with_a_warning() -> None:
    """Not every harvester does; the page is read as those do that do."""
    inner = f"{BASE}inner.jsonld"
    answers: dict[str, Given] = {
        CATALOG: answered(JSON_PAGE, "application/ld+json"),
        CONTEXT: answered('{"@context": ["inner.jsonld"]}', "application/ld+json"),
        inner: answered('{"@context": {"Dataset": "http://www.w3.org/ns/dcat#Dataset"}}'),
    }
    read = harvest(FakeFetcher(answers), CATALOG)
    assert [node.value for node in read.graph.datasets()] == [f"{BASE}dataset"]
    assert read.complete
    assert [problem.severity for problem in read.problems] == [Severity.WARNING] * 2
    assert [CONTEXT in read.problems[0].messages["en"], inner in read.problems[1].messages["en"]]


@pytest.mark.parametrize(
    ("context", "reason"),
    [
        (answered("", None, 404), "answered with 404"),
        (answered("<html>"), "no JSON"),
        (answered("{}"), 'no "@context"'),
        (StoreError("Nobody is there."), "Nobody is there."),
        (answered(f'{{"@context": ["{CONTEXT}", {{"Dataset": 5}}]}}'), "Term definition"),
        (answered(b" " * (1024 * 1024 + 1)), "longer than"),
    ],
)
def test_a_context_that_cannot_be_had_refuses_the_page(context: Given, reason: str) -> None:
    """With what happened."""
    sound = answered(JSON_PAGE, "application/ld+json")
    read = harvest(FakeFetcher({CATALOG: sound, CONTEXT: context}), CATALOG)
    (problem,) = read.problems
    assert problem.severity is Severity.VIOLATION
    assert reason in problem.messages["en"]
    assert not read.complete


def test_a_chain_of_contexts_is_broken_off() -> None:
    """However long somebody made it."""
    answers: dict[str, Given] = {
        f"{BASE}{number}": answered(f'{{"@context": "{BASE}{number + 1}"}}')
        for number in range(100)
    }
    text = f'{{"@context": "{BASE}0", "@id": "x"}}'
    answers[CATALOG] = answered(text, "application/ld+json")
    (problem,) = harvest(FakeFetcher(answers), CATALOG).problems
    assert "more than 16 contexts" in problem.messages["en"]
