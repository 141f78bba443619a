"""Where a text speaks of a way, and where only of a place."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A man crossed the Demilitarized Zone at night.", {"dmz"}),
        ("She walked across the heavily guarded border between the two Koreas.", {"dmz"}),
        ("He came through the eastern part of the DMZ.", {"dmz"}),
        ("Two men crossed the border on Friday.", {"dmz"}),
        ("A raft crossed the maritime border in the Yellow Sea.", {"yellow-sea"}),
        ("Most defectors flee via China.", {"china-third-country"}),
        ("They travel to neighboring China and then to a third country.", {"china-third-country"}),
        ("Refugees cross into China before fleeing to Laos or Thailand.", {"china-third-country"}),
        ("He ran across the line to defect via the Joint Security Area.", {"joint-security-area"}),
    ],
)
def test_ways_that_people_take(read: Any, text: str, expected: set[str]) -> None:
    assert read(text).concepts("Route") == expected


@pytest.mark.parametrize(
    "text",
    [
        "Loudspeakers were set up near the DMZ.",
        "Troops are stationed along the Military Demarcation Line.",
        "Fishing in the Yellow Sea has become harder.",
        "China shares a long border with North Korea.",
        "He crossed the border into China.",
        "The counselor worked in Cuba and fled with his family.",
        "The president visited China and Laos.",
    ],
)
def test_places_that_are_no_ways(read: Any, text: str) -> None:
    assert read(text).concepts("Route") == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They waded the Tumen at night.", {"tumen"}),
        ("A rescue ship picked up a family from a raft in the East Sea.", {"east-sea"}),
        ("He vanished into the DMZ before dawn.", {"dmz"}),
        ("He rolled into a ditch 60 yards on the right side of the Military Demarcation Line.", {"dmz"}),
        ("Many had waited in a third country for years.", {"china-third-country"}),
        ("China is the usual road.", {"china-third-country"}),
        ("A flight of balloons drifted over the Yellow Sea.", set()),
        ("The estuary has no demarcation line.", set()),
    ],
)
def test_ways_beside_the_verbs_of_crossing(read: Any, text: str, expected: set[str]) -> None:
    assert read(text).concepts("Route") == expected
