"""What the finders of names share."""

from __future__ import annotations

import pytest

from kg.extract import nlp
from kg.extract.lexicon import Lexicon
from kg.extract.naming import States, is_title_case, plain
from kg.extract.parsed import Doc


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Soldier Flees Across Heavily Fortified Border", True),
        ("Unification Minister Seol Ki-tae spoke.", False),
        ("A man came over the border", False),
        ("Man Flees", False),
    ],
)
def test_headlines_are_known_by_their_capitals(text: str, expected: bool) -> None:
    assert is_title_case(Doc(nlp.load()(text))[:]) is expected


def test_spellings_of_a_name_are_one() -> None:
    assert plain("Shim Jae-wook") == plain("Shim Jae Wook") == "shimjaewook"
    assert plain("The Quay Letter") == plain("Quay Letter")


def test_states_and_their_bodies() -> None:
    korea = Lexicon.load("korea")
    states = States(korea)
    (capital,) = korea.match(Doc(nlp.load()("Pyongyang")), ("place", "organization"))
    government = states.government(capital)

    assert {"id:place/north-korea", "id:place/south-korea"} <= states.names
    assert states.of(capital) == "id:place/north-korea"
    assert government is not None
    assert government.curie == "id:organization/dprk-government"
    body = states.body("id:place/south-korea", "troops", "orgkind:military")
    assert body is not None
    assert body.curie == "id:organization/rok-military"
    assert states.body("id:place/japan", "troops", "orgkind:military") is None
