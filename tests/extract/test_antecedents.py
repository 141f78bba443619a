"""Who is meant by words that name nobody."""

from __future__ import annotations

import pytest

from kg.extract.antecedents import Antecedents
from tests.support.clauses import Clauses


def antecedents(told: Clauses) -> Antecedents:
    """What looks for antecedents in a text."""
    return Antecedents(told.geography, told.people, told.frames)


def test_a_pronoun_takes_up_the_person_of_an_earlier_clause() -> None:
    told = Clauses("A North Korean soldier was held after he crossed the MDL.")
    frame = told.frame("crossed")
    assert frame.actor is not None
    assert frame.actor.pronoun
    found = antecedents(told).before(frame, frame.actor)
    assert (found.head.text, found.side) == ("soldier", "home")
    assert frame.actor is found


def test_a_pronoun_of_another_number_takes_up_nobody() -> None:
    told = Clauses("A North Korean soldier was held after they crossed the MDL.")
    frame = told.frame("crossed")
    assert frame.actor is not None
    assert antecedents(told).before(frame, frame.actor).head.text == "they"


@pytest.mark.parametrize(
    ("before", "side"),
    [
        ("A North Korean soldier slept.", "home"),
        ("A South Korean soldier slept.", "destination"),
        ("A North Korean diplomat slept.", None),
        ("North Korean soldiers slept.", None),
    ],
)
def test_the_side_of_the_soldier_is_that_of_a_soldier_before(before: str, side: str | None) -> None:
    told = Clauses(f"{before} The soldier crossed the MDL.")
    frame = told.frame("crossed")
    assert frame.actor is not None
    assert antecedents(told).side_before(frame, frame.actor) == side


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("A North Korean boat with seven people aboard crossed the Northern Limit Line.", 7),
        ("A South Korean boat with seven people aboard crossed the Northern Limit Line.", None),
        ("A North Korean boat crossed the Northern Limit Line.", None),
    ],
)
def test_who_was_aboard_a_boat_of_the_other_side(text: str, count: int | None) -> None:
    told = Clauses(text)
    found = antecedents(told).aboard(told.frame("crossed"))
    assert (found.count if found is not None else None) == count
