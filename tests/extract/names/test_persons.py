"""Named persons and the surnames that repeat them."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.mark.parametrize(
    ("text", "chains"),
    [
        ("Kang Do Yun, a soldier, told reporters.", [["Kang Do Yun"]]),
        ("Moon Tae-il said no.", [["Moon Tae-il"]]),
        ("Analyst Bae Min disagreed. Bae said so twice.", [["Bae Min", "Bae"]]),
        ("The minister, Ryu Chol-su, spoke. Later Ryu left.", [["Ryu Chol-su", "Ryu"]]),
        ("Thak Yong-su has left his post.", [["Thak Yong-su"]]),
        ("Professor Miriam Holt warned of that. Holt saw risks.", [["Miriam Holt", "Holt"]]),
        ("The 30-year-old, known only by his surname Noh, was tired. Noh told them everything.", [["Noh", "Noh"]]),
        ("Shim Jae Wook spoke first. The rule of Shim Jae-wook ended.", [["Shim Jae Wook", "Shim Jae-wook"]]),
    ],
)
def test_named_persons_and_their_surnames_chain(read: Any, text: str, chains: list[list[str]]) -> None:
    assert read(text).chains("Person") == chains


@pytest.mark.parametrize(
    "text",
    [
        "A North Korean soldier crossed the line.",
        "He lives in Hong Kong now.",
        "They met on the Han River.",
        "In Seoul and in Pyongyang nothing was said.",
        'The so-called "Boomerang Defector" was not named.',
        "The guards at the fence saw nobody.",
        "Park rangers found the raft.",
    ],
)
def test_what_is_no_person(read: Any, text: str) -> None:
    assert read(text).chains("Person") == []


def test_headlines_captions_and_credits_give_no_person(read: Any) -> None:
    found = read(
        ("headline", "Soldier Flees Kim Jin Su Regime"),
        ("caption", "The fence in winter (MARTIN HOLLOWAY)"),
        "Landmines lie along the line (MARTIN HOLLOWAY).",
    )

    assert found.chains("Person") == []


def test_two_persons_of_one_surname_stay_apart(read: Any) -> None:
    found = read("Kim Du-san, a lawmaker, asked first. Kim Ha-jun, a minister, answered. Kim smiled.")

    assert found.chains("Person") == [["Kim Du-san"], ["Kim Ha-jun", "Kim"]]


def test_a_relative_does_not_take_over_the_surname(read: Any) -> None:
    found = read("Caleb Roe, 23, swam. His mother, Renee Roe, waited at the door. Roe looked thin.")

    assert found.chains("Person") == [["Caleb Roe", "Roe"], ["Renee Roe"]]
