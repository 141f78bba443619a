from __future__ import annotations

import gzip

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from server.codings import CODINGS, compressor, preferred_coding


def decoded(coding: str, content: bytes) -> bytes:
    if coding == "gzip":
        return gzip.decompress(content)
    return zstandard.ZstdDecompressor().decompressobj().decompress(content)


@pytest.mark.parametrize("coding", CODINGS)
@given(chunks=st.lists(st.binary(max_size=3000), max_size=8))
def test_what_is_compressed_is_what_was_written_and_the_same_each_time(coding: str, chunks: list[bytes]) -> None:
    def written() -> bytes:
        made = compressor(coding)
        return b"".join([*(made.compress(chunk) for chunk in chunks), made.flush()])

    assert decoded(coding, written()) == b"".join(chunks)
    assert written() == written()


@pytest.mark.parametrize(
    ("header", "coding"),
    [
        (None, None),
        ("", None),
        ("identity", None),
        ("gzip", "gzip"),
        ("x-gzip", "gzip"),
        ("GZIP ; Q=0.5", "gzip"),
        ("zstd", "zstd"),
        ("gzip, zstd", "zstd"),
        ("gzip;q=1, zstd;q=0.5", "gzip"),
        ("br, deflate", None),
        ("*", "zstd"),
        ("*;q=0", None),
        ("gzip;q=0, *;q=0", None),
        ("zstd;q=0, *;q=0.5", "gzip"),
        ("gzip;q=0.5, identity", None),
        ("gzip, identity", "gzip"),
        ("gzip;q=nonsense", None),
        ("gzip;q=nan", None),
        (",,gzip,", "gzip"),
    ],
)
def test_the_coding_that_a_client_likes_best_is_chosen(header: str | None, coding: str | None) -> None:
    assert preferred_coding(header) == coding


@given(st.text(st.sampled_from("gzipstdx-*;q=01.5, ="), max_size=40))
def test_no_header_breaks_the_reader(header: str) -> None:
    assert preferred_coding(header) in (None, *CODINGS)
