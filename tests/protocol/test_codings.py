"""Content codings: gzip and zstd, their weights, and that what is decoded is what would have come uncompressed."""

from __future__ import annotations

import gzip

import httpx
import pytest
import zstandard

from tests.protocol.content import BUFFER

LONG = "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o"
SHORT = "ASK {}"
#: Longer than what the server holds back, and than a frame of a worker.
LONGER = f"SELECT * {{ VALUES ?n {{ {' '.join(map(str, range(15)))} }} ?s ?p ?o }} ORDER BY ?n ?s ?p ?o"


def raw(http: httpx.Client, target: str, coding: str | None, **parameters: str) -> tuple[httpx.Headers, bytes]:
    """The headers and the body as it was sent."""
    request = http.build_request("GET", target, params=parameters or None)
    del request.headers["accept-encoding"]
    if coding is not None:
        request.headers["accept-encoding"] = coding
    answer = http.send(request, stream=True)
    try:
        assert answer.status_code == 200
        return answer.headers, b"".join(answer.iter_raw())
    finally:
        answer.close()


def decoded(headers: httpx.Headers, body: bytes) -> bytes:
    coding = headers.get("content-encoding")
    if coding == "gzip":
        return gzip.decompress(body)
    if coding == "zstd":
        return zstandard.ZstdDecompressor().decompressobj().decompress(body)
    assert coding is None
    return body


@pytest.mark.parametrize(
    ("header", "coding"),
    [
        (None, None),
        ("", None),
        ("identity", None),
        ("gzip", "gzip"),
        ("x-gzip", "gzip"),
        ("zstd", "zstd"),
        ("gzip, zstd", "zstd"),
        ("gzip, deflate, br, zstd", "zstd"),
        ("gzip, deflate, br", "gzip"),
        ("br", None),
        ("*", "zstd"),
        ("zstd;q=0, *", "gzip"),
        ("gzip;q=0", None),
        ("gzip;q=0, zstd;q=0", None),
        ("*;q=0", None),
        ("gzip;q=0.9, zstd;q=0.1", "gzip"),
        ("gzip;q=0.5, identity", None),
        ("gzip;q=0.5, identity;q=0.5", "gzip"),
        ("identity;q=0, gzip", "gzip"),
        ("GZIP;Q=0.7", "gzip"),
        ("gzip;q=high", None),
    ],
)
def test_the_coding_is_the_one_that_is_liked_best(http: httpx.Client, header: str | None, coding: str | None) -> None:
    headers, body = raw(http, "/sparql", header, query=LONG)
    assert headers.get("content-encoding") == coding
    assert headers["vary"] == "Accept, Accept-Encoding"
    plain_headers, plain = raw(http, "/sparql", None, query=LONG)
    assert "content-encoding" not in plain_headers
    assert decoded(headers, body) == plain
    assert len(body) == int(headers["content-length"])
    assert (len(body) < len(plain)) is (coding is not None)


@pytest.mark.parametrize("coding", ["gzip", "zstd"])
@pytest.mark.parametrize("format", ["json", "xml", "csv", "tsv"])
def test_a_long_answer_is_the_same_in_every_coding(http: httpx.Client, coding: str, format: str) -> None:
    headers, body = raw(http, "/sparql", coding, query=LONGER, format=format)
    assert headers["content-encoding"] == coding
    plain = raw(http, "/sparql", "identity", query=LONGER, format=format)[1]
    assert len(plain) > BUFFER
    assert decoded(headers, body) == plain


@pytest.mark.parametrize("coding", ["gzip", "zstd"])
def test_a_graph_is_the_same_in_every_coding(http: httpx.Client, coding: str) -> None:
    headers, body = raw(http, "/store?default", coding)
    assert headers["content-encoding"] == coding
    assert decoded(headers, body) == raw(http, "/store?default", None)[1]


def test_a_short_answer_is_not_made_longer(http: httpx.Client) -> None:
    headers, body = raw(http, "/sparql", "gzip", query=SHORT)
    assert "content-encoding" not in headers
    assert body == raw(http, "/sparql", None, query=SHORT)[1]
