"""A SPARQL store elsewhere, behind the port: what it is like, how it is asked and written to."""
