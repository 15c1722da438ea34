from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings

from tests.attacks.generators import heavy_queries, passes
from tests.attacks.worker import Worker, write_data

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def worker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Worker]:
    """Give a worker over a small graph."""
    data = tmp_path_factory.mktemp("fuzz") / "data.nq"
    write_data(data)
    with Worker(data) as started:
        yield started


@settings(max_examples=120, derandomize=True, database=None)
@given(query=heavy_queries())
def test_no_query_as_heavy_as_the_gate_allows_crashes_a_worker(worker: Worker, query: str) -> None:
    """Whatever is answered, late or too large: the process does not end by itself."""
    if passes(query):
        assert worker.ask(query) in {"answered", "refused", "late", "without memory"}


@pytest.mark.parametrize(
    "query",
    [
        f"ASK {'{' * 60_000}{'}' * 60_000}",
        f"ASK {{ FILTER({'(' * 60_000}1{')' * 60_000}) }}",
        f"ASK {{ FILTER({'!' * 200_000}1) }}",
    ],
    ids=["groups", "brackets", "not"],
)
def test_what_the_gate_refuses_would_crash_a_worker(worker: Worker, query: str) -> None:
    """The limits are there for a reason, and a crash would be seen."""
    assert not passes(query)
    with pytest.raises(AssertionError, match="signal or exit code -11"):
        worker.ask(query)
