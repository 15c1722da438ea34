from __future__ import annotations

import gzip
from hashlib import sha256
from typing import Final

import pyoxigraph as ox
import pytest

from reti_graph import formats
from reti_graph.preflight import download as downloading
from reti_graph.preflight.files import check_files
from reti_graph.problems import Severity
from tests.unit.preflight.fake_fetcher import FakeFetcher, Given, answered
from tests.unit.preflight.listings import BASE, graph_of
from tests.unit.preflight.offered import (
    CSV,
    DATASET,
    NQ,
    STATEMENTS,
    TTL,
    download,
    dump,
    found,
    offering,
    only,
    quads,
)

IANA: Final = "https://www.iana.org/assignments/media-types"
PACKED: Final = f"; dcat:compressFormat <{IANA}/application/gzip>"


def promised(body: bytes, media_type: str) -> str:
    """Return the type, the size and the checksum of a file, as a distribution says them."""
    return (
        f"; dcat:mediaType <{IANA}/{media_type}> ; dcat:byteSize {len(body)} ; spdx:checksum "
        "[ spdx:algorithm spdx:checksumAlgorithm_sha256 ; "
        f"spdx:checksumValue '{sha256(body).hexdigest()}' ]"
    )


def test_dumps_in_all_formats_with_their_sizes_and_checksums_are_in_order() -> None:
    """As they are, and compressed; each address is asked with HEAD and GET, once."""
    answers: dict[str, Given] = {}
    distributions = []
    for target in formats.RDF_FORMATS:
        plain = formats.serialize_quads(quads(), target)
        address, packed = f"{BASE}dump.{target.extension}", gzip.compress(plain)
        answers[address] = answered(plain, target.content_type)
        answers[f"{address}.gz"] = answered(packed, "application/gzip")
        distributions += [
            download(address, promised(plain, target.media_type)),
            download(f"{address}.gz", promised(packed, target.media_type) + PACKED),
        ]
    fetcher = FakeFetcher(answers)
    assert check_files(fetcher, graph_of(offering(*distributions))) == ()
    assert len(fetcher.asked) == len(set(fetcher.asked)) == 24


def test_a_dump_that_lacks_a_triple_is_told_with_the_triple() -> None:
    """Against the N-Quads of the same dataset, wherever they are listed."""
    answers: dict[str, Given] = {
        TTL: dump(formats.TURTLE, STATEMENTS[:3]),
        NQ: dump(formats.N_QUADS),
    }
    problem = only(found(answers, download(TTL), download(NQ)), "other-statements")
    assert problem.messages["en"].startswith(
        f"{TTL} does not say the same as {NQ}: 1 triple missing: <http://a/s> <http://a/n>"
    )
    assert problem.focus == ox.NamedNode(f"{DATASET}#0")


def test_a_dump_with_other_triples_is_told_with_one_of_each() -> None:
    """A literal in another spelling is another one."""
    other = [STATEMENTS[0].replace("1.50", "1.5"), *STATEMENTS[1:]]
    answers: dict[str, Given] = {TTL: dump(formats.TURTLE, other), NQ: dump(formats.N_QUADS)}
    problem = only(found(answers, download(NQ), download(TTL)), "other-statements")
    assert "1 triple missing" in problem.messages["en"]
    assert '; 1 triple more: <http://a/s> <http://a/p> "1.5"' in problem.messages["en"]
    assert "1 tripla manca" in problem.messages["it"]


def test_formats_with_graphs_must_have_the_same_quads() -> None:
    """A statement in another graph is another one, for them alone."""
    other = [*STATEMENTS[:3], STATEMENTS[3].replace("http://a/h", "http://a/g")]
    trig = f"{BASE}dump.trig"
    answers: dict[str, Given] = {
        NQ: dump(formats.N_QUADS),
        trig: dump(formats.TRIG, other),
        TTL: dump(formats.TURTLE, other),
    }
    problem = only(found(answers, download(NQ), download(trig), download(TTL)), "other-statements")
    assert "1 quad missing" in problem.messages["en"]
    assert "1 quad more" in problem.messages["en"]


def test_without_n_quads_the_first_dump_is_the_measure() -> None:
    """Graphs count between two that have them."""
    nt = f"{BASE}dump.nt"
    answers: dict[str, Given] = {
        TTL: dump(formats.TURTLE),
        nt: dump(formats.N_TRIPLES, STATEMENTS[1:]),
    }
    problem = only(found(answers, download(TTL), download(nt)), "other-statements")
    assert f"{nt} does not say the same as {TTL}" in problem.messages["en"]


def test_blank_nodes_are_the_same_under_other_names() -> None:
    """In any format."""
    text = "@prefix : <http://a/> . :x :p [ :q 1 ; :r [ :q 2 ] ] ."
    parsed = list(ox.parse(text, ox.RdfFormat.TURTLE))
    lines = [str(quad) + " ." for quad in parsed]
    answers: dict[str, Given] = {
        TTL: answered(text, "text/turtle"),
        NQ: answered("\n".join(lines), "application/n-quads"),
    }
    assert found(answers, download(TTL), download(NQ)) == ()


def test_an_unparsable_dump_is_told_with_its_place() -> None:
    """And the others are compared with nothing."""
    answers: dict[str, Given] = {
        NQ: answered("<http://a/s> .\n", "application/n-quads"),
        TTL: dump(formats.TURTLE),
    }
    problem = only(found(answers, download(NQ), download(TTL)), "syntax")
    assert problem.focus == ox.NamedNode(f"{DATASET}#0")
    assert problem.location is not None
    assert problem.location.line == 1


def test_what_is_not_compressed_though_promised_is_told() -> None:
    """As when a server undoes the compression by a Content-Encoding."""
    packed = f"{TTL}.gz"
    answers: dict[str, Given] = {packed: dump(formats.TURTLE)}
    problem = only(found(answers, download(packed, PACKED)), "compression")
    assert "cannot be unpacked with gzip" in problem.messages["en"]


def test_a_compressed_file_that_ends_too_early_is_told() -> None:
    """Half a file is no file."""
    packed = f"{TTL}.gz"
    body = gzip.compress(formats.serialize_quads(quads(), formats.TURTLE))[:-9]
    answers: dict[str, Given] = {packed: answered(body, "application/gzip")}
    problem = only(found(answers, download(packed, PACKED)), "compression")
    assert "ends too early" in problem.messages["en"]


def test_a_compressed_table_is_looked_into() -> None:
    """By what its name ends with, where no type is promised."""
    packed = f"{CSV}.gz"
    answers: dict[str, Given] = {packed: answered(gzip.compress(b"a,b\n1\n"), "application/gzip")}
    only(found(answers, f"dcat:downloadURL <{packed}>"), "table")


@pytest.mark.parametrize(
    ("body", "line", "reason"),
    [
        ("a,b\n1,2\n3\n", 3, "1 cells for 2 columns"),
        ("a,a\n1,2\n", 1, "two columns have the same name"),
        ("a,\n1,2\n", 1, "a column has no name"),
        ("", 1, "a column has no name"),
        ('a,b\n"1"2,3\n', 2, "no CSV"),
    ],
)
def test_a_file_that_is_no_table_is_told_with_the_line(body: str, line: int, reason: str) -> None:
    """One header with names, and rows of its length."""
    problem = only(found({CSV: answered(body, "text/csv")}, download(CSV)), "table")
    assert reason in problem.messages["en"]
    assert problem.location is not None
    assert problem.location.line == line


def test_a_table_in_latin_1_is_told() -> None:
    """Readers of open data read UTF-8."""
    body = "città\nMilano\n".encode("latin-1")
    only(found({CSV: answered(body, "text/csv")}, download(CSV)), "encoding")


def test_a_file_that_unpacks_to_very_much_is_not_looked_into(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A few kilobytes may stand for gigabytes; that is told."""
    monkeypatch.setattr(downloading, "MOST_UNPACKED", 1024 * 1024)
    packed = f"{TTL}.gz"
    body = gzip.compress(b" " * (1024 * 1024 + 1))
    (problem,) = found({packed: answered(body, "application/gzip")}, download(packed, PACKED))
    assert (problem.code, problem.severity) == ("large-file", Severity.INFO)
    assert "longer than 1 MB" in problem.messages["en"]
