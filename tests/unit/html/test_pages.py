from dataclasses import replace

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reti_graph.html import pages
from reti_graph.html.cells import Cell, Reader
from reti_graph.html.tables import table
from reti_graph.html.views import (
    Alternate,
    Dating,
    Document,
    Entry,
    Fact,
    Fault,
    Frame,
    Group,
    Home,
    Message,
    NetworkCard,
    ParameterField,
    QueryLink,
    QueryView,
    Quote,
    Row,
    SparqlView,
    Value,
)
from tests.pages import check_page

READER = Reader("https://example.org/nets/", {}, "it", ("it", "en"))
FRAME = Frame(
    reader=READER,
    site_title="Reti di prova",
    languages=("it", "en"),
    publisher="Ufficio",
    licence="https://creativecommons.org/licenses/by/4.0/",
    licence_name="CC BY 4.0",
    digest="abc123",
    path="/doc/network/c40",
    query=(("format", "html"), ("lang", "it")),
    alternates=(Alternate("Turtle", "text/turtle", "/doc/network/c40.ttl"),),
)
C40 = Cell("C40", "https://example.org/nets/id/network/c40", "/id/network/c40")
QUOTE = Quote(
    words=Cell("Milan joined C40", "Milan joined C40", lang="en"),
    passage=Cell("p1", "p1", "/source/page/p1"),
    source=Cell("The page", "page", "/source/page"),
)
LIST = Quote(
    words=Cell("Members", "Members", lang="en"),
    passage=Cell("l1", "l1", "/source/list/l1"),
    kind="list",
    source=Cell("The list", "list", "/source/list"),
    date=Dating("visto:", (Cell("2018", "2018", time=True),)),
    completeness=Cell("parziale", "partial", "/concept/completeness/partial"),
    covers=Cell("le città", "le città"),
)
GROUP = Group(Cell("membro di", "p"), (Row((Value(C40),), (QUOTE,)), Row((Value(C40),))))
DOCUMENT = Document(
    iri="https://example.org/nets/id/city/milan",
    title=Cell("Milano", "Milano"),
    names=(Cell("Milan", "Milan", lang="en"),),
    types=(Cell("Città", "City", "/ontology#City"),),
    outgoing=(GROUP,),
    incoming=(GROUP,),
)
QUERY = QueryView(
    name="members",
    path="/query/members",
    href="/query/members",
    summary=Cell("Membri", "Membri"),
    description=Cell("Chi fa parte di una rete", ""),
    text="SELECT * WHERE { ?s ?p <x> }",
    parameters=(
        ParameterField(
            name="network", label=Cell("Rete", ""), value="c40", optional=False, example="c40"
        ),
        ParameterField(
            name="lang",
            label=Cell("Lingua", ""),
            value="it",
            optional=True,
            example="en",
            values=("it", "en"),
        ),
    ),
)


def test_the_home_page_leads_to_networks_queries_and_figures() -> None:
    """Everything the site has is one step away from its first page."""
    home = Home(
        "Le reti di una città",
        (NetworkCard(C40, (Cell("rete", "kind"),)),),
        (QueryLink(Cell("Membri", "members", "/query/members")),),
        (Fact("networks", Cell("15", "15")),),
    )
    outline = check_page(pages.home_page(FRAME, home))
    assert outline.links["C40"] == "/id/network/c40"
    assert outline.links["Membri"] == "/query/members"
    assert outline.one("dd").text == "15"


def test_a_document_shows_each_statement_with_the_words_that_say_it() -> None:
    """Beside the value stand the quote, its passage and its source."""
    outline = check_page(pages.document_page(FRAME, DOCUMENT))
    words = outline.all("blockquote")[0]
    assert words.text.strip() == "Milan joined C40"
    assert words.attributes["lang"] == "en"
    assert outline.links["Milan joined C40"] == "/source/page/p1"
    assert outline.links["The page"] == "/source/page"
    assert "Nessuna fonte" in outline.one("main").text


def test_a_document_names_its_other_formats_to_machines() -> None:
    """The head links every format of the same document."""
    outline = check_page(pages.document_page(FRAME, DOCUMENT))
    typed = [tag.attributes for tag in outline.all("link") if "type" in tag.attributes]
    assert {"text/turtle"} <= {link["type"] for link in typed if link["rel"] == "alternate"}


def test_the_language_switch_keeps_the_rest_of_the_address() -> None:
    """Reading in the other language leads to the same page with the same parameters."""
    outline = check_page(pages.document_page(FRAME, DOCUMENT))
    assert outline.links["EN"] == "/doc/network/c40?format=html&lang=en"


def test_a_passage_shows_its_words_large_and_what_they_say_first() -> None:
    """The quote is the page's subject; what it says comes before what is said of it."""
    said = Entry(C40, "c40", (GROUP,))
    passage = replace(DOCUMENT, quote=QUOTE, contents=(said,))
    page = pages.document_page(FRAME, passage)
    outline = check_page(page)
    assert outline.all("blockquote")[0].text.strip() == "Milan joined C40"
    assert page.index('id="contents"') < page.index('id="statements"')


def test_a_list_is_no_quotation() -> None:
    """It is said to be a list, how complete and of what day; its title is in no marks."""
    group = Group(Cell("membro di", "p"), (Row((Value(C40),), (LIST,)),))
    outline = check_page(pages.document_page(FRAME, replace(DOCUMENT, outgoing=(group,))))
    figure = outline.all("figure")[0]
    # The other figure is that of the statements that come in.
    assert len(outline.all("blockquote")) == 1
    assert " ".join(figure.text.split()) == (
        "Members Elenco · completezza: parziale · The list · visto: 2018"
    )
    assert outline.links["Members"] == "/source/list/l1"
    assert outline.one("time").attributes["datetime"] == "2018"


def test_the_page_of_a_list_has_its_title_and_what_it_covers() -> None:
    """Then its contents, under a heading that calls it a list."""
    said = Entry(C40, "c40", (GROUP,))
    page = replace(DOCUMENT, title=LIST.words, quote=LIST, outgoing=(), incoming=(), cut=True)
    outline = check_page(pages.document_page(FRAME, replace(page, contents=(said,))))
    assert outline.one("h1").text == "Members"
    assert outline.one("h1").attributes["lang"] == "en"
    assert not outline.all("blockquote")
    main = outline.one("main").text
    assert "Riguarda: le città" in main
    assert "Che cosa dice questo elenco" in main
    assert "solo le prime voci" in main


def test_a_date_between_two_limits_shows_both() -> None:
    """With a dash, and no word before them."""
    limits = Dating("", (Cell("2022", "2022"), Cell("2024", "2024")))
    dated = replace(QUOTE, date=limits)
    group = Group(Cell("membro di", "p"), (Row((Value(C40),), (dated,)),))
    outline = check_page(pages.document_page(FRAME, replace(DOCUMENT, outgoing=(group,))))
    assert outline.all("figcaption")[0].text == "The page · 2022 – 2024"


def test_values_that_one_passage_says_are_a_list_beside_it() -> None:
    """Hundreds of members take no hundreds of copies of what says so."""
    row = Row((Value(C40, "a"), Value(C40, "b")), (QUOTE,))
    group = Group(Cell("membro di", "p"), (row,))
    page = replace(DOCUMENT, outgoing=(group,), incoming=())
    outline = check_page(pages.document_page(FRAME, page))
    assert len(outline.all("figure")) == 1
    main = [tag.attributes.get("id") for tag in outline.all("li")]
    assert [name for name in main if name] == ["a", "b"]


@pytest.mark.parametrize(("count", "hidden"), [(4, 0), (5, 2), (30, 27)])
def test_of_much_evidence_the_first_is_shown_and_the_rest_a_click_away(
    count: int, hidden: int
) -> None:
    """All of it is on the page, and how much more there is stands where it is opened."""
    group = Group(Cell("membro di", "p"), (Row((Value(C40),), (QUOTE,) * count),))
    page = replace(DOCUMENT, outgoing=(group,), incoming=())
    outline = check_page(pages.document_page(FRAME, page))
    assert len(outline.all("figure")) == count
    told = [f"Altre fonti: {hidden}"] if hidden else []
    assert [tag.text for tag in outline.all("summary")] == told


def test_the_contents_of_a_vocabulary_have_anchors() -> None:
    """A term of the ontology is reached by its fragment."""
    vocabulary = replace(DOCUMENT, contents=(Entry(Cell("Rete", "x"), "Network", (GROUP,)),))
    outline = check_page(pages.document_page(FRAME, vocabulary))
    assert "Network" in {tag.attributes.get("id") for tag in outline.tags}


def test_a_query_page_has_a_labelled_field_for_each_parameter() -> None:
    """A form that works without scripts, with the chosen values in it."""
    outline = check_page(pages.query_page(FRAME, QUERY))
    network = next(tag for tag in outline.all("input") if tag.attributes["name"] == "network")
    assert network.attributes["value"] == "c40"
    # Without a value the example is used.
    assert "required" not in network.attributes
    chosen = [tag.text for tag in outline.all("option") if "selected" in tag.attributes]
    assert chosen == ["it"]


def test_a_query_page_shows_results_or_what_is_wrong() -> None:
    """Rows come in a table with a caption; an error is announced."""
    rows = table(("n",), [(ox.Literal("uno"),)], READER)
    outline = check_page(pages.query_page(FRAME, replace(QUERY, table=rows)))
    assert outline.one("td").text == "uno"
    assert "1 riga" in outline.one("caption").text
    wrong = replace(QUERY, error=Fault("Not a date.", "Try 2020-01-31."))
    outline = check_page(pages.query_page(FRAME, wrong))
    alert = next(tag for tag in outline.tags if tag.attributes.get("role") == "alert")
    assert "Try 2020-01-31." in alert.text


def test_an_empty_answer_says_that_it_is_empty() -> None:
    """A table without rows is not left blank."""
    page = pages.query_page(FRAME, replace(QUERY, table=table(("n",), [], READER)))
    assert "Nessun risultato." in check_page(page).one("td").text


def test_the_list_of_queries_leads_to_each() -> None:
    """Each query stands with its summary, name and parameters."""
    outline = check_page(pages.queries_page(FRAME, (QUERY,)))
    assert outline.links["Membri"] == "/query/members"


def test_the_sparql_page_keeps_what_was_written() -> None:
    """The text, its first line included, is there to be mended."""
    page = pages.sparql_page(FRAME, SparqlView("\nSELECT", error=Fault("1:7: no pattern")))
    assert check_page(page).one("textarea").text == "\n\nSELECT"


def test_a_message_offers_what_may_have_been_meant() -> None:
    """Nearest names lead where they can."""
    message = Message("Pagina non trovata", "No.", None, "Forse", (C40, Cell("c41", "c41")))
    outline = check_page(pages.message_page(FRAME, message))
    assert outline.links["C40"] == "/id/network/c40"
    assert "c41" in outline.one("main").text


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_no_text_of_the_data_becomes_markup(text: str) -> None:
    """Whatever a label or a quote holds, the reader sees just that."""
    evil = Cell(text, text, "/x", lang=text)
    kinds = ("words", "list", "record")
    quotes = tuple(
        Quote(words=evil, passage=evil, kind=kind, source=evil, completeness=evil, section=evil)
        for kind in kinds
    )
    group = Group(evil, (Row((Value(evil),), quotes),))
    page = pages.document_page(
        FRAME, replace(DOCUMENT, title=evil, iri=text, names=(evil,), outgoing=(group,))
    )
    outline = check_page(page)
    assert outline.one("h1").text == text
    assert outline.one("h1").attributes["lang"] == text


@pytest.mark.parametrize("name", ["style.css", "icon.svg"])
def test_the_files_that_pages_refer_to_are_there(name: str) -> None:
    """Every page asks for its style and its icon."""
    assert pages.static_files()[name]
    assert f"/static/{name}" in pages.sparql_page(FRAME, SparqlView(""))
