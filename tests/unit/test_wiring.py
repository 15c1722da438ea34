from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from reti_graph import open_dataset, wiring
from reti_graph.errors import DataError, SiteError, UnknownNameError

SMALL_SITE: Final = Path(__file__).resolve().parents[1] / "assets" / "small_site"
SLOW_TO_IMPORT: Final = ("rdflib", "oxrdflib", "pyshacl", "rich", "uvicorn")


def test_the_bundled_site_is_a_site() -> None:
    """In a checkout it is the repository's root, in a wheel the package's own folder."""
    assert (wiring.bundled_site() / "reti.toml").is_file()


def test_without_a_bundled_site_the_error_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An installation that lost its site is no traceback."""
    monkeypatch.setattr(wiring, "__file__", str(tmp_path / "src" / "reti_graph" / "wiring.py"))
    with pytest.raises(SiteError) as caught:
        wiring.bundled_site()
    assert caught.value.hint == "Name one with --site DIR."


def test_the_site_within_the_package_comes_before_the_checkout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An installed wheel uses what it brought."""
    package = tmp_path / "src" / "reti_graph"
    for folder in (package / "site", tmp_path):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "reti.toml").touch()
    monkeypatch.setattr(wiring, "__file__", str(package / "wiring.py"))
    assert wiring.bundled_site() == package / "site"


@pytest.mark.parametrize("name", wiring.ENGINES)
def test_engines_are_chosen_by_their_names(name: str) -> None:
    """Each engine knows the name it is chosen by."""
    assert wiring.load_engine(name).name == name


def test_an_unknown_engine_is_an_error_with_the_engines_there_are() -> None:
    """The nearest names are given, or all of them."""
    with pytest.raises(UnknownNameError) as caught:
        wiring.load_engine("pyshackle")
    assert caught.value.nearest == ("pyshacl",)
    with pytest.raises(UnknownNameError) as caught:
        wiring.load_engine("zzz")
    assert caught.value.nearest == wiring.ENGINES


def test_a_release_holds_what_is_derived_and_a_store_answers_from_it() -> None:
    """Rules run before anything is served."""
    release = wiring.open_release(SMALL_SITE)
    assert wiring.store_for(release).ask("ASK { city:milan reti:memberOf network:alpha }")
    assert {query.name for query in release.queries} == {"map", "members", "networks"}


def test_wrong_data_is_never_released(tmp_path: Path) -> None:
    """A syntax error is a finding in the report that the error carries."""
    for name in ("reti.toml", "ontology", "data", "shapes", "queries"):
        source, target = SMALL_SITE / name, tmp_path / name
        target.symlink_to(source) if name != "ontology" else target.mkdir()
    (tmp_path / "ontology" / "broken.ttl").write_text("<a> <b> .\n")
    with pytest.raises(DataError) as caught:
        wiring.open_release(tmp_path)
    places = [str(problem.location) for problem in caught.value.report.violations]
    assert any(place.startswith("ontology/broken.ttl:1") for place in places)


def test_the_dataset_for_rdflib_holds_the_release() -> None:
    """Derived statements are there, and plain literals equal rdflib's."""
    from rdflib import Literal, URIRef  # noqa: PLC0415 -- other tests here run without it
    from rdflib.namespace import RDFS  # noqa: PLC0415

    dataset = open_dataset(SMALL_SITE)
    alpha = URIRef("https://example.org/nets/id/network/alpha")
    milan = URIRef("https://example.org/nets/id/city/milan")
    member_of = URIRef("https://w3id.org/reti-graph/ontology#memberOf")
    assert (milan, member_of, alpha) in dataset.default_graph
    assert set(dataset.default_graph.objects(alpha, RDFS.label)) == {
        Literal("Alfa", lang="it"),
        Literal("Alpha", lang="en"),
    }


def test_serving_needs_no_slow_import() -> None:
    """The application is made without rdflib, pySHACL and what only commands need."""
    code = (
        "import sys; from pathlib import Path; from reti_graph import wiring;"
        "wiring.asgi(Path(sys.argv[1])); print(*sys.modules)"
    )
    command = [sys.executable, "-c", code, str(SMALL_SITE)]
    run = subprocess.run(command, capture_output=True, check=True, text=True, timeout=60)
    assert {name.partition(".")[0] for name in run.stdout.split()} & set(SLOW_TO_IMPORT) == set()
