"""Organisations: labels, bodies of states, governments that act."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("South Korea's Joint Chiefs of Staff (JCS) gave no details.", {"rok-joint-chiefs-of-staff"}),
        ("He was seized by South Korean troops near the river.", {"rok-military"}),
        ("A South Korean defense ministry official spoke on Monday.", {"rok-defense-ministry"}),
        ("The unification ministry published the figures.", {"rok-unification-ministry"}),
        ("Seoul's Unification Ministry published the figures.", {"rok-unification-ministry"}),
        ("She works at the Korea Institute for National Unification.", {"korea-institute-for-national-unification"}),
        ("They informed the United Nations Command.", {"united-nations-command"}),
        ("He spoke at the United Nations in September.", {"united-nations"}),
        ("The coastguard picked the family up.", {"rok-coast-guard"}),
        ("North Korea's defense ministry rejected the report.", {"dprk-defense-ministry"}),
        ("The North's military showed no unusual movement.", {"dprk-military"}),
        ("South Korea's spy agency briefed lawmakers.", {"rok-intelligence-agency"}),
    ],
)
def test_known_organizations_are_linked(read: Any, text: str, expected: set[str]) -> None:
    assert read(text).concepts("Organization") == expected


@pytest.mark.parametrize(
    "text",
    [
        "Human rights organizations and analysts called for restraint.",
        "He was handed over to the relevant authorities.",
        "South Korean authorities and South Korean officials kept silent.",
        "South Korean intelligence agencies will study what he says.",
        "No unusual military activity was seen near the fence.",
        "He knows North Korean military practices well.",
        "He crossed the Demilitarized Zone (DMZ) and the Military Demarcation Line (MDL).",
        "They asked us whether it was true.",
        "The Korean War ended in an armistice.",
    ],
)
def test_what_is_no_organization(read: Any, text: str) -> None:
    assert read(text).concepts("Organization") == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pyongyang rejected the offer.", {"dprk-government"}),
        ("The North has buried more mines.", {"dprk-government"}),
        ("Seoul urged Pyongyang to answer.", {"rok-government", "dprk-government"}),
        ("Officials in Seoul declined to comment.", set()),
        ("Seoul lies south of the line.", set()),
        ("He fled from the North to the South.", set()),
        ("The man was flown to Seoul.", set()),
    ],
)
def test_a_capital_is_a_government_only_where_it_acts(read: Any, text: str, expected: set[str]) -> None:
    found = read(text)

    assert found.concepts("Organization") == expected


def test_a_foreign_body_is_not_taken_for_the_gazetteers(read: Any) -> None:
    found = read("Japan's defense ministry tracked the boat.")

    assert found.chains("Organization") == [["Japan's defense ministry"]]
    assert found.concepts("Organization") == {None}


def test_our_military_is_the_speakers(read: Any) -> None:
    found = read('"Our military secured one person," an official of the South Korean defense ministry said.')

    assert {"rok-military", "rok-defense-ministry"} == found.concepts("Organization")


def test_a_noun_repeats_the_body_named_before(read: Any) -> None:
    found = read("South Korea's military confirmed the crossing. The military tracked him for hours.")

    assert found.chains("Organization") == [["South Korea's military", "military"]]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("He got help from a charity called Lamp of Hope in May.", "Lamp of Hope"),
        ("She spoke with the newspaper Harbour Post on Friday.", "Harbour Post"),
        ("The envoy briefed the parliamentary security committee.", "parliamentary security committee"),
        ("She told the Harbour Gazette about it.", "Harbour Gazette"),
        ("The Red Cross Society in the North denied it.", "Red Cross Society"),
    ],
)
def test_unknown_organizations_by_their_form(read: Any, text: str, name: str) -> None:
    assert name in {value for _, value in read(text).claims("cx:name")}


@pytest.mark.parametrize(
    "text",
    [
        "North Korea has said nothing.",
        "Arrivals may rise if Beijing reopens its border.",
        "Pyongyang may demand that the man be sent back.",
        "American and South Korean guards ran after him.",
    ],
)
def test_countries_that_do_not_act_as_governments(read: Any, text: str) -> None:
    assert read(text).concepts("Organization") == set()
