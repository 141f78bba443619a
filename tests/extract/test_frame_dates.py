"""Where the date of a frame may stand."""

from __future__ import annotations

import pytest

from kg.extract.frame_dates import counts_from_incident
from tests.support.clauses import Clauses


@pytest.mark.parametrize(
    ("text", "word", "quote"),
    [
        ("2 April - Paju. A North Korean corporal crossed the MDL.", "crossed", "2 April"),
        ("On Sunday a North Korean man put in at a jetty and crossed the MDL.", "put", "On Sunday"),
        ("A North Korean man crossed the MDL in August 2024.", "crossed", "August 2024"),
        ("It was August 2024, when a North Korean man crossed the MDL.", "crossed", "August 2024"),
        ("A North Korean man crossed the MDL at 2 a.m. (1700 GMT Tuesday).", "crossed", None),
        ("A North Korean man crossed the MDL within two hours.", "crossed", None),
    ],
    ids=["label", "opening", "behind", "when", "another clock", "a span"],
)
def test_date_of_a_frame(text: str, word: str, quote: str | None) -> None:
    time = Clauses(text).frame(word).time
    found = time.quote if time is not None else None
    assert (found or "").removeprefix("On ") == (quote or "").removeprefix("On ")


@pytest.mark.parametrize(("words", "counts"), [("two weeks after a man crossed the MDL", True), ("on Sunday", False)])
def test_what_counts_from_an_incident(words: str, counts: bool) -> None:
    times = Clauses(f"A North Korean man crossed the sea border {words}.").builder.times.values()
    assert [counts_from_incident(time) for time in times] == [counts]
