"""The only HTTP in the project: a release and a store in, an ASGI application out."""
