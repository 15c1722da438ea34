"""Our server on statements that nobody checked: `serve_quads.py SITE QUADS PORT`.

The real application with a release made straight of a file of N-Quads: made-up data is neither
derived from nor checked. Settings, canned queries and shapes are the site's.
"""

from __future__ import annotations

import hashlib
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from reti_graph.canned.library import read_queries
from reti_graph.config import with_values
from reti_graph.environment import with_environment
from reti_graph.problems import Report
from reti_graph.release import Release, canonical_triples
from reti_graph.sources.site import EXAMPLES, read_site
from reti_graph.web import server
from reti_graph.web.app import create_app
from reti_graph.web.budget import Budget
from reti_graph.web.metrics import NoMetrics
from reti_graph.web.publication import Publication
from reti_graph.wiring import serving

if TYPE_CHECKING:
    from reti_graph.config import Settings
    from reti_graph.web.publication import Served


def release_of(site_dir: Path, quads: Path, settings: Settings) -> Release:
    """Return a release of the statements in a file, named by the SHA-256 of its bytes."""
    site, _ = read_site(site_dir, without=EXAMPLES)
    queries, _ = read_queries(site.queries, site.settings)
    content = quads.read_bytes()
    return Release(
        settings=settings,
        quads=tuple(ox.parse(content, format=ox.RdfFormat.N_QUADS)),
        digest=hashlib.sha256(content).hexdigest(),
        report=Report(()),
        queries=queries,
        shapes=canonical_triples(site.shapes),
        contexts={file.stem: file.text.encode() for file in site.contexts},
    )


def main(site_dir: Path, quads: Path, port: int) -> None:
    """Serve the statements in a file until the process is asked to end."""
    known = read_site(site_dir, without=EXAMPLES)[0].settings
    settings = with_values(with_environment(known, os.environ), {"server.port": port})

    modified = datetime.fromtimestamp(quads.stat().st_mtime, UTC)

    async def publish() -> Served:
        return await serving(release_of(site_dir, quads, settings), modified)

    def application() -> server.Application:
        budget = Budget(settings.limits.client_seconds)
        return server.Application(create_app(Publication(publish), budget, NoMetrics()))

    server.serve(application, settings.server, settings.limits, print)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
