"""`python -m reti_graph` is `reti-graph`."""

from reti_graph.cli.main import main

if __name__ == "__main__":
    main()
