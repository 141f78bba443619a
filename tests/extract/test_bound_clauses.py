"""Crossings told over several sentences, and the stages of one: setting out, coming ashore."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.support.incident_values import facts_of, incidents


def found_in(folder: Path, text: str) -> list[dict[str, Any]]:
    return incidents(facts_of(folder, text, "2020-06-15"))


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Two people, wet to the neck, came ashore at Ganghwa on 8 May 2020. They had rowed from the North.", 2),
        ("A man crawled from a ditch on 8 May 2020. He was a North Korean soldier who had walked over a minefield.", 1),
        ("A woman stood at the fence on 8 May 2020. She had come across the Demilitarized Zone, the army said.", 1),
        ("Three men sat on a sandbank on 8 May 2020. They had crossed the Han River estuary from North Korea.", 3),
    ],
)
def test_clauses_about_the_same_persons_add_up(tmp_path: Path, text: str, count: int) -> None:
    (found,) = found_in(tmp_path, text)
    assert found["date"] == ["2020-05-08"]
    assert set(found["count"]) == {count}


@pytest.mark.parametrize(
    "text",
    [
        "Two people came up the bank of the Thames on 8 May 2020. They had swum from Kent. North Korea was silent.",
        "Two men walked in from the beach on 8 May 2020. He had rowed from the North Korean shore, a book says.",
        "A lawmaker rose on 8 May 2020. She walked across the aisle of the chamber. North Korea was the topic.",
    ],
)
def test_other_scenes_do_not(tmp_path: Path, text: str) -> None:
    assert found_in(tmp_path, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "A North Korean couple put to sea near Wonsan on 6 May 2020. A trawler spotted them off Sokcho on 8 May 2020.",
        "A North Korean consul in Lisbon left his post on 6 March 2020. He reached Seoul on 8 May 2020.",
        "A North Korean soldier fled his base on 6 May 2020. He was found on 8 May 2020 at a guard post of the South.",
        "Two North Korean men set out from Haeju on 6 May 2020 and landed on Yeonpyeong Island on 8 May 2020.",
        "A North Korean family left home in March 2020. They arrived in South Korea on 8 May 2020 by way of Laos.",
        "A North Korean pair set out in a skiff from Wonsan on May 6, 2020. The navy found them off Sokcho on May 8.",
    ],
)
def test_a_crossing_that_took_days_is_dated_by_its_end(tmp_path: Path, text: str) -> None:
    (found,) = found_in(tmp_path, text)
    assert found["date"] == ["2020-05-08"]


def test_a_departure_alone_is_dated_by_itself(tmp_path: Path) -> None:
    (found,) = found_in(tmp_path, "A North Korean consul in Lisbon left his post on 6 March 2020.")
    assert found["date"] == ["2020-03-06"]


def test_the_following_july_counts_from_the_date_before(tmp_path: Path) -> None:
    text = (
        "The North Korean embassy in Lisbon was silent. Kim Hak-su, a counsellor there, vanished in November 2017 "
        "and surfaced in the South, where he had arrived the following July."
    )
    (found,) = found_in(tmp_path, text)
    assert (found["date"], found["dir"]) == (["2018-07"], ["direction:from-post-abroad"])
