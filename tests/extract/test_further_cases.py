"""One more case of what an article tells of: likened to it, numbered, listed, over the known line, or the way back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.support.incident_values import facts_of, incidents

SOLDIER = (
    "A North Korean soldier crossed the Military Demarcation Line on 4 March 2019, the Joint Chiefs of Staff said.\n\n"
)


def further(folder: Path, clause: str) -> list[dict[str, Any]]:
    found = incidents(facts_of(folder, SOLDIER + clause, "2020-06-15"))
    return [incident for incident in found if incident["date"] != ["2019-03-04"]]


@pytest.mark.parametrize(
    "clause",
    [
        "It was the third such arrival in a year. In May 2018 a woman waded over the mudflats at low tide.",
        "It is the second case this month. In May 2018 two brothers rowed in by night.",
        "In May 2018 a cook took the same road.",
        "Another private followed that path in May 2018.",
        "In May 2018 a fisherman was led out by soldiers after he had hidden in a ditch on the central front.",
        "In May 2018, a Finnish sergeant strolled over the line and was never seen again.",
        "Old men still talk of May 2018, when a Polish student dashed over the line in the same place.",
        "A corporal named Yun stepped across the line in May 2018.",
    ],
)
def test_one_more_case_goes_the_same_way(tmp_path: Path, clause: str) -> None:
    (found,) = further(tmp_path, clause)
    assert (found["date"], found["dir"]) == (["2018-05"], ["direction:north-to-south"])


@pytest.mark.parametrize(
    ("clause", "kind", "direction"),
    [
        (
            "One of them did not stay. In May 2018 he flew to China and walked back over the river to Hyesan.",
            "itype:return",
            ["direction:south-to-north"],
        ),
        (
            "In May 2018 four Southerners who had strayed north were returned through Panmunjom.",
            "itype:return",
            ["direction:north-to-south"],
        ),
        (
            "An American pastor, John Roe, waded the Tumen into North Korea in May 2018.",
            None,
            ["direction:south-to-north"],
        ),
        ("In May 2018, a Finnish activist marched across the frozen Yalu with a Bible.", None, []),
    ],
)
def test_the_way_back_and_the_rivers(tmp_path: Path, clause: str, kind: str | None, direction: list[str]) -> None:
    (found,) = further(tmp_path, clause)
    assert (found["date"], found["dir"]) == (["2018-05"], direction)
    assert kind is None or found["type"] == [kind]


@pytest.mark.parametrize(
    "clause",
    [
        "In May 2018 a man hid in a bank in Madrid for two nights before police guided the hostages to safety.",
        "In May 2018 the sprinter stepped over the line and was disqualified.",
        "In May 2018 she and her mother waded across the Tumen River into China.",
        "It was the third such case in a year. In May 2018 a woman walked into a shop.",
    ],
)
def test_other_matters_are_no_further_case(tmp_path: Path, clause: str) -> None:
    assert further(tmp_path, clause) == []


def test_items_of_a_round_up_open_with_their_dates(tmp_path: Path) -> None:
    text = (
        "The crossings of the year\n\n2018 in short, on the border with North Korea.\n\n"
        "- 18 January - Off Sokcho. A skiff carrying a retired clerk and her niece is spotted by a trawler.\n\n"
        "- 2 April - Paju. A lieutenant slips away from his unit on the western front and comes across at dawn.\n\n"
        "- 11 November - Lisbon. The second secretary at North Korea's embassy, Choe Hak-su, drops out of sight.\n"
    )
    found = incidents(facts_of(tmp_path, text, "2018-12-27"))
    assert [incident["date"] for incident in found] == [["2018-01-18"], ["2018-04-02"], ["2018-11-11"]]


def test_a_return_told_first_is_what_the_article_is_about(tmp_path: Path) -> None:
    text = (
        "A North Korean who swam to the South in 2017 has gone back the way he came. "
        "The man is believed to have slipped under a fence on Gyodong Island on 8 May 2020."
    )
    found = incidents(facts_of(tmp_path, text, "2020-06-15"))
    told = {tuple(incident["date"]): incident["dir"] for incident in found}
    assert told == {("2020-05-08",): ["direction:south-to-north"], ("2017",): ["direction:north-to-south"]}


def test_a_return_told_as_the_outcome_is_no_incident_of_its_own(tmp_path: Path) -> None:
    text = (
        "A North Korean fisherman who drifted over the Northern Limit Line on 8 May 2020 has been returned through "
        "Panmunjom. The man walked up to the line on 12 May and stepped over to officials from the North."
    )
    (found,) = incidents(facts_of(tmp_path, text, "2020-06-15"))
    assert (found["date"], found["out"]) == (["2020-05-08"], ["outcome:returned"])
