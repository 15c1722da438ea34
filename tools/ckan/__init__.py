"""Reads the catalogue as CKAN does, to see that every field lands with its value."""
