"""The console examples in Markdown pages: found, run, and written again with what they print.

An example is a fenced block of the language `console`. A line that begins with "$ " is a command;
what it prints follows, up to the next command or the end of the block. A command is `reti-graph …`,
and its output may go through a pipe (`| head -n 3`). A block introduced by `<!-- not run -->` is
left alone.

`python -m tests.shell_examples README.md` writes the file again with the output of today.
"""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click
from click.testing import CliRunner

from reti_graph.cli.main import cli

if TYPE_CHECKING:
    from collections.abc import Iterator

BLOCK: Final = re.compile(
    r"(?P<skip><!-- not run -->\n+)?```console\n(?P<body>.*?)^```$", re.DOTALL | re.MULTILINE
)
PROMPT: Final = "$ "
PIPE: Final = " | "


@dataclass(frozen=True, slots=True)
class Example:
    """A command and what the page says it prints."""

    line: int
    command: str
    shown: str


def examples(page: str) -> Iterator[Example]:
    """Yield the examples of a page, with the line each command stands on."""
    for block in BLOCK.finditer(page):
        if not block["skip"]:
            yield from _of_block(block["body"], page.count("\n", 0, block.start("body")) + 1)


def _of_block(body: str, first: int) -> Iterator[Example]:
    lines = body.splitlines()
    starts = [number for number, line in enumerate(lines) if line.startswith(PROMPT)]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        command = lines[start].removeprefix(PROMPT)
        yield Example(first + start, command, "\n".join(lines[start + 1 : end]).rstrip())


def printed(command: str) -> str:
    """Run a command line as a shell would whose output is no terminal; give what it prints."""
    called, _, filters = command.partition(PIPE)
    program, *arguments = shlex.split(called)
    if program != "reti-graph":
        message = f"only reti-graph is run in examples, not {program}"
        raise ValueError(message)
    settled = dict.fromkeys(("RETI_SITE", "RETI_LANG"))
    output = CliRunner(env=settled).invoke(cli, arguments, prog_name="reti-graph").output
    if filters:
        shell = ["sh", "-c", filters]
        output = subprocess.run(
            shell, input=output, stdout=subprocess.PIPE, check=True, encoding="utf-8"
        ).stdout
    return "\n".join(line.rstrip() for line in output.splitlines()).rstrip()


def rewritten(page: str) -> str:
    """Give the page with what its commands print today."""

    def block(found: re.Match[str]) -> str:
        if found["skip"]:
            return found[0]
        parts = (
            f"{PROMPT}{example.command}\n{printed(example.command)}".rstrip()
            for example in _of_block(found["body"], 1)
        )
        return "```console\n" + "\n\n".join(parts) + "\n```"

    return BLOCK.sub(block, page)


def main() -> None:
    """Write the pages named on the command line again."""
    for path in map(Path, sys.argv[1:]):
        page = path.read_text("utf-8")
        path.write_text(rewritten(page), "utf-8")
        click.echo(f"{path}: {len(list(examples(page)))} examples")


if __name__ == "__main__":
    main()
