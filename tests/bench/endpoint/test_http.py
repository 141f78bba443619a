"""The client's reader gives the same response however its bytes are cut."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.endpoint.http import Reader, Reply


def cut(data: bytes, at: list[int]) -> list[bytes]:
    places = sorted({0, *(place % (len(data) + 1) for place in at), len(data)})
    return [data[a:b] for a, b in pairwise(places)]


def read(data: bytes, at: list[int]) -> Reply | None:
    reader = Reader()
    parts = cut(data, at)
    for number, part in enumerate(parts):
        reply = reader.feed(part)
        if reply is not None:
            assert number == len(parts) - 1, "whole before its end"
            return reply
    return reader.end()


@given(st.binary(max_size=300), st.lists(st.integers(0, 10**6), max_size=6))
def test_a_response_with_its_length(body: bytes, at: list[int]) -> None:
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\ncontent-length: {len(body)}\r\n\r\n"
    assert read(head.encode() + body, at) == Reply(200, body)


@given(st.lists(st.binary(min_size=1, max_size=80), max_size=6), st.lists(st.integers(0, 10**6), max_size=6))
def test_a_response_in_chunks(chunks: list[bytes], at: list[int]) -> None:
    head = b"HTTP/1.1 404 Not Found\r\nTransfer-Encoding: chunked\r\n\r\n"
    sent = head + b"".join(b"%x;note=1\r\n%s\r\n" % (len(chunk), chunk) for chunk in chunks) + b"0\r\n\r\n"
    assert read(sent, at) == Reply(404, b"".join(chunks))


@given(st.binary(max_size=300), st.lists(st.integers(0, 10**6), max_size=6))
def test_a_response_that_ends_with_the_connection(body: bytes, at: list[int]) -> None:
    assert read(b"HTTP/1.0 200 OK\r\n\r\n" + body, at) == Reply(200, body)


def test_a_response_that_is_cut_off_is_none() -> None:
    reader = Reader()
    assert reader.feed(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfour") is None
    assert reader.end() is None


def test_a_connection_that_the_server_closes_is_known() -> None:
    reader = Reader()
    reader.feed(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
    assert reader.closes


def test_what_is_no_http_is_refused() -> None:
    with pytest.raises(ValueError, match=r"no HTTP/1\.1"):
        Reader().feed(b"SSH-2.0-OpenSSH\r\n\r\n")
