"""Which frames tell of one incident."""

from __future__ import annotations

import pytest

from tests.support.clauses import Clauses

FIRST = "On 3 May 2020 a North Korean soldier crossed the MDL."


@pytest.mark.parametrize(
    ("rest", "told"),
    [
        ("He walked over the line alone.", [["crossed", "walked"]]),
        ("The crossing was the first of the year.", [["crossed", "crossing"]]),
        ("A North Korean soldier walked over the MDL on 9 June 2021.", [["crossed"], ["walked"]]),
        ("Another North Korean soldier walked over the MDL on 9 June 2021.", [["crossed"], ["walked"]]),
        ("North Korean soldiers walk over the MDL at night.", [["crossed"]]),
    ],
)
def test_frames_of_one_incident(rest: str, told: list[list[str]]) -> None:
    assert Clauses(f"{FIRST} {rest}").told == told


def test_a_place_of_the_text_tells_the_incident_spoken_of_there() -> None:
    told = Clauses(FIRST, "On 9 June 2021 another North Korean soldier crossed the MDL.", "He slept.")
    one, other = told.clusters.clusters
    first, second, third = told.builder.document.sentences
    assert told.clusters.at((first.index, first.span.end, first.block.id)) is one
    assert told.clusters.at((second.index, second.span.end, second.block.id)) is other
    assert told.clusters.at((third.index, third.span.end, third.block.id)) is one
    assert told.clusters.focal is one


def test_a_frame_knows_its_cluster() -> None:
    told = Clauses(FIRST, "Nobody spoke of a defection in Rome.")
    assert told.clusters.of(told.frame("crossed")) is told.clusters.clusters[0]
    assert told.clusters.of(told.frame("defection")) is None
