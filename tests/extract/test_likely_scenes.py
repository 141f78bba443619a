"""Crossings told in words that no rule has, and texts with such words that tell none: in our own words."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.incident_values import told

SOUTH, NORTH = "direction:north-to-south", "direction:south-to-north"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "A North Korean beekeeper hugged a foam box and let the flood carry him to Gyodong Island on the night of"
            " 18 November. Villagers gave him dry socks.",
            [("2023-11-18", SOUTH)],
        ),
        (
            "A North Korean seamstress floated on a lorry tube to the island of Gyodong on Saturday and asked a farmer"
            " for water.",
            [("2023-11-18", SOUTH)],
        ),
    ],
)
def test_a_crossing_told_in_words_of_no_rule(tmp_path: Path, text: str, expected: list[tuple[str, str]]) -> None:
    assert told(tmp_path, text) == expected


def test_what_takes_it_up_is_no_second_one(tmp_path: Path) -> None:
    text = (
        "A North Korean beekeeper let the tide take him to Ganghwa Island on Sunday night, police said.\n\n"
        "The man had tied himself to a door. He drifted for six hours before the door touched the mud of the island."
    )
    assert told(tmp_path, text) == [("2023-11-19", SOUTH)]


@pytest.mark.parametrize(
    "text",
    [
        "A North Korean beekeeper may one day let the tide take him to Ganghwa Island, a novelist says.",
        "If a North Korean carpenter let the tide take him to Ganghwa Island, marines would pull him out, the drill"
        " assumes.",
        "North Koreans who let the tide take them to Ganghwa Island are asked why they came, a lawyer says.",
        "A South Korean carpenter let the tide take him to Ganghwa Island on Sunday for a wager, police said.",
        "A Cuban carpenter let the tide take him to Key West on Sunday, police said.",
    ],
)
def test_what_was_not_done_or_is_of_others_is_none(tmp_path: Path, text: str) -> None:
    assert told(tmp_path, text) == []
