from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Final

import pytest

from reti_graph.preflight.render_html import render_html
from reti_graph.preflight.render_json import render_json
from reti_graph.preflight.render_text import render_text
from reti_graph.preflight.run import preflight
from reti_graph.validation.shacl_rust_engine import ShaclRustEngine
from tests.unit.preflight.catalogues import BASE, CATALOG, GOOD, Shelf, changed, graph, shelf

if TYPE_CHECKING:
    from reti_graph.preflight.run import Outcome
    from tests.conftest import Golden

ENGINE: Final = ShaclRustEngine()
HOSTILE: Final = "<script>alert(1)</script>\x1b[2J & “so”"
BEFORE: Final = changed(
    ("<dataset/benches>", "<dataset/old>"),
    ("c_x000:benches", "c_x000:old"),
    ('"Panchine"@it, "Benches"@en', '"Vecchio"@it, "Old"@en'),
    ("Gli alberi della città.", "Gli alberi."),
)
NOW: Final = changed(
    ("dcat:theme theme:ENVI", 'dcat:theme "ENVI"'), ("dati@comune.prova.it", "dati@example.org")
)


def outcome(catalogue: str, before: str | None = None) -> Outcome:
    """Return the outcome for a catalogue, and for one that was published before."""
    return preflight(shelf(catalogue), CATALOG, ENGINE, None if before is None else graph(before))


def broken_off() -> Outcome:
    """Return the outcome where there is a page for people."""
    return preflight(Shelf({BASE: ("<p>", "text/html")}), BASE, ENGINE)


@pytest.mark.parametrize("language", ["it", "en"])
def test_the_text_is_as_it_was(language: str, golden: Golden) -> None:
    """Findings, plan and summary; a change of them is seen by whoever makes it."""
    text = render_text(outcome(NOW, BEFORE), language)
    golden.check(f"preflight/{language}.txt", f"{text}\n")


def test_the_page_is_as_it_was(golden: Golden) -> None:
    """The same, for a browser; the style, which is the site's, is left out here."""
    page = render_html(outcome(NOW, BEFORE), "it")
    start, _, rest = page.partition("<style>")
    golden.check("preflight/it.html", start + rest.partition("</style>")[2])


def test_the_json_is_as_it_was(golden: Golden) -> None:
    """Its keys are those that docs/preflight.md lists."""
    golden.check("preflight/outcome.json", render_json(outcome(NOW, BEFORE)))


def test_without_an_earlier_catalogue_the_text_counts_alone() -> None:
    """All is to be created, and a list of it would only hide the findings."""
    text = render_text(outcome(GOOD), "en")
    assert text == (
        "What a portal will do: create 2, update 0, delete 0, keep 0\n"
        "    Without an earlier catalogue (--since) all is to be created.\n\n"
        "0 violations, 0 warnings, 0 infos in 2 datasets, 1 page: a portal takes everything"
    )


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("it", "Un portale si ferma prima della fine e non cambia nulla."),
        ("en", "A portal stops before the end and changes nothing."),
    ],
)
def test_where_a_portal_breaks_off_there_is_no_plan(language: str, said: str) -> None:
    """Every rendering says so."""
    stopped = broken_off()
    assert said in render_text(stopped, language)
    assert said in render_html(stopped, language)
    assert json.loads(render_json(stopped))["plan"] is None


def test_words_are_coloured_where_colours_are_wanted() -> None:
    """The severities and the actions are."""
    text = render_text(outcome(NOW, BEFORE), "en", lambda word, colour: f"[{colour}:{word}]")
    for word in ("[red:violation]", "[yellow:warning]", "[green:create]", "[red:delete]"):
        assert word in text


def hostile() -> Outcome:
    """Return the outcome of a catalogue whose texts mean harm."""
    title = HOSTILE.replace("\x1b", "\\u001B")
    # Nothing is kept of the title of the first dataset, so that it is about to be updated.
    text = changed(
        ('"Trees"@en', f'"{title}"@en'), ("dcat:theme theme:ENVI", f'dcat:theme "{title}"')
    )
    return outcome(text, GOOD)


def test_texts_of_a_catalogue_do_not_reach_the_terminal_as_they_are() -> None:
    """What would move a cursor is written as its code."""
    text = render_text(hostile(), "en")
    assert "\x1b" not in text
    assert "\\x1b[2J" in text


class Tags(HTMLParser):
    """Collects what elements a page has."""

    def __init__(self) -> None:
        """Start with none."""
        super().__init__()
        self.found: set[str] = set()
        self.links: set[str | None] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element, and where it leads."""
        self.found.add(tag)
        self.links.update(value for name, value in attrs if name in {"href", "src"})


def test_texts_of_a_catalogue_are_escaped_on_the_page() -> None:
    """The page has no scripts, nothing from elsewhere, and the style within."""
    page = render_html(hostile(), "en")
    tags = Tags()
    tags.feed(page)
    assert not tags.found & {"script", "img", "link", "iframe"}
    assert "&lt;script&gt;" in page
    assert "\x1b" not in page
    assert "--accent" in page


def test_only_addresses_of_the_web_become_links() -> None:
    """A dataset may be named javascript:, and is no link then."""
    text = changed(("<dataset/trees>", "<javascript:alert(1)>"))
    tags = Tags()
    tags.feed(render_html(outcome(text, ""), "en"))
    assert tags.links == {f"{BASE}dataset/benches"}
