"""Crossings told of a boat or aircraft, and who was in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.incident_values import facts_of, incidents


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("A fishing boat carrying three North Koreans was intercepted in the Yellow Sea on 8 May 2020.", 3),
        ("A North Korean barge with two men aboard was found drifting off Sokcho on 8 May 2020.", 2),
        ("On 8 May 2020 a patrol ship came across a raft bearing a North Korean fisherman near Baengnyeong Island.", 1),
        ("A wooden vessel that was carrying four North Koreans was sighted off Gangneung on 8 May 2020.", 4),
        ("A dinghy in which two North Korean sailors had put to sea was picked up in the East Sea on 8 May 2020.", 2),
    ],
)
def test_the_persons_in_a_boat_crossed(tmp_path: Path, text: str, count: int) -> None:
    (found,) = incidents(facts_of(tmp_path, text, "2020-06-15"))
    assert (found["date"], found["count"]) == (["2020-05-08"], [count])
    assert found["type"] == ["itype:maritime-crossing"]
    assert found["dir"] == ["direction:north-to-south"]


@pytest.mark.parametrize(
    ("second", "count"),
    [
        ("The six people on board want to stay in the South, officials said.", 6),
        ("The skipper asked for asylum.", 1),
        ("The two who climbed out were a teacher and her son.", 2),
    ],
)
def test_the_next_sentence_says_who_was_in_it(tmp_path: Path, second: str, count: int) -> None:
    text = f"A North Korean trawler drifted over the maritime border on 8 May 2020. {second}"
    (found,) = incidents(facts_of(tmp_path, text, "2020-06-15"))
    assert (found["date"], found["count"]) == (["2020-05-08"], [count])


def test_who_comes_by_air_crosses_neither_by_land_nor_by_sea(tmp_path: Path) -> None:
    text = "A North Korean helicopter crossed the Northern Limit Line on 8 May 2020. The pilot asked for asylum."
    (found,) = incidents(facts_of(tmp_path, text, "2020-06-15"))
    assert found["type"] == ["itype:crossing"]


@pytest.mark.parametrize(
    "text",
    [
        "A ferry carrying 300 passengers was intercepted off Busan on 8 May 2020. North Korea said nothing.",
        "A cargo ship with a North Korean crew of twelve was seized in the Indian Ocean on 8 May 2020 over sanctions.",
        "A North Korean submarine was found off Sokcho on 8 May 2020, and its crew were dead.",
    ],
)
def test_other_ships_bring_no_crossing(tmp_path: Path, text: str) -> None:
    assert incidents(facts_of(tmp_path, text, "2020-06-15")) == []
