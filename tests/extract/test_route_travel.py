"""Whether somebody goes over what words name."""

from __future__ import annotations

import pytest

from kg.extract.parsed import Span
from kg.extract.route_travel import RouteTravel, does
from tests.support.clauses import Clauses


def line(text: str) -> Span:
    """The word "MDL" of a text."""
    span = Clauses(text).builder.document.sentences[0].span
    place = next(token.i for token in span if token.text == "MDL")
    return span.doc[place : place + 1]


@pytest.mark.parametrize(
    ("text", "crossed", "way"),
    [
        ("A man crossed the MDL.", True, True),
        ("A man walked across the MDL.", True, True),
        ("Balloons crossed the MDL.", False, True),
        ("The MDL crossing was quiet.", True, True),
        ("A village stands near the MDL.", False, False),
    ],
)
def test_crossed_or_only_named(text: str, crossed: bool, way: bool) -> None:
    travel, span = RouteTravel(), line(text)
    assert (travel.is_crossed(span), travel.is_way(span)) == (crossed, way)


def test_a_verb_is_known_by_its_stem() -> None:
    span = Clauses("He kept vanishing.").builder.document.sentences[0].span
    assert does(span[2], frozenset({"vanish"}))
    assert not does(span[1], frozenset({"vanish"}))
