from __future__ import annotations

import msgspec
import pytest

from reti_graph.config import (
    LimitSettings,
    ServerSettings,
    Settings,
    parse_settings,
    setting_keys,
    value_findings,
    with_values,
)
from tests.unit.settings_texts import MINIMAL, findings


def test_a_site_need_not_speak_of_its_server() -> None:
    """What is not said has a value that will do."""
    settings = parse_settings(MINIMAL)
    assert settings.server == ServerSettings()
    assert settings.limits == LimitSettings()
    assert settings.withdrawn == ()
    assert msgspec.convert(msgspec.to_builtins(settings), Settings) == settings
    assert list(value_findings(settings)) == []


def test_the_tables_of_the_server_are_read() -> None:
    """Whole numbers are numbers too."""
    settings = parse_settings(
        MINIMAL
        + 'withdrawn = ["https://example.org/id/network/omega"]\n'
        + '[server]\nhost = "::"\nworkers = 3\ntrusted_proxies = ["10.0.0.0/8", "::1"]\n'
        + 'log = "requests"\nmetrics_port = 9000\n[limits]\nquery_seconds = 5\ncache_bytes = 0\n'
    )
    assert settings.withdrawn == ("https://example.org/id/network/omega",)
    assert settings.server == ServerSettings(
        host="::",
        workers=3,
        trusted_proxies=("10.0.0.0/8", "::1"),
        log="requests",
        metrics_port=9000,
    )
    assert settings.limits == LimitSettings(query_seconds=5.0, cache_bytes=0)


def test_every_fault_in_the_tables_is_told_at_once_with_its_line() -> None:
    """Unknown keys, wrong types and values out of range, in the order of the settings."""
    text = (
        "[server]\n"
        "prot = 1\n"
        "port = 65536\n"
        'log = "all"\n'
        "[limits]\n"
        "query_seconds = 0\n"
        'queue_length = "long"\n'
        "page_size = -1\n"
        "client_seconds = inf\n"
        "body_seconds = nan\n"
    )
    assert findings(MINIMAL + text) == (
        'reti.toml:9: server.prot: there is no such key; did you mean "server.port"?',
        "reti.toml:10: server.port: Expected `int` <= 65535",
        "reti.toml:11: server.log: Invalid enum value 'all'; it takes problems or requests",
        "reti.toml:13: limits.query_seconds: Expected `float` > 0.0",
        "reti.toml:14: limits.queue_length: Expected `int`, got `str`",
        "reti.toml:16: limits.client_seconds: Expected `float` <= 86400.0",
        "reti.toml:15: limits.page_size: Expected `int` >= 1",
        "reti.toml:17: limits.body_seconds: Expected `float` > 0.0",
    )


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ('server.host = ""', "reti.toml:8: server.host: "),
        ('server.host = "http://localhost"', "reti.toml:8: server.host: "),
        ('server.host = "[::1]"', "reti.toml:8: server.host: "),
        ('server.host = "a b"', "reti.toml:8: server.host: "),
        ('[server]\ntrusted_proxies = ["proxy"]', "reti.toml:9: server.trusted_proxies: "),
        ('[server]\ntrusted_proxies = ["10.0.0.1/8"]', "reti.toml:9: server.trusted_proxies: "),
        ('[server]\ntrusted_proxies = ["*"]', "reti.toml:9: server.trusted_proxies: "),
        ('withdrawn = ["https://example.com/a"]', "reti.toml:8: withdrawn: "),
        ('withdrawn = ["https://example.org/a b"]', "reti.toml:8: withdrawn: "),
        ("[[server]]", "reti.toml:8: server: Expected `object`, got `array`"),
        ("limits = { prot = 1 }", "reti.toml:8: limits.prot: there is no such key"),
    ],
)
def test_a_value_that_will_not_do_is_refused_with_its_line(text: str, finding: str) -> None:
    """Names of machines, addresses of proxies, and what was withdrawn."""
    (found,) = findings(MINIMAL + text + "\n")
    assert found.startswith(finding)


def test_a_key_outside_its_table_is_shown_where_it_belongs() -> None:
    """The nearest key may be in another table."""
    (found,) = findings(MINIMAL + "port = 80\n")
    assert found == 'reti.toml:8: port: there is no such key; did you mean "server.port"?'
    (found,) = findings(MINIMAL + "[server]\nquery_seconds = 1\n")
    assert 'did you mean "limits.query_seconds"?' in found


def test_every_key_has_a_type_and_those_of_tables_have_their_tables_name() -> None:
    """As docs/settings.md and the environment name them."""
    keys = setting_keys()
    assert {"base_iri", "publisher", "publisher.name", "server.port", "limits.page_size"} <= {*keys}
    assert keys["publisher.name"] is str
    assert all(name in keys for name in Settings.__struct_fields__)


def test_some_values_are_replaced_and_the_others_kept() -> None:
    """At the top and in tables; the settings given stay as they are."""
    before = parse_settings(MINIMAL + "[server]\nport = 1\nworkers = 7\n")
    after = with_values(before, {"public_url": "https://example.com/", "server.port": 2})
    assert after.public_url == "https://example.com/"
    assert after.server == ServerSettings(port=2, workers=7)
    assert before.server.port == 1
    assert with_values(before, {}) == before
