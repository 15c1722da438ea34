"""Bytes that are not quite HTTP, or two requests to one reader and one to another (RFC 9112)."""

from __future__ import annotations

from typing import Final

from tests.attacks.attack import raw

_GET: Final = b"GET /health HTTP/1.1\r\nHost: x\r\n"
_POST: Final = b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
_INNER: Final = b"GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n"
_CHUNKED: Final = _POST + b"Transfer-Encoding: chunked\r\n\r\n"

FRAMING: Final = (
    raw(
        "both lengths",
        _POST + b"Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + _INNER,
        400,
    ),
    raw(
        "both lengths, the other first",
        _POST + b"Transfer-Encoding: chunked\r\nContent-Length: 6\r\n\r\n0\r\n\r\n" + _INNER,
        400,
    ),
    raw("two lengths", _POST + b"Content-Length: 6\r\nContent-Length: 0\r\n\r\nASK {}", 400),
    raw("a list of lengths", _POST + b"Content-Length: 6, 6\r\n\r\nASK {}", 400),
    raw("a negative length", _POST + b"Content-Length: -6\r\n\r\nASK {}", 400),
    raw("a length with a plus", _POST + b"Content-Length: +6\r\n\r\nASK {}", 400),
    raw("a hexadecimal length", _POST + b"Content-Length: 0x6\r\n\r\nASK {}", 400),
    raw("a length without end", _POST + b"Content-Length: " + b"9" * 5_000 + b"\r\n\r\nA", 400),
    raw("a length in words", _POST + b"Content-Length: six\r\n\r\nASK {}", 400),
    raw("a length of other digits", _POST + "Content-Length: ٦\r\n\r\nASK {}".encode(), 400),
    raw("a coding nobody knows", _POST + b"Transfer-Encoding: xchunked\r\n\r\nASK {}", 400),
    raw("chunks not last", _POST + b"Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n", 400),
    raw("chunks of chunks", _POST + b"Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n", 400),
    raw(
        "chunks after a tab",
        _POST + b"Transfer-Encoding:\tchunked\r\n\r\n6\r\nASK {}\r\n0\r\n\r\n",
        200,
    ),
    raw(
        "chunks after a form feed", _POST + b"Transfer-Encoding: \x0cchunked\r\n\r\n0\r\n\r\n", 400
    ),
    raw(
        "chunks in an old version",
        b"POST /sparql HTTP/1.0\r\nTransfer-Encoding: chunked\r\n"
        b"Content-Type: application/sparql-query\r\n\r\n6\r\nASK {}\r\n0\r\n\r\n",
        200,
        400,
    ),
    raw("sound chunks", _CHUNKED + b"3\r\nASK\r\n3\r\n {}\r\n0\r\n\r\n", 200),
    raw("a chunk of words", _CHUNKED + b"six\r\nASK {}\r\n0\r\n\r\n", 400),
    raw("a negative chunk", _CHUNKED + b"-6\r\nASK {}\r\n0\r\n\r\n", 400),
    raw("a chunk without end", _CHUNKED + b"f" * 40 + b"\r\nASK {}\r\n0\r\n\r\n", 400),
    raw("a chunk of 0x6", _CHUNKED + b"0x6\r\nASK {}\r\n0\r\n\r\n", 400),
    raw("a chunk longer than said", _CHUNKED + b"2\r\nASK {}\r\n0\r\n\r\n", 400),
    raw(
        "a long extension",
        _CHUNKED + b"6;" + b"a" * 200_000 + b"\r\nASK {}\r\n0\r\n\r\n",
        200,
        400,
        431,
    ),
    raw("bare line feeds in chunks", _CHUNKED + b"6\nASK {}\n0\n\n", 400),
    raw(
        "trailers",
        _CHUNKED + b"6\r\nASK {}\r\n0\r\nHost: evil\r\nContent-Length: 9\r\n\r\n",
        200,
        400,
    ),
    raw(
        "trailers without end", _CHUNKED + b"6\r\nASK {}\r\n0\r\n" + b"a: b\r\n" * 30_000, 400, 431
    ),
    raw("many tiny chunks", _CHUNKED + b"1\r\n \r\n" * 30_000 + b"6\r\nASK {}\r\n0\r\n\r\n", 200),
    raw("bare line feeds", b"GET /health HTTP/1.1\nHost: x\n\n", 200, 400),
    raw("bare carriage returns", b"GET /health HTTP/1.1\rHost: x\r\r", 400),
    raw("a folded header", _GET + b"X-A: b\r\n  c\r\n\r\n", 200, 400),
    raw("a folded length", _POST + b"Content-Length:\r\n 6\r\n\r\nASK {}", 200, 400),
    raw("a space before the colon", _GET + b"X-A : b\r\n\r\n", 400),
    raw("a header without a name", _GET + b": b\r\n\r\n", 400),
    raw("a header without a colon", _GET + b"abc\r\n\r\n", 400),
    raw("a NUL in a header", _GET + b"X-A: a\x00b\r\n\r\n", 400),
    raw("a NUL in a name", _GET + b"X\x00A: b\r\n\r\n", 400),
    raw("a carriage return in a header", _GET + b"X-A: a\rb\r\n\r\n", 400),
    raw("bytes in a header", _GET + b"X-A: \x80\xff\xc3\r\n\r\n", 200),
    raw("a leading space in the head", b" GET /health HTTP/1.1\r\n\r\n", 400),
    raw("empty lines before", b"\r\n" * 100 + _GET + b"\r\n", 200),
    raw("a NUL in the path", b"GET /hea\x00lth HTTP/1.1\r\nHost: x\r\n\r\n", 400),
    raw("a space in the path", b"GET /hea lth HTTP/1.1\r\nHost: x\r\n\r\n", 400),
    raw("a tab in the path", b"GET /hea\tlth HTTP/1.1\r\nHost: x\r\n\r\n", 400),
    raw("bytes in the path", b"GET /\xff\xfe\x80 HTTP/1.1\r\nHost: x\r\n\r\n", 400, 404),
    raw("bytes in the query", b"GET /?\xff\xfe HTTP/1.1\r\nHost: x\r\n\r\n", 200, 400),
    raw("an escape sequence", b"GET /\x1b[2J HTTP/1.1\r\nHost: x\r\n\r\n", 400, 404),
    raw("a whole address", b"GET http://elsewhere.example/health HTTP/1.1\r\nHost: x\r\n\r\n", 200),
    raw("an address of a file", b"GET file:///etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n", 400, 404),
    raw(
        "an address to forward",
        b"CONNECT elsewhere.example:80 HTTP/1.1\r\nHost: x\r\n\r\n",
        400,
        404,
        405,
    ),
    raw("a star", b"GET * HTTP/1.1\r\nHost: x\r\n\r\n", 400, 404),
    raw("a star as options", b"OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n", 204, 400, 404),
    raw("no slash", b"GET health HTTP/1.1\r\nHost: x\r\n\r\n", 400),
    raw("no target", b"GET  HTTP/1.1\r\nHost: x\r\n\r\n", 400),
    raw("a query alone", b"GET ?query=ASK%7B%7D HTTP/1.1\r\nHost: x\r\n\r\n", 400),
    raw("a fragment", b"GET /health#x HTTP/1.1\r\nHost: x\r\n\r\n", 200, 400),
    raw("no version", b"GET /health\r\n\r\n", None, 200, 400),
    raw("an old version", b"GET /health HTTP/0.9\r\n\r\n", 200, 400),
    raw("a new version", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400),
    raw("a version without end", b"GET / HTTP/" + b"1" * 60_000 + b"\r\n\r\n", 400),
    raw("a method nobody knows", b"FOO /health HTTP/1.1\r\nHost: x\r\n\r\n", 400, 405),
    raw("a method without end", b"A" * 100_000, 400),
    raw("a method in lower case", b"get /health HTTP/1.1\r\nHost: x\r\n\r\n", 400),
    raw("trace", b"TRACE /health HTTP/1.1\r\nHost: x\r\nCookie: secret\r\n\r\n", 400, 405),
    raw("delete", b"DELETE /doc/network/alpha HTTP/1.1\r\nHost: x\r\n\r\n", 405),
    raw("put", b"PUT /doc/network/alpha HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\nx", 405),
    raw(
        "a post to a page",
        b"POST /doc/network/alpha HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\nx",
        405,
    ),
    raw("a body for a get", _GET + b"Content-Length: 38\r\n\r\n" + _INNER, 200),
    raw(
        "an upgrade",
        _GET + b"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        b"Sec-WebSocket-Key: eHh4eHh4eHh4eHh4eHh4eA==\r\n\r\n",
        200,
        400,
        426,
    ),
    raw(
        "an upgrade to HTTP/2",
        _GET + b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
        b"HTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n",
        200,
        400,
    ),
    raw(
        "an expectation", _POST + b"Content-Length: 6\r\nExpect: 200-maybe\r\n\r\nASK {}", 200, 417
    ),
    raw("TLS", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 512, 400),
    raw("another protocol", b"SSH-2.0-x\r\n" * 100, 400),
    raw("noise", bytes(range(256)) * 400, 400),
    raw("NULs", b"\x00" * 100_000, 400),
    raw("line feeds", b"\n" * 100_000 + _GET + b"\r\n", 200, 400, 431),
    raw("a head that is one header", _GET + b"X: " + b"a" * 1_000_000 + b"\r\n\r\n", 431),
    raw("a head that is one name", _GET + b"X" * 1_000_000 + b": a\r\n\r\n", 400, 431),
    raw(
        "a body nobody wants",
        b"GET /nowhere HTTP/1.1\r\nHost: x\r\nContent-Length: 9000000\r\n\r\n",
        404,
    ),
)

HIDING: Final = tuple(
    attack for attack in FRAMING if _INNER in attack.request and attack.name != "a body for a get"
)
"""Attacks in which a second request is hidden."""
