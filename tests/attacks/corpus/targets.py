"""Request targets and headers that mean something else to whoever reads them carelessly."""

from __future__ import annotations

from typing import Final

from tests.attacks.attack import FORM, got, posted, raw

_DEEP: Final = "..%2f" * 40

PATHS: Final = tuple(
    got(f"path {target[:60]}", target, 200, 303, 400, 404, 405, 406)
    for target in (
        "//elsewhere.example",
        "//elsewhere.example/%2e%2e",
        "///elsewhere.example/x",
        "/%2F/elsewhere.example",
        "/%09/elsewhere.example",
        "/%0A/elsewhere.example",
        "/%5C%5Celsewhere.example",
        "/\\elsewhere.example",
        "/id//elsewhere.example",
        "/id/%2F%2Felsewhere.example/",
        "/id/network/alpha%0D%0ASet-Cookie:%20a=b",
        "/id/network/alpha?%0D%0ASet-Cookie:%20a=b",
        "/id/network/alpha?x=%E2%80%AE&%00",
        "/id/network/alpha.ttl?format=%3Cscript%3E",
        "/id/network/alpha?next=//elsewhere.example",
        "/id/network/%3E;rel=x,%3Chttp://elsewhere.example%3E",
        "/id/network/..%2f..%2f..%2fsparql",
        "/doc/../../../../etc/passwd",
        "/static/../reti.toml",
        "/static/..%2f..%2freti.toml",
        "/static/%2e%2e/%2e%2e/reti.toml",
        f"/static/{_DEEP}etc/passwd",
        "/static//etc/passwd",
        "/static/style.css%00.svg",
        "/static/style.css/",
        "/static/....//....//etc/passwd",
        "/static/%252e%252e%252freti.toml",
        "/static/style.css;x",
        "/context/..%2f..%2freti.toml.jsonld",
        "/context/%00.jsonld",
        "/query/../reti.toml",
        "/query/..%2f..%2freti.toml.rq",
        "/query/%2e%2e%2fnetworks.rq",
        "/query/networks%00.rq",
        "/query/networks.rq.rq",
        "/dump.%2e%2e%2freti.toml",
        "/dump.ttl/../../reti.toml",
        "/dump.",
        "/data/page/source.trig",
        "/reti.toml",
        "/.git/config",
        "/.env",
        "/%00",
        "/%FF%FE",
        "/%C0%AF..%C0%AF",
        "/%ED%A0%80",
        "/%uFF0E%uFF0E",
        "/%",
        "/%zz",
        "/%25%32%65%25%32%65",
        "/;/%3B",
        "/?",
        "/#",
        "/health/..;/x",
        "/{rest}",
        "/{{7*7}}",
        "/%7B%7B7*7%7D%7D",
        "/%E2%80%AE",
        "/" + "a" * 60_000,
        "/" + "%2e%2e/" * 8_000,
        "/" + "a/" * 20_000,
        "/" + "%C3%A8" * 9_000,
        "/doc/network/" + "a" * 60_000,
        "/doc/network/alpha?" + "&".join(f"a{n}" for n in range(9_000)),
        "/doc/network/alpha?page=" + "9" * 5_000,
        "/doc/network/alpha?page=999999999",
        "/doc/network/alpha?page=%D9%A1",
        "/doc/network/alpha?page=-1&page=2",
        "/doc/network/alpha?lang=../../etc&format=html",
        "/doc/network/alpha?format=" + "x" * 50_000,
        "/sparql?query=%FF",
        "/sparql?query=%00",
        "/sparql?query=ASK%7B%7D&query=ASK%7B%7D",
        "/sparql?default-graph-uri=javascript:alert(1)&query=ASK%7B%7D",
        "/sparql?default-graph-uri=a%3E%20SERVICE&query=ASK%7B%7D",
        "/sparql?using-graph-uri=http://elsewhere.example/&query=ASK%7B%7D",
        "/sparql?" + "&".join(f"named-graph-uri=urn:x:{n}" for n in range(3_000)),
        "/sparql?query=ASK%7B%7D&" + "a&" * 30_000,
        "/query/networks?" + "&".join(f"lang=it&x{n}=" for n in range(3_000)),
    )
)

TOO_LONG: Final = (
    got("a path longer than a query", "/" + "a" * 120_000, 414),
    got("a query longer than a query", "/sparql?query=" + "a" * 120_000, 414),
)

_HOSTS: Final = (
    "elsewhere.example",
    "elsewhere.example:80@x",
    "x/static/style.css?",
    "x?/health#",
    "x/..",
    "[::1",
    "x\\elsewhere.example",
    "x, elsewhere.example",
    "",
    "x:99999",
    '"><script>alert(1)</script>',
    "é" * 100,
    "a" * 20_000,
)

HEADERS: Final = (
    *(
        raw(
            f"host {host[:30]}",
            f"GET {path} HTTP/1.1\r\nHost: {host}\r\nAccept: text/html\r\n\r\n".encode(),
            *(200, 303, 400, 404),
        )
        for host in _HOSTS
        for path in ("/", "/nowhere", "/id/network/alpha", "/robots.txt", "/%0A/")
    ),
    *(
        got(
            f"{line.partition(':')[0]} {line.partition(':')[2][:30]}",
            path,
            *statuses,
            headers=(line,),
        )
        for path, line, statuses in (
            ("/doc/network/alpha", "X-Forwarded-Host: elsewhere.example", (200,)),
            ("/id/network/alpha", "X-Forwarded-Proto: javascript", (303,)),
            ("/id/network/alpha", "X-Forwarded-For: 127.0.0.2", (303,)),
            ("/id/network/alpha", "X-Original-URL: /health", (303,)),
            ("/id/network/alpha", "X-Rewrite-URL: /health", (303,)),
            ("/id/network/alpha", "X-HTTP-Method-Override: DELETE", (303,)),
            ("/doc/network/alpha", f"Accept: {'text/turtle;q=0.1,' * 3_000}", (200, 431)),
            ("/doc/network/alpha", f"Accept: {'*' * 60_000}", (200, 406, 431)),
            ("/doc/network/alpha", f"Accept: text/html{';a=b' * 15_000}", (200, 406, 431)),
            ("/doc/network/alpha", "Accept: " + '"' * 60_000, (200, 406, 431)),
            ("/doc/network/alpha", 'Accept: text/html;a="' + "\\" * 50_000, (200, 406, 431)),
            ("/doc/network/alpha", f"Accept-Language: {'it;q=0.5,' * 6_000}", (200, 431)),
            ("/doc/network/alpha", f"Accept-Language: {'a-' * 30_000}", (200, 431)),
            ("/doc/network/alpha", f"Accept-Encoding: {'gzip;q=0,' * 6_000}", (200, 431)),
            ("/doc/network/alpha", f"If-None-Match: {'W/' * 30_000}", (200, 304)),
            ("/doc/network/alpha", "If-None-Match: " + '"a",' * 15_000, (200,)),
            ("/doc/network/alpha", "If-None-Match: " + '"' * 60_000, (200, 304)),
            ("/doc/network/alpha", f"If-Modified-Since: {'9' * 60_000}", (200,)),
            ("/doc/network/alpha", "If-Modified-Since: Wed, 99 Foo 99999 99:99:99 GMT", (200,)),
            ("/doc/network/alpha", f"If-Unmodified-Since: {'a' * 60_000}", (200,)),
            ("/doc/network/alpha", f"Range: bytes={'0-1,' * 15_000}", (200,)),
            ("/doc/network/alpha", f"Cookie: {'a=b;' * 15_000}", (200,)),
            ("/doc/network/alpha", f"Accept: {'x' * 100_000}", (431,)),
            ("/sparql", f"Accept: {'x' * 100_000}", (431,)),
        )
    ),
    got("10,000 headers", "/", 431, headers=tuple(f"X-{n}: {n}" for n in range(10_000))),
    got("1,000 Accept headers", "/", 200, 431, headers=("Accept: text/html;q=0.1",) * 1_000),
    got("1,000 other hosts", "/", 200, 400, headers=("Host: y",) * 1_000),
)

BODIES: Final = (
    posted("not UTF-8", b"ASK { ?s ?p '\xff\xfe' }", 400),
    posted("not UTF-8 in a form", b"query=%FF%FE", 400, kind=FORM),
    posted("raw bytes in a form", b"query=\xff\xfe", 400, kind=FORM),
    posted("surrogates", b"ASK { ?s ?p '\xed\xa0\x80' }", 400),
    posted("UTF-16", "ASK {}".encode("utf-16"), 400),
    posted(
        "UTF-16 as announced",
        "ASK {}".encode("utf-16"),
        415,
        kind="application/sparql-query; charset=utf-16",
    ),
    posted("NULs", b"\x00" * 30_000, 400),
    posted("nothing", b"", 200, 400),
    posted("gzip", b"\x1f\x8b\x08", 415, headers=("Content-Encoding: gzip",)),
    posted("a bomb", b"\x1f\x8b\x08" * 9_000, 415, headers=("Content-Encoding: gzip, gzip, br",)),
    posted("identity", b"ASK {}", 415, headers=("Content-Encoding: identity",)),
    posted("a form of 100,000 fields", b"a=b&" * 25_000, 400, kind=FORM),
    posted("a form of one field", b"query=" + b"%41" * 40_000, 413, kind=FORM),
    posted("a form with an update", b"update=DROP+ALL", 403, kind=FORM),
    posted("an update", b"DROP ALL", 403, kind="application/sparql-update"),
    posted("a multipart form", b"--x\r\n\r\n", 415, kind="multipart/form-data; boundary=x"),
    posted("JSON", b"[" * 50_000, 415, kind="application/json"),
    posted("XML", b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>', 415, kind="text/xml"),
    posted("no type", b"ASK {}", 415, kind=""),
    posted("a long type", b"ASK {}", 415, kind="a/" + "b" * 50_000),
    posted("a large body", b"a" * 3_000_000, 413),
)
