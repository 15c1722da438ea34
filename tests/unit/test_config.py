from __future__ import annotations

from textwrap import dedent

import pytest

from reti_graph import config
from reti_graph.config import (
    CatalogueSettings,
    Contact,
    Publisher,
    RightsHolder,
    parse_settings,
)
from tests.unit.settings_texts import MINIMAL, findings

LINES = (config.__doc__ or "").splitlines()
EXAMPLE = dedent("\n".join(line for line in LINES if not line or line.startswith("    ")))


def test_the_example_in_the_docstring_loads() -> None:
    """What the module tells authors to write is what it reads."""
    settings = parse_settings(EXAMPLE)
    assert settings.base_iri == "https://example.org/nets/"
    assert settings.languages == ("it", "en")
    assert settings.default_language == "it"
    assert settings.title["en"] == "Networks"
    assert settings.publisher == Publisher(
        "Some Office", "https://example.org/office", "c_x000", "LocalAuthority"
    )
    assert settings.prefixes == {"network": "https://example.org/nets/id/network/"}
    assert settings.public_url == "http://127.0.0.1:8000/"
    assert settings.rights_holder == RightsHolder("Some Town")
    assert settings.contact == Contact("Office for Networks", "networks@example.org")
    assert settings.catalogue == CatalogueSettings(
        name="nets",
        themes=("GOVE",),
        frequency="ANNUAL",
        spatial=("https://sws.geonames.org/3173435/",),
        keywords={"it": ("reti di città",), "en": ("city networks",)},
    )


def test_a_minimal_file_loads() -> None:
    """The address and the publisher's IRI are optional, and so are tables of their own."""
    settings = parse_settings(MINIMAL)
    assert settings.public_url is None
    assert settings.publisher == Publisher("Ufficio")
    assert settings.contact == Contact()
    assert settings.catalogue.themes == ("GOVE",)
    assert settings.catalogue.frequency == "UNKNOWN"


def test_the_data_is_the_publishers_unless_another_is_named() -> None:
    """Whose it is, is never left open."""
    assert parse_settings(MINIMAL).holder == Publisher("Ufficio")
    assert parse_settings(EXAMPLE).holder == Publisher("Some Town")


def test_the_catalogue_is_called_as_set_or_as_the_base_ends() -> None:
    """Without a path, by the name of the machine."""
    nets = EXAMPLE.replace('name = "nets"\n', "")
    assert parse_settings(EXAMPLE.replace('"nets"', '"other"')).catalogue_name == "other"
    assert parse_settings(nets).catalogue_name == "nets"
    assert parse_settings(MINIMAL).catalogue_name == "example.org"


def test_an_unknown_key_is_refused_with_its_line_and_the_nearest_key() -> None:
    """A slip is told where it is, not passed over."""
    text = EXAMPLE.replace("public_url", "publik_url")
    line = 1 + EXAMPLE.splitlines().index(
        next(line for line in EXAMPLE.splitlines() if line.startswith("public_url"))
    )
    assert findings(text) == (
        f'reti.toml:{line}: publik_url: there is no such key; did you mean "public_url"?',
    )


def test_an_unknown_key_in_a_table_is_named_with_its_table() -> None:
    """The publisher's keys are checked like the file's."""
    (finding,) = findings(EXAMPLE.replace("\niri = ", "\nuri = "))
    assert 'publisher.uri: there is no such key; did you mean "publisher.iri"?' in finding


def test_an_unknown_table_unlike_any_key_is_refused_without_a_guess() -> None:
    """There is nothing to suggest."""
    (finding,) = findings(MINIMAL + "[zzz]\na = 1\n")
    assert finding == "reti.toml:8: zzz: there is no such key"


def test_all_faults_of_shape_are_told_at_once() -> None:
    """Nobody wants to mend a file one message at a time."""
    found = findings('languages = "it"\nlicense = "x"\ntitle = 5\n[publisher]\nname = 1\n')
    assert [finding.split(": ")[1] for finding in found] == [
        "license",
        "base_iri",
        "languages",
        "licence",
        "title",
        "description",
        "publisher.name",
        "prefixes",
    ]
    assert "reti.toml:1: languages: Expected `array`, got `str`" in found
    assert "reti.toml: description: this key is missing" in found


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        ('"https://example.org/"', '"example.org"', "reti.toml:1: base_iri"),
        ('"https://example.org/"', '"https://example.org/x"', "reti.toml:1: base_iri"),
        ('"https://example.org/"', '"https://example.org/?a/"', "reti.toml:1: base_iri"),
        ('"https://example.org/"', '"urn:example:"', "reti.toml:1: base_iri"),
        ('"https://example.org/"', '"https://exa mple.org/"', "reti.toml:1: base_iri"),
        ('["it"]', "[]", "reti.toml:2: languages"),
        ('["it"]', '["Italian!"]', "reti.toml:2: languages"),
        ('["it"]', '["it", "en"]', "reti.toml:4: title"),
        ('"Reti"', '" "', "reti.toml:4: title"),
        ('"https://example.org/licence"', '"CC BY 4.0"', "reti.toml:3: licence"),
        ("prefixes = {}", 'prefixes.a = "not an IRI"', "reti.toml:7: prefixes.a"),
        ("prefixes = {}", 'prefixes."1 a" = "http://example.org/"', "reti.toml:7: prefixes.1 a"),
        ("prefixes = {}", 'prefixes = {}\npublic_url = "x"', "reti.toml:8: public_url"),
        ("prefixes = {}", 'prefixes = {}\npublisher.iri = "x"', "reti.toml:8: publisher.iri"),
    ],
)
def test_a_value_that_will_not_do_is_refused_with_its_line(
    old: str, new: str, finding: str
) -> None:
    """Addresses, language tags, missing texts and prefixes."""
    assert findings(MINIMAL.replace(old, new, 1))[0].startswith(f"{finding}: ")


def test_a_publisher_that_is_no_table_is_refused() -> None:
    """The type of the key itself is told, with no keys inside it."""
    (finding,) = findings(MINIMAL.replace("publisher.name", "publisher"))
    assert finding == "reti.toml:6: publisher: Expected `object`, got `str`"


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("base_iri = \n", "reti.toml:1:12: this is not TOML: Invalid value"),
        ("a = 1\r\n\r\nb c\r\n", "reti.toml:3:3: this is not TOML: Expected"),
        ("a = 1\nb = [1,\n", "reti.toml:3:1: this is not TOML: "),
        ("a = [[[1,", "reti.toml:1:10: this is not TOML: "),
    ],
)
def test_what_is_no_toml_is_refused_with_its_place(text: str, start: str) -> None:
    """The reader's own line and column, written as for all other findings."""
    (finding,) = findings(text)
    assert finding.startswith(start)
    assert "(at" not in finding


@pytest.mark.parametrize("value", ["[" * 5000, "[" * 5000 + "]" * 5000, "1" * 5000])
def test_what_is_too_much_for_the_toml_reader_is_refused(value: str) -> None:
    """Its limits end in a finding, not in a traceback."""
    (finding,) = findings(f"a = {value}\n")
    assert finding.startswith("reti.toml: this cannot be read as TOML: ")
