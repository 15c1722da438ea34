from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from rdflib import RDFS, XSD, BNode, Dataset, Graph, Literal, URIRef, Variable
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.plugins.sparql import prepareQuery

from reti_graph.errors import CallError, GateError, QuerySyntaxError
from reti_graph.stores.rdflib_dataset import as_dataset

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rdflib.term import Node

# rdflib 7.6 uses names of its own that it calls deprecated.
pytestmark = pytest.mark.filterwarnings(
    r"ignore:(Dataset\.\w+|ConjunctiveGraph) is deprecated:DeprecationWarning"
)

EX = "http://example.org/"
PREFIXES = {"ex": EX, "schema": "http://schema.org/"}
DATA = """@prefix ex: <http://example.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
ex:g { ex:a ex:memberOf ex:n ; ex:label "plain", "words"@it, "x"^^ex:type ; ex:size 3 . }
ex:h { ex:a ex:memberOf ex:n . ex:b ex:memberOf ex:n . }
"""


def ex(name: str) -> URIRef:
    """Return a name of these tests."""
    return URIRef(EX + name)


@pytest.fixture
def dataset() -> Dataset:
    """Give two passages, one triple of which both say."""
    return as_dataset(ox.parse(DATA, format=ox.RdfFormat.TRIG), PREFIXES)


def members(dataset: Dataset) -> list[URIRef]:
    """List the members of ex:n, in order."""
    found = dataset.subjects(ex("memberOf"), ex("n"))
    return sorted(each for each in found if isinstance(each, URIRef))


def test_plain_literals_are_rdflibs_own(dataset: Dataset) -> None:
    """They compare equal both ways, wherever they come from."""
    plain = Literal("plain")
    assert plain in set(dataset.objects(ex("a"), ex("label")))
    assert next(iter(dataset.subjects(ex("label"), plain))) == ex("a")
    assert (ex("a"), ex("label"), plain) in dataset
    rows = dataset.query(
        "SELECT ?l { ?s ex:label ?l FILTER(DATATYPE(?l) = xsd:string) }", initNs={"xsd": XSD}
    )
    assert [row.l for row in rows] == [plain]  # type: ignore[union-attr]
    built = dataset.query(
        "CONSTRUCT { ?s rdfs:label ?l } { ?s ex:label ?l }", initNs={"rdfs": RDFS}
    ).graph
    assert built is not None
    assert plain in set(built.objects(ex("a"), RDFS.label))
    [quad] = dataset.quads((None, None, plain, None))
    assert quad[2] == plain
    assert isinstance(quad[2], Literal)
    assert quad[2].datatype is None


def test_other_literals_keep_language_and_datatype(dataset: Dataset) -> None:
    """A number is a number for rdflib too."""
    labels = set(dataset.objects(ex("a"), ex("label")))
    assert {Literal("words", lang="it"), Literal("x", datatype=ex("type"))} < labels
    size = dataset.value(ex("a"), ex("size"))
    assert size == Literal(3)
    assert isinstance(size, Literal)
    assert size.toPython() == 3


def test_the_dataset_is_the_union_with_each_triple_once(dataset: Dataset) -> None:
    """Counted, walked through and asked."""
    assert len(dataset) == 6
    assert members(dataset) == [ex("a"), ex("b")]
    [row] = dataset.query("SELECT (COUNT(*) AS ?n) { ?s ex:memberOf ?o }")
    assert row.n == Literal(2)  # type: ignore[union-attr]


def test_a_union_dataset_on_the_same_store_says_the_same(dataset: Dataset) -> None:
    """Whatever default_union is set to."""
    union = Dataset(store=dataset.store, default_union=True)
    assert members(union) == members(dataset)
    assert set(union.triples((None, None, None))) == set(dataset.triples((None, None, None)))
    [row] = union.query("SELECT (COUNT(*) AS ?n) { ?s <http://example.org/memberOf> ?o }")
    assert row.n == Literal(2)  # type: ignore[union-attr]


def test_quads_say_who_says_it(dataset: Dataset) -> None:
    """Each statement comes with each of its passages, and the union is none of them."""
    quads = list(dataset.quads((ex("a"), ex("memberOf"), None, None)))
    assert sorted(str(quad[3]) for quad in quads) == [EX + "g", EX + "h"]
    assert len(list(dataset.quads())) == 7
    graphs = dataset.graphs((ex("a"), ex("memberOf"), ex("n")))
    names = {graph.identifier for graph in graphs}
    assert names == {ex("g"), ex("h"), DATASET_DEFAULT_GRAPH_ID}


def test_a_passage_is_a_graph(dataset: Dataset) -> None:
    """It has its own triples only, for rdflib's calls and for queries on it."""
    graph = dataset.graph(ex("h"))
    assert len(graph) == 2
    assert set(graph.subjects()) == {ex("a"), ex("b")}
    assert len(list(graph.query("SELECT * { ?s ?p ?o }"))) == 2
    assert len(list(dataset.query("SELECT * { GRAPH ex:h { ?s ?p ?o } }"))) == 2


def test_a_graph_on_the_store_needs_a_name(dataset: Dataset) -> None:
    """Without one it would read as empty; with the default graph's it is the union."""
    nameless = Graph(store=dataset.store)
    with pytest.raises(CallError, match="no name"):
        len(nameless)
    with pytest.raises(CallError, match="no name"):
        list(nameless)
    with pytest.raises(CallError, match="no name"):
        nameless.query("ASK {}")
    with pytest.raises(CallError, match="no name"):
        nameless.add((ex("a"), ex("p"), ex("b")))
    assert len(Graph(store=dataset.store, identifier=DATASET_DEFAULT_GRAPH_ID)) == 6


def test_the_prefixes_are_the_sites(dataset: Dataset) -> None:
    """The one rdflib has for schema: is another, and none of its others are bound."""
    assert dict(dataset.namespaces()) == {name: URIRef(iri) for name, iri in PREFIXES.items()}
    assert dataset.query("ASK { ex:a ex:size 3 }").askAnswer is True


def test_a_dataset_needs_no_prefixes() -> None:
    """Names are written out then."""
    dataset = as_dataset(ox.parse(DATA, format=ox.RdfFormat.TRIG))
    assert dataset.query("ASK { <http://example.org/a> ?p 3 }").askAnswer is True


def test_a_prepared_query_runs_on_the_store(dataset: Dataset) -> None:
    """Left to rdflib, it would run on another engine, which calls SERVICE."""
    prepared = prepareQuery("SELECT ?s { ?s other:memberOf ?o }", initNs={"other": URIRef(EX)})
    assert {row.s for row in dataset.query(prepared)} == {ex("a"), ex("b")}  # type: ignore[union-attr]
    service = prepareQuery("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")
    with pytest.raises(GateError, match="SERVICE"):
        dataset.query(service)


def test_unbound_variables_are_left_out(dataset: Dataset) -> None:
    """As in rdflib's own answers."""
    query = "SELECT ?s ?size { ?s ex:memberOf ?o OPTIONAL { ?s ex:size ?size } } ORDER BY ?s"
    found = dataset.query(query).bindings
    assert [set(map(str, row)) for row in found] == [{"s", "size"}, {"s"}]


def test_init_bindings_bind_what_is_selected(dataset: Dataset) -> None:
    """And say what to do about the rest."""
    rows = dataset.query("SELECT ?s ?o { ?s ex:memberOf ?o }", initBindings={"s": ex("b")})
    assert len(list(rows)) == 1
    with pytest.raises(CallError, match="projection") as caught:
        dataset.query("SELECT ?o { ?s ex:memberOf ?o }", initBindings={"s": ex("b")})
    assert "after SELECT" in (caught.value.hint or "")


def test_a_query_that_does_not_parse_has_a_place(dataset: Dataset) -> None:
    """Not the parser's hundred expectations."""
    with pytest.raises(QuerySyntaxError, match="prefix no:") as caught:
        dataset.query("SELECT * {\n ?s no:p ?o }")
    assert (caught.value.line, caught.value.column) == (2, 5)


@pytest.mark.parametrize("union", [False, True])
def test_insert_data_works(dataset: Dataset, *, union: bool) -> None:
    """On a dataset of either kind; a passage's new triple is in the union at once."""
    changed = Dataset(store=dataset.store, default_union=union)
    changed.update(f"PREFIX ex: <{EX}> INSERT DATA {{ GRAPH ex:g {{ ex:c ex:memberOf ex:n }} }}")
    assert members(dataset) == [ex("a"), ex("b"), ex("c")]
    changed.update(f"PREFIX ex: <{EX}> INSERT DATA {{ ex:d ex:memberOf ex:n }}")
    assert ex("d") in members(dataset)
    assert len(dataset.graph(ex("g"))) == 6


def test_delete_keeps_what_another_passage_says(dataset: Dataset) -> None:
    """In updates as in calls."""
    dataset.update("DELETE DATA { GRAPH ex:g { ex:a ex:memberOf ex:n } }")
    assert members(dataset) == [ex("a"), ex("b")]
    dataset.graph(ex("h")).remove((None, None, None))
    assert members(dataset) == []
    dataset.remove_graph(ex("g"))
    assert len(dataset) == 0


def test_what_is_added_is_in_its_graph_and_in_the_union(dataset: Dataset) -> None:
    """One by one, many at once, or to the dataset itself."""
    dataset.graph(ex("new")).add((ex("c"), ex("memberOf"), ex("n")))
    quads: Iterable[tuple[Node, Node, Node, Graph]] = (
        (ex(name), ex("memberOf"), ex("n"), dataset.graph(ex("new"))) for name in "de"
    )
    dataset.addN(quads)
    dataset.add((ex("f"), ex("memberOf"), ex("n")))
    assert members(dataset) == [ex(name) for name in "abcdef"]
    assert len(dataset.graph(ex("new"))) == 3
    [quad] = dataset.quads((ex("f"), None, None, None))
    assert quad[3] == DATASET_DEFAULT_GRAPH_ID
    dataset.remove((ex("d"), None, None))  # type: ignore[arg-type]
    assert len(dataset.graph(ex("new"))) == 2
    assert ex("f") in members(dataset)


def test_updates_that_cannot_be_run_say_so(dataset: Dataset) -> None:
    """Each with what is wrong, and nothing changes."""
    with pytest.raises(GateError, match="LOAD"):
        dataset.update("LOAD <http://127.0.0.1:9/>")
    with pytest.raises(QuerySyntaxError):
        dataset.update("INSERT DATA { ex:a ex:b }")
    with pytest.raises(CallError, match="GRAPH"):
        dataset.graph(ex("g")).update("INSERT DATA { ex:a ex:b 1 }")
    with pytest.raises(CallError, match="cannot be given"):
        dataset.update("DELETE WHERE { ?s ?p ?o }", initBindings={"s": ex("a")})
    with pytest.raises(CallError, match="cannot be given"):
        dataset.query("ASK {}", timeout=1)
    assert len(dataset) == 6


def test_what_rdf_has_no_term_for_is_refused(dataset: Dataset) -> None:
    """Formulas and variables of N3, and triple terms of RDF 1.2."""
    with pytest.raises(CallError, match="cannot stand"):
        dataset.add((ex("a"), ex("p"), Variable("x")))
    with pytest.raises(CallError, match="Formulas"):
        dataset.store.add((ex("a"), ex("p"), ex("b")), dataset.default_graph, quoted=True)
    with pytest.raises(CallError, match="triple terms"):
        dataset.query("SELECT (<<( ex:a ex:p ex:b )>> AS ?t) {}")
    assert len(dataset) == 6


def test_patterns_no_triple_can_have_match_nothing(dataset: Dataset) -> None:
    """As in rdflib's own stores."""
    assert list(dataset.triples((Literal("x"), None, None))) == []


def test_blank_nodes_stay_what_they_are() -> None:
    """Also those that name graphs."""
    text = "_:g { _:a <urn:p> _:b } <urn:g> { <urn:s> <urn:p> 1 }"
    dataset = as_dataset(ox.parse(text, format=ox.RdfFormat.TRIG))
    [(s, _, o, graph)] = [quad for quad in dataset.quads() if isinstance(quad[0], BNode)]
    assert isinstance(o, BNode)
    assert isinstance(graph, BNode)
    assert len(dataset.get_context(graph)) == 1
    assert (s, URIRef("urn:p"), o) in dataset


def test_a_dataset_survives_writing_and_reading(dataset: Dataset) -> None:
    """As TriG, with the union as default graph."""
    again = Dataset()
    again.parse(data=dataset.serialize(format="trig"), format="trig")
    assert len(again.graph(ex("h"))) == 2
    assert len(again.graph(DATASET_DEFAULT_GRAPH_ID)) == 6
