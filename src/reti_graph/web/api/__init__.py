"""The description of the server's addresses for programs: OpenAPI 3.1."""
