"""The options that several commands share, and what their words mean."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.core import ParameterSource

from reti_graph.errors import CallError, ParameterError

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Sequence

    from reti_graph.config import Settings

Command = TypeVar("Command", bound="Callable[..., Any]")


class NamedPath(click.Path):
    """A path that somebody wrote: an empty word, which pathlib reads as ".", is none."""

    def __init__(self) -> None:
        """Give the commands a Path."""
        super().__init__(path_type=Path)

    def convert(
        self,
        value: str | os.PathLike[str],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> str | bytes | os.PathLike[str]:
        """Return the Path; a click.BadParameter for an empty word."""
        if value == "":
            self.fail("an empty word names no file or folder.", param, ctx)
        return super().convert(value, param, ctx)


def site_option(command: Command) -> Command:
    """Add `--site DIR`; the command gets the folder, or None for the bundled site."""
    return click.option(
        "--site",
        metavar="DIR",
        envvar="RETI_SITE",
        type=NamedPath(),
        help="The folder with reti.toml, ontology, data, shapes and queries."
        "  [default: the bundled site; env: RETI_SITE]",
    )(command)


def refuse_site_beside(release: Path | None) -> None:
    """Raise ParameterError where `--site` stands in the call beside `--release`.

    One that the environment names is only passed over.
    """
    source = click.get_current_context().get_parameter_source("site")
    if release is not None and source is ParameterSource.COMMANDLINE:
        raise ParameterError("Give --site or --release, not both.", parameter="release")


def endpoint_option(command: Command) -> Command:
    """Add `--endpoint URL`; the command gets the address, or None for the site's own data."""
    return click.option(
        "--endpoint",
        metavar="URL",
        help="Ask the SPARQL endpoint at URL instead of the files of the site.",
    )(command)


def lang_option(command: Command) -> Command:
    """Add `--lang LANG`; the command gets the word as it is, or None."""
    return click.option(
        "--lang",
        metavar="LANG",
        envvar="RETI_LANG",
        help="The language of labels and messages: it or en."
        "  [default: the site's first language; env: RETI_LANG]",
    )(command)


def chosen_language(lang: str | None, settings: Settings) -> str:
    """Return the language asked for, or the site's first; ParameterError for any other."""
    if lang is None:
        return settings.default_language
    if lang not in settings.languages:
        known = ", ".join(settings.languages)
        raise ParameterError(
            f'This site does not speak "{lang}".',
            parameter="lang",
            hint=f"Its languages are {known}.",
        )
    return lang


def assignments(pairs: Sequence[str], option: str, example: str) -> dict[str, str]:
    """Return name and value of each `name=value`; ParameterError for any other form or twice."""
    found: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not name or not equals:
            raise ParameterError(
                f'"{pair}" is no value for {option}.', hint=f"Write it as {option} {example}."
            )
        if name in found:
            raise ParameterError(f'{option} gives "{name}" twice.', parameter=name)
        found[name] = value
    return found


def read_text(path: Path) -> str:
    """Return the text of a file named on the command line; CallError when it has none."""
    try:
        return path.read_bytes().decode("utf-8")
    except OSError as error:
        raise CallError(f"Cannot read {path}: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise CallError(
            f"Cannot read {path}: byte {error.start} is not UTF-8.",
            hint="Save the file as UTF-8.",
        ) from error
