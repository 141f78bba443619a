from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.releases.ranges import UnsatisfiableError, requested_range

TAG = '"a"'


@pytest.mark.parametrize(
    ("header", "part"),
    [
        (None, None),
        ("bytes=0-0", (0, 1)),
        ("bytes=3-", (3, 10)),
        ("bytes=3-99", (3, 10)),
        ("bytes=-3", (7, 10)),
        ("bytes=-99", (0, 10)),
        ("BYTES= 1-2 ", (1, 3)),
        ("bytes=5-2", None),
        ("bytes=-", None),
        ("bytes=0-1,3-4", None),
        ("lines=0-1", None),
        ("bytes=a-b", None),
        ("bytes=٣-", None),
        (f"bytes={'9' * 40}-", None),
    ],
)
def test_one_range_is_read_and_what_is_none_is_ignored(header: str | None, part: tuple[int, int] | None) -> None:
    assert requested_range(header, None, TAG, 10) == part


@pytest.mark.parametrize("header", ["bytes=10-", "bytes=10-12", "bytes=-0"])
def test_a_range_outside_is_told(header: str) -> None:
    with pytest.raises(UnsatisfiableError):
        requested_range(header, None, TAG, 10)


def test_a_range_of_an_empty_file_is_outside() -> None:
    with pytest.raises(UnsatisfiableError):
        requested_range("bytes=0-", None, TAG, 0)
    assert requested_range(None, None, TAG, 0) is None


@pytest.mark.parametrize("validator", ['W/"a"', '"b"', "Sun, 22 Nov 2026 10:00:00 GMT"])
def test_another_validator_gets_all(validator: str) -> None:
    assert requested_range("bytes=1-2", validator, TAG, 10) is None
    assert requested_range("bytes=1-2", TAG, TAG, 10) == (1, 3)


@given(st.text(max_size=30), st.integers(0, 50))
def test_whatever_is_sent_the_part_lies_inside(header: str, size: int) -> None:
    for sent in (header, f"bytes={header}"):
        try:
            part = requested_range(sent, None, TAG, size)
        except UnsatisfiableError:
            continue
        assert part is None or 0 <= part[0] < part[1] <= size
