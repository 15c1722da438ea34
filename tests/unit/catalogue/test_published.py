from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from reti_graph.catalogue import executables, service_description
from reti_graph.release import canonical_quads
from tests.unit.catalogue.conftest import ADDRESS, BASE

if TYPE_CHECKING:
    from reti_graph.catalogue import Published


def test_the_address_is_that_of_the_settings(published: Published) -> None:
    """The public one, else the one names start with, unless another is given."""
    assert published.reached("x").value == ADDRESS + "x"
    assert published.named("x").value == BASE + "x"


def test_the_titles_of_sources_are_known(published: Published) -> None:
    """A source that has no title is called by its slug."""
    assert published.titles == {"page": {"it": "page", "en": "page"}}


def test_all_that_is_said_can_be_said_together(published: Published) -> None:
    """Nothing of it has a blank node or a graph, and nothing stands twice in one part."""
    for part in (service_description, executables):
        quads = part(published)
        assert len(canonical_quads(quads)) == len(quads) > 0
        assert {quad.graph_name for quad in quads} == {ox.DefaultGraph()}
        assert not any(isinstance(quad.subject, ox.BlankNode) for quad in quads)
