"""Checking a site: SHACL through either engine, SPARQL checks, examples, quotes, queries."""
