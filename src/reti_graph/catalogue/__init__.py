"""What a site says of itself in RDF: its catalogue, service, queries, files and documents.

Made of values alone, with names that stay the same from one release to the next.
"""

from __future__ import annotations

from reti_graph.catalogue.catalog import catalog
from reti_graph.catalogue.documents import document_about
from reti_graph.catalogue.downloads import Downloads
from reti_graph.catalogue.executables import executable, executables
from reti_graph.catalogue.parts import File, Part
from reti_graph.catalogue.published import Published
from reti_graph.catalogue.service import EXTENSION_FUNCTIONS, LIMITS, service_description
from reti_graph.catalogue.splitting import parts_of
from reti_graph.catalogue.void import void

__all__ = [
    "EXTENSION_FUNCTIONS",
    "LIMITS",
    "Downloads",
    "File",
    "Part",
    "Published",
    "catalog",
    "document_about",
    "executable",
    "executables",
    "parts_of",
    "service_description",
    "void",
]
