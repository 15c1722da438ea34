"""HTML pages: values in, text out. Nothing here knows of requests, stores or releases."""
