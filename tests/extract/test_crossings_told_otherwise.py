"""Crossings that no single clause tells whole: journeys, posts abroad, further cases, and what only adds up."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.support.incident_values import facts_of, incidents

SOLDIER = (
    "A North Korean soldier crossed the Military Demarcation Line on 4 March 2019, the Joint Chiefs of Staff said.\n\n"
)
EMBASSY = "The North Korean embassy in Lisbon said nothing on Monday.\n\n"


def found_in(folder: Path, text: str, published: str = "2020-06-15") -> list[dict[str, Any]]:
    return incidents(facts_of(folder, text, published))


@pytest.mark.parametrize(
    "text",
    [
        "Ri Ok-ju, a North Korean weaver, crossed the Yalu with a broker. She lived in China, then in Laos.\n\n"
        "She landed at Incheon on 2 April 2011.",
        'A former nurse speaks. "My cousin and I left North Korea. We passed through China, Vietnam and Thailand."\n\n'
        '"We flew to Seoul on 2 April 2011," she says.',
    ],
)
def test_a_journey_is_one_arrival(tmp_path: Path, text: str) -> None:
    (found,) = [i for i in found_in(tmp_path, text) if i["date"] == ["2011-04-02"]]
    assert found["type"] == ["itype:arrival-via-third-country"]
    assert found["dir"] == ["direction:north-to-south"]


@pytest.mark.parametrize(
    "clause",
    [
        "Han Gi-jun, a counsellor there, walked out of his flat on 9 May 2020 and never came back.",
        "Han Gi-jun, a counsellor there, vanished on 9 May 2020.",
        "A second secretary, Han Gi-jun, left his post with his wife on 9 May 2020.",
    ],
)
def test_who_leaves_a_post_abroad_departs_from_it(tmp_path: Path, clause: str) -> None:
    (found,) = found_in(tmp_path, EMBASSY + clause)
    assert found["dir"] == ["direction:from-post-abroad"]
    assert found["type"] == ["itype:departure-from-post"]
    assert found["date"] == ["2020-05-09"]


@pytest.mark.parametrize(
    "clause",
    [
        "In June 2016 another man in uniform stepped out of the trees near Cheorwon.",
        "A private turned up in front of a guard post near Cheorwon in June 2016.",
        "The sailor who came in June 2016 drifted for two days.",
    ],
)
def test_one_more_case_is_told_in_fewer_words(tmp_path: Path, clause: str) -> None:
    dates = [i["date"] for i in found_in(tmp_path, SOLDIER + clause)]
    assert dates == [["2019-03-04"], ["2016-06"]]


def test_somebody_in_another_story_is_no_further_case(tmp_path: Path) -> None:
    text = SOLDIER + "In June 2016 a man walked into a bank in Madrid. In 2014 the minister came to the podium."
    assert [i["date"] for i in found_in(tmp_path, text)] == [["2019-03-04"]]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("farmer picked his way across the Military Demarcation Line", "itype:land-crossing"),
        ("captain drove a truck into the truce village of Panmunjom", "itype:land-crossing"),
        ("man walked in over the mudflats", "itype:land-crossing"),
        ("sergeant scaled two fences near Goseong", "itype:land-crossing"),
        ("family drifted over the Northern Limit Line", "itype:maritime-crossing"),
    ],
)
def test_any_verb_goes_over_a_line_with_its_preposition(tmp_path: Path, words: str, kind: str) -> None:
    (found,) = found_in(tmp_path, f"A North Korean {words} on 8 May 2020.")
    assert (found["date"], found["dir"]) == (["2020-05-08"], ["direction:north-to-south"])
    assert found["type"] == [kind]


def test_a_foreigner_who_runs_north_goes_north(tmp_path: Path) -> None:
    (found,) = found_in(tmp_path, "An American soldier ran into North Korea from a tour on 8 May 2020, officials said.")
    assert found["dir"] == ["direction:south-to-north"]


@pytest.mark.parametrize(
    "text",
    [
        "North Korea fired a missile. On 8 May 2020 two hikers were rescued near the border of a national park.",
        "North Korean athletes came to Gangneung on 8 May 2020 and left again two days later.",
        "Three people were sent back over the line at night on 8 May 2020, from Poland. North Korea was silent.",
        "The article on North Korea says that a lawmaker of the party walked over to the other side on 8 May 2020.",
    ],
)
def test_other_motions_beside_the_border_are_no_crossings(tmp_path: Path, text: str) -> None:
    assert found_in(tmp_path, text) == []


@pytest.mark.parametrize(
    ("clause", "date"),
    [
        ("The last soldier to cross was a corporal who, in May 2011, had walked up to a South Korean post.", "2011-05"),
        ("The previous sergeant to defect was a man of 30 who in May 2011 came over the fence.", "2011-05"),
        ("In May 2011 a cook and his sister were rescued off Yeonpyeong Island after their engine failed.", "2011-05"),
    ],
)
def test_a_case_told_by_its_rank_or_met_at_sea_is_one_more(tmp_path: Path, clause: str, date: str) -> None:
    found = found_in(tmp_path, SOLDIER + clause)
    assert [i["date"] for i in found] == [["2019-03-04"], [date]]
    assert found[1]["dir"] == ["direction:north-to-south"]


@pytest.mark.parametrize(
    "clause",
    [
        "Instances in which a farmer left the North and reached the South in the same year were rare.",
        "There were few cases where a farmer fled North Korea and reached South Korea in a single year.",
        "The last soldier to speak was a corporal who, in May 2011, had visited a South Korean post.",
        "In May 2011 a cook and his sister were rescued off Hainan after their engine failed.",
    ],
)
def test_a_kind_of_case_or_another_sea_tells_none(tmp_path: Path, clause: str) -> None:
    assert len(found_in(tmp_path, SOLDIER + clause)) == 1


def test_an_hour_by_another_clock_gives_no_date_of_its_own(tmp_path: Path) -> None:
    text = (
        "SEOUL - A North Korean sergeant walked over the Military Demarcation Line on Friday, the army said.\n\n"
        "The 22-year-old appeared near a guard post in Cheorwon at 2 a.m. (1700 GMT Thursday)."
    )
    (found,) = found_in(tmp_path, text, published="2020-06-13")
    assert found["date"] == ["2020-06-12"]


@pytest.mark.parametrize(
    "clause",
    [
        "The woman who disappeared into North Korea on 3 May 2020 had a shop in Daegu, police said.",
        "On 3 May 2020 a southern welder waded into the Imjin River near Paju and reached North Korea.",
    ],
)
def test_who_goes_into_the_home_side_goes_north(tmp_path: Path, clause: str) -> None:
    (found,) = found_in(tmp_path, clause)
    assert found["dir"] == ["direction:south-to-north"]
    assert found["date"] == ["2020-05-03"]


def test_a_case_of_long_ago_is_not_the_undated_one_of_the_news(tmp_path: Path) -> None:
    text = (
        "A North Korean who ran through the truce village of Panmunjom to the South is in hospital.\n\n"
        "In August 2003 a sailor aged 20 walked across the line at Panmunjom."
    )
    assert len(found_in(tmp_path, text, published="2020-06-15")) == 2


def test_a_couple_and_the_child_they_took_along_are_the_three_who_were_found(tmp_path: Path) -> None:
    text = (
        "A North Korean couple who laid their son under a sail slipped across the Northern Limit Line in a boat late "
        "on Friday, officials said.\n\nA navy ship found the three of them off Yeonpyeong Island. "
        "The boat was towed to Incheon on Saturday."
    )
    (found,) = found_in(tmp_path, text, published="2020-06-15")
    assert found["date"] == ["2020-06-12"]


def test_a_flight_that_lands_ends_the_journey_of_whose_it_was(tmp_path: Path) -> None:
    text = (
        "Ri Ok-ju, a North Korean weaver, crossed the Yalu with a broker. She lived in China, then in Laos.\n\n"
        "Her flight touched down at Incheon on 2 April 2011."
    )
    (found,) = [i for i in found_in(tmp_path, text) if i["date"] == ["2011-04-02"]]
    assert found["type"] == ["itype:arrival-via-third-country"]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("The last North Korean sailor who defected by sea came in June 2009, officials said.", "2009-06"),
        ("The previous North Korean soldier who walked over the MDL was in May 2011, officials said.", "2011-05"),
        ("A defector who left North Korea in 2011 runs the shop.", "2011"),
        (
            "Six of the hotel's cooks arrived in Seoul on 5 May 2020. The North Korean cooks worked in Oman.",
            "2020-05-05",
        ),
        ("Two North Korean men were handed over to the North at Panmunjom on 7 November 2019.", "2019-11-07"),
        ("A soldier ran for the South at Panmunjom on 3 May 2017, North Korea said.", "2017-05-03"),
    ],
)
def test_a_case_told_in_few_words(tmp_path: Path, text: str, date: str) -> None:
    assert [i["date"] for i in found_in(tmp_path, text)] == [[date]]


@pytest.mark.parametrize(
    "text",
    [
        "An aid worker who left North Korea in 2017, a Swede, praised the defectors.",
        "The last concert of a North Korean choir in the South was in March 2018.",
        "South Korea handed over a letter to the North at Panmunjom on Monday.",
        "Three of the minister's aides arrived in Seoul on Friday, North Korea said.",
        "A cook left for South Korea's biggest hotel on Friday. North Korea said nothing.",
        "The storm set off an alarm at the border with North Korea on Friday.",
        "Six of the hotel's cooks arrived in Seoul on Monday for a concert. The North Korean cooks worked in Oman.",
    ],
)
def test_no_case_in_few_words(tmp_path: Path, text: str) -> None:
    assert found_in(tmp_path, text) == []


@pytest.mark.parametrize(
    "end",
    [
        "Eleven weeks later, after a boat over the Mekong into Thailand, the two landed at Incheon.",
        "Ok Hye-jin, a defector who wept, reached Seoul after three months in Thailand.",
    ],
)
def test_a_journey_ends_without_a_day(tmp_path: Path, end: str) -> None:
    way = "In March 2019 Ok Hye-jin waded into the Yalu near Hyesan with her son, and a bus took them over China."
    (found,) = found_in(tmp_path, f"{way}\n\n{end}")
    assert found["dir"] == ["direction:north-to-south"]
