"""One address and method as OpenAPI describes them (OpenAPI 3.1, 4.8.10)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reti_graph.web.api.schemas import Json


def operation(
    name: str, summary: str, responses: Json, parameters: Sequence[Json] = (), **more: object
) -> Json:
    """Return an operation; `name` is its id, which no other may have."""
    return {
        "operationId": name,
        "summary": summary,
        **more,
        "parameters": list(parameters),
        "responses": responses,
    }
