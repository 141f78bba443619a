"""What stands above a clause and says how it is meant: excluding, rejecting, asking, hearsay."""

from __future__ import annotations

import pytest

from tests.support.documents import meant


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
