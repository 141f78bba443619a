"""Bytes to text, and what is refused."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.article.decode import LIMITS, decode, read_bytes, read_text, text_of
from kg.errors import InputError

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1).filter(
    lambda t: bool(t.strip())
)


@given(WORDS.filter(lambda text: not text.startswith("\ufeff")))
def test_utf8_comes_back_as_it_was_with_and_without_a_byte_order_mark(text: str) -> None:
    assert decode(text.encode(), "x.txt") == text
    assert decode(b"\xef\xbb\xbf" + text.encode(), "x.txt") == text


def test_line_ends_are_untouched() -> None:
    assert decode(b"one\r\ntwo\rthree\n", "x.txt") == "one\r\ntwo\rthree\n"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"A crossing at the caf\xe9 on Monday", "is not UTF-8 (byte 21 is 0xE9): save it as UTF-8"),
        (b"\xef\xbb\xbfcaf\xe9", "is not UTF-8 (byte 6 is 0xE9): save it as UTF-8"),
        ("A border".encode("utf-16"), "is not UTF-8 but UTF-16 (byte 0 is 0xFF): save it as UTF-8"),
        ("A border".encode("utf-16-be"), "is binary and not text (byte 0 is 0x00): give a text file in UTF-8"),
        (b"GIF89a\x01\x02", "is binary and not text (control character U+0001 on line 1): remove it"),
        (b"one\ntwo \x1b[31mred", "is binary and not text (control character U+001B on line 2): remove it"),
        (b" \n\t\r\n", "is blank: it holds nothing but white space"),
    ],
)
def test_what_is_no_text_is_refused_with_its_reason(data: bytes, reason: str) -> None:
    with pytest.raises(InputError) as caught:
        decode(data, "x.txt")
    assert str(caught.value) == f"x.txt: {reason}"


def test_an_empty_file_a_folder_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    for path, reason in (
        (empty, "is empty"),
        (tmp_path, "is not a regular file"),
        (tmp_path / "none.txt", "cannot be read (No such file or directory)"),
    ):
        with pytest.raises(InputError, match="^" + str(path)) as caught:
            read_text(path)
        assert caught.value.reason.startswith(reason)


def test_a_pipe_is_refused_and_does_not_block(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    with pytest.raises(InputError, match="is not a regular file"):
        read_bytes(pipe)


def test_a_file_at_the_limit_is_refused_before_it_is_read(tmp_path: Path) -> None:
    large = tmp_path / "large.txt"
    with large.open("wb") as file:
        file.truncate(LIMITS["article bytes"])
    with pytest.raises(InputError, match=r"has 20\.0 MB and must have less than 20 MB"):
        read_bytes(large)
    with large.open("wb") as file:
        file.truncate(LIMITS["sidecar bytes"])
    with pytest.raises(InputError, match="less than 1 MB"):
        read_bytes(large, "sidecar bytes")
    assert len(read_bytes(large)) == LIMITS["sidecar bytes"]


def test_bytes_that_came_without_a_file_are_refused_as_those_of_a_file(tmp_path: Path) -> None:
    assert text_of(b"\xef\xbb\xbfwords\r\n", "x") == "words\r\n"
    path = tmp_path / "x.txt"
    for data in (b"", b" ", b"\x00", b"caf\xe9", b"\xff\xfea", b"\x07", b"a" * LIMITS["article bytes"]):
        path.write_bytes(data)
        with pytest.raises(InputError) as of_file:
            read_text(path)
        with pytest.raises(InputError) as of_bytes:
            text_of(data, "x")
        assert of_bytes.value.reason == of_file.value.reason
        assert of_bytes.value.path == "x"
