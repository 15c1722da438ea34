"""The doors to RDF stores: one port, and what stands behind it."""
