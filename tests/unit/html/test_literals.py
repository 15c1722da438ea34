import pyoxigraph as ox
import pytest

from reti_graph.html.literals import is_time, readable, readable_size
from reti_graph.terms import XSD


def literal(value: str, datatype: str) -> ox.Literal:
    """Make a literal of an XML Schema datatype."""
    return ox.Literal(value, datatype=ox.NamedNode(XSD + datatype))


@pytest.mark.parametrize(
    ("value", "datatype", "italian", "english"),
    [
        ("2009-09", "gYearMonth", "settembre 2009", "September 2009"),
        ("2015-10-05", "date", "5 ottobre 2015", "5 October 2015"),
        ("1986", "gYear", "1986", "1986"),
        ("700000000", "integer", "700.000.000", "700,000,000"),
        ("-1234.50", "decimal", "-1.234,50", "-1,234.50"),
        ("true", "boolean", "sì", "yes"),
        ("0", "boolean", "no", "no"),
    ],
)
def test_values_are_written_as_each_language_writes_them(
    value: str, datatype: str, italian: str, english: str
) -> None:
    """Dates, numbers and truth values follow the language of the page."""
    term = literal(value, datatype)
    assert (readable(term, "it"), readable(term, "en")) == (italian, english)


@pytest.mark.parametrize(
    ("value", "datatype"),
    [("2009-13", "gYearMonth"), ("2009-09Z", "gYearMonth"), ("many", "integer"), ("1e3", "double")],
)
def test_what_is_not_well_formed_is_shown_as_it_is(value: str, datatype: str) -> None:
    """A value the page cannot read is not hidden nor guessed at."""
    assert readable(literal(value, datatype), "it") == value


def test_parts_of_dates_are_times_and_words_are_not() -> None:
    """A year is marked up as a time; a text that looks like one is not."""
    assert is_time(literal("1986", "gYear"))
    assert not is_time(ox.Literal("1986"))


@pytest.mark.parametrize(
    ("count", "italian", "english"),
    [
        (0, "0 B", "0 B"),
        (999, "999 B", "999 B"),
        (1_000, "1,0 kB", "1.0 kB"),
        (9_949, "9,9 kB", "9.9 kB"),
        (9_960, "10 kB", "10 kB"),
        (999_499, "999 kB", "999 kB"),
        (999_600, "1,0 MB", "1.0 MB"),
        (1_234_567_890, "1,2 GB", "1.2 GB"),
        (10**16, "10.000 TB", "10,000 TB"),
    ],
)
def test_a_size_has_the_unit_that_suits_it(count: int, italian: str, english: str) -> None:
    """With one decimal where a single digit would say too little."""
    assert (readable_size(count, "it"), readable_size(count, "en")) == (italian, english)
