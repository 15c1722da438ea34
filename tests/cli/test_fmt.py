from __future__ import annotations

from typing import TYPE_CHECKING

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
