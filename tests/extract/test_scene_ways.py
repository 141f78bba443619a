"""Crossings that only a scene tells, and texts that tell none: in our own words, in many house styles."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.incident_values import facts_of, incidents

SOUTH, NORTH, POST = "direction:north-to-south", "direction:south-to-north", "direction:from-post-abroad"
SOLDIER = (
    "A North Korean soldier crossed the Military Demarcation Line on 4 Nov. 2023, the Joint Chiefs of Staff said.\n\n"
)


@pytest.mark.parametrize(
    ("text", "direction", "date"),
    [
        (
            "The unexpected landing of three North Korean labourers on a pebble beach in Sokcho before sunrise on"
            " Monday set off no alarm, the Joint Chiefs of Staff said.",
            SOUTH,
            "2023-11-20",
        ),
        (
            "The appearance of an unarmed North Korean corporal at a checkpoint near Yeoncheon late on Sunday"
            " surprised everyone, officials said. He was led to a guardhouse and questioned.",
            SOUTH,
            "2023-11-19",
        ),
        (
            "South Korean troops have a guest. A North Korean sergeant, dripping wet and alone, stood in front of an"
            " observation post near Inje at three on Monday morning. Marines took him away for questioning.",
            SOUTH,
            "2023-11-20",
        ),
        (
            "A North Korean tractor driver hacked through two rows of wire near Cheorwon on Saturday and was found"
            " asleep in a barn.",
            SOUTH,
            "2023-11-18",
        ),
        (
            "A North Korean teenager rounded the end of the breakwater on a rubber tube early on Sunday and was pulled"
            " from the surf at Ganghwa by marines.",
            SOUTH,
            "2023-11-19",
        ),
        (
            "The 20-year-old left his unit on Wednesday night. He is a private in the North Korean army. By dawn he"
            " had the minefield behind him, and at a South Korean guard post he waved a white cloth.",
            SOUTH,
            "2023-11-15",
        ),
        (
            "A leaking skiff with five North Koreans on board was escorted into the port of Sokcho on Sunday night,"
            " the coast guard said.",
            SOUTH,
            "2023-11-19",
        ),
        (
            "Fishermen off Goseong hailed a drifting raft on Saturday. On it were two brothers from Wonsan, who asked"
            " for water. A patrol ship towed them in.",
            SOUTH,
            "2023-11-18",
        ),
        (
            "A North Korean family of six beached their squid boat on an island off Incheon on Nov. 3 and knocked at"
            " the first door.",
            SOUTH,
            "2023-11-03",
        ),
        (
            "Han Chol-su, a counsellor at the North Korean embassy in Bulgaria, is living in Seoul with his wife and"
            " son, a lawmaker told reporters on Monday.",
            POST,
            None,
        ),
        (
            "Kang Myong-chol, the North's trade envoy in Lagos, gave his minders the slip in March 2022 and sought"
            " asylum at a third embassy. He now runs a bakery in Daejeon.",
            POST,
            "2022-03",
        ),
        (
            "An American tourist swam to North Korea from a beach on Gyodong on Nov. 12, the military said.",
            NORTH,
            "2023-11-12",
        ),
    ],
)
def test_a_scene_is_one_incident(tmp_path: Path, text: str, direction: str, date: str | None) -> None:
    (found,) = incidents(facts_of(tmp_path, text, "2023-11-21"))
    assert found["dir"] == [direction]
    assert found["date"] == ([date] if date is not None else [])


@pytest.mark.parametrize(
    ("clause", "date"),
    [
        ("In 2016 a cook known only as Mr Ha snipped his way through the fence outside Paju.", "2016"),
        ("In May 2019 a lieutenant came across in the eastern sector with a map case under his arm.", "2019-05"),
        ("In October 2011 nine cousins sailed a crab boat down the Yellow Sea and were met by the navy.", "2011-10"),
        ("The last man to come that way was a lance corporal, who crept under the wire in August 2020.", "2020-08"),
        ("In 2014 a beekeeper dug his way beneath the fence at Cheorwon with a spoon.", "2014"),
        ("Earlier, in June 1999, a doctor from Hamhung had landed with his wife in a borrowed trawler.", "1999-06"),
        ("Seven relatives from Haeju turned up off Yeonpyeong in a home-made boat in July 2009.", "2009-07"),
        ("One March night in 2012 a herder splashed across the Han River estuary.", "2012-03"),
    ],
)
def test_a_case_of_the_background_has_its_own_date(tmp_path: Path, clause: str, date: str) -> None:
    found = incidents(facts_of(tmp_path, SOLDIER + clause, "2023-11-21"))
    assert [incident["date"] for incident in found] == [["2023-11-04"], [date]]
    assert [incident["dir"] for incident in found] == [[SOUTH], [SOUTH]]


def test_who_is_handed_back_came_and_went(tmp_path: Path) -> None:
    text = (
        "A North Korean sailor who drifted into southern waters on Nov. 2 was sent back to his own side at Panmunjom"
        " on Friday."
    )
    found = {i["dir"][0]: i["date"] for i in incidents(facts_of(tmp_path, text, "2023-11-21"))}
    assert found == {SOUTH: ["2023-11-02"], NORTH: ["2023-11-17"]}


def test_a_scene_that_a_clause_tells_as_well_is_one_incident(tmp_path: Path) -> None:
    text = (
        "A North Korean welder crept past a fence near Cheorwon on Saturday. The man crossed the Military Demarcation"
        " Line at dawn. Soldiers found him in a barn and took him away."
    )
    assert len(incidents(facts_of(tmp_path, text, "2023-11-21"))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "A North Korean orchestra crossed the Military Demarcation Line by bus on Monday for a concert in Seoul.",
        "North Korean athletes arrived in Incheon on a chartered plane for the Asian Games on Sunday.",
        "The arrival of a North Korean delegation on the southern side of Panmunjom on Tuesday opened the talks.",
        "The arrival of three North Korean negotiators at Panmunjom on Monday was watched by reporters.",
        "Defectors often swim across the river at night and are taken in by villagers in the South.",
        "North Korean fishermen drift into southern waters every autumn and are towed back to the line.",
        "Officials fear that a North Korean sergeant could slip through the wire near Paju this week.",
        "Villagers in Paju fear that a North Korean soldier will come through the wire and ask for soup.",
        "Had a North Korean sergeant reached the fence near Goseong on Monday, nobody would have seen him.",
        "If a North Korean private walked up to the wire at Cheorwon, sentries would read out a warning.",
        "Kim Chol-ho, the North Korean ambassador in Berlin, vanished from the guest list of the dinner on Friday.",
        "No North Korean soldier has come across the Demilitarised Zone this year, the ministry said.",
        "The army denied that a North Korean private had turned up at a guard post in Goseong on Monday.",
        "It is not true that a North Korean major turned up in a barn near Inje on Sunday, the army said.",
        "The ministry plans to bring two North Korean sailors ashore at Donghae on Friday if the sea is calm.",
        "A North Korean general inspected a guard post near Panmunjom on Friday and looked at the South.",
        "In the novel a North Korean captain wades across the estuary and is taken in by a farmer on Ganghwa.",
        "In a play that opens in Seoul on Friday a North Korean colonel crawls through a minefield.",
        "The South Korean coast guard towed a Chinese boat with eleven men aboard into Incheon on Sunday."
        " North Korean boats had been nearby.",
        "A Chinese fisherman who fell into the sea off Yeonpyeong on Sunday was picked up by the South Korean"
        " coast guard near a North Korean island.",
        "A North Korean trawler was towed back into the port of Wonsan on Monday after its engine failed.",
        "Three Syrian men swam round the end of the fence at Ceuta on Sunday. North Korea was in another report.",
        "A prisoner escaped from a jail in Jilin on Monday by scaling the wall. He is a North Korean.",
        "A North Korean woman accused of theft escaped from a police station in Vladivostok on Monday.",
        "A South Korean marine wandered past the fence on Gyodong on Sunday and was led back by his sergeant."
        " The island faces North Korea.",
        "Two men were pulled from the sea off Sokcho on Sunday after their yacht sank. Both live in Seoul."
        " The coast faces North Korea.",
        "Two North Korean referees were led off the pitch in Incheon on Saturday under guard.",
        "North Korea sent two drones over the line on Monday. They flew past a guard post and were shot at.",
        "A North Korean woman who lives in Seoul was questioned by police on Monday over an accident in Incheon.",
        "A US senator walked to the demarcation line at Panmunjom on Friday, looked into the North and flew home.",
        "Lee Chang-min, a former North Korean captain who lives in Daegu, visited an observation post in Goseong"
        " on Saturday and waved at the North.",
        "Lee Min-ho, 44, who lives in Seoul, swam across the Han River on Sunday to raise money for North Korean"
        " children.",
        "The army is to hand the remains of a North Korean soldier, washed ashore in Goseong, to the North on Friday.",
    ],
)
def test_another_matter_is_no_incident(tmp_path: Path, text: str) -> None:
    assert incidents(facts_of(tmp_path, text, "2023-11-21")) == []
