from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reti_graph.errors import DataError
from reti_graph.sources.trigformat import format_trig
from tests.tools.example_tables import LISTS
from tests.tools.facts import member
from tests.tools.planning import PREFIXES
from tools.import_facts.graph import Passage
from tools.import_facts.record_says import literal
from tools.import_facts.run import REPORT
from tools.import_facts.turtle import MARK, passages_text

if TYPE_CHECKING:
    from tests.tools.planning import Plan


def test_every_file_is_laid_out_and_says_who_wrote_it(planned: Plan) -> None:
    """The formatter has nothing to change; the mark tells an import's files from others."""
    found = planned(member("Alpha", "Milan"), member("Beta", "Novate M.se", "4"))
    trig = {name: text for name, text in found.files.items() if name != REPORT}
    assert {name: format_trig(text, name) for name, text in trig.items()} == trig
    assert all(text.count(MARK) == 1 for text in trig.values())


def test_what_is_no_trig_is_never_planned(planned: Plan) -> None:
    """An address with a bracket in the tables ends the import."""
    lists = LISTS.replace('license = "https://example.org/licence"', 'license = "https://a b"')
    with pytest.raises(DataError):
        planned(member("Alpha", "Milan"), tables={"lists.toml": lists})


@given(
    quote=st.text(st.characters(exclude_categories=["Cs"]), min_size=1),
    name=st.text(st.characters(exclude_categories=["Cs"]), min_size=1),
)
def test_every_text_survives(quote: str, name: str) -> None:
    """Whatever letters a quote or a name has, the file says them."""
    says = {"city:milan": (f"rdfs:label {literal(name, 'en')}",)}
    passage = Passage("a-page", "words", quote, "en", says)
    text = passages_text([passage], PREFIXES, "words.trig")
    quads = ox.parse(text.encode(), format=ox.RdfFormat.TRIG)
    values = {quad.object.value for quad in quads if isinstance(quad.object, ox.Literal)}
    assert values == {quote, name}
