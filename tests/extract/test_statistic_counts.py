"""Counts that a clause of their own dates, shares by name, changes that point back, and numbers said again."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.incident_values import facts_of

BASE = "Some 218 North Koreans came to South Korea in 2019, down from 236 in 2018. "


def figures(folder: Path, text: str) -> dict[str, dict[str, str]]:
    facts = facts_of(folder, text, "2020-11-08")
    quantities = {quantity.id: quantity for quantity in facts.quantities}
    times = {time.id: time for time in facts.times}
    mentions = {mention.id: mention for mention in facts.mentions}
    told: dict[str, dict[str, str]] = {}
    for claim in facts.claims:
        if mentions[claim.subject].cls == "Statistic":
            value = str(claim.value.value)
            value = quantities[value].quote if claim.value.kind == "quantity" else value
            value = times[value].quote if claim.value.kind == "time" else value
            told.setdefault(claim.subject, {})[claim.predicate] = value
    return {figure["cx:value"]: figure for figure in told.values()}


@pytest.mark.parametrize(
    ("text", "value", "period"),
    [
        (
            "Of the 139 North Koreans who reached the South in the first nine months of 2020, none came by sea.",
            "139",
            "the first nine months of 2020",
        ),
        ("He was among the 312 North Koreans who came to the South in 2012.", "312", "2012"),
        ("Of the 196 North Koreans who entered the South in 2019, some had been sailors.", "196", "2019"),
        ("Arrivals of North Koreans sank to 63 in 2016, then edged up to 67 in 2017.", "67", "2017"),
        ("Arrivals of North Koreans in the South inched up to 70 in 2017, after 63 in 2016.", "70", "2017"),
    ],
)
def test_a_count_is_dated_by_its_own_clause(tmp_path: Path, text: str, value: str, period: str) -> None:
    figure = figures(tmp_path, text)[value]
    assert (figure["cx:measure"], figure["cx:period"]) == ("measure:arrivals", period)


@pytest.mark.parametrize(
    "clause",
    [
        "That puts the female share at 87.6 percent.",
        "The proportion of women was 87.6 percent.",
        "That took the share of women to 87.6 percent.",
    ],
)
def test_a_share_by_its_name(tmp_path: Path, clause: str) -> None:
    figure = figures(tmp_path, f"{BASE}Of them, 191 were women. {clause}")["87.6 percent"]
    assert (figure["cx:measure"], figure["cx:population"]) == ("measure:share", "population:women")


@pytest.mark.parametrize(
    "clause",
    ["The 7.6 percent drop ends two years of recovery.", "That 7.6 percent decline was the first in a while."],
)
def test_a_change_that_points_back(tmp_path: Path, clause: str) -> None:
    assert figures(tmp_path, BASE + clause)["7.6 percent"]["cx:measure"] in {"measure:decrease", "measure:change"}


def test_the_whole_said_again_is_no_figure(tmp_path: Path) -> None:
    found = figures(tmp_path, f"{BASE}Five of the 218 came straight over the border.")
    assert set(found) == {"Some 218", "236", "Five"}


@pytest.mark.parametrize(
    "text",
    [
        "The 200 North Koreans who attended the fair in 2019 flew home.",
        "The 12 sailors who came to the South on Monday are from North Korea.",
        "It was one of 20 goals that North Korea scored in 2019.",
    ],
)
def test_other_numbers_are_none(tmp_path: Path, text: str) -> None:
    assert figures(tmp_path, text) == {}
