"""The servers that are compared: how each is started, and what it is asked.

The others are installed by `make benchmarks-http` in an environment of their own, nginx and wrk by
whoever runs this. What is not there is told, not left out.
"""

from __future__ import annotations

import getpass
import os
import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.http.processes import HOST
from benchmarks.http.questions import JSON, TURTLE, sparql_target

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from benchmarks.http.questions import Question
    from benchmarks.http.subjects import Subject

ROOT: Final = Path(__file__).resolve().parents[2]
OTHERS: Final = ROOT / "benchmarks/.venv/bin"

OURS: Final = "reti-graph"
OXIGRAPH: Final = "Oxigraph's server"
RDFLIB: Final = "rdflib-endpoint"
NGINX: Final = "nginx, static file"
NAMES: Final = (OURS, OXIGRAPH, RDFLIB, NGINX)

# All of the load comes from this machine: what one client may use is no limit here, and what the
# load generator says of its clients is believed. Everything else is as it is by default.
_SETTINGS: Final[Mapping[str, str]] = {
    "RETI_CLIENT_SECONDS": "86400",
    "RETI_TRUSTED_PROXIES": HOST,
}
_ASK: Final = "ASK { }"
_NGINX: Final = """daemon off;
{user}
worker_processes auto;
pid nginx.pid;
error_log stderr;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    default_type {turtle};
    sendfile on;
    tcp_nopush on;
    keepalive_requests 100000000;
    client_body_temp_path body;
    proxy_temp_path proxy;
    fastcgi_temp_path fastcgi;
    uwsgi_temp_path uwsgi;
    scgi_temp_path scgi;
    server {{ listen {host}:{port}; root files; }}
}}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A server of some data on some port.

    `prepare` are the commands that load the data before it starts, `targets` gives what to ask for
    a question (nothing: this server cannot answer it), and `probe` is a first thing to ask, with
    the type of its answer.
    """

    name: str
    port: int
    command: tuple[str, ...]
    targets: Callable[[Question], tuple[str, ...]]
    probe: tuple[str, str]
    prepare: tuple[tuple[str, ...], ...] = ()
    environ: Mapping[str, str] = field(default_factory=dict)
    folder: Path = ROOT


def missing(name: str) -> str | None:
    """Return why a server cannot be compared with, or None when it can."""
    needed = {
        OXIGRAPH: (OTHERS / "oxigraph", "make benchmarks-http installs it"),
        RDFLIB: (OTHERS / "rdflib-endpoint", "make benchmarks-http installs it"),
        NGINX: (Path(shutil.which("nginx") or "nginx"), "Debian has it in nginx-light"),
    }
    if name not in needed or needed[name][0].is_file():
        return None
    return f"not installed: {needed[name][1]}"


def ours(subject: Subject, port: int) -> Server:
    """Return our server: the real program on the site, the same without checks on made-up data."""
    program = (sys.executable, "-m")
    command: tuple[str, ...]
    if subject.checked:
        command = (
            *program,
            "reti_graph",
            "serve",
            "--site",
            str(subject.site),
            "--port",
            str(port),
        )
    else:
        given = (str(subject.site), str(subject.quads), str(port))
        command = (*program, "benchmarks.http.serve_quads", *given)
    return Server(
        name=OURS,
        port=port,
        command=command,
        targets=lambda question: question.own,
        probe=(sparql_target("/sparql", _ASK), JSON),
        environ=_SETTINGS,
    )


def oxigraph(subject: Subject, port: int, folder: Path) -> Server:
    """Return Oxigraph's server on a store that was loaded, and optimised as it advises."""
    program, store = str(OTHERS / "oxigraph"), str(folder / "oxigraph")
    return Server(
        name=OXIGRAPH,
        port=port,
        prepare=(
            (program, "load", "--location", store, "--file", str(subject.union)),
            (program, "optimize", "--location", store),
        ),
        command=(program, "serve", "--location", store, "--bind", f"{HOST}:{port}"),
        targets=_sparql("/query"),
        probe=(sparql_target("/query", _ASK), JSON),
    )


def rdflib(subject: Subject, port: int) -> Server:
    """Return rdflib-endpoint over rdflib's Oxigraph store, as its README deploys it."""
    script = Path(__file__).with_name("serve_rdflib.py")
    # rdflib reads no file of this project.
    return Server(
        name=RDFLIB,
        port=port,
        command=(str(OTHERS / "python"), "-P", str(script), str(subject.union), str(port)),
        targets=_sparql("/"),
        probe=(sparql_target("/", _ASK), JSON),
    )


def nginx(port: int, folder: Path, probe: str) -> Server:
    """Return nginx on the folder `files` in a folder, which gets a configuration."""
    # Only a server that was started by root is told whom to run as.
    user = f"user {getpass.getuser()};" if os.geteuid() == 0 else ""
    text = _NGINX.format(user=user, turtle=TURTLE, host=HOST, port=port)
    (folder / "nginx.conf").write_text(text, "utf-8")
    return Server(
        name=NGINX,
        port=port,
        command=("nginx", "-p", str(folder), "-c", "nginx.conf", "-e", "stderr"),
        targets=lambda question: question.files,
        probe=(probe, TURTLE),
        folder=folder,
    )


def _sparql(path: str) -> Callable[[Question], tuple[str, ...]]:
    def targets(question: Question) -> tuple[str, ...]:
        return tuple(sparql_target(path, text) for text in question.sparql)

    return targets
