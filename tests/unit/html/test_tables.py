import pyoxigraph as ox

from reti_graph.html.cells import Reader
from reti_graph.html.tables import ROWS_SHOWN, table, triple_table, truth_table

READER = Reader("https://example.org/nets/", {}, "en", ("it", "en"))
C40 = ox.NamedNode("https://example.org/nets/id/network/c40")
MILAN = ox.NamedNode("https://example.org/nets/id/city/milan")


def test_a_label_column_becomes_the_text_of_the_thing_beside_it() -> None:
    """The thing's link reads as its label, and the label's own column goes."""
    shown = table(
        ("network", "label", "city", "cityLabel"),
        [(C40, ox.Literal("C40", language="en"), MILAN, ox.Literal("Milano", language="it"))],
        READER,
    )
    assert shown.headings == ("network", "city")
    network, city = shown.rows[0]
    assert (network.text, network.href) == ("C40", "/id/network/c40")
    assert (city.text, city.lang) == ("Milano", "it")


def test_a_thing_whose_label_is_missing_keeps_its_name() -> None:
    """Nothing disappears where a label is unbound."""
    shown = table(("network", "label"), [(C40, None)], READER)
    assert shown.rows[0][0].text == C40.value


def test_a_label_alone_is_a_column_like_any_other() -> None:
    """Without a thing before it a label stands for itself."""
    assert table(("label",), [(ox.Literal("C40"),)], READER).headings == ("label",)


def test_a_long_answer_shows_its_first_rows_and_says_so() -> None:
    """The page stays readable; the count tells how many rows there are in all."""
    rows = [(ox.Literal(str(number)),) for number in range(ROWS_SHOWN + 1)]
    shown = table(("n",), rows, READER)
    assert (len(shown.rows), shown.cut, shown.count_text) == (ROWS_SHOWN, True, "501 rows")


def test_an_ask_is_answered_in_words() -> None:
    """Truth is a word of the page's language."""
    assert truth_table(answer=True, reader=READER).rows[0][0].text == "yes"


def test_triples_have_three_columns() -> None:
    """A graph is shown as subject, predicate and object."""
    shown = triple_table([ox.Triple(C40, MILAN, ox.Literal("x"))], READER)
    assert shown.headings == ("subject", "predicate", "object")
    assert shown.count_text == "1 row"
