"""What is said of named persons."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.mark.parametrize(
    ("text", "name", "title"),
    [
        ("Bae Min, a senior analyst at Kookmin University, disagreed.", "Bae Min", "senior analyst"),
        ("South Korea's new president, Noh Jin Woo, promised peace.", "Noh Jin Woo", "president"),
        ("South Korea's President Noh Jin Woo promised peace.", "Noh Jin Woo", "President"),
        ("Unification Minister Seol Ki-tae spoke.", "Seol Ki-tae", "Unification Minister"),
        ("Om Chol, a counselor of cultural affairs in Hanoi, fled.", "Om Chol", "counselor of cultural affairs"),
        ("Its deputy ambassador in London Chae Il-nam has defected.", "Chae Il-nam", "deputy ambassador"),
    ],
)
def test_job_titles(read: Any, text: str, name: str, title: str) -> None:
    assert read(text).claims("cx:jobTitle") == {(name, title)}


def test_a_relation_is_no_job(read: Any) -> None:
    assert read("He was milder than his hawkish predecessor, Yang Seok Jin.").claims("cx:jobTitle") == set()


def test_affiliation_type_and_nationality(read: Any) -> None:
    found = read(
        "Bae Min, a senior analyst at Kookmin University, disagreed.",
        "Om Chol, a North Korean counselor of cultural affairs in Hanoi, fled.",
        "The regime of Kwak Jin-su rejected the offer.",
    )

    assert found.claims("cx:affiliation") == {("Bae Min", "Kookmin University")}
    assert found.claims("cx:actorType") == {("Om Chol", "actor:diplomat"), ("Kwak Jin-su", "actor:leader")}
    assert found.claims("cx:nationality") == {("Om Chol", "id:place/north-korea")}


def test_ranks_before_a_name_tell_rank_and_type(read: Any) -> None:
    found = read("Col. Bae Min-su of the Third Corps spoke on Monday.")
    assert ("Bae Min-su", "rank:colonel") in found.claims("cx:rank")
    assert ("Bae Min-su", "actor:soldier") in found.claims("cx:actorType")


def test_gender_by_pronoun_and_title(read: Any) -> None:
    found = read("Kim Min-su, an analyst, spoke on Monday. She declined to say more. Mr. Park Chol-su left.")
    assert found.claims("cx:gender") == {("Kim Min-su", "gender:female"), ("Park Chol-su", "gender:male")}


def test_no_gender_where_a_pronoun_may_be_somebody_elses(read: Any) -> None:
    assert read("Kim Min-su, an analyst, met a soldier and said he was tired.").claims("cx:gender") == set()
