"""Which motions go over the border."""

from __future__ import annotations

import pytest

from tests.support.clauses import Clauses


def goes(text: str, word: str, *, told: bool = False) -> bool:
    """Whether the clause of a verb goes over the border."""
    clauses = Clauses(f"{text} North Korea said nothing.")
    frame = clauses.frame(word)
    assert frame.actor is not None
    return clauses.founding.motions.goes(frame, frame.actor, told=told)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("A North Korean soldier gave himself up at a guard post of the eastern front.", "gave"),
        ("A North Korean cook defected to the South.", "defected"),
        ("A North Korean soldier crossed the MDL.", "crossed"),
        ("A North Korean man fled to South Korea.", "fled"),
        ("A North Korean man walked into South Korea.", "walked"),
        ("A North Korean man walked in over the mudflats.", "walked"),
        ("A South Korean man went back to the North.", "went"),
        ("A North Korean man was found on Gyodong Island.", "found"),
        ("A North Korean man was detained at the Military Demarcation Line.", "detained"),
        ("A North Korean soldier was shot at the border with South Korea.", "shot"),
        ("A South Korean man vanished into North Korea.", "vanished"),
    ],
)
def test_over_the_border(text: str, word: str) -> None:
    assert goes(text, word)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("A North Korean soldier gave himself up in a shop.", "gave"),
        ("A French cook defected to a rival.", "defected"),
        ("A North Korean man crossed a street.", "crossed"),
        ("A North Korean man left a shop.", "left"),
        ("A North Korean man walked into a shop.", "walked"),
        ("A North Korean man was found in China.", "found"),
        ("A North Korean man was detained in a shop.", "detained"),
        ("A North Korean soldier was shot in a shop.", "shot"),
        ("A South Korean man vanished in a shop.", "vanished"),
    ],
)
def test_elsewhere(text: str, word: str) -> None:
    assert not goes(text, word)


def test_who_was_told_of_needs_less() -> None:
    assert goes("The man came over on 3 May 2020.", "came", told=True)
    assert not goes("The man came over on 3 May 2020.", "came")
