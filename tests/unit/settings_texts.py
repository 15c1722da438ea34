"""The shortest reti.toml, and what is found wrong with one."""

from __future__ import annotations

from typing import Final

import pytest

from reti_graph.config import parse_settings
from reti_graph.errors import SettingsError

MINIMAL: Final = """\
base_iri = "https://example.org/"
languages = ["it"]
licence = "https://example.org/licence"
title.it = "Reti"
description.it = "Le reti"
publisher.name = "Ufficio"
prefixes = {}
"""


def findings(text: str) -> tuple[str, ...]:
    """Return the reasons for which a text is refused."""
    with pytest.raises(SettingsError) as caught:
        parse_settings(text, "reti.toml")
    assert all(finding in str(caught.value) for finding in caught.value.findings)
    return caught.value.findings
