"""Names: between IRIs, the paths the server answers, prefixed names and slugs.

IRIs never change with the deployment; the server answers path `/x` for the IRI `<base>x`.
"""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote_to_bytes

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

SCHEMES = ("http", "https", "urn")

# RFC 3986: reserved and unreserved characters and the percent sign itself.
_URI_SAFE = "!#$%&'()*+,/:;=?@[]-._~"
_NOT_IN_IRI = re.compile(r'[\x00-\x20\x7f-\x9f<>"{}|\\^`]')
_PERCENT_RUN = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_UNRESERVED = re.compile(r"[A-Za-z0-9\-._~]")
_IRI_IN_PATH = re.compile(r"<([^<>]*)>")
_PREFIXED = re.compile(r"([^\W\d_](?:[\w.-]*[\w-])?|):(.*)", re.DOTALL)
# The local names that every Turtle and SPARQL reader takes without escapes.
_PLAIN_LOCAL = re.compile(r"(?:[^\W_]|_)(?:[\w-]|\.(?=[\w-]))*")


def named_node(text: str) -> ox.NamedNode | None:
    """Return the IRI as a term, or None when it is malformed or not http, https or urn."""
    if text.partition(":")[0].lower() not in SCHEMES or not _encodable(text):
        return None
    if text.lower() in {"http:", "https:", "http://", "https://", "urn:"}:
        return None
    try:
        return ox.NamedNode(text)
    except ValueError:
        return None


def path_of(iri: str, base: str) -> str | None:
    """Return the path, percent-encoded and starting with `/`, that stands for an IRI of the site.

    A fragment stays at the end. None when the IRI does not start with `base`.
    RFC 3987, 3.1.
    """
    if not iri.startswith(base):
        return None
    return "/" + quote(iri[len(base) :], safe=_URI_SAFE)


def on_this_host(path: str) -> str:
    """Return a path as a reference that no reader takes for another host's (RFC 3986, 4.2)."""
    return f"/.{path}" if path.startswith("//") else path


def iri_of(path: str, base: str) -> str:
    """Return the IRI that a path stands for; the path may be percent-encoded or decoded.

    What an IRI may hold as it is gets decoded, all else stays or becomes percent-encoded, so
    that `iri_of(path_of(iri))` is `iri` for every IRI that does not escape what it need not.
    RFC 3987, 3.2.
    """
    decoded = _PERCENT_RUN.sub(_decode_run, path.removeprefix("/"))
    return base + _NOT_IN_IRI.sub(lambda match: quote(match[0], safe=""), decoded)


def split_thing(iri: str, base: str) -> tuple[str, str] | None:
    """Return kind and slug of `<base>id/{kind}/{slug}`, or None for any other IRI."""
    kind, slash, slug = iri.removeprefix(f"{base}id/").partition("/")
    if not iri.startswith(f"{base}id/") or not slash or not kind or not slug:
        return None
    return None if re.search(r"[/?#]", slug) else (kind, slug)


def thing_iri(kind: str, slug: str, base: str) -> str:
    """Return `<base>id/{kind}/{slug}`."""
    return f"{base}id/{kind}/{slug}"


def expand(text: str, prefixes: Mapping[str, str]) -> str | None:
    """Return the IRI that a prefixed name stands for, or None when it is none of these prefixes."""
    match = _PREFIXED.fullmatch(text)
    if match is None or match[1] not in prefixes:
        return None
    return prefixes[match[1]] + re.sub(r"\\(.)", r"\1", match[2])


def compact(iri: str, prefixes: Mapping[str, str]) -> str:
    """Return the prefixed name with the longest fitting namespace, or the IRI as it is."""
    fitting = ((space, name) for name, space in prefixes.items() if space and iri.startswith(space))
    for space, name in sorted(fitting, key=lambda pair: (-len(pair[0]), pair[1])):
        local = iri[len(space) :]
        if not local or _PLAIN_LOCAL.fullmatch(local):
            return f"{name}:{local}"
    return iri


def compact_within(text: str, prefixes: Mapping[str, str]) -> str:
    """Return the prefixed name of an IRI, or a path with those of the IRIs that stand in `<…>`."""
    return _IRI_IN_PATH.sub(lambda iri: compact(iri[1], prefixes), compact(text, prefixes))


def header_iri(iri: str) -> str:
    """Return the IRI as ASCII that cannot end the `<…>` of a Link header nor the header itself."""
    return quote(iri.encode("utf-8", "replace"), safe=_URI_SAFE)


def nearest(name: str, names: Iterable[str], count: int = 3) -> tuple[str, ...]:
    """Return the names most like `name`, best first, whatever their case."""
    by_fold = {known.casefold(): known for known in sorted(names)}
    wanted = name.casefold()
    close = difflib.get_close_matches(wanted, by_fold, n=count)
    inside = [fold for fold in by_fold if wanted and (wanted in fold or fold in wanted)]
    return tuple(by_fold[fold] for fold in dict.fromkeys(close + inside))[:count]


def _decode_run(match: re.Match[str]) -> str:
    text = unquote_to_bytes(match[0]).decode("utf-8", "surrogateescape")
    return "".join(_keep_or_encode(char) for char in text)


def _keep_or_encode(char: str) -> str:
    if _UNRESERVED.fullmatch(char) or (char > "\x9f" and _encodable(char)):
        return char
    return quote(char.encode("utf-8", "surrogateescape"), safe="")


def _encodable(text: str) -> bool:
    return not re.search(r"[\ud800-\udfff]", text)
