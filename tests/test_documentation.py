"""The documentation against the program: nothing is left out, and the examples print what they say.

A page documents a name by a heading of any level that is the name in backquotes.
"""

from __future__ import annotations

import doctest
import json
import re
import shutil
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click
import msgspec
import pytest
from click.testing import CliRunner
from starlette.routing import Route

from reti_graph import errors, gate
from reti_graph.canned.parameters import StoredThings
from reti_graph.canned.run import bound_text
from reti_graph.cli.main import cli
from reti_graph.config import LimitSettings, ServerSettings, StoreSettings, setting_keys
from reti_graph.wiring import asgi, bundled_site, local_store, open_release
from tests.shell_examples import Example, examples, printed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reti_graph.canned.query import CannedQuery
    from reti_graph.release import Release

ROOT: Final = Path(__file__).resolve().parents[1]
DOCS: Final = ROOT / "docs"
PAGES: Final = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md"), *(ROOT / "data").glob("*.md")])

HEADING: Final = re.compile(r"^#+ `([^`]+)`$", re.MULTILINE)
LINK: Final = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
SITE_FILE: Final = re.compile(
    r"<!-- example site file: (?P<name>\S+) -->\n+```trig\n(?P<content>.*?)^```$",
    re.DOTALL | re.MULTILINE,
)
ONTOLOGY_TERM: Final = re.compile(r"^(reti:\w+) a owl:\w+", re.MULTILINE)


@cache
def text(page: Path) -> str:
    """Read a page."""
    return page.read_text("utf-8")


def headings(page: str) -> list[str]:
    """List the names a page of the documentation has a heading for."""
    return HEADING.findall(text(DOCS / page))


def section(page: str, name: str) -> str:
    """Give what a page says under the heading of a name, up to the next heading in backquotes."""
    _, _, rest = text(DOCS / page).partition(f" `{name}`\n")
    return re.split(r"^#+ `", rest, maxsplit=1, flags=re.MULTILINE)[0]


def commands() -> dict[str, click.Command]:
    """Give every command of the program by its name."""
    context = click.Context(cli)
    found = {name: cli.get_command(context, name) for name in cli.list_commands(context)}
    return {name: command for name, command in found.items() if command is not None}


def setting_names() -> list[str]:
    """List the keys of reti.toml, those of its tables with the names of their tables."""
    return list(setting_keys())


def setting_tables() -> dict[str, type[msgspec.Struct]]:
    """Give the optional tables of reti.toml."""
    return {"server": ServerSettings, "store": StoreSettings, "limits": LimitSettings}


def toml(value: object) -> str:
    """Write a value as TOML, which is JSON for the simple ones."""
    return json.dumps(list(value) if isinstance(value, tuple) else value)


def error_names(kind: type[errors.RetiError] = errors.RetiError) -> Iterator[str]:
    """Yield the name of an error and of all errors below it."""
    yield kind.__name__
    for below in kind.__subclasses__():
        if below.__module__ == errors.__name__:
            yield from error_names(below)


@cache
def release() -> Release:
    """Read and check the site once, for the tests that need to know what it answers."""
    return open_release(bundled_site())


def columns(query: CannedQuery) -> list[str]:
    """Give the columns of a canned query asked with its examples; none when it gives a graph."""
    store = local_store(release().quads, release().settings)
    examples_of = {param.name: str(param.example) for param in query.params if param.example}
    bound = bound_text(StoredThings(store), query, examples_of, release().settings)
    if gate.form(bound) is not gate.QueryForm.SELECT:
        return []
    return list(store.select(bound).variables)


def listed(text_of_section: str) -> list[str]:
    """List the columns that the documentation of a query names."""
    _, _, rest = text_of_section.partition("Columns: ")
    return re.findall(r"`(\w+)`", rest.partition(".\n")[0])


def anchors(page: Path) -> set[str]:
    """Give the fragments that headings of a page can be reached by."""
    titles = re.findall(r"^#+ (.+)$", text(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def test_every_command_is_documented() -> None:
    """docs/cli.md has a heading for each command, and none for what is no command."""
    assert sorted(headings("cli.md")) == sorted(f"reti-graph {name}" for name in commands())


@pytest.mark.parametrize("name", sorted(commands()))
def test_a_command_explains_itself_and_its_options(name: str) -> None:
    """A command has a help text, as has each option; docs/cli.md names every option."""
    command = commands()[name]
    described = section("cli.md", f"reti-graph {name}")
    options = [param for param in command.params if isinstance(param, click.Option)]
    assert command.help
    assert [option.name for option in options if not option.help] == []
    assert [o.opts for o in options if not any(f"`{opt}" in described for opt in o.opts)] == []


def test_every_setting_is_documented() -> None:
    """docs/settings.md has a heading for each key of reti.toml, and for nothing else."""
    assert sorted(headings("settings.md")) == sorted(setting_names())


@pytest.mark.parametrize("table", ["server", "store", "limits"])
def test_the_default_of_a_setting_is_the_one_documented(table: str) -> None:
    """docs/settings.md gives the default of every key of a table that has one."""
    fields = msgspec.structs.fields(setting_tables()[table])
    defaults = {field.name: field.default for field in fields if field.default is not None}
    told = {name: f"Default `{toml(value)}`" for name, value in defaults.items()}
    sections = {name: section("settings.md", f"{table}.{name}").strip() for name in told}
    assert [name for name in told if not sections[name].startswith(told[name])] == []


def test_every_error_is_documented() -> None:
    """docs/errors.md has a heading for each type of error, and for nothing else."""
    assert sorted(headings("errors.md")) == sorted(error_names())


def test_every_route_is_documented() -> None:
    """docs/http.md has a heading for each address the server answers, and for nothing else."""
    routes = asgi().routes
    paths = {route.path.replace(":path", "") for route in routes if isinstance(route, Route)}
    assert sorted(headings("http.md")) == sorted(paths)


def test_every_canned_query_is_documented() -> None:
    """docs/queries.md has a heading for each canned query, and for nothing else."""
    assert sorted(headings("queries.md")) == sorted(query.name for query in release().queries)


@pytest.mark.parametrize("name", headings("queries.md"))
def test_a_canned_query_is_documented_as_it_is(name: str) -> None:
    """The description, the parameters and the columns of a canned query are those it has."""
    query = next(query for query in release().queries if query.name == name)
    described = section("queries.md", name)
    assert query.header.description["en"] in " ".join(described.split())
    parameters = re.findall(r"^\| `(\w+)` ", described, re.MULTILINE)
    assert parameters == [param.name for param in query.params]
    assert listed(described) == columns(query)


def test_every_term_of_the_ontology_is_in_the_model() -> None:
    """docs/model.md or docs/evidence.md names each term of the ontology."""
    terms = set(ONTOLOGY_TERM.findall(text(ROOT / "ontology" / "reti.ttl")))
    told = text(DOCS / "model.md") + text(DOCS / "evidence.md")
    assert terms
    assert {term for term in terms if not re.search(rf"{term}\b", told)} == set()


def test_every_decision_is_in_the_index() -> None:
    """docs/decisions/README.md links to each decision."""
    decisions = {path.name for path in (DOCS / "decisions").glob("[0-9]*.md")}
    assert decisions == set(re.findall(r"\(([0-9][^)]*)\)", text(DOCS / "decisions" / "README.md")))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_within_the_project_lead_somewhere(page: Path) -> None:
    """Every relative link goes to a file that is there, and its fragment to a heading."""
    lost = []
    for link in LINK.findall(text(page)):
        target, _, fragment = link.partition("#")
        file = page.parent / target if target else page
        if "://" in link or link.startswith("mailto:"):
            continue
        if not file.exists() or (fragment and fragment not in anchors(file)):
            lost.append(link)
    assert lost == []


@pytest.mark.parametrize(
    ("page", "example"),
    [(page, example) for page in PAGES for example in examples(text(page))],
    ids=lambda value: value.command if isinstance(value, Example) else value.stem,
)
def test_an_example_prints_what_the_page_shows(page: Path, example: Example) -> None:
    """Each console example gives today what it gave when the page was written."""
    place = f"{page.name}:{example.line}: `make golden` writes what is printed now"
    assert printed(example.command) == example.shown, place


def test_the_worked_example_for_python_runs() -> None:
    """docs/python.md holds a session that works as it is shown."""
    assert doctest.testfile(str(DOCS / "python.md"), module_relative=False).failed == 0


def test_a_network_is_added_by_the_one_file_the_readme_shows(tmp_path: Path) -> None:
    """The file of the README is well laid out, valid, and its network is found."""
    shown = SITE_FILE.search(text(ROOT / "README.md"))
    assert shown
    for part in ("reti.toml", "ontology", "data", "shapes", "queries"):
        copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy
        copy(ROOT / part, tmp_path / part)
    file = tmp_path / shown["name"]
    file.parent.mkdir(parents=True)
    file.write_text(shown["content"], "utf-8")

    site = ["--site", str(tmp_path)]
    laid_out = CliRunner().invoke(cli, ["fmt", "--check", *site])
    valid = CliRunner().invoke(cli, ["validate", "--format", "json", *site])
    found = CliRunner().invoke(cli, ["query", "networks", "--lang", "en", *site])
    assert (laid_out.exit_code, laid_out.output) == (0, "")
    assert (valid.exit_code, json.loads(valid.output)["findings"]) == (0, [])
    assert "Alpine Cities Network" in found.output
