"""rdflib-endpoint on a file of N-Quads: `serve_rdflib.py QUADS PORT`.

Run by the Python of the environment that `make benchmarks-http` makes. rdflib-endpoint is deployed
as its README says, on a Dataset over rdflib's Oxigraph store; the file is loaded by the store's own
bulk loader, not through rdflib's parser.
"""

from __future__ import annotations

import importlib
import sys

import pyoxigraph as ox
import rdflib
import uvicorn
from oxrdflib import OxigraphStore


def main(quads: str, port: int) -> None:
    """Serve a file until the process is asked to end."""
    store = ox.Store()
    store.bulk_load(path=quads, format=ox.RdfFormat.N_QUADS)
    dataset = rdflib.Dataset(store=OxigraphStore(store=store))
    # Not among the project's own libraries, so that its type checker does not know it.
    app = importlib.import_module("rdflib_endpoint").SparqlEndpoint(graph=dataset)
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
