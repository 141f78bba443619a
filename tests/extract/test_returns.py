"""Returns told of one who had come before."""

from __future__ import annotations

import pytest

from kg.extract.returns import read_returns
from tests.support.clauses import Clauses


def returned(text: str) -> list[tuple[str, str | None]]:
    """The verbs that tell a return, each with the words of its date."""
    clauses = Clauses(f"{text} North Korea said nothing.")
    before = {id(f) for f in clauses.frames if f.backward and f.actor is not None and not f.actor.pronoun}
    read_returns(clauses.frames, clauses.people, clauses.dating)
    return [
        (f.head.text, f.time.quote if f.time is not None else None)
        for f in clauses.frames
        if f.backward and f.actor is not None and not f.actor.pronoun and id(f) not in before
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "In May a man who had come over to the South two years earlier set off a search when he swam back across "
            "the border river.",
            ("swam", "May"),
        ),
        (
            "A cook, who had himself rowed over in 2014 and was in debt, crawled through a culvert on 3 June 2019 and "
            "swam off.",
            ("swam", "3 June 2019"),
        ),
    ],
)
def test_one_who_had_come_goes_back(text: str, told: tuple[str, str]) -> None:
    (found,) = returned(text)
    assert found == told


@pytest.mark.parametrize(
    "text",
    [
        "In May a man who had defected to the South two years earlier walked over the hill with his dog.",
        "In May a man who lives in the South climbed over the fence of a shop.",
        "A boxer, who had fled to the South in 2009, crossed the finishing line on 4 May 2019.",
        "In May a man who had seen the South walked off.",
        "Men who had defected to the South swam off in May.",
    ],
)
def test_no_return(text: str) -> None:
    assert returned(text) == []


def test_the_incident_is_a_way_north() -> None:
    clauses = Clauses(
        "North Korea said nothing. In October a woman who had defected to the South in 2015 climbed back over the "
        "frontier fence."
    )
    read_returns(clauses.frames, clauses.people, clauses.dating)
    clauses.clusters.add(clauses.frames)
    assert "direction:south-to-north" in {c.direction for c in clauses.clusters.clusters}
