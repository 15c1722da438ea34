"""How bad each finding of the rules is, in one place, so that it can be weighed as a whole.

A violation is what makes a portal refuse, drop or delete something, or what DCAT-AP_IT calls
mandatory; a warning is what a portal takes and shows wrongly or not at all. docs/preflight.md
says of each what it is, and why a portal minds.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from reti_graph.problems import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

_VIOLATIONS: Final = (
    "rdf-12",
    "namespace",
    "no-catalogue",
    "no-datasets",
    "untyped",
    "identifier-shared",
    "title-shared",
    "theme-text",
    "theme-spelling",
    "theme-code",
    "theme-unknown",
    "frequency-text",
    "frequency-spelling",
    "frequency-unknown",
    "format-text",
    "format-spelling",
    "language-text",
    "keyword-refused",
    "licence-text",
    "url",
    "agent-text",
    "contact-text",
    "contact-is-agent",
)
_WARNINGS: Final = (
    "two-catalogues",
    "untyped-detail",
    "dataset-unlinked",
    "service-unlinked",
    "blank-distribution",
    "frequency-code",
    "format-code",
    "format-unknown",
    "language-spelling",
    "language-code",
    "language-unknown",
    "keyword-comma",
    "licence-spelling",
    "licence-unknown",
    "licences-differ",
    "contact-placeholder",
    "identifier-changed",
)

SEVERITIES: Final[Mapping[str, Severity]] = MappingProxyType(
    dict.fromkeys(_VIOLATIONS, Severity.VIOLATION) | dict.fromkeys(_WARNINGS, Severity.WARNING)
)
