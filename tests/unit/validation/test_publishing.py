from __future__ import annotations

from typing import TYPE_CHECKING

from reti_graph.sources.site import read_site
from reti_graph.validation.publishing import missing_context
from tests.unit.validation.conftest import findings

if TYPE_CHECKING:
    from pathlib import Path

WITHDRAWN = 'withdrawn = ["https://example.org/nets/id/network/{}"]\n'


def withdraw(site: Path, slug: str) -> None:
    """Put a network on the list of withdrawn names."""
    file = site / "reti.toml"
    file.write_text(WITHDRAWN.format(slug) + file.read_text("utf-8"), "utf-8")


def keep_context(site: Path) -> Path:
    """Write the present context into the site, as `fmt` does, and return its file."""
    read, _ = read_site(site)
    found = missing_context(read)
    assert found is not None
    file = site / found[0]
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(found[1])
    return file


def test_a_withdrawn_name_that_the_data_uses_is_found(site: Path) -> None:
    """With the line of the data that uses it."""
    withdraw(site, "alpha")
    [(place, code)] = findings(site)
    assert code == "withdrawn-name"
    assert place.startswith("data/page/networks.trig:")


def test_a_withdrawn_name_that_nobody_uses_is_fine(site: Path) -> None:
    """That is what the list is for."""
    withdraw(site, "omega")
    assert findings(site) == []


def test_a_site_that_keeps_its_context_has_no_findings(site: Path) -> None:
    """Nor has one that keeps none at all."""
    assert findings(site) == []
    keep_context(site)
    assert findings(site) == []


def test_a_context_that_was_changed_is_found(site: Path) -> None:
    """Its name tells, to the byte; and the present one is then missing."""
    file = keep_context(site)
    file.write_bytes(file.read_bytes() + b"\n")
    name = file.relative_to(site).as_posix()
    assert (name, "context-changed") in findings(site)


def test_a_context_that_is_missing_beside_older_ones_is_found(site: Path) -> None:
    """A prefix more, and the documents have another context."""
    keep_context(site)
    settings = site / "reti.toml"
    settings.write_text(settings.read_text("utf-8") + 'ex = "http://example.org/"\n', "utf-8")
    assert findings(site) == [("ontology/contexts/", "context-missing")]
    keep_context(site)
    assert findings(site) == []
