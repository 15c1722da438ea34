"""Small tables: each thing that the tables of the import can say, once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

LISTS: Final = """
collected = "2026-11-22"
rights = { it = "Non si sa.", en = "Not known." }

[[list]]
network = "Alpha"
titles = ["Alpha: the members", "Alpha: the members, seen twice"]
dated = ["2020"]
quote = "the members"
covers = { it = "chi c’è", en = "who is there" }
completeness = "complete"
target = "network:alpha"
notes = { founder = "founding", initiator = "recorded" }
[list.source]
slug = "alpha-page"
title = { it = "Alfa", en = "Alpha" }
languages = ["en"]
pages = ["https://example.org/alpha"]
issued = "2020"

[[list]]
network = "Alpha"
titles = ["Alpha: the members, seen twice"]
dated = ["2020"]
quote = "seen twice"
covers = { it = "chi c’è", en = "who is there" }
completeness = "unstated"
target = "network:alpha"
spellings = false
[list.source]
slug = "alpha-table"
title = { it = "Alfa, tabella", en = "Alpha, table" }
languages = ["en"]
pages = ["https://example.org/alpha"]
not_before = "2019"

[[list]]
network = "Beta"
titles = ["Beta: gli aderenti"]
dated = ["senza data"]
quote = "gli aderenti"
covers = { it = "chi c’è", en = "who is there" }
completeness = "complete"
target = "network:beta"
[list.source]
slug = "beta-page"
title = { it = "Beta", en = "Beta" }
languages = ["it"]
pages = ["https://example.org/beta"]

[[list]]
network = "Gamma"
titles = ["Gamma: the chosen"]
dated = ["2016-05"]
quote = "the chosen"
covers = { it = "le scelte", en = "the chosen" }
completeness = "partial"
target = "programme:gamma"
notes = { "first group" = "joined" }
[list.source]
slug = "gamma-page"
title = { it = "Gamma", en = "Gamma" }
languages = ["en"]
pages = ["https://example.org/gamma"]
issued = "2016-05"

[[list]]
network = "Delta"
titles = ["Delta: its board"]
dated = ["2018-12-12"]
quote = "its board"
covers = { it = "il consiglio", en = "the board" }
completeness = "partial"
target = "body:delta-board"
part_of = "network:alpha"
notes = { chair = "role" }
roles = { Turin = "vice-chair" }
[list.source]
slug = "delta-page"
title = { it = "Delta", en = "Delta" }
languages = ["en"]
pages = ["https://example.org/delta"]
publisher = "network:alpha"
issued = "2018-12-12"

[geonames]
slug = "geonames"
title = { it = "GeoNames", en = "GeoNames" }
languages = ["en"]
license = "https://example.org/licence"

[territories]
slug = "cities"
quote = "cities.csv"
covers = { it = "i Comuni", en = "the municipalities" }
[territories.source]
slug = "italian-vocabularies"
title = { it = "Vocabolari", en = "Vocabularies" }
languages = ["it"]

[[matches]]
cited = "a store matches.json"
quote = "matches.json"
slug = "matches"
covers = { it = "città", en = "cities" }
[matches.source]
slug = "store"
title = { it = "Deposito", en = "Store" }
languages = ["en"]

[[matches]]
cited = "a store more.csv"
quote = "more.csv"
slug = "more"
covers = { it = "città", en = "cities" }
source_of = "store"
"""

PLACES: Final = """
abbreviated = ["Novate M.se"]

[known.1]
slug = "milan"
en = "Milan"
it = "Milano"

[slugs]
9 = "springfield-in-exile"

[[same]]
name = "Kadikoy"
also = "Kadıköy"
country = "TR"

[[place]]
kind = "city"
country = "TR"
names = ["Kadikoy"]

[[place]]
kind = "region"
country = "BE"
names = ["Brussels Region"]

[[place]]
kind = "union-of-municipalities"
country = "IT"
names = ["Unione Due Paesi"]
"""

RECORDS: Final = "things = {}\ncities = {}\nnew = {}\nleave = []\nrow = []\n"
RECORD_SOURCES: Final = """
collected = "2026-11-22"
rights = { it = "Non si sa.", en = "Not known." }
source = []
"""

# Tables with which a row of identifiers.csv says where a forum has its seat.
SEAT_RECORDS: Final = RECORDS.replace("things = {}", 'things = { Forum = "network:forum" }')
SEAT_SOURCES: Final = (
    RECORD_SOURCES.replace("source = []", "")
    + """
[[source]]
cited = ["a page"]
slug = "a-page"
title = { it = "Una pagina", en = "A page" }
languages = ["en"]
"""
)

TABLES: Final[Mapping[str, str]] = {
    "lists.toml": LISTS,
    "places.toml": PLACES,
    "records.toml": RECORDS,
    "record-sources.toml": RECORD_SOURCES,
}
