"""Reads a live catalogue with CKAN's own parser and compares every field with what is published.

Run by `make ckan` in an environment of its own: `python -m tools.ckan.check ADDRESS`.
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any, Final
from urllib.request import Request, urlopen

from ckanext.dcat.processors import RDFParser
from rdflib import Graph, URIRef

from tools.ckan.fields import DATASET, DCAT, RESOURCE, Field, datasets, expected

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

TYPES: Final = ("text/turtle", "application/ld+json", "application/rdf+xml")
SECONDS: Final = 60


def main(address: str) -> int:
    """Read the catalogue in each format; print what differs and return 1, or the counts and 0."""
    graph = Graph().parse(data=_fetched(address, "application/n-triples")[0], format="nt")
    wanted = datasets(graph)
    wrong = [line for kind in TYPES for line in _differences(address, kind, graph, wanted)]
    sys.stdout.writelines(f"{line}\n" for line in wrong)
    resources = sum(1 for _ in graph.objects(None, DCAT.distribution))
    sys.stdout.write(
        f"{len(wanted)} datasets with {resources} resources in {len(TYPES)} formats:"
        f" {len(wrong)} differences\n"
    )
    return 1 if wrong or not wanted else 0


def _differences(address: str, kind: str, graph: Graph, wanted: Iterable[URIRef]) -> Iterator[str]:
    """Yield a line for each field that did not arrive with its value."""
    text, sent = _fetched(address, kind)
    if sent != kind:
        yield f"{kind}: the answer is {sent}"
    parser = RDFParser(profiles=["euro_dcat_ap_3"])
    # As the harvester does: the type of the answer decides how it is read.
    parser.parse(text, _format=sent)
    found = {_extras(dataset)["uri"]: dataset for dataset in parser.datasets()}
    for unknown in sorted(found.keys() ^ {str(iri) for iri in wanted}):
        yield f"{kind}: {unknown}: only on one side"
    for iri in wanted:
        dataset = found.get(str(iri))
        if dataset is not None:
            for line in _of_dataset(dataset, graph, iri):
                yield f"{kind}: {iri}: {line}"


def _of_dataset(dataset: Mapping[str, Any], graph: Graph, iri: URIRef) -> Iterator[str]:
    held = {**dataset, **_extras(dataset), "tags": [tag["name"] for tag in dataset["tags"]]}
    yield from _compared(held, expected(graph, iri, DATASET), DATASET)
    if not dataset["license_id"]:
        yield "license_id: the licence is none of those in CKAN's list"
    resources = {resource["uri"]: resource for resource in dataset["resources"]}
    distributions = {str(node) for node in graph.objects(iri, DCAT.distribution)}
    for unknown in sorted(resources.keys() ^ distributions):
        yield f"{unknown}: only on one side"
    for name in sorted(resources.keys() & distributions):
        values = expected(graph, URIRef(name), RESOURCE)
        for line in _compared(resources[name], values, RESOURCE):
            yield f"{name}: {line}"


def _compared(
    held: Mapping[str, Any], values: Mapping[str, object], fields: Iterable[Field]
) -> Iterator[str]:
    for field in fields:
        found = held.get(field.name)
        if field.many:
            found = sorted(json.loads(found) if isinstance(found, str) else found or [])
        if field.always and field.name not in values:
            yield f"{field.name}: the catalogue says nothing"
        elif field.name in values and not _is(found, values[field.name]):
            yield f"{field.name}: {found!r} instead of {values[field.name]!r}"
        elif field.name not in values and found:
            yield f"{field.name}: {found!r} though the catalogue says nothing"


def _is(found: object, value: object) -> bool:
    return found in value if isinstance(value, frozenset) else found == value


def _extras(dataset: Mapping[str, Any]) -> dict[str, Any]:
    return {extra["key"]: extra["value"] for extra in dataset["extras"]}


def _fetched(address: str, kind: str) -> tuple[str, str]:
    """Return a document and its type, after a HEAD as harvesters send it."""
    for method in ("HEAD", "GET"):
        request = Request(address, headers={"Accept": kind}, method=method)  # noqa: S310 - given by make
        with urlopen(request, timeout=SECONDS) as answer:  # noqa: S310 - as above
            body, sent = answer.read(), answer.headers["Content-Type"]
    return body.decode("utf-8"), sent.partition(";")[0]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
