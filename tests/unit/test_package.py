from __future__ import annotations

import re
import subprocess
import sys

import reti_graph


def test_the_public_names_are_all_there() -> None:
    """What `__all__` promises can be had."""
    assert [name for name in reti_graph.__all__ if not hasattr(reti_graph, name)] == []
    assert sorted(reti_graph.__all__) == reti_graph.__all__


def test_the_version_is_one_that_packages_have() -> None:
    """Three numbers, and perhaps a suffix."""
    assert re.fullmatch(r"\d+\.\d+\.\d+([a-z]+\d+)?", reti_graph.__version__)


def test_importing_the_package_imports_no_large_library() -> None:
    """Whoever asks for the version does not wait for rdflib, engines or a server."""
    heavy = ["rdflib", "pyshacl", "shacl_rust", "starlette", "pyoxigraph"]
    code = f"import sys, reti_graph; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        check=True,
        text=True,
    )
    assert done.stdout.strip() == "[]"
