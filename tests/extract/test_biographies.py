"""Crossings told in passing of somebody whom the sentences before bring in, or who speaks."""

from __future__ import annotations

import pytest

from tests.support.clauses import Clauses

LEAD = "Defectors met in Busan on Monday. Each defector brought a dish from North Korea."


def directions(*paragraphs: str) -> list[str | None]:
    """The ways of the incidents that a text tells."""
    return [cluster.direction for cluster in Clauses(LEAD, *paragraphs).clusters.clusters]


@pytest.mark.parametrize(
    "text",
    [
        "Choi Nam-su, a baker, still dreams of his village in North Korea. Since reaching the South nine years ago, he "
        "has baked bread.",
        '"I came to South Korea in 2012," said a defector who works as a nurse.',
        '"It has been six years since I arrived in the South," one escapee said.',
        "One defector, a retired miner, sings. He reached South Korea in 2004.",
        'A woman who grew up in North Korea wept. "I escaped from North Korea in 1999," she said.',
    ],
)
def test_a_crossing_told_in_passing(text: str) -> None:
    assert directions(text) == ["direction:north-to-south"]


@pytest.mark.parametrize(
    "text",
    [
        '"I came to South Korea in 2009," said an American teacher of defectors.',
        "A South Korean pastor helps them. He arrived in South Korea in 2012 from Los Angeles.",
        '"I came to the South in 2012," the ministry said.',
        "One defector, a retired miner, sings. He wants to reach South Korea in 2030.",
        "Gu Min-a, a dentist from Busan, has no kin in North Korea. She got to Seoul in 2015.",
        "A South Korean singer was there. She came to South Korea in 2001.",
    ],
)
def test_no_crossing(text: str) -> None:
    assert directions(text) == []


def test_one_person_has_one_way() -> None:
    told = Clauses(
        LEAD,
        "Choi Nam-su, a defector, fled North Korea in 2008.",
        "Choi Nam-su sings. Since arriving in the South in 2008, he has sung in a choir.",
    )
    assert len(told.clusters.clusters) == 1
