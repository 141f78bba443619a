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
