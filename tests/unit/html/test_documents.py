import pyoxigraph as ox

from reti_graph.describe import Description, Passage, Statement
from reti_graph.html.cells import Reader
from reti_graph.html.documents import ENTRIES_SHOWN, document
from reti_graph.html.views import Document
from reti_graph.terms import OA, PROV, RDF_TYPE, RDFS_LABEL, RETI

BASE = "https://example.org/nets/"
C40 = ox.NamedNode(f"{BASE}id/network/c40")
MILAN = ox.NamedNode(f"{BASE}id/city/milan")
PAGE = ox.NamedNode(f"{BASE}source/page")
WORDS = ox.NamedNode(f"{PAGE.value}/c40-name")
NETWORK = ox.NamedNode(RETI + "Network")
HAS_MEMBER = ox.NamedNode(RETI + "hasMember")
EARLIEST = ox.NamedNode(RETI + "earliest")
LABELS = {
    C40: {"it": "C40 Città", "en": "C40 Cities"},
    MILAN: {"it": "Milano", "en": "Milan"},
    NETWORK: {"it": "Rete", "en": "Network"},
    HAS_MEMBER: {"it": "ha come membro", "en": "has member"},
    PAGE: {"it": "La pagina", "en": "The page"},
}
SAID = Passage(WORDS, ox.Literal("la rete C40", language="it"), PAGE, {}, "Reti", 1)


def said(
    subject: ox.NamedNode, predicate: ox.NamedNode, term: ox.NamedNode | ox.Literal
) -> Statement:
    """Make a statement that the passage says."""
    return Statement(subject, predicate, term, (WORDS,), (SAID,))


def page_of(description: Description) -> Document:
    """Show a description to a reader of Italian."""
    reader = Reader(BASE, {}, "it", ("it", "en"), labels=description.labels)
    return document(description, reader)


def test_a_page_has_the_things_names_types_and_quotes() -> None:
    """The other language's name stands below the title, the words beside each statement."""
    page = page_of(
        Description(
            C40,
            (said(C40, RDF_TYPE, NETWORK), said(C40, HAS_MEMBER, MILAN)),
            (),
            (),
            LABELS,
        )
    )
    assert (page.title.text, [name.text for name in page.names]) == ("C40 Città", ["C40 Cities"])
    assert [kind.text for kind in page.types] == ["Rete"]
    (quote,) = page.outgoing[1].rows[0].quotes
    assert quote.words.text == "la rete C40"
    assert quote.source is not None
    assert quote.source.text == "La pagina"
    assert page.quoted


def test_statements_are_ordered_for_people() -> None:
    """The type first, then what is told, then names, then what only machines need."""
    outgoing = (
        said(C40, EARLIEST, ox.Literal("2005-01-01")),
        said(C40, RDFS_LABEL, ox.Literal("C40 Città", language="it")),
        said(C40, HAS_MEMBER, MILAN),
        said(C40, RDF_TYPE, NETWORK),
    )
    page = page_of(Description(C40, outgoing, (), (), LABELS))
    order = [group.predicate.raw for group in page.outgoing]
    assert order == [term.value for term in (RDF_TYPE, HAS_MEMBER, RDFS_LABEL, EARLIEST)]


def test_several_values_of_a_property_stand_together_by_name() -> None:
    """One heading for the property, its values in alphabetical order."""
    outgoing = (
        said(C40, HAS_MEMBER, ox.NamedNode("https://example.org/z")),
        said(C40, HAS_MEMBER, MILAN),
    )
    (group,) = page_of(Description(C40, outgoing, (), (), LABELS)).outgoing
    (row,) = group.rows
    assert [value.cell.text for value in row.values] == [
        "https://example.org/z",
        "Milano",
    ]


def passage_page() -> Document:
    """Show the passage: its own words, and what they say."""
    quote = ox.NamedNode(RETI + "quote")
    own = said(WORDS, quote, SAID.quote)
    selector = ox.NamedNode(f"{WORDS.value}#text-quote")
    contents = (said(C40, HAS_MEMBER, MILAN), said(selector, RDF_TYPE, NETWORK))
    source = said(C40, ox.NamedNode(PROV + "hadPrimarySource"), WORDS)
    return page_of(Description(WORDS, (own,), (source,), contents, LABELS))


def test_a_passage_shows_its_words_and_what_they_say() -> None:
    """Its selectors are part of itself, and that it is the source of what it says goes unsaid."""
    page = passage_page()
    assert page.quote is not None
    assert page.quote.section is not None
    assert page.quote.section.text == "Reti"
    assert [entry.subject.text for entry in page.contents] == ["C40 Città"]
    assert page.incoming == ()


def test_the_parts_of_a_passage_can_be_pointed_at() -> None:
    """Their own entries are left out, so the row that names one is where its address leads."""
    selector = ox.NamedNode(f"{WORDS.value}#text-quote")
    own = said(WORDS, ox.NamedNode(RETI + "quote"), SAID.quote)
    part = said(WORDS, ox.NamedNode(OA + "hasSelector"), selector)
    page = page_of(Description(WORDS, (own, part), (), (), LABELS))
    shown = {group.predicate.raw: group.rows[0].values[0] for group in page.outgoing}
    assert shown[OA + "hasSelector"].anchor == "text-quote"
    assert shown[OA + "hasSelector"].cell.href is None
    assert shown[RETI + "quote"].anchor is None


def test_a_passage_is_not_quoted_for_itself() -> None:
    """What a passage's graph says of the passage is a description, not evidence."""
    (group,) = passage_page().outgoing
    assert group.rows[0].quotes == ()


def test_a_vocabularys_terms_can_be_pointed_at() -> None:
    """A term of the document's own namespace has its fragment as anchor."""
    ontology = ox.NamedNode(f"{BASE}ontology")
    term = ox.NamedNode(f"{BASE}ontology#Network")
    known = Statement(term, RDF_TYPE, NETWORK, (ontology,), ())
    other = Statement(MILAN, RDF_TYPE, NETWORK, (ontology,), ())
    page = page_of(Description(ontology, (), (), (known, other), LABELS))
    anchors = {entry.subject.raw: entry.anchor for entry in page.contents}
    assert anchors == {term.value: "Network", MILAN.value: None}
    assert not page.quoted


def test_more_subjects_than_a_page_has_room_for_are_cut() -> None:
    """But not those that an address may point at; the other formats have them all."""
    ontology = ox.NamedNode(f"{BASE}ontology")
    inner = [ox.NamedNode(f"{BASE}ontology#z{n}") for n in range(2)]
    outer = [ox.NamedNode(f"{BASE}id/city/{n:04}") for n in range(ENTRIES_SHOWN + 1)]
    contents = tuple(
        Statement(node, RDF_TYPE, NETWORK, (ontology,), ()) for node in (*outer, *inner)
    )
    page = page_of(Description(ontology, (), (), contents, {}))
    assert page.cut
    assert len(page.contents) == ENTRIES_SHOWN + len(inner)
    whole = page_of(Description(ontology, (), (), contents[1:-2], {}))
    assert (whole.cut, len(whole.contents)) == (False, ENTRIES_SHOWN)
