"""The YAML header of a `.rq` file: the lines at its top that begin with `#+`.

YAML 1.2, with known keys only; every text in every language of the site. What is wrong comes
back as problems with file, line and column.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import dropwhile, takewhile
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias, TypeVar

import msgspec
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node

from reti_graph.errors import did_you_mean
from reti_graph.naming import nearest
from reti_graph.problems import Location, Problem
from reti_graph.sources.findings import finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reti_graph.sources.site import TextFile

Texts: TypeAlias = dict[str, str]
ParameterType: TypeAlias = Literal["iri", "string", "integer", "date", "enum"]
_Model = TypeVar("_Model", bound=msgspec.Struct)
_Path: TypeAlias = tuple[str, ...]

_MARK: Final = "#+"


class ParamKeys(msgspec.Struct, frozen=True):
    """What a header says of one parameter."""

    type: ParameterType
    label: Texts
    example: str | int
    default: str | int | None = None
    optional: bool = False
    kinds: tuple[str, ...] = ()
    values: tuple[str, ...] = ()


class Header(msgspec.Struct, frozen=True):
    """What the header of a canned query says."""

    summary: Texts
    description: Texts
    tags: tuple[str, ...] = ()
    params: dict[str, ParamKeys] = msgspec.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class HeaderText:
    """The YAML of a header, and where its lines and keys stand in the file."""

    file: str
    yaml: str
    indent: int

    def place(self, path: _Path) -> Location:
        """Return where the key or value at this path stands, or the nearest one around it."""
        node = YAML(typ="safe", pure=True).compose(self.yaml)
        mark = node.start_mark
        for step in path:
            found = _child(node, step)
            if found is None:
                break
            mark, node = found
        return Location(self.file, mark.line + 1, mark.column + 1 + self.indent)


def without_header(text: str) -> str:
    """Return the text of a query file without the lines of its header."""
    lines = dropwhile(lambda line: line.startswith(_MARK), text.splitlines(keepends=True))
    return "".join(lines)


def read_header(
    file: TextFile, model: type[_Model], languages: Sequence[str]
) -> tuple[_Model | None, HeaderText, tuple[Problem, ...]]:
    """Read the header of a file as the keys of a msgspec Struct.

    Fields of type `Texts` need a text in each language. The value is None when there are
    problems.
    """
    header = _split(file)
    try:
        value = _plain(YAML(typ="safe", pure=True).load(header.yaml))
    except YAMLError as error:
        return None, header, (_not_yaml(header, error),)
    except RecursionError:
        return None, header, (_not_yaml(header, YAMLError("a value contains itself")),)
    if not isinstance(value, dict):
        return None, header, (_no_header(header),)
    problems = tuple(_problems(header, value, model, (), languages))
    return (None if problems else msgspec.convert(value, model)), header, problems


def _split(file: TextFile) -> HeaderText:
    lines = list(takewhile(lambda line: line.startswith(_MARK), file.text.splitlines()))
    indent = 3 if all(line[2:3] in {" ", ""} for line in lines) else 2
    return HeaderText(file.name, "\n".join(line[indent:] for line in lines), indent)


def _plain(value: Any) -> Any:  # noqa: ANN401 - YAML holds anything
    """Return the value with dates as they are written, which strings can be."""
    if isinstance(value, dict):
        return {_plain(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def _child(node: Node, step: str) -> tuple[Any, Node] | None:
    if isinstance(node, MappingNode):
        for key, value in node.value:
            if key.value == str(step):
                return key.start_mark, value
    return None


def _problems(
    header: HeaderText,
    value: Mapping[Any, Any],
    model: type[msgspec.Struct],
    path: _Path,
    languages: Sequence[str],
) -> Iterator[Problem]:
    """Yield what is wrong with the keys and values of a mapping, and of the mappings in it."""
    fields = {field.name: field for field in msgspec.structs.fields(model)}
    for key in value:
        if key not in fields:
            yield _unknown_key(header, (*path, key), tuple(fields))
    for name, field in fields.items():
        inside = (*path, name)
        if name not in value:
            if field.required:
                yield _missing_key(header, path, name)
        elif field.type == dict[str, ParamKeys] and _is_mapping_of_mappings(value[name]):
            for key, inner in value[name].items():
                yield from _problems(header, inner, ParamKeys, (*inside, key), languages)
        else:
            yield from _value_problems(header, value[name], field.type, inside, languages)


def _is_mapping_of_mappings(value: object) -> bool:
    return isinstance(value, dict) and all(
        isinstance(key, str) and isinstance(inner, dict) for key, inner in value.items()
    )


def _value_problems(
    header: HeaderText,
    value: object,
    wanted: Any,  # noqa: ANN401 - a type
    path: _Path,
    languages: Sequence[str],
) -> Iterator[Problem]:
    try:
        converted = msgspec.convert(value, wanted)
    except msgspec.ValidationError as error:
        reason = str(error).partition(" - at ")[0]
        yield _wrong_value(header, path, reason)
        return
    if wanted == Texts:
        for language in languages:
            if not converted.get(language, "").strip():
                yield _missing_language(header, path, language)


def _not_yaml(header: HeaderText, error: YAMLError) -> Problem:
    mark = error.problem_mark if isinstance(error, MarkedYAMLError) else None
    reason = (error.problem if isinstance(error, MarkedYAMLError) else None) or str(error)
    line, column = (mark.line, mark.column + header.indent) if mark else (0, 0)
    return finding(
        "header-syntax",
        Location(header.file, line + 1, column + 1),
        it=f"L'intestazione non è YAML: {reason}.",
        en=f"The header is not YAML: {reason}.",
    )


def _no_header(header: HeaderText) -> Problem:
    return finding(
        "header-syntax",
        Location(header.file, 1),
        it='Manca l\'intestazione: righe in cima al file, ognuna "#+ chiave: valore".',
        en='There is no header: lines at the top of the file, each "#+ key: value".',
    )


def _unknown_key(header: HeaderText, path: _Path, known: Sequence[str]) -> Problem:
    close = nearest(str(path[-1]), known, count=1)
    return finding(
        "header-key",
        header.place(path),
        it=f'La chiave "{path[-1]}" non esiste.',
        en=f'There is no key "{path[-1]}".',
        hint=did_you_mean(close) or f"The keys are {', '.join(known)}.",
    )


def _missing_key(header: HeaderText, path: _Path, name: str) -> Problem:
    of_it, of_en = (f" di {path[-1]}", f" of {path[-1]}") if path else ("", "")
    return finding(
        "header-key",
        header.place(path),
        it=f'Manca la chiave "{name}"{of_it}.',
        en=f'The key "{name}"{of_en} is missing.',
    )


def _wrong_value(header: HeaderText, path: _Path, reason: str) -> Problem:
    name = ".".join(map(str, path))
    return finding(
        "header-key",
        header.place(path),
        it=f"{name}: il valore non va bene ({reason}).",
        en=f"{name}: the value will not do ({reason}).",
    )


def _missing_language(header: HeaderText, path: _Path, language: str) -> Problem:
    name = ".".join(map(str, path))
    return finding(
        "header-language",
        header.place(path),
        it=f'{name}: manca il testo in "{language}".',
        en=f'{name}: there is no text in "{language}".',
    )
