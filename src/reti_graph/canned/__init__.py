"""Canned queries: SPARQL files with a header, and the typed parameters they take."""
