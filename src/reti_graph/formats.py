"""The formats an answer can be written in: one table, derived from what pyoxigraph knows.

Every writer here is deterministic: equal quads, in whatever order, give equal bytes.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias
from xml.parsers import expat

import pyoxigraph as ox
from pyoxigraph import QueryResultsFormat, RdfFormat

from reti_graph.errors import FormatError, did_you_mean
from reti_graph.naming import nearest
from reti_graph.terms import RDF_TYPE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Kind: TypeAlias = Literal["rdf", "results"]

_OxFormat: TypeAlias = RdfFormat | QueryResultsFormat
# XML 1.0, 2.2, as UTF-8; the surrogates have none.
_NOT_IN_XML = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
_PREFIX_NAMES = re.compile(r"(?<![\w.-])((?:\w[\w.-]*+)?):")
_PREFIX_LINES = re.compile(r"^@prefix .*\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Format:
    """One format: `rdf` formats hold graphs, `results` formats the rows of a SELECT or an ASK."""

    name: str
    media_type: str
    extension: str
    kind: Kind
    datasets: bool
    ox: _OxFormat

    @property
    def content_type(self) -> str:
        """The value of a Content-Type header: text formats say that they are UTF-8."""
        return self.media_type + ("; charset=utf-8" if self.media_type.startswith("text/") else "")


def _short_name(known: _OxFormat) -> str:
    """Turn `N-Triples` into ntriples and `SPARQL Results in JSON` into json."""
    return re.sub(r"[^a-z]", "", known.name.lower().rpartition(" ")[2])


def _format(known: _OxFormat) -> Format:
    rdf = isinstance(known, RdfFormat)
    return Format(
        name=_short_name(known),
        media_type=known.media_type.partition(";")[0],
        extension=known.file_extension,
        kind="rdf" if rdf else "results",
        datasets=isinstance(known, RdfFormat) and known.supports_datasets,
        ox=known,
    )


TURTLE = _format(RdfFormat.TURTLE)
TRIG = _format(RdfFormat.TRIG)
N_TRIPLES = _format(RdfFormat.N_TRIPLES)
N_QUADS = _format(RdfFormat.N_QUADS)
JSON_LD = _format(RdfFormat.JSON_LD)
RDF_XML = _format(RdfFormat.RDF_XML)
JSON = _format(QueryResultsFormat.JSON)
XML = _format(QueryResultsFormat.XML)
CSV = _format(QueryResultsFormat.CSV)
TSV = _format(QueryResultsFormat.TSV)

GZIP_ENDING: Final = ".gz"
"""What the name of a compressed file ends with, after the name of what is in it."""
GZIP_TYPE: Final = "application/gzip"
"""The media type of a compressed file, whatever is in it."""

RDF_FORMATS = (TURTLE, TRIG, N_TRIPLES, N_QUADS, JSON_LD, RDF_XML)
RESULTS_FORMATS = (JSON, XML, CSV, TSV)
FORMATS = RDF_FORMATS + RESULTS_FORMATS


def by_name(name: str, kind: Kind | None = None) -> Format:
    """Return the format of a name, a file extension or a media type, their aliases included.

    `kind` decides where one word means two formats, such as `json`; without it results win.
    Raises FormatError, with the names there are.
    """
    wanted = name.strip().lower().removeprefix(".")
    table = [known for known in RESULTS_FORMATS + RDF_FORMATS if kind in (None, known.kind)]
    bare = re.sub(r"[-/ ]", "", wanted)
    named = [known for known in table if known.name == bare]
    aliased = [known for known in table if known.ox in _known_to_pyoxigraph(wanted)]
    if named or aliased:
        return (named or aliased)[0]
    names = [known.name for known in table]
    close = nearest(bare, names)
    hint = did_you_mean(close) or f"There are {', '.join(names)}."
    raise FormatError(f'There is no format "{name}".', hint=hint)


def _known_to_pyoxigraph(name: str) -> list[_OxFormat | None]:
    """Look an extension or a media type up among graph formats and results formats."""
    return [
        find(name)
        for known in (RdfFormat, QueryResultsFormat)
        for find in (known.from_extension, known.from_media_type)
    ]


def by_media_type(media_type: str, kind: Kind) -> Format | None:
    """Return the format of a media type as a header gives it, or None when it is unknown."""
    known = (RdfFormat if kind == "rdf" else QueryResultsFormat).from_media_type(media_type)
    return next((entry for entry in FORMATS if entry.ox == known), None)


def serialize_quads(
    quads: Iterable[ox.Quad], target: Format, prefixes: Mapping[str, str] | None = None
) -> bytes:
    """Write quads in an RDF format; a format without graphs gets the union, each triple once.

    Raises FormatError when the format is none for RDF or cannot write these quads.
    """
    if not target.datasets:
        return serialize_triples({quad.triple for quad in quads}, target, prefixes)
    return _write(sorted(set(quads), key=_quad_key), target, prefixes or {})


def serialize_triples(
    triples: Iterable[ox.Triple], target: Format, prefixes: Mapping[str, str] | None = None
) -> bytes:
    """Write triples in an RDF format, each once.

    Raises FormatError when the format is none for RDF or cannot write these triples.
    """
    return _write(sorted(set(triples), key=_triple_key), target, prefixes or {})


def _write(
    statements: list[ox.Quad] | list[ox.Triple], target: Format, prefixes: Mapping[str, str]
) -> bytes:
    if not isinstance(target.ox, RdfFormat):
        raise FormatError(
            f"{target.name} is a format for tables, not for graphs.",
            hint=f"Choose one of {', '.join(known.name for known in RDF_FORMATS)}.",
        )
    output = io.BytesIO()
    try:
        ox.serialize(statements, output, target.ox, prefixes=dict(prefixes))
    except ValueError as error:
        raise FormatError(f"This cannot be written as {target.name}: {error}.") from error
    written = output.getvalue()
    if target in (N_TRIPLES, N_QUADS):
        return b"".join(sorted(written.splitlines(keepends=True)))
    if target == RDF_XML:
        return _sound_xml(written)
    return _tidy(written.decode()).encode() if target in (TURTLE, TRIG) else written


def sound_results(written: bytes, target: Format) -> bytes:
    """Return rows as pyoxigraph wrote them, sound for the readers of a results format.

    XML readers change a carriage return, and have no way at all to be told some characters.
    Raises FormatError for those.
    """
    if target != XML:
        return written
    if found := _NOT_IN_XML.search(written):
        code = ord(found[0].decode())
        raise FormatError(
            f"This cannot be written as XML, which has no character U+{code:04X}.",
            hint=f"Choose one of {', '.join(n.name for n in RESULTS_FORMATS if n != XML)}.",
        )
    return written.replace(b"\r", b"&#13;")


def _sound_xml(written: bytes) -> bytes:
    """Escape what XML readers change, and refuse what they do not read though pyoxigraph does.

    XML has no name for some predicates and no way to write some characters.
    """
    escaped = written.replace(b"\r", b"&#13;")
    try:
        expat.ParserCreate(namespace_separator=" ").Parse(escaped, True)  # noqa: FBT003 -- expat's
    except expat.ExpatError as error:
        raise FormatError(f"This cannot be written as {RDF_XML.name}: {error}.") from error
    return escaped


def _tidy(written: str) -> str:
    """Keep the prefixes that are used, in alphabetical order, and part blocks by blank lines."""
    # A line is a line of the syntax: the writer escapes line ends inside literals.
    header, body = _PREFIX_LINES.findall(written), _PREFIX_LINES.sub("", written)
    # A colon elsewhere, as in a literal, may keep a prefix that is not used: no harm is done.
    used = set(_PREFIX_NAMES.findall(body))
    kept = [
        line
        for name, line in sorted((line.split()[1], line) for line in header)
        if name.removesuffix(":") in used
    ]
    return "".join(kept) + "\n" * bool(kept) + re.sub(r"\n(?=[^\t}\n])", "\n\n", body)


def _triple_key(triple: ox.Triple) -> tuple[str, str, str]:
    predicate = "" if triple.predicate == RDF_TYPE else str(triple.predicate)
    return (str(triple.subject), predicate, str(triple.object))


def _quad_key(quad: ox.Quad) -> tuple[str, tuple[str, str, str]]:
    graph = "" if isinstance(quad.graph_name, ox.DefaultGraph) else str(quad.graph_name)
    return (graph, _triple_key(quad.triple))
