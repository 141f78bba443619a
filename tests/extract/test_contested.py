"""Contested saying: what was claimed for a time, or is taken back, is no fact."""

from __future__ import annotations

import pytest

from tests.support.documents import meant


@pytest.mark.parametrize(
    ("text", "word", "certainty"),
    [
        ("For two days the navy had claimed that its radar had tracked the raft.", "tracked", "possible"),
        ("The division had insisted that a patrol noticed the swimmer.", "noticed", "possible"),
        ("The ministry initially maintained that a drone followed the man.", "followed", "possible"),
        ("Commanders alleged for three weeks that a farmer hid the boat.", "hid", "possible"),
        ("The brigade said that a sentry had stopped the woman. He had not.", "stopped", "denied"),
        ("The embassy claims that agents took the clerk.", "took", "reported"),
        ("The coastguard said that a sentry had stopped the woman. He had not slept.", "stopped", "reported"),
    ],
)
def test_how_sure_a_contested_clause_is(text: str, word: str, certainty: str) -> None:
    assert meant(text, word).certainty == certainty
