"""Contested saying: what was claimed for a time, or is taken back, is no fact."""

from __future__ import annotations

import pytest

from kg.extract.modality import Modality, assess
from tests.support.documents import document


def meant(text: str, word: str) -> Modality:
    """The modality of the first token that is a word, in a text of one paragraph."""
    for sentence in document(text).sentences:
        for token in sentence.span:
            if token.text == word:
                return assess(sentence, token)
    raise AssertionError(f"no '{word}' in '{text}'")


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
