"""Places of a scene: reached, been at, come from, left for, and where nobody enters by leave."""

from __future__ import annotations

import pytest

from kg.extract.builder import FactsBuilder
from kg.extract.geography import Geography
from kg.extract.lexicon import Lexicon
from kg.extract.names import find_names
from kg.extract.participants import Participants
from kg.extract.scene_persons import ScenePersons
from kg.extract.scene_places import ScenePlaces
from tests.support.documents import document


def kinds(text: str) -> set[str]:
    """The kinds of signs that the places of a sentence are."""
    builder, lexicon = FactsBuilder(document(text)), Lexicon.load()
    find_names(builder, lexicon)
    geography = Geography(lexicon)
    persons = ScenePersons(builder, geography, Participants(builder, geography))
    return {sign.kind for sign in ScenePlaces(builder, geography, persons).of(builder.document.sentences[0], set())}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("A man swam to Gyodong Island.", "arrive"),
        ("A man reached a guard post.", "arrive"),
        ("A man stood outside Paju.", "there"),
        ("A man sat half a kilometre from a South Korean guard post.", "there"),
        ("The skiff was brought into this east coast port.", "arrive"),
        ("A man was found on a beach.", "shore"),
        ("A man stood in front of an observation post.", "shore"),
        ("A boat set out from a cove near Hamhung.", "origin"),
        ("She was born in Wonsan.", "origin"),
        ("He swam to North Korea.", "north"),
        ("She travelled to Laos.", "away"),
        ("She lives in Laos.", "elsewhere"),
        ("He was gone from the North Korean embassy in Laos.", "post"),
        ("Two men were picked up by South Korea's navy.", "there"),
    ],
)
def test_what_a_place_tells(text: str, kind: str) -> None:
    assert kind in kinds(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Sokcho is a port.", "there"),
        ("He spoke to South Korea.", "arrive"),
        ("He stood at a North Korean guard post.", "shore"),
        ("The North Korean embassy in Laos said nothing.", "post"),
        ("A man came from Paju.", "there"),
    ],
)
def test_what_a_place_does_not_tell(text: str, kind: str) -> None:
    assert kind not in kinds(text)
