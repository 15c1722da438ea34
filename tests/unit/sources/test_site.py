from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from reti_graph.errors import SettingsError, SiteError
from reti_graph.problems import Location, Problem, Severity
from reti_graph.sources.site import EXAMPLES, SHAPES, Site, read_site

if TYPE_CHECKING:
    from collections.abc import Iterator

SETTINGS = """
base_iri = "https://example.org/"
languages = ["it", "en"]
licence = "https://example.org/licence"
title = {it = "Reti", en = "Networks"}
description = {it = "Le reti", en = "The networks"}
publisher = {name = "Some Office"}
prefixes = {ex = "https://example.org/"}
"""
PREFIX = "@prefix ex: <https://example.org/> . @prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
FILES = {
    "reti.toml": SETTINGS,
    "ontology/main.ttl": PREFIX + "ex:ontology a owl:Ontology .\nex:T a owl:Class .",
    "ontology/schemes/kinds.ttl": "<https://example.org/kinds> a"
    " <http://www.w3.org/2004/02/skos/core#ConceptScheme> .",
    "ontology/rules/one.ru": "# a rule",
    "data/page/a.trig": PREFIX + "ex:passage { ex:a ex:p ex:b . }",
    "shapes/a.ttl": PREFIX + "ex:shape a ex:Shape .",
    "shapes/examples/a/valid-one.ttl": PREFIX + "ex:a ex:p 1 .",
    "shapes/examples/a/invalid-two.trig": "# fails: x\n" + PREFIX + "ex:g { ex:a ex:p 2 }",
    "shapes/checks/one.rq": "# a check",
    "queries/one.rq": "# a query",
    "queries/README.md": "Queries.",
    "data/.hidden": "",
}


def write(root: Path, files: dict[str, str]) -> None:
    """Write files below a folder."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Give the folder of a small site in which all is well."""
    write(tmp_path, FILES)
    return tmp_path


def problems_of(root: Path) -> list[tuple[str, str]]:
    """List code and place of each problem of a site."""
    return [(problem.code, str(problem.location)) for problem in read_site(root)[1]]


def graphs(site: Site) -> set[str]:
    """Name the graphs of ontology and data."""
    return {str(quad.graph_name) for quad in site.quads}


def test_a_site_is_read_whole(root: Path) -> None:
    """Each part has its files, in order of their names, and nothing is wrong."""
    site, problems = read_site(root)
    assert problems == ()
    assert site.settings.base_iri == "https://example.org/"
    assert [file.name for file in site.ontology] == [
        "ontology/main.ttl",
        "ontology/schemes/kinds.ttl",
    ]
    assert [file.name for file in site.data] == ["data/page/a.trig"]
    assert [file.name for file in site.shapes] == ["shapes/a.ttl"]
    texts = (*site.rules, *site.checks, *site.queries)
    assert [(file.name, file.stem, file.text) for file in texts] == [
        ("ontology/rules/one.ru", "one", "# a rule"),
        ("shapes/checks/one.rq", "one", "# a check"),
        ("queries/one.rq", "one", "# a query"),
    ]
    assert all(file.path == root / file.name for file in texts)


def test_examples_know_their_shape_and_verdict(root: Path) -> None:
    """An example keeps its text, whose first line says how it fails."""
    site, _ = read_site(root)
    assert [(each.shape, each.valid, each.name) for each in site.examples] == [
        ("a", False, "shapes/examples/a/invalid-two.trig"),
        ("a", True, "shapes/examples/a/valid-one.ttl"),
    ]
    assert site.examples[0].text.startswith("# fails: x\n")
    assert site.examples[0].source.lines == (3,)


def test_the_ontology_stands_in_graphs_of_its_own_names(root: Path) -> None:
    """The graph of a file is the ontology or scheme it describes; data keeps its passages."""
    site, _ = read_site(root)
    expected = {"ontology", "kinds", "passage"}
    assert graphs(site) == {f"<https://example.org/{name}>" for name in expected}
    assert {quad.graph_name for file in site.shapes for quad in file.quads} == {ox.DefaultGraph()}


def test_without_shapes_the_rest_is_the_same(root: Path) -> None:
    """Whoever only asks the data need not wait for shapes."""
    site, _ = read_site(root, without=SHAPES)
    assert (site.shapes, site.examples, site.checks) == ((), (), ())
    assert site.quads == read_site(root)[0].quads


def test_all_files_with_mistakes_are_reported(root: Path) -> None:
    """The first bad file does not hide the others, nor the good ones."""
    write(root, {"data/a.trig": "ex:a", "data/b.trig": PREFIX + "ex:g {\n", "shapes/z.ttl": "<"})
    assert problems_of(root) == [
        ("syntax", "data/a.trig:1:1"),
        ("syntax", "data/b.trig:3:1"),
        ("syntax", "shapes/z.ttl:1:1"),
    ]
    site, _ = read_site(root)
    assert [len(file.quads) for file in site.data] == [0, 0, 1]


def test_a_file_that_says_the_same_as_another_is_a_problem(root: Path) -> None:
    """A copy left behind is named with the file it copies."""
    write(root, {"data/page/b.trig": FILES["data/page/a.trig"]})
    [problem] = read_site(root)[1]
    assert problem.code == "duplicate-file"
    assert "data/page/a.trig" in problem.messages["en"]
    assert len(read_site(root)[0].data) == 1


def test_links_are_followed_and_read_once(
    root: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A linked file or folder is part of the site; a circle of links ends."""
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    write(elsewhere, {"more/c.trig": PREFIX + "ex:other { ex:a ex:p ex:c }"})
    (root / "data/linked").symlink_to(elsewhere / "more")
    (root / "data/circle").symlink_to(root / "data")
    (root / "data/page/same.trig").symlink_to(root / "data/page/a.trig")
    site, problems = read_site(root)
    assert problems == ()
    assert [file.name for file in site.data] == ["data/linked/c.trig", "data/page/a.trig"]


def test_files_that_cannot_be_read_are_problems(root: Path) -> None:
    """A dangling link and bytes that are no UTF-8 each have their finding."""
    (root / "data/none.trig").symlink_to(root / "nowhere")
    (root / "queries/bad.rq").write_bytes(b"\xff")
    assert problems_of(root) == [
        ("unreadable-file", "data/none.trig"),
        ("not-utf-8", "queries/bad.rq:1:1"),
    ]


def test_a_folder_that_cannot_be_listed_is_a_problem(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What lies in it is not silently left out."""
    scandir = os.scandir

    def forbidding(path: str) -> Iterator[os.DirEntry[str]]:
        if Path(path) == root / "data/page":
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", forbidding)
    assert ("unreadable-folder", "data/page") in problems_of(root)


def test_a_file_with_an_unexpected_name_is_a_warning(root: Path) -> None:
    """A .ttl among the data would otherwise be left out without a word."""
    write(root, {"data/page/b.ttl": "", "shapes/examples/a/notes.txt": ""})
    problems = read_site(root)[1]
    assert {problem.severity for problem in problems} == {Severity.WARNING}
    assert problems_of(root) == [
        ("file-not-read", "data/page/b.ttl"),
        ("file-not-read", "shapes/examples/a/notes.txt"),
    ]
    assert ".trig" in problems[0].messages["en"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (PREFIX + "ex:T a owl:Class .", "unnamed-ontology"),
        (PREFIX + "ex:one a owl:Ontology . ex:two a owl:Ontology .", "unnamed-ontology"),
        (PREFIX + "[] a owl:Ontology .", "unnamed-ontology"),
        (PREFIX + "ex:ontology a owl:Ontology . ex:x ex:p 1 .", "duplicate-ontology"),
    ],
)
def test_a_file_of_the_ontology_has_one_name_of_its_own(root: Path, text: str, code: str) -> None:
    """Without it its statements would have no graph, or two files would share one."""
    write(root, {"ontology/other.ttl": text})
    assert problems_of(root) == [(code, "ontology/other.ttl")]


@pytest.mark.parametrize("name", ["a/maybe-one.ttl", "valid-one.ttl", "a/b/valid-one.ttl"])
def test_an_example_elsewhere_is_a_problem(root: Path, name: str) -> None:
    """An example that nothing would check does not stay unnoticed."""
    write(root, {f"shapes/examples/{name}": "# new"})
    assert problems_of(root) == [("misnamed-example", f"shapes/examples/{name}")]


def test_a_part_without_files_is_a_problem(root: Path) -> None:
    """A site without data or shapes would conform to anything."""
    (root / "data/page/a.trig").unlink()
    assert problems_of(root) == [("empty-folder", "data/")]


@pytest.mark.parametrize("lost", ["reti.toml", "ontology", "data", "shapes", "queries"])
def test_a_folder_that_lacks_a_part_is_no_site(root: Path, lost: str) -> None:
    """The error says what is missing and what a site has."""
    (root / lost).rename(root / "away")
    with pytest.raises(SiteError, match=rf"it has no {lost}") as caught:
        read_site(root)
    assert "--site DIR" in (caught.value.hint or "")


def test_no_folder_is_no_site(root: Path) -> None:
    """Neither is a file."""
    with pytest.raises(SiteError, match="There is no folder"):
        read_site(root / "none")
    with pytest.raises(SiteError, match="is a file"):
        read_site(root / "reti.toml")


def test_all_that_is_missing_is_named_at_once(tmp_path: Path) -> None:
    """An empty folder lacks everything."""
    with pytest.raises(SiteError, match=r"reti\.toml, no ontology/, no data/, no shapes/, no q"):
        read_site(tmp_path)


def test_settings_that_cannot_be_used_are_an_error(root: Path) -> None:
    """Wrong settings and bytes that are no text are told apart."""
    write(root, {"reti.toml": "languages = 1"})
    with pytest.raises(SettingsError):
        read_site(root)
    (root / "reti.toml").write_bytes(b"\xff")
    with pytest.raises(SiteError, match="UTF-8"):
        read_site(root)


def test_every_problem_speaks_both_languages(root: Path) -> None:
    """Messages are in Italian and English, and end as sentences do."""
    write(root, {"data/b.ttl": "", "data/c.trig": "<", "shapes/examples/x.ttl": "# x"})

    def whole(problem: Problem) -> bool:
        return set(problem.messages) == {"it", "en"} and all(
            text.endswith(".") for text in problem.messages.values()
        )

    found = read_site(root)[1]
    assert len(found) == 3
    assert all(whole(problem) and isinstance(problem.location, Location) for problem in found)


@pytest.mark.parametrize("name", ["ontology/empty.ttl", "data/empty.trig", "shapes/empty.ttl"])
@pytest.mark.parametrize("text", ["", "# to do\n", PREFIX])
def test_a_file_without_a_statement_is_a_problem(root: Path, name: str, text: str) -> None:
    """What was meant to stand in it is not checked by anything."""
    write(root, {name: text})
    assert problems_of(root) == [("empty-file", name)]


def test_a_byte_order_mark_is_named_in_settings_queries_and_rules(root: Path) -> None:
    """It is not left to a parser to stumble over."""
    write(root, {"queries/b.rq": "\ufeffASK {}", "ontology/rules/b.ru": "\ufeff# b"})
    assert problems_of(root) == [
        ("byte-order-mark", "ontology/rules/b.ru:1:1"),
        ("byte-order-mark", "queries/b.rq:1:1"),
    ]
    write(root, {"reti.toml": "\ufeff" + SETTINGS})
    with pytest.raises(SiteError, match="byte order mark"):
        read_site(root)


def test_examples_that_are_left_unread_are_not_missed(root: Path) -> None:
    """Only who reads the examples is told that there are none."""
    for path in (root / "shapes/examples/a").iterdir():
        path.unlink()
    assert problems_of(root) == [("no-examples", "shapes/examples/")]
    assert read_site(root, without=EXAMPLES)[1] == ()


def test_a_folder_of_examples_for_no_shape_is_a_problem(root: Path) -> None:
    """A slip in its name would leave a shape untested."""
    write(root, {"shapes/examples/b/valid-b.ttl": PREFIX + "ex:b ex:p 1 ."})
    assert problems_of(root) == [("examples-of-nothing", "shapes/examples/b/")]
    assert read_site(root, without=EXAMPLES)[1] == ()
