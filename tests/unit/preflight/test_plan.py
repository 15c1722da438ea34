from __future__ import annotations

import string
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox
from hypothesis import given
from hypothesis import strategies as st

from reti_graph.preflight.graph import Graph
from reti_graph.preflight.plan import Change, key_of, plan, problems_of_plan
from reti_graph.problems import Severity
from tests.unit.preflight.listings import BASE, graph_of

if TYPE_CHECKING:
    from collections.abc import Sequence

BEFORE: Final = """
<catalog> a dcat:Catalog ; dcat:dataset <dataset/a> .
<dataset/a> a dcat:Dataset ; dct:identifier "x:a" ; dct:title "Reti"@it, "Networks"@en ;
  dct:modified "2026-11-20"^^xsd:date ; dcat:keyword "cities"@en, "città"@it ;
  dct:publisher <office> ; dcat:distribution <dataset/a#nq>, <dataset/a#ttl> ;
  dcat:contactPoint [ a vcard:Organization ; vcard:fn "Office" ] .
<office> a foaf:Agent ; foaf:name "Some Office" .
<dataset/a#nq> a dcat:Distribution ; dcat:byteSize 10 ; spdx:checksum <dataset/a#sum> .
<dataset/a#ttl> a dcat:Distribution ; dcat:byteSize 20 .
<dataset/a#sum> a spdx:Checksum ; spdx:checksumValue "00" .
"""


def after(*changes: tuple[str, str]) -> Graph:
    """Return the catalogue with texts replaced, each of which must be there."""
    text = BEFORE
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return graph_of(text)


def reasons(*changes: tuple[str, str]) -> list[str]:
    """Return why a portal updates the dataset after these changes, in English."""
    (change,) = plan(graph_of(BEFORE), after(*changes))
    assert (change.action, change.dataset) == ("update", f"{BASE}dataset/a")
    assert change.title == {"it": "Reti", "en": "Networks"} or "title" in change.reasons[0]["en"]
    return [reason["en"] for reason in change.reasons]


def actions(changes: Sequence[Change]) -> list[tuple[str, str]]:
    """Return what happens to which dataset, by the last part of its IRI."""
    return [(change.action, change.dataset.rpartition("/")[2]) for change in changes]


def test_without_an_earlier_catalogue_everything_is_created() -> None:
    """And that is the reason."""
    (change,) = plan(None, graph_of(BEFORE))
    assert (change.action, change.dataset) == ("create", f"{BASE}dataset/a")
    assert change.reasons[0]["en"] == "there is no earlier catalogue to compare with"
    assert change.reasons[0]["it"] == "non c'è un catalogo precedente"


def test_an_equal_catalogue_is_kept() -> None:
    """Names of blank nodes and the order of statements make no difference."""
    reversed_order = Graph(reversed(graph_of(BEFORE).triples))
    (change,) = plan(graph_of(BEFORE), reversed_order)
    assert (change.action, change.reasons) == ("keep", ())


def test_a_changed_date_is_told_from_old_to_new() -> None:
    """By the name of its property."""
    assert reasons(("2026-11-20", "2026-11-26")) == ["modified 2026-11-20 → 2026-11-26"]


def test_a_title_in_one_language_is_told_from_old_to_new() -> None:
    """The other one stays."""
    assert reasons(("Networks", "City networks")) == ["title Networks → City networks"]


def test_several_values_are_told_as_added_and_removed() -> None:
    """Long ones are cut."""
    long = "x" * 100
    told = reasons(('"città"@it', f'"reti"@it, "{long}"@it'))
    assert told == [f"keyword: added reti, {'x' * 46}…{'x' * 23}; removed città"]


def test_only_added_values_are_told_alone() -> None:
    """Nothing is said of what was not removed."""
    assert reasons(('"città"@it', '"città"@it, "reti"@it')) == ["keyword: added reti"]


def test_a_datatype_that_changed_is_shown() -> None:
    """Where values would look the same without it."""
    (told,) = reasons(('"2026-11-20"^^xsd:date', '"2026-11-20"'))
    assert told.startswith('modified "2026-11-20"^^')
    assert told.endswith('→ "2026-11-20"')


def test_added_and_removed_distributions_are_counted() -> None:
    """With their names."""
    assert reasons(("<dataset/a#ttl> ;", "<dataset/a#ttl>, <dataset/a#x>, <dataset/a#y> ;")) == [
        "2 distributions added: x, y"
    ]
    assert reasons((", <dataset/a#ttl> ;", ", <dataset/a#x> ;")) == [
        "1 distribution removed: ttl; 1 distribution added: x"
    ]


def test_what_belongs_to_the_dataset_is_told_by_what_it_is() -> None:
    """Also where it belongs to something that belongs to it."""
    assert reasons(("byteSize 10", "byteSize 11")) == ["distribution nq: byteSize 10 → 11"]
    assert reasons(('"00"', '"01"')) == ["checksum sum: checksumValue 00 → 01"]
    assert reasons(('"Some Office"', '"Office"')) == ["agent office: name Some Office → Office"]


def test_many_of_a_kind_are_told_together() -> None:
    """A release changes all sizes."""
    told = reasons(("byteSize 10", "byteSize 11"), ("byteSize 20", "byteSize 21"))
    assert told == ["byteSize of 2 distributions: nq, ttl"]


def test_a_blank_node_is_told_by_what_is_said_of_it() -> None:
    """Its name says nothing."""
    (told,) = reasons(('"Office"', '"Other office"'))
    assert told.startswith("contactPoint [")
    assert "Other office" in told


def test_reasons_are_in_italian_too() -> None:
    """Each of them."""
    changes = (("<dataset/a#ttl> ;", "<dataset/a#ttl>, <dataset/a#x> ;"), ('"00"', '"01"'))
    (change,) = plan(graph_of(BEFORE), after(*changes))
    assert [reason["it"] for reason in change.reasons] == [
        "1 distribuzione aggiunta: x",
        "checksum sum: checksumValue 00 → 01",
    ]


def test_what_else_the_catalogue_says_changes_no_dataset() -> None:
    """Not the catalogue's own date, and not another dataset that this one mentions."""
    other = '<dataset/a> dct:relation <dataset/b> . <dataset/b> a dcat:Dataset ; dct:title "{}" .'
    before, now = (graph_of(BEFORE + other.format(title)) for title in ("Old", "New"))
    assert actions(plan(before, now)) == [("update", "b"), ("keep", "a")]


def test_blank_nodes_that_go_round_in_a_circle_are_compared_all_the_same() -> None:
    """As far as it makes sense."""
    circle = "<dataset/a> dct:relation _:x . _:x dct:relation _:x ; foaf:name '{}' ."
    before, same, now = (graph_of(BEFORE + circle.format(name)) for name in ("A", "A", "B"))
    assert actions(plan(before, same)) == [("keep", "a")]
    assert actions(plan(before, now)) == [("update", "a")]


def test_a_dataset_that_is_missing_is_deleted_and_a_new_one_created() -> None:
    """What is created comes first; they are not taken for one."""
    now = graph_of('<dataset/z> a dcat:Dataset ; dct:title "Other" ; dct:identifier "x:z" .')
    changes = plan(graph_of(BEFORE), now)
    assert actions(changes) == [("create", "z"), ("delete", "a")]
    assert changes[0].reasons[0]["en"] == "it was not in the catalogue published before"
    assert "missing from the catalogue" in changes[1].reasons[0]["en"]
    assert changes[1].title == {"it": "Reti", "en": "Networks"}
    assert [change.other for change in changes] == [None, None]
    assert problems_of_plan(changes, now) == ()


def test_a_dataset_without_its_type_is_missing() -> None:
    """Harvesters find datasets by their type, whatever the catalogue lists."""
    now = after(("a dcat:Dataset ;", ""))
    assert actions(plan(graph_of(BEFORE), now)) == [("delete", "a")]


def test_a_changed_iri_is_delete_and_create_and_a_violation() -> None:
    """The identifier tells that it is the same dataset."""
    now = after(("dataset/a>", "dataset/b>"), ('"Networks"@en', '"Renamed"@en'), ("Reti", "Rete"))
    changes = plan(graph_of(BEFORE), now)
    assert actions(changes) == [("create", "b"), ("delete", "a")]
    old, new = f"{BASE}dataset/a", f"{BASE}dataset/b"
    assert [change.other for change in changes] == [old, new]
    assert changes[0].reasons[0]["en"] == f"changed dataset IRI: it was {old}"
    assert changes[1].reasons[0]["en"] == f"changed dataset IRI: it is {new} now"
    (problem,) = problems_of_plan(changes, now)
    assert (problem.code, problem.severity) == ("changed-iri", Severity.VIOLATION)
    assert problem.messages["en"].startswith(f"Changed dataset IRI: “Renamed” was {old}")
    assert problem.focus == ox.NamedNode(new)
    assert old in (problem.hint or "")


def test_a_changed_iri_is_known_by_the_title_where_the_identifier_changed_too() -> None:
    """In any of its languages."""
    now = after(("dataset/a>", "dataset/b>"), ('"x:a"', '"x:b"'), ('"Networks"@en', '"New"@en'))
    changes = plan(graph_of(BEFORE), now)
    assert [problem.code for problem in problems_of_plan(changes, now)] == ["changed-iri"]


def test_each_dataset_has_one_successor() -> None:
    """The identifier goes before the title, and nothing is taken twice."""
    before = graph_of(
        '<a> a dcat:Dataset ; dct:title "T" ; dct:identifier "1" . '
        '<b> a dcat:Dataset ; dct:title "T" ; dct:identifier "2" .'
    )
    now = graph_of('<c> a dcat:Dataset ; dct:title "T" ; dct:identifier "2" .')
    others = {change.dataset: change.other for change in plan(before, now)}
    assert others == {f"{BASE}c": f"{BASE}b", f"{BASE}b": f"{BASE}c", f"{BASE}a": None}


BLANK: Final = '[] a dcat:Dataset ; dct:title "T" ; dct:identifier "1" ; dct:modified "{}" .'


def test_a_blank_node_is_known_by_its_identifier_with_a_warning() -> None:
    """As harvesters know it."""
    before, now = graph_of(BLANK.format("old")), graph_of(BLANK.format("new"))
    changes = plan(before, now)
    assert actions(changes) == [("update", "1")]
    (problem,) = problems_of_plan(changes, now)
    assert (problem.code, problem.severity) == ("no-iri", Severity.WARNING)


def test_a_blank_node_without_an_identifier_is_another_dataset_each_time() -> None:
    """It is created, the one before deleted, and that is a violation."""
    graph = graph_of('[] a dcat:Dataset ; dct:title "T" .')
    changes = plan(graph, graph)
    assert [change.action for change in changes] == ["create", "delete"]
    assert key_of(graph, graph.datasets()[0]) is None
    (problem,) = problems_of_plan(changes, graph)
    assert problem.severity is Severity.VIOLATION
    assert "create a new one at every harvest" in problem.messages["en"]


def test_a_dataset_that_becomes_a_blank_node_has_lost_its_iri() -> None:
    """The identifier tells that it is the same one."""
    before = graph_of('<a> a dcat:Dataset ; dct:title "T" ; dct:identifier "1" .')
    now = graph_of(BLANK.format("new"))
    changes = plan(before, now)
    moved, _ = problems_of_plan(changes, now)
    assert actions(changes) == [("create", "1"), ("delete", "a")]
    assert (moved.code, moved.focus) == ("changed-iri", now.datasets()[0])


NAMES: Final = st.sets(st.sampled_from(string.ascii_lowercase))


@given(NAMES, NAMES)
def test_every_dataset_of_either_catalogue_is_in_the_plan_once(
    before: set[str], now: set[str]
) -> None:
    """By set arithmetic."""
    earlier, later = (
        graph_of("".join(f"<d/{name}> a dcat:Dataset ." for name in sorted(names)))
        for names in (before, now)
    )
    expected = [
        *(("create", name) for name in sorted(now - before)),
        *(("delete", name) for name in sorted(before - now)),
        *(("keep", name) for name in sorted(before & now)),
    ]
    assert actions(plan(earlier, later)) == expected
