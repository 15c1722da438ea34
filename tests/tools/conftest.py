"""What tests of the import share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.tools.facts import CITIES, write_facts, write_tables
from tests.tools.planning import PREFIXES
from tools.import_facts.run import plan

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from tests.tools.planning import Plan
    from tools.import_facts.run import Import


@pytest.fixture
def planned(tmp_path: Path) -> Plan:
    """Plan an import of rows, by way of files in the test's folder."""

    def run(
        *rows: Mapping[str, str],
        places: Sequence[Mapping[str, str]] = CITIES,
        records: Sequence[Mapping[str, str]] = (),
        tables: Mapping[str, str] | None = None,
    ) -> Import:
        write_tables(tmp_path, tables or {})
        return plan(write_facts(tmp_path, rows, places, records), tmp_path, PREFIXES)

    return run
