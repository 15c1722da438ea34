from __future__ import annotations

import gzip
import hashlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox
import pytest

from reti_graph.catalogue.downloads import Downloads
from reti_graph.catalogue.splitting import parts_of
from reti_graph.config import parse_settings
from reti_graph.errors import StoreError, UnknownNameError
from reti_graph.sources.site import read_site
from tests.cli.conftest import SMALL_SITE

if TYPE_CHECKING:
    from pathlib import Path

    from reti_graph.catalogue.parts import File, Part

EXTENSIONS: Final = ("nq", "trig", "ttl", "jsonld", "nt", "rdf")
STEMS: Final = ("dump", "dump/ontology", "dump/shapes", "dump/queries", "dump/source/page")
KINDS: Final = ("city", "membership", "municipality", "network", "source")


@pytest.fixture(scope="module")
def parts() -> tuple[Part, ...]:
    """Give the parts of the small site, without its queries."""
    site, _ = read_site(SMALL_SITE)
    shapes = [quad.triple for file in site.shapes for quad in file.quads]
    return parts_of(site.quads, shapes=shapes, queries=(), settings=site.settings, dates=site.dates)


@pytest.fixture
def downloads(parts: tuple[Part, ...], tmp_path: Path) -> Downloads:
    """Give the files of the small site, of which none is written yet."""
    settings = parse_settings((SMALL_SITE / "reti.toml").read_text("utf-8"))
    return Downloads(parts, settings, tmp_path)


def content(downloads: Downloads, path: str) -> bytes:
    """Return the bytes of a file."""
    return downloads.on_disk(downloads.file(path)).read_bytes()


def test_every_part_is_had_in_every_format(downloads: Downloads) -> None:
    """The whole compressed as well, and every kind of things as a table with its metadata."""
    dumps = [
        f"{stem}.{end}{packed}"
        for stem in STEMS
        for end in EXTENSIONS
        for packed in (("", ".gz") if stem == "dump" else ("",))
    ]
    tables = [f"table/{kind}.csv{end}" for kind in KINDS for end in ("", "-metadata.json")]
    assert downloads.paths == (*dumps, *tables)
    assert tuple(file.path for file in downloads.all()) == downloads.paths


def test_nothing_is_written_before_it_is_asked_for(downloads: Downloads, tmp_path: Path) -> None:
    """And what is written lies at its path below the folder."""
    assert list(tmp_path.iterdir()) == []
    file = downloads.file("dump/source/page.nq")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [
        tmp_path / "dump/source/page.nq"
    ]
    assert downloads.on_disk(file) == tmp_path / "dump/source/page.nq"


@pytest.mark.parametrize("stem", STEMS)
def test_a_dump_says_what_the_part_says(
    downloads: Downloads, parts: tuple[Part, ...], stem: str
) -> None:
    """With its graphs, or their union where the format has none."""
    (part,) = (part for part in parts if part.stem == stem)
    for extension in EXTENSIONS:
        form = ox.RdfFormat.from_extension(extension)
        assert form is not None
        quads = set(ox.parse(content(downloads, f"{stem}.{extension}"), format=form))
        if form.supports_datasets:
            assert quads == set(part.quads)
        assert {quad.triple for quad in quads} == {quad.triple for quad in part.quads}


def test_a_file_is_described_by_its_size_and_checksum(downloads: Downloads) -> None:
    """Compressed ones by those of the bytes that are sent."""
    for file in downloads.all():
        written = downloads.on_disk(file).read_bytes()
        assert (file.size, file.sha256) == (len(written), hashlib.sha256(written).hexdigest())
        assert (file.coding == "gzip") == file.path.endswith(".gz")


@pytest.mark.parametrize(
    ("path", "part", "media_type"),
    [
        ("dump.nq", "", "application/n-quads"),
        ("dump.ttl.gz", "", "text/turtle"),
        ("dump/source/page.jsonld", "source/page", "application/ld+json"),
        ("table/city.csv", "", "text/csv"),
        ("table/city.csv-metadata.json", "", "application/csvm+json"),
    ],
)
def test_a_file_tells_what_it_is_of_and_in_which_format(
    downloads: Downloads, path: str, part: str, media_type: str
) -> None:
    """What is compressed has the format of what is in it."""
    file = downloads.file(path)
    assert (file.part, file.target.media_type) == (part, media_type)


def test_a_compressed_file_holds_the_other_and_no_time(downloads: Downloads) -> None:
    """Neither a name nor a date: equal content gives equal bytes (RFC 1952, 2.3)."""
    packed = content(downloads, "dump.nq.gz")
    assert gzip.decompress(packed) == content(downloads, "dump.nq")
    flags, modified = packed[3], packed[4:8]
    assert (flags, modified) == (0, bytes(4))


def test_a_table_can_be_had_compressed_though_nobody_says_so(downloads: Downloads) -> None:
    """For clients that take a content coding."""
    packed = content(downloads, "table/city.csv.gz")
    assert gzip.decompress(packed) == content(downloads, "table/city.csv")
    assert "table/city.csv.gz" not in downloads.paths


@pytest.mark.parametrize(
    ("path", "near"),
    [
        ("dump.nx", "dump.nq"),
        ("dump/source/pag.nq", "dump/source/page.nq"),
        ("table/cities.csv", "table/city.csv"),
        ("../reti.toml", None),
        ("dump/../dump.nq", None),
        ("x" * 100_000, None),
        ("", None),
    ],
)
def test_another_name_is_unknown(downloads: Downloads, path: str, near: str | None) -> None:
    """The error offers those like it, where there are any."""
    with pytest.raises(UnknownNameError) as caught:
        downloads.file(path)
    assert near is None or near in caught.value.nearest


def test_rdf_xml_that_would_be_none_is_left_out(tmp_path: Path, parts: tuple[Part, ...]) -> None:
    """XML has no name for some properties; the other formats do."""
    settings = parse_settings((SMALL_SITE / "reti.toml").read_text("utf-8"))
    thing = ox.NamedNode("urn:x:a")
    odd = ox.Quad(thing, ox.NamedNode("urn:x:1"), thing)
    downloads = Downloads([replace(parts[0], quads=(odd,)), parts[1]], settings, tmp_path)
    assert not {"dump.rdf", "dump.rdf.gz"} & {*downloads.paths}
    assert {"dump.ttl", "dump/ontology.rdf"} < {file.path for file in downloads.all()}
    for path in ("dump.rdf", "dump.rdf", "dump.rdf.gz"):
        with pytest.raises(UnknownNameError) as caught:
            downloads.file(path)
        assert not {"dump.rdf", "dump.rdf.gz"} & {*caught.value.nearest}


def test_a_disk_that_fails_is_told_as_such(downloads: Downloads, tmp_path: Path) -> None:
    """And what could not be written then can be written later."""
    (tmp_path / "dump").write_text("in the way")
    with pytest.raises(StoreError, match=r"dump/shapes\.nq cannot be written"):
        downloads.file("dump/shapes.nq")
    (tmp_path / "dump").unlink()
    assert downloads.file("dump/shapes.nq").size > 0


def test_threads_that_ask_at_once_get_the_same(downloads: Downloads) -> None:
    """Each file is written once."""
    paths = [*downloads.paths, *reversed(downloads.paths)]

    def ask(path: str) -> File:
        return downloads.file(path)

    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(ask, paths))
    assert all(file is downloads.file(file.path) for file in found)
    assert {file.path for file in found} == {*downloads.paths}


def test_equal_parts_in_another_order_give_equal_bytes(
    downloads: Downloads, parts: tuple[Part, ...], tmp_path: Path
) -> None:
    """No set decides about an order."""
    settings = parse_settings((SMALL_SITE / "reti.toml").read_text("utf-8"))
    (tmp_path / "other").mkdir()
    turned = [replace(part, quads=part.quads[::-1]) for part in parts]
    other = Downloads(turned, settings, tmp_path / "other")
    assert other.all() == downloads.all()
