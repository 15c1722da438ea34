"""The register of a release: the names its statements speak of, as a file that is read in part.

It is made of the dumps by reading them once, line by line: there may be more names than memory
should hold.
"""

from __future__ import annotations

from reti_graph.register.families import Families, FamilyFinder
from reti_graph.register.marks import PAGES
from reti_graph.register.reading import Register, open_register
from reti_graph.register.writing import NAMES, SUMMARY, write_register

__all__ = [
    "NAMES",
    "PAGES",
    "SUMMARY",
    "Families",
    "FamilyFinder",
    "Register",
    "open_register",
    "write_register",
]
