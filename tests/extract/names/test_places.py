"""Places: those of the gazetteer, and others beside a preposition."""

from __future__ import annotations

from typing import Any

import pytest


def test_a_capital_that_acts_is_no_place(read: Any) -> None:
    assert read("Seoul urged Pyongyang to answer.").concepts("Place") == set()
    assert read("Officials in Seoul declined to comment.").concepts("Place") == {"seoul"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He was found in Goseong county.", {"goseong"}),
        ("A raft landed on Gyodong Island in the Yellow Sea.", {"gyodong", "yellow-sea"}),
        ("She lives in Barcelona now.", {None}),
        ("South Korean troops found him.", set()),
        ("South Korea's Joint Chiefs of Staff found him.", set()),
    ],
)
def test_places(read: Any, text: str, expected: set[str | None]) -> None:
    assert read(text).concepts("Place") == expected


def test_places_have_no_name_claim(read: Any) -> None:
    assert read("He was found in Goseong county.").claims("cx:name") == set()
