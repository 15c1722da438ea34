"""Every shape of the site broken once, on one line of a real file: the finding is at that line."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from reti_graph.sources.site import EXAMPLES, Site, read_site
from reti_graph.validation.shacl_rust_engine import ShaclRustEngine
from reti_graph.validation.targets import focus_nodes, targets
from reti_graph.validation.triples import TripleIndex, sh
from reti_graph.validation.validate import validate
from tests.unit.site.conftest import SITE, TYPE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# No property of the model takes this: it has no language, no known datatype, and is no IRI.
WRONG = '"???"^^<urn:wrong>'
BAD = "https://w3id.org/reti-graph/Wrong_Name"
CLOSED = sh("closed")
# The last term of a line, and the punctuation after it.
LAST_TERM = re.compile(r'(?:".*"\S*?|<[^>]*>|true|false|[\w.+-]+(?::[\w.-]+)?)(?=\s?[;,.]$)')
# Shapes with nothing but these only count: a value in the place of another is as many.
COUNTING = ("path", "minCount", "maxCount", "severity", "name", "message")
ONLY_COUNTING = {sh(name) for name in COUNTING} | {TYPE}
# Whoever has another type or quote is another thing; to break these would break all others' tests.
LEFT_WHOLE = {TYPE, ox.NamedNode("https://w3id.org/reti-graph/ontology#quote")}


class Break(NamedTuple):
    """One line to spoil: the shape that must then object, where, and the property it is about."""

    shape: str
    file: str
    line: int


def breaks(site: Site) -> Iterator[Break]:
    """Choose, for each property shape with a simple path, a line that has such a value."""
    files = (*site.data, *site.ontology)
    shapes = TripleIndex([quad.triple for file in site.shapes for quad in file.quads])
    data = TripleIndex([quad.triple for file in files for quad in file.quads])
    lines: dict[tuple[object, object], tuple[str, int]] = {}
    for file in files:
        of_line = list(file.lines)
        for quad, line in zip(file.quads, file.lines, strict=True):
            # A line with two statements is left whole: spoiling it would spoil both.
            if of_line.count(line) == 1:
                lines.setdefault((quad.subject, quad.predicate), (file.name, line))
    taken = set()
    for target in targets(shapes):
        for shape in shapes.objects(target.shape, sh("property")):
            (path,) = shapes.objects(shape, sh("path"))
            if path in LEFT_WHOLE or shapes.leaving(shape).keys() <= ONLY_COUNTING:
                continue
            for node in sorted(focus_nodes(target, data), key=str):
                place = lines.get((node, path))
                if place is not None and place not in taken and isinstance(shape, ox.NamedNode):
                    taken.add(place)
                    yield Break(shape.value, *place)
                    break


def spoil(root: Path, broken: list[Break]) -> None:
    """Write something wrong in the place of the last term of each line."""
    for name in {each.file for each in broken}:
        path = root / name
        lines = path.read_text("utf-8").split("\n")
        for line in (each.line for each in broken if each.file == name):
            lines[line - 1], count = LAST_TERM.subn(lambda _: WRONG, lines[line - 1], count=1)
            assert count == 1, f"{name}:{line}: {lines[line - 1]}"
        path.write_text("\n".join(lines), "utf-8")


def copied_site(to: Path) -> Path:
    """Copy what a site is made of, but for the examples."""
    for part in ("ontology", "data", "shapes", "queries"):
        shutil.copytree(SITE / part, to / part, ignore=shutil.ignore_patterns("examples"))
    shutil.copy(SITE / "reti.toml", to)
    return to


def found_in(root: Path) -> set[Break]:
    """Validate a site, and return which shape found something at which file and line."""
    site, problems = read_site(root, without=EXAMPLES)
    report = validate(site, ShaclRustEngine(), None, problems).report
    return {
        Break(str(problem.shape), problem.location.file, problem.location.line or 0)
        for problem in report.problems
        if problem.location
    }


def test_each_broken_property_is_found_at_its_file_and_line(tmp_path: Path) -> None:
    """Spoil one line a property shape, all at once: each shape objects, at that very line."""
    site, _ = read_site(SITE, without=EXAMPLES)
    broken = list(breaks(site))
    spoil(copied_site(tmp_path), broken)
    assert sorted(set(broken) - found_in(tmp_path)) == []
    classes = {each.shape.partition("#")[2].partition("-")[0] for each in broken}
    assert classes >= {"Network", "Membership", "Founding", "Partnership", "Figure", "Passage"}
    assert classes >= {"City", "Country", "Identified", "List", "Located", "Source"}
    assert len(broken) > 100


def test_each_broken_node_is_found_at_its_file_and_line(tmp_path: Path) -> None:
    """One node for each shape of whole nodes, ill-named and with a property of nobody's."""
    site, _ = read_site(SITE, without=EXAMPLES)
    shapes = TripleIndex([quad.triple for file in site.shapes for quad in file.quads])
    strict = [
        target
        for target in targets(shapes)
        if target.kind == "targetClass"
        and (shapes.objects(target.shape, sh("pattern")) or shapes.is_true(target.shape, CLOSED))
    ]
    block = [f"<{BAD}> {{"]
    expected = set()
    for number, target in enumerate(strict, start=2):
        node = f"<{BAD}/{number}>"
        block.append(f'{node} a {target.value} ; <{BAD}#property> "x" .')
        expected.add(Break(str(target.shape).strip("<>"), "data/milan-page/bad.trig", number))
    bad = copied_site(tmp_path) / "data" / "milan-page" / "bad.trig"
    bad.write_text("\n".join([*block, "}"]), "utf-8")
    assert sorted(expected - found_in(tmp_path)) == []
    assert len(expected) > 20
