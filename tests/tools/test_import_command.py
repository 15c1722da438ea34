from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.tools.facts import member, table, write_facts
from tools.import_facts.__main__ import import_facts
from tools.import_facts.cities import COLUMNS as CITY_COLUMNS
from tools.import_facts.members import COLUMNS
from tools.import_facts.turtle import MARK

ROOT = Path(__file__).parents[2]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Give a site with the project's prefixes and a page of another hand."""
    folder = tmp_path / "site"
    (folder / "data" / "milan-page").mkdir(parents=True)
    (folder / "reti.toml").write_bytes((ROOT / "reti.toml").read_bytes())
    (folder / "data" / "milan-page" / "c40.trig").write_text("<a:a> <a:b> <a:c> .\n")
    return folder


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    """Give a folder of facts in which every row is a problem or left out."""
    folder = tmp_path / "facts"
    folder.mkdir()
    return write_facts(folder, [member("Alpha", "Milan")])


def files(folder: Path) -> dict[str, bytes]:
    """Return all files below a folder."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def run(*words: object) -> tuple[int, str, str]:
    """Run the command, and give its exit code and what it printed on either stream."""
    result = CliRunner().invoke(import_facts, [str(word) for word in words])
    return result.exit_code, result.stdout, result.stderr


def test_problems_are_printed_with_their_place_and_end_in_1(facts: Path, site: Path) -> None:
    """What is good is written, the rest is said on standard error."""
    code, out, err = run(facts, "--site", site)
    assert code == 1
    assert "changed: docs/import-report.md" in out
    assert f'{facts}/members.csv:2  violation  No list of lists.toml has the network "Alpha"' in err
    assert (site / "docs" / "import-report.md").is_file()
    assert "Traceback" not in err


def test_problems_of_tables_are_shown_where_the_tables_are(facts: Path, site: Path) -> None:
    """A row that the tables expect and is not there is a problem of theirs."""
    _, _, err = run(facts, "--site", site)
    assert "tools/import_facts/tables/records.toml  violation  No row matches" in err


def test_check_writes_nothing_and_says_what_would_change(facts: Path, site: Path) -> None:
    """The exit code says that something would."""
    old = site / "data" / "old" / "members.trig"
    old.parent.mkdir()
    old.write_text(f"{MARK}\n")
    before = files(site)
    code, out, _ = run(facts, "--site", site, "--check")
    assert code == 1
    assert "would change: docs/import-report.md" in out
    assert "would change: data/old/members.trig" in out
    assert files(site) == before


def test_a_second_run_changes_nothing(facts: Path, site: Path) -> None:
    """The first left everything as the rows want it; files of other hands are as they were."""
    page = (site / "data" / "milan-page" / "c40.trig").read_bytes()
    run(facts, "--site", site)
    before = files(site)
    _, out, _ = run(facts, "--site", site)
    assert out == ""
    assert files(site) == before
    assert before["data/milan-page/c40.trig"] == page


@pytest.mark.parametrize("name", ["members.csv", "cities.csv", "identifiers.csv"])
def test_a_missing_file_ends_in_2_and_writes_nothing(facts: Path, site: Path, name: str) -> None:
    """The message names the file."""
    (facts / name).unlink()
    before = files(site)
    code, out, err = run(facts, "--site", site)
    assert (code, out) == (2, "")
    assert f"error: Cannot use {facts}/{name}: No such file or directory." in err
    assert files(site) == before


@pytest.mark.parametrize("name", ["members.csv", "cities.csv", "identifiers.csv"])
def test_another_header_ends_in_2_and_writes_nothing(facts: Path, site: Path, name: str) -> None:
    """The message names the file and the columns it should have."""
    (facts / name).write_text("one,two\n")
    before = files(site)
    code, out, err = run(facts, "--site", site)
    assert (code, out) == (2, "")
    assert f"{name}:1: " in err
    assert "the columns should be" in err.lower()
    assert files(site) == before


def test_a_site_without_settings_ends_in_2(facts: Path, tmp_path: Path) -> None:
    """Without prefixes nothing can be written."""
    code, _, err = run(facts, "--site", tmp_path)
    assert code == 2
    assert "reti.toml" in err


def test_a_folder_that_cannot_be_written_leaves_the_site_whole(facts: Path, site: Path) -> None:
    """A file stands where the report's folder should be."""
    (site / "docs").write_text("in the way\n")
    before = files(site)
    code, _, err = run(facts, "--site", site)
    assert code == 2
    assert "docs" in err
    assert files(site) == before


def test_no_rows_at_all_are_no_problem_of_the_rows(facts: Path, site: Path) -> None:
    """Only the tables miss theirs."""
    table("members.csv", COLUMNS, [], facts)
    table("cities.csv", CITY_COLUMNS, [], facts)
    _, _, err = run(facts, "--site", site)
    assert ".csv:" not in err
