from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
from slugify import slugify

from reti_graph.naming import split_thing
from tests.tools.facts import CITIES, city, member, read, tables
from tools.import_facts.listed import sort
from tools.import_facts.names import Naming, given_names
from tools.import_facts.places import Places

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from reti_graph.problems import Problem
    from tools.import_facts.names import Thing

BASE = "https://example.org/"


def named(
    folder: Path,
    *rows: Mapping[str, str],
    places: Sequence[Mapping[str, str]] = CITIES,
    needed: Sequence[str] = (),
) -> tuple[dict[str, Thing], Sequence[Problem]]:
    """Name the places of good rows; they come by GeoNames id or, without one, by name."""
    table = tables(folder)
    members, by_id, problems = read(folder, rows, places)
    assert problems == []
    known = Places.of(table.places)
    found = sort(members, table.lists.lists, known)
    assert found.problems == ()
    things, clashes = Naming(table.places, known, by_id).things(found.listed, needed)
    return {key.geonames_id or key.name: thing for key, thing in things.items()}, clashes


def test_a_city_of_the_site_keeps_its_names(tmp_path: Path) -> None:
    """Whatever a list calls it."""
    things, _ = named(tmp_path, member("Alpha", "Milan City"))
    assert things["1"].term == "city:milan"
    assert things["1"].labels == {"en": "Milan", "it": "Milano"}
    assert things["1"].given == ()


def test_the_first_english_list_names_a_city(tmp_path: Path) -> None:
    """Its IRI comes from that; a list in Italian gives the Italian name."""
    rows = [member("Beta", "Torino", "2"), member("Alpha", "Turin", "2")]
    things, _ = named(tmp_path, *rows, member("Gamma", "Turin (Torino)", "2"))
    assert things["2"].term == "city:turin"
    assert things["2"].labels == {"it": "Torino", "en": "Turin"}


def test_where_no_english_list_names_a_city_the_editors_do(tmp_path: Path) -> None:
    """With GeoNames' name; they write out what the Italian list abbreviates, too."""
    things, _ = named(tmp_path, member("Beta", "Novate M.se", "4"), member("Beta", "Torino", "2"))
    assert things["4"].labels == {"en": "Novate Milanese", "it": "Novate Milanese"}
    assert things["4"].given == ("en", "it")
    assert (things["2"].labels, things["2"].given) == ({"it": "Torino", "en": "Turin"}, ("en",))
    english, italian = given_names(things.values())
    assert list(english.says) == ["city:novate-milanese", "city:turin"]
    assert italian.says == {"city:novate-milanese": ('rdfs:label "Novate Milanese"@it',)}


def test_no_passage_is_made_when_the_editors_give_no_name(tmp_path: Path) -> None:
    """A passage says something."""
    things, _ = named(tmp_path, member("Alpha", "Turin", "2"))
    assert given_names(things.values()) == ()


def test_a_list_whose_spellings_are_not_its_own_names_nobody(tmp_path: Path) -> None:
    """Its names are another list's."""
    row = member("Alpha", "Torino", "2", source_title="Alpha: the members, seen twice")
    things, _ = named(tmp_path, row)
    assert things["2"].labels == {"en": "Torino"}


def test_a_city_that_records_need_is_named_by_the_editors(tmp_path: Path) -> None:
    """No list has it."""
    things, _ = named(tmp_path, needed=["3"])
    assert (things["3"].term, things["3"].given) == ("city:koln", ("en",))


def test_what_is_no_city_is_a_territorial_body(tmp_path: Path) -> None:
    """With the name its list gives, in the list's language only."""
    things, _ = named(
        tmp_path,
        member("Alpha", "Brussels Region", "", country="BE"),
        member("Beta", "Unione Due Paesi", ""),
        member("Alpha", "Kadikoy", "", country="TR"),
    )
    region, union, place = things.values()
    assert (region.term, region.kind) == ("territorial-body:brussels-region", "region")
    assert region.class_ == "reti:TerritorialBody"
    assert (union.labels, union.given) == ({"it": "Unione Due Paesi"}, ())
    assert (place.term, place.class_) == ("city:kadikoy", "reti:City")


def test_a_place_without_id_that_only_an_italian_list_names_has_an_english_name(
    tmp_path: Path,
) -> None:
    """The editors take the list's own: there is no other."""
    things, _ = named(tmp_path, member("Beta", "Kadikoy", "", country="TR"))
    assert things["Kadikoy"].labels == {"it": "Kadikoy", "en": "Kadikoy"}
    assert things["Kadikoy"].given == ("en",)


def test_two_cities_of_one_name_are_told_apart_by_country(tmp_path: Path) -> None:
    """Neither has the bare name, unless its name was settled before."""
    places = [city("5", "Córdoba", country="AR"), city("6", "Córdoba", country="ES")]
    rows = [
        member("Alpha", "Cordoba", "5", country="AR"),
        member("Gamma", "Córdoba", "6", country="ES"),
        member("Alpha", "Milan"),
        member("Gamma", "Milan", "7", country="US"),
    ]
    places += [city("1", "Milan"), city("7", "Milan", country="US")]
    things, clashes = named(tmp_path, *rows, places=places)
    assert clashes == []
    terms = {number: thing.term for number, thing in things.items()}
    assert terms == {
        "5": "city:cordoba-ar",
        "6": "city:cordoba-es",
        "1": "city:milan",
        "7": "city:milan-us",
    }


def test_two_cities_of_one_name_and_country_are_a_problem(tmp_path: Path) -> None:
    """The first is taken; the tables can give the other a name."""
    places = [city("7", "Springfield"), city("8", "Springfield")]
    rows = [member("Alpha", "Springfield", "7"), member("Gamma", "Springfield", "8")]
    things, (clash,) = named(tmp_path, *rows, places=places)
    assert list(things) == ["7"]
    assert '7 / 8) have the same name "springfield-it"' in clash.messages["en"]
    places[1]["geonames_id"] = rows[1]["geonames_id"] = "9"
    things, clashes = named(tmp_path, *rows, places=places)
    assert clashes == []
    assert things["9"].term == "city:springfield-in-exile"


@given(st.text(min_size=1).filter(slugify))
def test_every_slug_is_the_last_part_of_an_iri(name: str) -> None:
    """Whatever letters a name has, its slug has the few that our IRIs have."""
    slug = slugify(name)
    assert split_thing(f"{BASE}id/city/{slug}", BASE) == ("city", slug)
    assert slug == slug.encode("ascii").decode().lower()
