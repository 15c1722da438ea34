"""Reading a table: TOML of a known shape."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import msgspec

from reti_graph.config_toml import read_toml, refusal

if TYPE_CHECKING:
    from pathlib import Path

T = TypeVar("T")


def read_table(path: Path, shape: type[T]) -> T:
    """Read a table.

    Raises SettingsError when it is no TOML, misses a key, has one too many or a wrong value;
    OSError when it cannot be read.
    """
    content = read_toml(path.read_text(encoding="utf-8"), path.name)
    try:
        return msgspec.convert(content, shape)
    except msgspec.ValidationError as error:
        raise refusal([f"{path.name}: {error}"]) from error
