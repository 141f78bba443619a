"""What sets a frame apart from an incident, and what makes it one with it."""

from __future__ import annotations

import pytest

from tests.support.clauses import Clauses

FIRST = "On 3 May 2020 a North Korean soldier crossed the MDL."


@pytest.mark.parametrize(
    ("second", "relation"),
    [
        ("The soldier walked over the line on 3 May 2020.", "same"),
        ("The soldier walked over the line in May 2020.", "same"),
        ("The soldier walked over the line on 9 June 2021.", "different"),
        ("The soldier walked over the line.", "unknown"),
    ],
)
def test_dates_relate_a_frame_to_an_incident(second: str, relation: str) -> None:
    told = Clauses(f"{FIRST} {second}")
    assert told.clusters.likeness.relation(told.frame("walked"), told.clusters.clusters[0]) == relation


@pytest.mark.parametrize(
    ("second", "contradicts"),
    [
        ("A soldier walked over.", False),
        ("Two soldiers walked over.", True),
        ("Soldiers walked over.", True),
        ("A diplomat walked over.", True),
        ("A man walked over.", False),
    ],
)
def test_number_and_kind_of_person_set_apart(second: str, contradicts: bool) -> None:
    told = Clauses(f"{FIRST} {second}")
    actor = told.frame("walked").actor
    assert actor is not None
    assert told.clusters.likeness.contradicts(actor, told.clusters.clusters[0]) is contradicts


@pytest.mark.parametrize(("day", "near"), [("9 May 2020", True), ("9 June 2021", False)])
def test_near_is_within_a_month(day: str, near: bool) -> None:
    told = Clauses(f"{FIRST} The soldier walked over the line on {day}.")
    assert told.clusters.likeness.near(told.frame("walked"), told.clusters.clusters[0]) is near


def test_a_couple_and_the_child_that_their_clause_names_are_three() -> None:
    told = Clauses("On 3 May 2020 a North Korean couple hid their son and crossed the MDL. The three walked south.")
    three = told.people.read(told.builder.document.sentences[1], told.builder.document.sentences[1].span[1])
    assert three is not None
    assert told.clusters.likeness.with_child(three, told.clusters.clusters[0])
    three.count = 9
    assert not told.clusters.likeness.with_child(three, told.clusters.clusters[0])


def test_a_day_long_past_in_another_paragraph_is_another_case() -> None:
    told = Clauses("A North Korean soldier crossed the MDL.", "In May 2001 a North Korean soldier crossed the MDL.")
    assert told.told == [["crossed"], ["crossed"]]
    assert Clauses("A North Korean soldier crossed the MDL.", "A North Korean soldier crossed the MDL.").told == [
        ["crossed", "crossed"]
    ]
