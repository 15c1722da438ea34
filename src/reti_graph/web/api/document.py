"""The OpenAPI document of a release: its queries, and the addresses every site has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import reti_graph
from reti_graph.language import choose
from reti_graph.web.api.catalogue import catalogue_paths
from reti_graph.web.api.documents import document_paths
from reti_graph.web.api.downloads import download_paths
from reti_graph.web.api.files import file_paths
from reti_graph.web.api.parameters import LANGUAGE
from reti_graph.web.api.queries import query_paths
from reti_graph.web.api.responses import components
from reti_graph.web.api.schemas import schemas

if TYPE_CHECKING:
    from reti_graph.web.api.schemas import Json
    from reti_graph.web.publication import Served

_VERSION: Final = "3.1.1"


def openapi(served: Served) -> Json:
    """Return the document, ready to be written as JSON (OpenAPI 3.1.1, 4.8.1).

    HEAD and OPTIONS, which every address takes, are not described. Mappings in it may be
    read-only.
    """
    settings = served.settings
    publisher = {"name": settings.publisher.name, "url": settings.publisher.iri}
    return {
        "openapi": _VERSION,
        "info": {
            "title": choose(settings.title, LANGUAGE),
            "description": choose(settings.description, LANGUAGE),
            "version": reti_graph.__version__,
            "contact": {name: value for name, value in publisher.items() if value},
            "license": {"name": settings.licence, "url": settings.licence},
        },
        "servers": [{"url": (settings.public_url or "/").rstrip("/") or "/"}],
        "paths": {
            **dict(query_paths(served)),
            **dict(document_paths(served)),
            **dict(catalogue_paths(served)),
            **dict(download_paths(served)),
            **dict(file_paths(served)),
        },
        "components": {"responses": components(), "schemas": schemas()},
    }
