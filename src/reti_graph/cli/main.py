"""The program `reti-graph`: which command lives in which file, and how it starts and ends."""

import io
import os
import sys
from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType

import click

from reti_graph import __version__
from reti_graph.cli.exits import failures
from reti_graph.errors import UnknownNameError
from reti_graph.naming import nearest

# A command's file is imported when the command is asked for: the engines, the web server and the
# YAML reader together take several times as long to import as `query` takes to answer.
COMMANDS: Mapping[str, str] = MappingProxyType(
    {
        "build": "build",
        "describe": "describe",
        "fmt": "fmt",
        "preflight": "preflight",
        "publish": "publish",
        "queries": "query",
        "query": "query",
        "serve": "serve",
        "sparql": "sparql",
        "validate": "validate",
    },
)


class Program(click.Group):
    """The group of all commands; whatever fails in it ends as a message and an exit code."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names of all commands, in the order of the help."""
        return sorted(COMMANDS)

    def get_command(
        self,
        ctx: click.Context,  # noqa: ARG002 - click's signature
        cmd_name: str,
    ) -> click.Command | None:
        """Import the file of a command; None when there is no such command."""
        if cmd_name not in COMMANDS:
            return None
        command = getattr(import_module(f"reti_graph.cli.{COMMANDS[cmd_name]}"), cmd_name)
        return command if isinstance(command, click.Command) else None

    def resolve_command(
        self,
        ctx: click.Context,
        args: list[str],
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command of the first word; UnknownNameError when there is none."""
        word = args[0]
        if word not in COMMANDS and not word.startswith("-"):
            raise UnknownNameError("command", word, nearest(word, list(COMMANDS)))
        return super().resolve_command(ctx, args)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the words before the command."""
        with failures():
            return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        """Run the command."""
        with failures():
            return super().invoke(ctx)


@click.group(
    cls=Program,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 good, 1 the data is wrong, 2 the call is wrong, 3 the store or the"
    " network failed.",
)
@click.version_option(__version__, prog_name="reti-graph", message="%(prog)s %(version)s")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """City networks as a graph in which every statement keeps the words it comes from."""
    if os.environ.get("NO_COLOR"):
        ctx.color = False


def main() -> None:
    """Run the program on the process' own arguments and leave with its exit code."""
    _open_closed_streams()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that cannot show a letter gets its code, not a traceback.
            stream.reconfigure(errors="backslashreplace")
    cli(prog_name="reti-graph")


def _open_closed_streams() -> None:
    """Give standard streams that the caller closed (`>&-`) to the null device."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            # Never closed: it has to last as long as the process.
            stream = open(os.devnull, mode, encoding="utf-8")  # noqa: PTH123, SIM115 - a device
            setattr(sys, name, stream)
            setattr(sys, f"__{name}__", stream)
