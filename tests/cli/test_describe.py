from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

pytestmark = pytest.mark.usefixtures("site")

ALPHA = "https://example.org/nets/id/network/alpha"


def test_every_statement_stands_with_its_quote(run: Run) -> None:
    """What is said of a thing, what is said with it, and the words that say so."""
    result = run("describe", "city:milan", "--lang", "en")
    assert result.stdout == (
        "Milan\n"
        "https://example.org/nets/id/city/milan\n"
        "\n"
        "What is said of it\n"
        "  rdf:type  reti:City\n"
        "      “Milano ne fa parte dal settembre 2009” page:alpha-joins\n"
        '  rdfs:label  "Milan"@en\n'
        "      “Milano ne fa parte dal settembre 2009” page:alpha-joins\n"
        '  rdfs:label  "Milano"@it\n'
        "      “Milano ne fa parte dal settembre 2009” page:alpha-joins\n"
        "  reti:memberOf (is a member of)  network:alpha (Alpha)\n"
        "      “Milano ne fa parte dal settembre 2009” page:alpha-joins\n"
        "\n"
        "What is said with it\n"
        "  membership:city-milan--alpha  org:member\n"
        "      “Milano ne fa parte dal settembre 2009” page:alpha-joins\n"
    )
    assert (result.stderr, result.exit_code) == ("", 0)


@pytest.mark.parametrize(
    ("kind", "said", "shown"),
    [
        ("List", "dcterms:issued 2020", "List (partial): la rete Alfa, page:alpha-name, 2020"),
        (
            "Record",
            "reti:seenOn 2021",
            "Record (partial): la rete Alfa, page:alpha-name, seen 2021",
        ),
        ("Other", "reti:notAfter 2022", "“la rete Alfa” page:alpha-name, not after 2022"),
        (
            "Other",
            "reti:notBefore 2021 ; reti:notAfter 2022",
            "“la rete Alfa” page:alpha-name, 2021 to 2022",
        ),
    ],
)
def test_a_list_and_a_record_are_told_from_words(
    run: Run, own_site: Path, kind: str, said: str, shown: str
) -> None:
    """With how complete they are, and the date of the source as it is written."""
    data = own_site / "data" / "page"
    partial = "<https://example.org/nets/concept/completeness/partial>"
    more = f'reti:{kind} ; reti:completeness {partial} . {partial} rdfs:label "partial"@en .'
    page = data / "networks.trig"
    text = page.read_text("utf-8").replace("page:alpha-name a reti:Passage ;", "page:alpha-name")
    own = "page:alpha-name a reti:Passage"
    page.write_text(f"{text}\npage:alpha-name {{ {own}, {more} }}\n", "utf-8")
    prefix = "@prefix dcterms: <http://purl.org/dc/terms/> .\n"
    source = data / "source.trig"
    dated = source.read_text("utf-8").replace("a reti:Source", f"a reti:Source ; {said}")
    source.write_text(prefix + dated, "utf-8")
    evidence = run("describe", "alpha", "--lang", "en").stdout.splitlines()[4:]
    assert evidence[1].strip() == shown


@pytest.mark.parametrize(
    "word", [ALPHA, f"<{ALPHA}>", "network:alpha", "id/network/alpha", "/network/alpha", "alpha"]
)
def test_a_thing_may_be_named_in_many_ways(run: Run, word: str) -> None:
    """IRI, prefixed name, path or slug."""
    assert run("describe", word).stdout.splitlines()[:2] == ["Alfa", ALPHA]


def test_a_slug_means_the_network_before_its_founding(run: Run, own_site: Path) -> None:
    """Relations are named after what they relate; whoever gives a slug means the thing."""
    page = own_site / "data" / "page" / "networks.trig"
    prefix = "@prefix founding: <https://example.org/nets/id/founding/> .\n"
    said = "\npage:beta-name { founding:alpha org:resultingOrganization network:alpha . }\n"
    page.write_text(prefix + page.read_text("utf-8") + said, "utf-8")
    assert run("describe", "alpha").stdout.splitlines()[1] == ALPHA
    assert "founding/alpha" in run("describe", "founding/alpha").stdout


def test_a_passage_shows_what_its_words_say(run: Run) -> None:
    """Its own statements are not said by its words, so no quote stands with them."""
    result = run("describe", "page:beta-name")
    head, _, contents = result.stdout.partition("What its words say\n")
    assert "“la rete Beta”" not in head
    assert "  network:beta (Beta)  rdf:type  reti:Network (Rete)\n" in contents


def test_rdf_keeps_the_passages_in_formats_with_graphs(run: Run) -> None:
    """TriG has the statement in the graph of the passage that says it."""
    quads = list(
        ox.parse(
            run("describe", "alpha", "--format", "trig").stdout_bytes, format=ox.RdfFormat.TRIG
        )
    )
    graphs = {quad.graph_name for quad in quads if quad.subject == ox.NamedNode(ALPHA)}
    assert graphs == {ox.NamedNode("https://example.org/nets/source/page/alpha-name")}


@pytest.mark.parametrize(
    ("word", "message", "hint"),
    [
        ("alpa", "The data says nothing about alpa.", "Did you mean network:alpha?"),
        (
            "network:alpa",
            "The data says nothing about https://example.org/nets/id/network/alpa.",
            f"Did you mean {ALPHA}?",
        ),
        (
            "milan",
            '"milan" names 2 things: city:milan, municipality:milan.',
            "Give the one you mean by its prefixed name.",
        ),
        (
            "https://example.org/nets/id/network/zzzzzzzz",
            "The data says nothing about https://example.org/nets/id/network/zzzzzzzz.",
            None,
        ),
    ],
)
def test_a_thing_nobody_speaks_of_is_a_wrong_call(
    run: Run, word: str, message: str, hint: str | None
) -> None:
    """The nearest names are offered where there are any."""
    result = run("describe", word)
    assert result.exit_code == 2
    assert result.stderr.splitlines() == [
        f"error: {message}",
        *([f"hint: {hint}"] if hint else []),
    ]


def test_a_format_for_rows_cannot_describe(run: Run) -> None:
    """The formats there are, text included, are listed."""
    result = run("describe", "alpha", "--format", "csv")
    assert (result.exit_code, "csv cannot hold" in result.stderr) == (2, True)
