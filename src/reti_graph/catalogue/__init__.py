"""What a site says of itself in RDF: its data, its service, its queries and its documents.

Made of values alone, with names that stay the same from one release to the next.
"""

from __future__ import annotations

from reti_graph.catalogue.dataset import catalog, dataset
from reti_graph.catalogue.documents import document_about
from reti_graph.catalogue.executables import executable, executables
from reti_graph.catalogue.published import Published
from reti_graph.catalogue.service import EXTENSION_FUNCTIONS, LIMITS, service_description

__all__ = [
    "EXTENSION_FUNCTIONS",
    "LIMITS",
    "Published",
    "catalog",
    "dataset",
    "document_about",
    "executable",
    "executables",
    "service_description",
]
