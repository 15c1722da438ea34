"""The description of the server for programs: right by the standard, whole, and true."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator
from starlette.routing import Match, Route

from reti_graph import wiring
from reti_graph.canned.choices import MOST
from reti_graph.web.api.parameters import MOST_NAMED
from tests.web.conftest import SMALL_SITE, application, open_client

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from starlette.applications import Starlette
    from starlette.testclient import TestClient

    from reti_graph.release import Release

    Json = dict[str, Any]

DOCS: Final = Path(__file__).resolve().parents[2] / "docs" / "http.md"
# What the server's own HTTP refuses before there is an address, or for an address's method.
ELSEWHERE: Final = {"405"}
TYPED: Final = """\
#+ summary: {it: "Valori", en: "Values"}
#+ description: {it: "Ciò che è dato.", en: "What is given."}
#+ tags: [values]
#+ params:
#+   number: {type: integer, label: {it: "Numero", en: "Number"}, default: 3, example: 5}
#+   text: {type: string, label: {it: "Testo", en: "Text"}, example: "a b"}
#+   day: {type: date, label: {it: "Giorno", en: "Day"}, optional: true, example: "2020-01-31"}
#+   any: {type: iri, label: {it: "Cosa", en: "Thing"}, example: "https://example.org/x"}
SELECT ?n ?t ?a ?d WHERE {
    BIND($number AS ?n) BIND($text AS ?t) BIND($any AS ?a) BIND($day AS ?d)
}
"""


@pytest.fixture(scope="module")
def bundled() -> Release:
    """Give the site that comes with the program as a release."""
    return wiring.open_release(wiring.bundled_site())


@pytest.fixture(params=["small", "bundled"])
def release(request: pytest.FixtureRequest, small_release: Release, bundled: Release) -> Release:
    """Give the release of each site."""
    return small_release if request.param == "small" else bundled


@pytest.fixture
def app(release: Release) -> Starlette:
    """Give the application of each site."""
    return application(release)


@pytest.fixture
def document(app: Starlette) -> Json:
    """Give the description of each site."""
    with open_client(app) as client:
        return described(client)


def described(client: TestClient) -> Json:
    """Get the description."""
    answer = client.get("/openapi.json")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
    found: Json = answer.json()
    return found


def operations(document: Json) -> Iterator[tuple[str, str, Json]]:
    """Yield address, method and description of each operation."""
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def named(operation: Json) -> Mapping[str, Json]:
    """Give the parameters of an operation by name."""
    return {parameter["name"]: parameter for parameter in operation["parameters"]}


def test_it_is_openapi_and_says_so_without_a_warning(document: Json) -> None:
    """By the schemas of OpenAPI 3.1, references, defaults and path parameters included."""
    assert document["openapi"].startswith("3.1.")
    assert [error.message for error in OpenAPIV31SpecValidator(document).iter_errors()] == []


def test_a_description_that_is_wrong_would_be_found(document: Json) -> None:
    """The validator sees what a schema may not say."""
    document["paths"]["/health"]["get"]["responses"] = {"200": {}}
    assert list(OpenAPIV31SpecValidator(document).iter_errors())


def test_every_route_is_described_and_every_address_is_routed(app: Starlette) -> None:
    """With the methods there are, but for HEAD and OPTIONS, which all have."""
    with open_client(app) as client:
        document = described(client)
    found: dict[str, set[str]] = {}
    for path, method, operation in operations(document):
        values = {name: each.get("example") for name, each in named(operation).items()}
        route = routed(app, path.format_map(values), method.upper())
        found.setdefault(route.path, set()).add(method.upper())
    routes = [route for route in app.routes if isinstance(route, Route)]
    methods = {route.path: (route.methods or set()) - {"HEAD", "OPTIONS"} for route in routes[:-1]}
    assert found == methods
    assert routes[-1].methods == {"OPTIONS"}


def routed(app: Starlette, path: str, method: str) -> Route:
    """Give the route that a request takes."""
    scope = {"type": "http", "method": method, "path": path, "headers": []}
    for route in app.routes:
        if route.matches(scope)[0] is Match.FULL:
            assert isinstance(route, Route)
            return route
    pytest.fail(f"{method} {path} goes nowhere")


def test_every_status_of_the_documentation_is_described_and_no_other(document: Json) -> None:
    """The table of docs/http.md and the description speak of the same failures."""
    table = set(re.findall(r"^\| (\d{3}) \|", DOCS.read_text(), re.MULTILINE)) - ELSEWHERE
    statuses = {status for *_, found in operations(document) for status in found["responses"]}
    assert statuses == table | {"200", "206", "303", "304"}


def test_an_address_that_runs_a_query_can_fail_as_queries_do(document: Json) -> None:
    """And only such an address can."""
    for path, _, operation in operations(document):
        asks = path == "/sparql" or (path.startswith("/query/") and not path.endswith(".rq"))
        assert ({"429", "502", "504"} <= operation["responses"].keys()) is asks, path


def test_names_of_operations_are_unique(document: Json) -> None:
    """Programs that are generated from the description call functions by them."""
    names = [operation["operationId"] for *_, operation in operations(document)]
    assert len(names) == len(set(names))


def test_every_parameter_of_every_query_is_described(release: Release, document: Json) -> None:
    """With what it may be, what it is without a value, and in words."""
    assert release.queries
    for query in release.queries:
        parameters = named(document["paths"][f"/query/{query.name}"]["get"])
        for param in query.params:
            found = parameters[param.name]
            assert found["description"].startswith(f"{param.label['en']}."), query.name
            assert found["schema"].get("default") == param.default
            assert found["required"] is False
            assert {"example", "examples"} & found.keys()
            if param.type == "enum":
                assert found["schema"]["enum"] == list(param.values)


def test_things_that_may_be_meant_are_listed_with_their_labels(client: TestClient) -> None:
    """The slug stands for the thing, and people see its name."""
    parameter = named(described(client)["paths"]["/query/members"]["get"])["network"]
    assert parameter["schema"] == {"type": "string", "enum": ["alpha", "beta"]}
    assert parameter["examples"] == {
        "alpha": {"summary": "Alpha", "value": "alpha"},
        "beta": {"summary": "Beta", "value": "beta"},
    }


def test_formats_are_those_of_the_answer(client: TestClient) -> None:
    """Rows in the formats of tables, graphs in those of graphs, both with a page."""
    paths = described(client)["paths"]
    for name, formats, first in (
        ("members", ["json", "csv", "tsv", "xml", "html"], "application/sparql-results+json"),
        ("map", ["ttl", "jsonld", "nt", "trig", "nq", "rdf", "html"], "text/turtle"),
    ):
        operation = paths[f"/query/{name}"]["get"]
        assert named(operation)["format"]["schema"]["enum"] == formats
        types = list(operation["responses"]["200"]["content"])
        assert (types[0], types[-1], len(types)) == (first, "text/html", len(formats))


def site_with(tmp_path: Path, **files: str) -> Path:
    """Make a copy of the small site with more files; "__" is "/" and "_dot_" is "." in names."""
    site = tmp_path / "site"
    shutil.copytree(SMALL_SITE, site)
    for name, text in files.items():
        (site / name.replace("__", "/").replace("_dot_", ".")).write_text(text, encoding="utf-8")
    return site


def test_each_type_of_parameter_has_its_schema(
    tmp_path: Path, client_of: Callable[[Starlette], TestClient]
) -> None:
    """Numbers are numbers, days are days, IRIs are IRIs, and a text has no character NUL."""
    release = wiring.open_release(site_with(tmp_path, queries__typed_dot_rq=TYPED))
    client = client_of(application(release))
    parameters = named(described(client)["paths"]["/query/typed"]["get"])
    schemas = {name: parameters[name]["schema"] for name in ("number", "text", "day", "any")}
    assert schemas == {
        "number": {"type": "integer", "default": 3},
        "text": {"type": "string", "pattern": r"^[^\u0000]*$"},
        "day": {"type": "string", "format": "date"},
        "any": {"type": "string", "format": "iri", "pattern": "^(https?://|urn:)[^/]"},
    }
    assert parameters["number"]["example"] == 5
    assert "Without it: a b." in parameters["text"]["description"]
    assert parameters["lang"]["examples"].keys() == {"it", "en"}


def test_a_list_that_is_not_whole_forbids_nothing(
    tmp_path: Path, client_of: Callable[[Starlette], TestClient]
) -> None:
    """Where there are more things than are listed, any name may be the one that is meant."""
    parameter = network_of_members(tmp_path, MOST, client_of)
    assert parameter["schema"] == {"type": "string"}


def test_of_many_things_the_description_has_the_slugs_alone(
    tmp_path: Path, client_of: Callable[[Starlette], TestClient]
) -> None:
    """Their names would make it several times as long."""
    parameter = network_of_members(tmp_path, MOST_NAMED, client_of)
    assert len(parameter["schema"]["enum"]) > MOST_NAMED
    assert "examples" not in parameter
    assert parameter["example"] in parameter["schema"]["enum"]


def network_of_members(
    tmp_path: Path, number: int, client_of: Callable[[Starlette], TestClient]
) -> dict[str, Any]:
    """Return the parameter of a query on a site that has so many networks more."""
    lines = "".join(f'    network:n{n} rdfs:label "N{n}"@it, "N{n}"@en .\n' for n in range(number))
    site = site_with(tmp_path)
    data = site / "data" / "page" / "networks.trig"
    data.write_text(data.read_text().replace("page:beta-name {\n", f"page:beta-name {{\n{lines}"))
    client = client_of(application(wiring.open_release(site)))
    return named(described(client)["paths"]["/query/members"]["get"])["network"]


@pytest.mark.parametrize(
    ("setting", "server"),
    [("", "/"), ('public_url = "https://nets.example.org/reti/"', "https://nets.example.org/reti")],
)
def test_addresses_are_below_the_public_one(
    tmp_path: Path, setting: str, server: str, client_of: Callable[[Starlette], TestClient]
) -> None:
    """Where there is none, they are on the host that the description came from."""
    settings = (SMALL_SITE / "reti.toml").read_text()
    site = site_with(tmp_path, reti_dot_toml=f"{setting}\n{settings}")
    client = client_of(application(wiring.open_release(site)))
    assert described(client)["servers"] == [{"url": server}]
