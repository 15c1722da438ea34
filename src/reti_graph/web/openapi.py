"""`/openapi.json`: the addresses of this site, for programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from reti_graph.web.api.document import openapi
from reti_graph.web.context import served
from reti_graph.web.representation import Described
from reti_graph.web.responses import kept, represented

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from reti_graph.web.representation import Representation


async def document(request: Request) -> Response:
    """Return the OpenAPI document of what is served."""

    def work() -> Representation:
        content = json.dumps(openapi(served(request)), ensure_ascii=False, default=dict)
        described = Described(from_store=True)
        return represented(request, content, "application/json", described)

    return await kept(request, "openapi", lambda: served(request).read(work))
