"""Which way a clause goes over the border."""

from __future__ import annotations

import pytest

from kg.extract.directions import handed_back
from tests.support.clauses import Clauses

SOUTH, NORTH = "direction:north-to-south", "direction:south-to-north"


@pytest.mark.parametrize(
    ("text", "word", "direction"),
    [
        ("A North Korean soldier crossed the MDL.", "crossed", SOUTH),
        ("A man crossed from South Korea into North Korea.", "crossed", NORTH),
        ("The man went back to the North.", "went", NORTH),
        ("A South Korean man walked over the land border.", "walked", NORTH),
        ("A North Korean diplomat in Rome defected to the South.", "defected", "direction:from-post-abroad"),
        ("Two South Korean men were returned through Panmunjom on 3 May 2020.", "returned", SOUTH),
        ("A North Korean soldier was shot at the border with the South.", "shot", None),
        ("A man walked over the land border.", "walked", None),
    ],
)
def test_direction_of_a_clause(text: str, word: str, direction: str | None) -> None:
    told = Clauses(text)
    assert told.founding.directions.of(told.frame(word)) == direction


@pytest.mark.parametrize(
    ("text", "handed"),
    [
        ("Two South Korean men were returned through Panmunjom on 3 May 2020.", True),
        ("Two South Korean men were returned through Panmunjom.", False),
        ("Two North Korean men were returned through Panmunjom on 3 May 2020.", False),
        ("Two South Korean men returned through Panmunjom on 3 May 2020.", False),
    ],
    ids=["handed", "undated", "of the other side", "by themselves"],
)
def test_who_is_handed_back(text: str, handed: bool) -> None:
    assert handed_back(next(f for f in Clauses(text).frames if f.lemma == "return")) is handed


def test_opposite_is_its_own_inverse() -> None:
    directions = Clauses("North Korea.").founding.directions
    assert (directions.opposite(SOUTH), directions.opposite(NORTH)) == (NORTH, SOUTH)
    assert directions.opposite(None) is None
    assert directions.concept("home", "destination") == SOUTH
    assert directions.concept("home", "home") is None
