"""Which way crossings go in whole texts, and near-domain texts that tell none: in our own words."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.incident_values import facts_of, incidents, told

SOUTH, NORTH, POST = "direction:north-to-south", "direction:south-to-north", "direction:from-post-abroad"
SOLDIER = (
    "A North Korean soldier crossed the Military Demarcation Line on 4 Nov. 2023, the Joint Chiefs of Staff said.\n\n"
)
EARLIER = ("2023-11-04", SOUTH)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Going back into the side that was left is a return, whatever clause tells of the coming.
        (
            "A 40-year-old who crept back into North Korea this month by way of a drain had himself fled the North"
            " in 2019, officials said.",
            [("2019", SOUTH), ("2023-11", NORTH)],
        ),
        (
            "A cleaner in her forties crept back into North Korea on Sunday, police in Seoul said.",
            [("2023-11-19", NORTH)],
        ),
        (
            "A welder who had fled to the South in 2015 swam back to North Korea on Sunday, police in Seoul believe."
            " He owed money.",
            [("2015", SOUTH), ("2023-11-19", NORTH)],
        ),
        # Some of those told of go a way of their own.
        (
            "In April 2018, six North Korean deckhands jumped over the side of a trawler and swam ashore at Busan. Two"
            " of the six later went back to the North by way of China.",
            [("", NORTH), ("2018-04", SOUTH)],
        ),
        # What stands for the line is the line.
        (
            "An Icelandic man on a tour of the Joint Security Area dashed over the slab that marks the border into"
            " North Korea on Monday.",
            [("2023-11-20", NORTH)],
        ),
        (
            "A Norwegian student jumped on Monday over the low wall that forms the frontier into North Korea, the"
            " United Nations Command said.",
            [("2023-11-20", NORTH)],
        ),
        (
            "On Friday a North Korean sergeant stepped over the painted stripe that marks the border into South Korea"
            " and gave himself up.",
            [("2023-11-17", SOUTH)],
        ),
        # The points above an article's body repeat what it tells.
        (
            "SEOUL, Nov. 21, 2023 -\n\n* Woman, 44, seen cutting wire on Sunday night; crossed line at dawn\n"
            "* Army says sorry\n\n"
            "A 44-year-old woman slipped back into North Korea on Sunday night after nine years in Seoul, the Joint"
            " Chiefs of Staff said.\n\nShe cut the wire near Goseong.",
            [("2023-11-19", NORTH)],
        ),
        # Those of whom a group is made up are no second group.
        (
            "Four North Koreans were brought ashore at Sokcho on Monday after a trawler found them.\n\nThe group"
            " includes two sisters, the husband of one of them and a boy. They had put out from a cove near Wonsan on"
            " Saturday and steered round the maritime boundary, officials said.",
            [("2023-11-20", SOUTH)],
        ),
        (
            "Six North Koreans were towed into Donghae by a patrol boat on Monday. The party comprises three cousins,"
            " two wives and a baby.\n\nThey set off from a village near Wonsan on Sunday and headed round the maritime"
            " boundary, the coast guard said.",
            [("2023-11-20", SOUTH)],
        ),
        # Who leaves a post abroad and is not seen there again, whatever the parse makes of his name.
        (
            "In July 2019 the North's acting consul in Chennai, Pyo Rim-chol, took a cab to the airport with his wife"
            " and was not seen by his staff again; he surfaced in Seoul that December.",
            [("2019-07", POST)],
        ),
        (
            "The North Korean embassy in Lima said nothing. Ri Song-hun, who walked out of the embassy in May 2019,"
            " lives in Seoul.",
            [("2019-05", POST)],
        ),
        (
            "The North Korean consulate in Perth was dark. Choe Il, 40, slipped away from the consulate on 3 May 2019"
            " with his wife.",
            [("2019-05-03", POST)],
        ),
    ],
)
def test_each_crossing_is_told_once_and_the_right_way(
    tmp_path: Path, text: str, expected: list[tuple[str, str]]
) -> None:
    assert told(tmp_path, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The delegation went back to North Korea on Friday after a concert in Seoul.",
        "A negotiator drove back to the North on Tuesday after talks at Panmunjom.",
        "Thirty former refugees are known to have slipped back to the North since 2012.",
        "A tourist walked across the bridge that marks the border between France and Spain. North Korea said nothing.",
        "A South Korean farmer walked back from the fence that marks the border with North Korea on Monday.",
        "A guide in Paju showed pupils the stripe that marks the border into North Korea on Monday.",
        "Protesters walked out of the North Korean embassy in Lima on Monday.",
        "The North Korean embassy in Lima was full. John Roe walked out of the embassy on Monday with a visa.",
        "The North Korean embassy in Lima was full. Kim Tae-ho, a South Korean reporter, walked out of the embassy on"
        " Monday.",
    ],
)
def test_no_crossing_is_told(tmp_path: Path, text: str) -> None:
    assert told(tmp_path, text) == []


@pytest.mark.parametrize(
    ("clause", "seized"),
    [
        ("The man was caught on film by a thermal camera.", False),
        ("A camera had caught him on tape an hour before.", False),
        ("The soldier was picked up on camera near the fence.", False),
        ("The man was caught by marines near the fence.", True),
    ],
)
def test_who_is_caught_on_film_is_seen_and_not_held(tmp_path: Path, clause: str, seized: bool) -> None:
    (found,) = incidents(facts_of(tmp_path, SOLDIER + clause, "2023-11-21"))
    assert ("outcome:custody" in found["out"]) is seized
