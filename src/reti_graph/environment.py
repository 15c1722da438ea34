"""Settings from environment variables, which go before those of `reti.toml`.

There is a variable for `public_url` and for each key of the tables `server`, `limits` and `store`:
`RETI_PUBLIC_URL`, `RETI_PORT` for `server.port`, `RETI_QUERY_SECONDS` for `limits.query_seconds`,
`RETI_STORE_URL` for `store.url`.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from reti_graph.config import setting_keys, value_findings, with_values
from reti_graph.errors import SettingsError, did_you_mean
from reti_graph.naming import nearest
from reti_graph.setting_types import read, takes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reti_graph.config import Settings

PREFIX: Final = "RETI_"
# Read elsewhere: the folder of the site, the language of output, tracebacks for developers, and
# who we are to a store, which is never shown.
OTHERS: Final = (
    "RETI_DEBUG",
    "RETI_LANG",
    "RETI_SITE",
    "RETI_STORE_PASSWORD",
    "RETI_STORE_TOKEN",
    "RETI_STORE_USER",
)

# What the names of the variables of a table begin with, after `RETI_`.
_TABLES: Final[Mapping[str, str]] = MappingProxyType(
    {"server": "", "limits": "", "store": "STORE_"}
)


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable that sets a key: its name, the key as in `setting_keys`, and the key's type."""

    name: str
    key: str
    kind: object

    @property
    def takes(self) -> str:
        """Which texts it takes, in words."""
        return takes(self.kind)


def variables() -> Mapping[str, Variable]:
    """Return every variable that sets a key, by its name."""
    found = [Variable(f"{PREFIX}PUBLIC_URL", "public_url", setting_keys()["public_url"])]
    for key, kind in setting_keys().items():
        table, _, name = key.partition(".")
        if name and table in _TABLES:
            found.append(Variable(PREFIX + _TABLES[table] + name.upper(), key, kind))
    return {variable.name: variable for variable in found}


def with_environment(settings: Settings, environ: Mapping[str, str]) -> Settings:
    """Return the settings with what the variables say in place of what `reti.toml` says.

    Raises SettingsError with every reason found, for unknown names that start with `RETI_` and
    for values that will not do; each names the variable.
    """
    known = variables()
    given = {name: text for name, text in sorted(environ.items()) if name.startswith(PREFIX)}
    findings = [_unknown(name, known) for name in given if name not in (*known, *OTHERS)]
    values: dict[str, object] = {}
    for variable in (known[name] for name in given if name in known):
        try:
            values[variable.key] = read(given[variable.name], variable.kind)
        except ValueError:
            shown = repr(given[variable.name])
            findings.append(f"{variable.name}: {shown} will not do; it takes {variable.takes}")
    changed = with_values(settings, values)
    findings += [
        f"{variable.name}: {reason}"
        for key, reason in value_findings(changed)
        for variable in known.values()
        if key == variable.key and key in values
    ]
    if findings:
        message = "The environment variables cannot be used.\n" + "\n".join(findings)
        raise SettingsError(message, findings=findings)
    return changed


def _unknown(name: str, known: Mapping[str, Variable]) -> str:
    """Compare without the prefix, which would make every name look like every other."""
    names = [other.removeprefix(PREFIX) for other in (*known, *OTHERS)]
    close = [PREFIX + other for other in nearest(name.removeprefix(PREFIX), names, count=2)]
    hint = did_you_mean(close)
    return f"{name}: there is no such variable" + (f". {hint}" if hint else "")
