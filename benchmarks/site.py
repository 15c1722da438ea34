"""How long the site takes to check, to start and to ask: `python benchmarks/site.py`.

Prints a table of wall-clock times, the best and the median of a few runs each. Nothing here is a
test: times depend on the machine, and `README.md` beside this file keeps those that were measured.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from functools import partial
from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.request import urlopen

from reti_graph import wiring
from reti_graph.canned.run import run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

RUNS = 5
PROGRAM = (sys.executable, "-m", "reti_graph")
PORT = 8799


def duration(work: Callable[[], object]) -> float:
    """Return how many seconds some work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def best_and_median(measure: Callable[[], float]) -> tuple[float, float]:
    """Return the best and the median of a few measures, in seconds."""
    seconds = [measure() for _ in range(RUNS)]
    return min(seconds), statistics.median(seconds)


def process(*words: str) -> float:
    """Run the program once, and return how long its process lasts."""
    command = [*PROGRAM, *words]
    return duration(lambda: subprocess.run(command, check=True, capture_output=True))


def first_answer() -> float:
    """Start the server, and return how long it takes until the home page comes."""
    start = time.perf_counter()
    server = subprocess.Popen([*PROGRAM, "serve", "--port", str(PORT)], stdout=subprocess.DEVNULL)
    try:
        while server.poll() is None:
            try:
                urlopen(f"http://127.0.0.1:{PORT}/").close()
            except URLError:
                time.sleep(0.01)
            else:
                return time.perf_counter() - start
        sys.exit("the server ended before it answered")
    finally:
        server.terminate()
        server.wait()


def measures() -> Iterator[tuple[str, tuple[float, float]]]:
    """Yield what was measured and how long it took."""
    yield "validate (shacl-rust)", best_and_median(partial(process, "validate"))
    yield "serve, from start to first page", best_and_median(first_answer)
    yield "query networks, whole process", best_and_median(partial(process, "query", "networks"))
    release = wiring.open_release(wiring.bundled_site())
    store = wiring.store_for(release)
    for query in release.queries:
        values = {param.name: param.example for param in query.params if param.required}
        ask = partial(run, store, query, values, release.settings)
        yield f"query {query.name}, in the store", best_and_median(partial(duration, ask))


if __name__ == "__main__":
    for name, (best, median) in measures():
        print(f"{name:44} {best * 1000:8.1f} ms {median * 1000:8.1f} ms")
