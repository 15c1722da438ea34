"""A release written into a SPARQL store elsewhere, so that its readers never see half of one."""
