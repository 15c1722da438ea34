from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reti_graph.config import LimitSettings, ServerSettings, StoreSettings, parse_settings
from reti_graph.environment import OTHERS, variables, with_environment
from reti_graph.errors import SettingsError

DOCS: Final = Path(__file__).resolve().parents[2] / "docs" / "settings.md"
SETTINGS: Final = parse_settings("""\
base_iri = "https://example.org/"
languages = ["it"]
licence = "https://example.org/licence"
title.it = "Reti"
description.it = "Le reti"
publisher.name = "Ufficio"
prefixes = {}
server.port = 1234
server.workers = 7
""")


def findings(**environ: str) -> tuple[str, ...]:
    """Return the reasons for which variables are refused."""
    with pytest.raises(SettingsError) as caught:
        with_environment(SETTINGS, environ)
    assert all(finding in str(caught.value) for finding in caught.value.findings)
    return caught.value.findings


def test_every_key_of_the_server_the_limits_and_the_store_has_a_variable() -> None:
    """Named after it, and each of another name."""
    of_store = [f"store_{key}" for key in StoreSettings.__struct_fields__]
    own = (*ServerSettings.__struct_fields__, *LimitSettings.__struct_fields__, "public_url")
    assert sorted(variables()) == sorted(f"RETI_{key.upper()}" for key in (*own, *of_store))
    assert not set(variables()) & set(OTHERS)


def test_variables_go_before_the_file() -> None:
    """What they do not say stays as it is written there."""
    environ = {
        "RETI_HOST": "0.0.0.0",  # noqa: S104 - a value to be read
        "RETI_PORT": "80",
        "RETI_PUBLIC_URL": "https://example.com/",
        "RETI_TRUSTED_PROXIES": "10.0.0.0/8, ::1",
        "RETI_LOG": "requests",
        "RETI_UNCONFINED": "true",
        "RETI_METRICS_PORT": "9000",
        "RETI_QUERY_SECONDS": "2.5",
        "RETI_CACHE_BYTES": "0",
        "RETI_STORE_URL": "https://example.org/sparql",
        "RETI_STORE_ATOMIC": "true",
        "PATH": "/bin",
    }
    found = with_environment(SETTINGS, environ)
    assert found.public_url == "https://example.com/"
    assert found.server == ServerSettings(
        host="0.0.0.0",  # noqa: S104 - a value to be read
        port=80,
        workers=7,
        trusted_proxies=("10.0.0.0/8", "::1"),
        log="requests",
        unconfined=True,
        metrics_port=9000,
    )
    assert found.limits == LimitSettings(query_seconds=2.5, cache_bytes=0)
    assert found.store == StoreSettings(url="https://example.org/sparql", atomic=True)


def test_variables_of_others_change_nothing() -> None:
    """Some are read elsewhere, and most are none of ours."""
    environ = {"RETI_DEBUG": "1", "RETI_SITE": "site", "RETI_LANG": "it", "PORT": "x", "reti_a": ""}
    assert with_environment(SETTINGS, environ) == SETTINGS


def test_credentials_are_read_elsewhere_and_never_shown() -> None:
    """Neither as settings nor in what is said of other variables."""
    secret = "do-not-show-this"  # noqa: S105 - to be looked for where it must not be
    environ = {
        "RETI_STORE_USER": secret,
        "RETI_STORE_PASSWORD": secret,
        "RETI_STORE_TOKEN": secret,
    }
    assert with_environment(SETTINGS, environ) == SETTINGS
    address = f"https://me:{secret}@example.org/sparql"
    found = findings(
        **environ, RETI_STORE_PASWORD=secret, RETI_STORE_URL=address, RETI_STORE_AUTH="no"
    )
    assert len(found) == 3
    assert secret not in " ".join(found)


def test_everything_that_will_not_do_is_told_at_once() -> None:
    """Each with the variable, and what it takes or what it might have been."""
    found = findings(
        RETI_PROT="80",
        RETI_ZZZ="1",
        RETI_PORT="80x",
        RETI_QUERY_SECONDS="0",
        RETI_LOG="all",
        RETI_UNCONFINED="maybe",
        RETI_PUBLIC_URL="example.com",
        RETI_TRUSTED_PROXIES="10.0.0.0/8, proxy",
    )
    assert found[:2] == (
        "RETI_PROT: there is no such variable. Did you mean RETI_PORT?",
        "RETI_ZZZ: there is no such variable",
    )
    assert set(found[2:6]) == {
        "RETI_PORT: '80x' will not do; it takes a whole number from 0 to 65535",
        "RETI_QUERY_SECONDS: '0' will not do; it takes a number above 0, at most 86400",
        "RETI_LOG: 'all' will not do; it takes problems or requests",
        "RETI_UNCONFINED: 'maybe' will not do; it takes true, false, 1 or 0",
    }
    assert [finding.partition(":")[0] for finding in found[6:]] == [
        "RETI_PUBLIC_URL",
        "RETI_TRUSTED_PROXIES",
    ]


def test_an_empty_variable_is_no_value() -> None:
    """It is set, so it was meant; only a list may be empty."""
    assert findings(RETI_WORKERS="", RETI_HOST="")[0].startswith("RETI_WORKERS: '' will not do")
    assert with_environment(SETTINGS, {"RETI_TRUSTED_PROXIES": ""}) == SETTINGS


@given(st.dictionaries(st.sampled_from(sorted(variables())), st.text()))
def test_any_texts_are_taken_or_refused_with_the_names_of_their_variables(
    environ: dict[str, str],
) -> None:
    """No text ends in another error, and none is passed over."""
    refused: set[str] = set()
    try:
        with_environment(SETTINGS, environ)
    except SettingsError as error:
        refused.update(finding.partition(":")[0] for finding in error.findings)
    assert refused <= environ.keys()


def test_the_documentation_lists_the_variables_with_their_keys() -> None:
    """One table, with each variable, its key and what it takes."""
    rows = re.findall(
        r"^\| `(RETI_\w+)` \| \[`([\w.]+)`\]\(#\w+\) \| (.+) \|$", DOCS.read_text(), re.MULTILINE
    )
    known = [(one.name, one.key, one.takes) for one in variables().values()]
    assert sorted(rows) == sorted(known)
