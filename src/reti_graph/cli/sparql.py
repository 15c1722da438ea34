"""`sparql`: any question, in SPARQL."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import Final

import click

from reti_graph.cli.answers import format_option, write_answer
from reti_graph.cli.dataset import asked, site_for
from reti_graph.cli.options import endpoint_option, read_text, site_option
from reti_graph.cli.waiting import wait_for
from reti_graph.errors import CallError

# The one form of query that needs no brace.
_DESCRIBES: Final = re.compile(r"\bDESCRIBE[\s<?$]", re.IGNORECASE)


@click.command()
@click.argument("query", default="-", metavar="[FILE|-|TEXT]")
@format_option
@endpoint_option
@site_option
def sparql(query: str, form: str | None, endpoint: str | None, site: Path | None) -> None:
    """Run a SPARQL query: of a FILE, of standard input (-, or nothing), or the TEXT itself.

    SELECT, ASK, CONSTRUCT and DESCRIBE are answered; updates and SERVICE are not. The default
    graph is the union of all passages, each passage a named graph. The prefixes of the site's
    reti.toml need no declaration.
    """
    text = _query_text(query)
    found = wait_for(lambda: site_for(site, endpoint), "reading the site")
    with asked(found, endpoint) as dataset:
        write_answer(dataset, text, form)


def _query_text(word: str) -> str:
    if word == "-":
        return _standard_input()
    if not word.strip():
        raise _no_query()
    if _is_text(word):
        return word
    return read_text(Path(word))


def _is_text(word: str) -> bool:
    """A query has a brace, or lines, or describes something, and is no file there is."""
    query_like = "{" in word or "\n" in word or _DESCRIBES.search(word) is not None
    # Path.exists raises when a name is too long, which a query may be.
    return query_like and not os.path.exists(word)  # noqa: PTH110


def _standard_input() -> str:
    if sys.stdin.isatty():
        raise _no_query()
    content = sys.stdin.buffer.read()
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise CallError(f"The query is not UTF-8: byte {error.start}.") from error


def _no_query() -> CallError:
    return CallError(
        "There is no query.", hint="Give it as a file, as text in quotes, or through a pipe."
    )
