from __future__ import annotations

import tomllib
from datetime import date
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run


def unsettle(site: Path) -> Path:
    """Write a data file as nobody should."""
    file = site / "data" / "page" / "source.trig"
    file.write_text(file.read_text().replace("    source:page a", "source:page   a"))
    return file


def test_data_in_its_layout_is_left_alone(run: Run, own_site: Path) -> None:
    """Nothing is printed, nothing is written."""
    file = own_site / "data" / "page" / "networks.trig"
    before = file.stat().st_mtime_ns
    assert (run("fmt").output, run("fmt").exit_code) == ("", 0)
    assert file.stat().st_mtime_ns == before


def test_a_file_that_changed_is_named(run: Run, own_site: Path) -> None:
    """A second run finds nothing to do."""
    file = unsettle(own_site)
    assert run("fmt").output == f"{file}\n"
    assert "    source:page a reti:Source ." in file.read_text()
    assert run("fmt").output == ""


def test_a_check_changes_nothing_and_names_the_file(run: Run, own_site: Path) -> None:
    """Exit code 1 tells the build."""
    file = unsettle(own_site)
    before = file.read_bytes()
    result = run("fmt", "--check")
    assert (result.stdout, result.exit_code) == (f"{file}\n", 1)
    assert file.read_bytes() == before


def test_files_may_be_named(run: Run, own_site: Path) -> None:
    """Then the others are left alone."""
    unsettle(own_site)
    assert run("fmt", "--check", own_site / "data" / "page" / "networks.trig").exit_code == 0


def test_a_file_that_cannot_be_laid_out_is_wrong_data(run: Run, own_site: Path) -> None:
    """The others are laid out all the same, and this one stays as it is."""
    settled = unsettle(own_site)
    broken = own_site / "data" / "page" / "broken.trig"
    broken.write_text("page:x { page:x a } .\n")
    result = run("fmt")
    assert result.exit_code == 1
    assert f"{broken.as_posix()}:1:" in result.stderr
    assert result.stdout == f"{settled}\n"
    assert broken.read_text() == "page:x { page:x a } .\n"


def test_a_file_that_is_not_there_is_a_wrong_call(run: Run, own_site: Path) -> None:
    """The message names it."""
    result = run("fmt", own_site / "data" / "nowhere.trig")
    assert (result.exit_code, "nowhere.trig: No such file" in result.stderr) == (2, True)


def test_a_folder_that_is_no_site_is_a_wrong_call(run: Run, tmp_path: Path) -> None:
    """Nothing is laid out in the wrong place."""
    assert run("fmt", "--site", tmp_path).exit_code == 2


@pytest.fixture
def record(own_site: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> Path:
    """Make the site keep the dates of its parts, and each part new on 26 November 2026."""
    file = own_site / "modified.toml"
    file.touch()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795651200")
    assert run("fmt").output == f"{file}\n"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1796083200")
    return file


def days(record: Path) -> dict[str, tuple[int, int]]:
    """Give the days of the month on which each part was first published and last changed."""
    document = tomllib.loads(record.read_text("utf-8"))
    return {part: (known["issued"].day, known["modified"].day) for part, known in document.items()}


def test_a_site_that_keeps_no_dates_is_left_without(
    run: Run, own_site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody asked for the file, so nobody asks for the day either."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "never")
    assert run("fmt").output == ""
    assert not (own_site / "modified.toml").exists()


def test_all_parts_are_new_in_an_empty_file(record: Path) -> None:
    """That is how a site begins to keep dates."""
    assert days(record) == dict.fromkeys(
        ("ontology", "queries", "rules", "shapes", "source/page"), (26, 26)
    )


def test_dates_stay_while_nothing_changes(run: Run, record: Path) -> None:
    """On another day there is nothing to do."""
    before = record.stat().st_mtime_ns
    assert (run("fmt").output, run("fmt", "--check").exit_code) == ("", 0)
    assert record.stat().st_mtime_ns == before


def test_a_part_that_changed_gets_the_date_of_the_day(run: Run, record: Path) -> None:
    """A new part appears, one that is gone disappears, the others stay as they are."""
    site = record.parent
    query = site / "queries" / "networks.rq"
    query.write_text(query.read_text() + "# More.\n")
    (site / "data" / "page").rename(site / "data" / "list")
    assert run("fmt").output == f"{record}\n"
    assert days(record) == {
        "ontology": (26, 26),
        "queries": (26, 1),
        "rules": (26, 26),
        "shapes": (26, 26),
        "source/list": (1, 1),
    }
    assert run("fmt").output == ""


def test_a_check_names_the_file_of_dates_and_leaves_it(run: Run, record: Path) -> None:
    """Exit code 1 tells the build that somebody forgot to run fmt."""
    before = record.read_bytes()
    with (record.parent / "queries" / "networks.rq").open("a") as query:
        query.write("# More.\n")
    result = run("fmt", "--check")
    assert (result.stdout, result.exit_code) == (f"{record}\n", 1)
    assert record.read_bytes() == before


def test_a_layout_alone_changes_no_date(run: Run, record: Path) -> None:
    """What counts is the text as fmt leaves it, with --check too."""
    file = unsettle(record.parent)
    assert run("fmt", "--check").stdout == f"{file}\n"
    assert run("fmt").stdout == f"{file}\n"
    assert run("fmt").stdout == ""


def test_the_file_of_dates_has_one_form(run: Run, record: Path) -> None:
    """Whatever else was written in it goes."""
    settled = record.read_text("utf-8")
    record.write_text(f"{settled}# A remark.\n", "utf-8")
    assert run("fmt").stdout == f"{record}\n"
    assert record.read_text("utf-8") == settled


def test_dates_are_left_alone_when_files_are_named(run: Run, record: Path) -> None:
    """Only these files are looked at."""
    file = unsettle(record.parent)
    file.write_text(file.read_text() + "# More.\n")
    assert run("fmt", file).stdout == f"{file}\n"
    assert run("fmt").stdout == f"{record}\n"


def test_a_broken_file_of_dates_is_wrong_data(run: Run, record: Path) -> None:
    """It is not written anew, for the days of first publication would be lost."""
    file = unsettle(record.parent)
    broken = record.read_text("utf-8").replace(date(2026, 11, 26).isoformat(), "yesterday", 1)
    record.write_text(broken, "utf-8")
    result = run("fmt")
    assert (result.stdout, result.exit_code) == (f"{file}\n", 1)
    assert "modified.toml:4:" in result.stderr
    assert record.read_text("utf-8") == broken


def test_dates_wait_for_data_that_can_be_laid_out(run: Run, record: Path) -> None:
    """A part that is being mended gets its date when it is whole."""
    broken = record.parent / "data" / "page" / "broken.trig"
    broken.write_text("page:x { page:x a } .\n")
    result = run("fmt")
    assert (result.stdout, result.exit_code) == ("", 1)
    broken.unlink()
    assert run("fmt").output == ""


def test_a_day_that_is_none_is_a_wrong_call(
    run: Run, record: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The message names the variable, and nothing is written."""
    record.write_text("")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "today")
    result = run("fmt")
    assert (result.exit_code, record.read_text()) == (2, "")
    assert "SOURCE_DATE_EPOCH: 'today' will not do" in result.stderr
