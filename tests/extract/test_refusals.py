"""Motions that are no crossings whatever their words."""

from __future__ import annotations

import pytest

from tests.support.clauses import Clauses


def refused(text: str, word: str) -> bool:
    """Whether the clause of a verb is refused."""
    clauses = Clauses(text)
    frame = clauses.frame(word)
    assert frame.actor is not None
    return clauses.founding.refusals.refused(frame, frame.actor)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("In the past ten years twenty North Koreans crossed the MDL.", "crossed"),
        ("In 2019 twenty North Koreans crossed the MDL.", "crossed"),
        ("Two North Korean men have defected within a week.", "defected"),
        ("Cases in which a North Korean soldier walked over the MDL are few.", "walked"),
        ("In the novel a North Korean soldier crossed the MDL.", "crossed"),
        ("Several North Korean soldiers crossed the MDL and withdrew after warning shots.", "crossed"),
        ("Kim Jong Un crossed the MDL briefly.", "crossed"),
        ("Defectors crossed the MDL.", "crossed"),
    ],
    ids=["summed up", "a year's figure", "within", "kind of case", "invention", "army", "visit", "no number"],
)
def test_no_crossing(text: str, word: str) -> None:
    assert refused(text, word)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("On 3 May 2020 two North Korean men crossed the MDL.", "crossed"),
        ("A family of four from North Korea crossed the sea border in 2019.", "crossed"),
        ("A North Korean soldier crossed the MDL and warning shots were fired.", "crossed"),
        ("The case in which a North Korean soldier walked over the MDL is known.", "walked"),
    ],
)
def test_certain_persons_on_a_day(text: str, word: str) -> None:
    assert not refused(text, word)
