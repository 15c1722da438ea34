from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from reti_graph.errors import UnknownNameError
from reti_graph.sources.site import read_site
from reti_graph.validation.shacl_rust_engine import ShaclRustEngine
from reti_graph.validation.validate import validate
from tests.unit.validation.conftest import change

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "la rete Alfa; Milano ne fa parte dal settembre 2009; la rete Beta"


@pytest.fixture
def site(site: Path) -> Path:
    """Give the site with quotes where the text has them, and the digest of the text."""
    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    source = site / "data/page/source.trig"
    change(source, "a reti:Source .", f'a reti:Source ;\n        reti:textDigest "{digest}" .')
    return site


def said(root: Path, text: str, slug: str = "page") -> list[str]:
    """Return place, code and English words of what is wrong with the quotes."""
    read, found = read_site(root)
    report = validate(read, ShaclRustEngine(), {slug: text}, found).report
    return [f"{p.location} {p.code}: {p.messages['en']}" for p in report.problems]


def test_quotes_that_stand_where_they_should_are_no_problem(site: Path) -> None:
    """The range counts characters, and its end is the first that does not belong to it."""
    assert said(site, TEXT) == []


def test_a_quote_that_stands_elsewhere_comes_with_its_place(site: Path) -> None:
    """The nearest, where there are several; the text is another one, too."""
    moved = "la rete Alfa, la rete Alfa" + TEXT[12:]
    quotes = [line for line in said(site, moved) if " quote: " in line]
    assert quotes == [
        (
            "data/page/networks.trig:27 quote: The quote stands elsewhere in the text:"
            " reti:start 28, reti:end 65."
        ),
        (
            "data/page/networks.trig:43 quote: The quote stands elsewhere in the text:"
            " reti:start 67, reti:end 79."
        ),
    ]


def test_the_nearest_of_several_places_is_given(site: Path) -> None:
    """Here the second, for the end of the data is nearer to it."""
    change(site / "data/page/networks.trig", "reti:start 0 ;", "reti:start 60 ;")
    twice = TEXT + " la rete Alfa"
    assert "reti:start 66, reti:end 78." in said(site, twice)[0]


def test_a_quote_that_is_not_in_the_text_is_a_problem(site: Path) -> None:
    """At the line of the quote."""
    (quote, digest) = said(site, TEXT.replace("Beta", "Bèta"))
    assert quote == "data/page/networks.trig:43 quote: The quote is not in the text."
    assert digest.startswith("data/page/source.trig:6 text-digest: The text given is not the one")


@pytest.mark.parametrize(("old", "new"), [("reti:start 0 ;", ""), ("reti:end 12", "reti:end -1")])
def test_a_quote_without_a_usable_place_is_a_problem(site: Path, old: str, new: str) -> None:
    """The place is given."""
    change(site / "data/page/networks.trig", old, new)
    (problem,) = said(site, TEXT)
    assert problem.endswith("reti:start 0, reti:end 12.")


def test_a_source_without_a_digest_is_a_warning_with_the_digest(site: Path) -> None:
    """So that it can be written down."""
    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    change(site / "data/page/source.trig", f' ;\n        reti:textDigest "{digest}"', "")
    (problem,) = said(site, TEXT)
    assert digest in problem
    read, _ = read_site(site)
    assert validate(read, ShaclRustEngine(), {"page": TEXT}).report.conforms


def test_a_text_of_no_source_is_a_mistake_in_the_call(site: Path) -> None:
    """With the sources there are."""
    with pytest.raises(UnknownNameError) as caught:
        said(site, TEXT, "book")
    assert (caught.value.kind, caught.value.nearest) == ("source", ("page",))
