"""Which way an incident goes of which its clause does not say so."""

from __future__ import annotations

import pytest

from tests.support.clauses import Clauses

SOUTH, NORTH = "direction:north-to-south", "direction:south-to-north"


@pytest.mark.parametrize(
    ("text", "directions"),
    [
        (
            "On 3 May 2020 a North Korean soldier crossed the MDL. On 9 June 2021 another man walked over the MDL.",
            [SOUTH, SOUTH],
        ),
        (
            "On 3 May 2020 a South Korean man walked over the MDL. On 9 June 2021 another man walked over the MDL.",
            [NORTH, NORTH],
        ),
        ("A North Korean man who fled to the South in 2019 has gone back to the North.", [NORTH, SOUTH]),
    ],
    ids=["one more", "one more the other way", "and back, told first"],
)
def test_ways_by_those_told_before(text: str, directions: list[str]) -> None:
    assert [cluster.direction for cluster in Clauses(text).clusters.clusters] == directions


def test_reverse_is_that_of_the_nearest_incident_with_a_way() -> None:
    told = Clauses("On 3 May 2020 a North Korean soldier crossed the MDL.")
    (first,) = told.clusters.clusters
    assert told.clusters.ways.reverse(first, None) == NORTH
    assert told.clusters.ways.reverse(None, first) == NORTH
    assert told.clusters.ways.reverse(None, None) is None
