"""The end of a way belongs to the departure that was told before it."""

from __future__ import annotations

import pytest

from tests.support.clauses import Clauses

LEFT = "A North Korean diplomat left his post in Rome in March 2019."


@pytest.mark.parametrize(
    "arrival",
    [
        "He lived in the South for years, having come in June 2021.",
        "He had been in the South for over a year, having arrived in June 2021.",
    ],
)
def test_a_dated_arrival_says_where_by_the_clause_before_it(arrival: str) -> None:
    told = Clauses(f"{LEFT} {arrival}")
    (cluster,) = told.clusters.clusters
    assert [frame.head.text for frame in cluster.frames] == ["left", arrival.split("having ")[1].split()[0]]
    assert [time.quote for time in cluster.times] == ["March 2019", "June 2021"]


@pytest.mark.parametrize(
    "arrival",
    [
        "He lived in Paris for years, having come in June 2021.",
        "He lived in the South for years, having come late.",
        "He lived in the South for years, having come to China in June 2021.",
        "He lived in the South and in China, having come in June 2021.",
        "He lived in the South for years and came in June 2021.",
        "He lived in the South for years, having written in June 2021.",
    ],
    ids=["elsewhere", "undated", "says where itself", "two places", "no participle", "no arrival"],
)
def test_what_is_no_such_arrival(arrival: str) -> None:
    told = Clauses(f"{LEFT} {arrival}")
    assert told.told == [["left"]]
    assert [time.quote for time in told.clusters.clusters[0].times] == ["March 2019"]


@pytest.mark.parametrize(
    ("arrival", "triggers"),
    [
        ("He reached the South on 9 May.", [["set", "reached"]]),
        ("The man reached the South on 9 May.", [["set", "reached"]]),
        ("They reached the South on 9 May.", [["set"]]),
        ("He reached China on 9 May.", [["set"]]),
    ],
)
def test_number_and_place_decide_whose_end_it_is(arrival: str, triggers: list[list[str]]) -> None:
    departure = "A North Korean man set out in a boat from a cove near Hamhung for the South on 3 May 2020."
    told = Clauses(f"{departure} {arrival}").told
    assert [cluster for cluster in told if "set" in cluster] == triggers


def test_an_end_far_behind_is_not_joined() -> None:
    between = " ".join(f"The weather of day {day} was mild." for day in range(1, 7))
    near = Clauses(f"{LEFT} He reached the South in June 2021.")
    far = Clauses(f"{LEFT} {between} He reached the South in June 2021.")
    assert near.told[0] == ["left", "reached"]
    assert far.told[0] == ["left"]
