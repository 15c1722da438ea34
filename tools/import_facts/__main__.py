"""The command: `python -m tools.import_facts FACTS_DIR [--site DIR] [--check]`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final

import click

from reti_graph.cli.exits import FINDINGS, failures
from reti_graph.cli.findings import Writer
from reti_graph.config import parse_settings
from reti_graph.problems import Problem, Report
from reti_graph.sources.folder import SETTINGS_FILE
from tools.import_facts.files import apply, changes
from tools.import_facts.run import FILES, plan

ROOT: Final = Path(__file__).parents[2]
TABLES: Final = Path(__file__).parent / "tables"


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("facts", metavar="FACTS_DIR", type=click.Path(path_type=Path))
@click.option(
    "--site",
    metavar="DIR",
    type=click.Path(path_type=Path),
    default=ROOT,
    help="The site to write to.  [default: this repository]",
)
@click.option("--check", is_flag=True, help="Write nothing; say what would change.")
@click.pass_context
def import_facts(ctx: click.Context, facts: Path, site: Path, *, check: bool) -> None:
    """Write what the CSV files in FACTS_DIR say as data of a site, and a report.

    Rows that are wrong are named and left out. Exits with 1 when there is one or, with --check,
    when a file would change; with 2, writing nothing, when a file is missing or has other columns.
    """
    with failures():
        settings = parse_settings((site / SETTINGS_FILE).read_text(encoding="utf-8"))
        planned = plan(facts, TABLES, settings.prefixes)
        found = changes(site, planned.files)
        if not check:
            apply(found)
        for name in found.names:
            click.echo(f"{'would change' if check else 'changed'}: {name}")
        if planned.problems:
            writer = Writer(facts, settings, "en")
            problems = tuple(map(_placed, planned.problems))
            report = Report(problems, {"files": len(FILES)}, "import")
            click.echo(writer.render(report, "text"), err=True)
        ctx.exit(FINDINGS if planned.problems or (check and found.names) else 0)


def _placed(problem: Problem) -> Problem:
    """Return the problem of a table with the path of the table; the others are of FACTS_DIR."""
    place = problem.location
    if place is None or not place.file.endswith(".toml"):
        return problem
    return replace(problem, location=replace(place, file=str(TABLES / place.file)))


if __name__ == "__main__":
    import_facts()
