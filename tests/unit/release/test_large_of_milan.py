from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from reti_graph.release import (
    REPORT,
    build_large,
    make_release,
    published,
    read_served,
    statements,
)
from reti_graph.sources.site import read_site
from reti_graph.validation.render import as_json
from reti_graph.validation.shacl_rust_engine import ShaclRustEngine

if TYPE_CHECKING:
    import pytest

SITE = Path(__file__).parents[3]
ENGINE = ShaclRustEngine()


def test_the_site_of_milan_is_the_same_release_without_being_held_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Digest, dump, numbers and findings; and what is written can be read to be served."""
    monkeypatch.setattr(statements, "_MOST_IN_MEMORY", 0)
    site, found = read_site(SITE)
    release = make_release(site, ENGINE, {}, found, try_queries=False)
    folder = tmp_path / "large"
    assert build_large(SITE, ENGINE, folder) == release.digest
    dump = (folder / "dump.nq").read_bytes()
    assert hashlib.sha256(dump).hexdigest() == release.digest
    assert dump.count(b"\n") == len(release.quads)
    served, known = read_served(folder), published(release)
    assert (served.digest, served.settings) == (release.digest, release.settings)
    assert served.published.statistics.properties == known.statistics.properties
    assert served.published.statistics.classes == known.statistics.classes
    assert served.graphs == len(known.graphs)
    assert release.report.conforms
    assert report_of(folder) == as_json(release.report)


def report_of(folder: Path) -> str:
    """Return the report of a release."""
    return (folder / REPORT).read_text(encoding="utf-8")
