"""Turns collected rows (CSV) into sources and passages of the site: see README.md."""
