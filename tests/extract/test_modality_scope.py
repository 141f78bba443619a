"""What stands above a clause and says how it is meant: excluding, rejecting, asking, hearsay."""

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
    ("text", "word", "certainty", "negated"),
    [
        ("The police could not rule out that a broker guided her.", "guided", "possible", False),
        ("The police ruled out that a broker guided her.", "guided", "denied", False),
        ("Whether the woman hopes to stay is not known.", "hopes", "possible", False),
        ("It was not clear how the man passed the fence.", "passed", "asserted", False),
        ("The ministry rejected the suggestion that its guards slept.", "slept", "denied", False),
        ("There are rumours she sold her house.", "sold", "possible", False),
        ("He walked out to buy salt and never returned.", "returned", "asserted", True),
        ("The general neither confirmed nor denied it.", "confirmed", "asserted", True),
    ],
)
def test_what_stands_above_a_clause(text: str, word: str, certainty: str, negated: bool) -> None:
    found = meant(text, word)
    assert (found.certainty, found.negated) == (certainty, negated)


def test_what_could_not_be_ruled_out_is_no_deed() -> None:
    assert not meant("The police could not rule out that a broker guided her.", "guided").real


def test_a_clause_that_tells_of_a_noun_is_no_hearsay() -> None:
    assert meant("The rumours which she heard were about salt.", "heard").certainty == "asserted"
