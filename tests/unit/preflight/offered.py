"""Datasets that offer files, for tests of what becomes of these."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from reti_graph import formats
from reti_graph.preflight.files import check_files
from reti_graph.problems import Problem, Severity
from tests.unit.preflight.fake_fetcher import FakeFetcher, Given, answered
from tests.unit.preflight.listings import BASE, graph_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reti_graph.formats import Format

NQ: Final = f"{BASE}dump.nq"
CSV: Final = f"{BASE}t.csv"
TTL: Final = f"{BASE}dump.ttl"
DATASET: Final = f"{BASE}dataset"
CODES: Final = {
    "ttl": "RDF_TURTLE",
    "nq": "RDF_N_QUADS",
    "nt": "RDF_N_TRIPLES",
    "trig": "RDF_TRIG",
    "jsonld": "JSON_LD",
    "rdf": "RDF_XML",
}
STATEMENTS: Final = (
    '<http://a/s> <http://a/p> "1.50"^^<http://www.w3.org/2001/XMLSchema#decimal> <http://a/g> .',
    '<http://a/s> <http://a/p> "due"@it <http://a/g> .',
    '<http://a/s> <http://a/p> "due"@it <http://a/h> .',
    '<http://a/s> <http://a/n> "2"^^<http://www.w3.org/2001/XMLSchema#integer> <http://a/h> .',
)


def quads(lines: Sequence[str] = STATEMENTS) -> list[ox.Quad]:
    """Return the quads of N-Quads lines."""
    return list(ox.parse("\n".join(lines), ox.RdfFormat.N_QUADS))


def dump(target: Format, lines: Sequence[str] = STATEMENTS) -> Given:
    """Return the answer with the statements in a format."""
    return answered(formats.serialize_quads(quads(lines), target), target.content_type)


def offering(*distributions: str) -> str:
    """Return a catalogue of one dataset with distributions, each said by its properties."""
    nodes = " , ".join(f"<dataset#{number}>" for number in range(len(distributions)))
    said = "\n".join(
        f"<dataset#{number}> a dcat:Distribution ; {text} ."
        for number, text in enumerate(distributions)
    )
    return (
        "<catalog> a dcat:Catalog ; dcat:dataset <dataset> .\n"
        f"<dataset> a dcat:Dataset ; dcat:distribution {nodes} .\n{said}"
    )


def download(address: str, more: str = "") -> str:
    """Return what a distribution says of a file, its format by its extension."""
    extension = address.removesuffix(".gz").rpartition(".")[2]
    code = CODES.get(extension, extension.upper())
    return (
        f"dcat:accessURL <{address}> ; dcat:downloadURL <{address}> ; dct:format type:{code} {more}"
    )


def found(
    answers: Mapping[str, Given], *distributions: str, heads: Mapping[str, Given] | None = None
) -> tuple[Problem, ...]:
    """Return what is wrong with the files of a catalogue."""
    return check_files(FakeFetcher(answers, heads), graph_of(offering(*distributions)))


def only(problems: Sequence[Problem], code: str) -> Problem:
    """Return the only finding, which must be a violation with a code, in both languages."""
    (problem,) = problems
    assert (problem.code, problem.severity) == (code, Severity.VIOLATION)
    assert problem.messages["it"] != problem.messages["en"]
    assert problem.location is not None
    assert problem.hint
    return problem
