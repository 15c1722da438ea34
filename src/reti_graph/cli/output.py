"""What goes to standard output: tables for people, bytes for programs."""

from __future__ import annotations

import re
import sys
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import click
import pyoxigraph as ox

from reti_graph.cli.lines import one_line
from reti_graph.naming import compact
from reti_graph.terms import XSD_BOOLEAN, XSD_DECIMAL, XSD_INTEGER, XSD_STRING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reti_graph.problems import Term

GAP: Final = "  "

# Below this many characters a column, a fitted table folds words into single letters.
_NARROWEST: Final = 8
# What rich puts around the words of a column.
_AROUND: Final = 3

# What Turtle writes without quotes (Turtle 2.5.2, 2.5.3).
_BARE: Final = MappingProxyType(
    {
        XSD_BOOLEAN: r"true|false",
        XSD_INTEGER: r"[+-]?[0-9]+",
        XSD_DECIMAL: r"[+-]?[0-9]*\.[0-9]+",
    },
)


def write_bytes(content: bytes) -> None:
    """Write a document as it is; a newline is added only where a terminal would need one."""
    click.echo(content, nl=sys.stdout.isatty() and not content.endswith(b"\n"))


def write_table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Write a table: fitted and coloured on a terminal, else plain, whole, one line a row.

    A terminal too narrow for the columns gets the plain table, too.
    """
    if sys.stdout.isatty():
        _write_rich(header, rows)
    else:
        click.echo(plain_table(header, rows))


def plain_table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return the rows under their header, in columns, with nothing cut and nothing drawn."""
    lines = [[one_line(cell) for cell in row] for row in (header, *rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(GAP.join(map(str.ljust, line, widths)).rstrip() for line in lines if widths)


def cell(term: Term | None, prefixes: Mapping[str, str]) -> str:
    """Return a term as a table shows it: prefixed name, bare text, or nothing when unbound."""
    if term is None:
        return ""
    if isinstance(term, ox.NamedNode):
        return compact(term.value, prefixes)
    return term.value if isinstance(term, ox.Literal) else str(term)


def written(term: Term, prefixes: Mapping[str, str]) -> str:
    """Return a term as Turtle writes it, with its language or its datatype where it needs one."""
    if isinstance(term, ox.NamedNode):
        return compact(term.value, prefixes)
    if not isinstance(term, ox.Literal) or term.language or term.datatype == XSD_STRING:
        return str(term)
    if term.datatype in _BARE and re.fullmatch(_BARE[term.datatype], term.value):
        return term.value
    return f"{ox.Literal(term.value)}^^{compact(term.datatype.value, prefixes)}"


def _write_rich(header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    # rich takes longer to import than most queries take to answer, and a pipe needs none of it.
    from rich import box  # noqa: PLC0415
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    console = Console(file=sys.stdout)
    if console.width < (_NARROWEST + _AROUND) * len(header):
        click.echo(plain_table(header, rows))
        return
    table = Table(box=box.SIMPLE_HEAD, header_style="bold")
    for name in header:
        table.add_column(name, overflow="fold")
    for row in rows:
        # Text, not str: a label with square brackets is no markup.
        table.add_row(*(Text(text) for text in row))
    console.print(table)
