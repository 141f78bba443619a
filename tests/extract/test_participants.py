"""Who noun phrases stand for."""

from __future__ import annotations

import pytest

from kg.extract.builder import FactsBuilder
from kg.extract.geography import Geography
from kg.extract.lexicon import Lexicon
from kg.extract.participants import Participant, Participants
from tests.support.documents import document


def read(text: str, word: str) -> Participant | None:
    """The participant whose phrase has a word for its head."""
    doc = document(text)
    people = Participants(FactsBuilder(doc), Geography(Lexicon.load()))
    sentence = doc.sentences[0]
    return people.read(sentence, next(token for token in sentence.span if token.text == word))


@pytest.mark.parametrize(
    ("text", "word", "side", "count", "definite", "another"),
    [
        ("A North Korean soldier crossed.", "soldier", "home", 1, False, False),
        ("Four North Koreans came by boat.", "Koreans", "home", 4, False, False),
        ("Thirty-one North Koreans came by boat.", "Koreans", "home", 31, False, False),
        ("An unarmed man from North Korea came.", "man", "home", 1, False, False),
        ("Another North Korean resident crossed.", "resident", "home", 1, False, True),
        ("The soldier crossed.", "soldier", None, 1, True, False),
        ("A South Korean official was shot.", "official", "destination", 1, False, False),
        ("A family of four crossed.", "family", None, 4, False, False),
    ],
)
def test_persons(text: str, word: str, side: str | None, count: int, definite: bool, another: bool) -> None:
    found = read(text, word)
    assert found is not None
    assert (found.side, found.count, found.definite, found.another) == (side, count, definite, another)


@pytest.mark.parametrize(
    ("text", "word"), [("The army crossed.", "army"), ("A balloon crossed.", "balloon"), ("It crossed.", "It")]
)
def test_bodies_and_things_are_no_persons(text: str, word: str) -> None:
    assert read(text, word) is None


def test_rank_and_type_come_from_the_vocabulary() -> None:
    found = read("A North Korean staff sergeant crossed.", "sergeant")
    assert found is not None
    assert found.rank == "rank:staff-sergeant"
    soldier = read("The soldier crossed.", "soldier")
    assert soldier is not None
    assert soldier.kinds == ("actor:soldier",)


def test_a_bare_plural_is_a_kind() -> None:
    found = read("Defectors cross at night.", "Defectors")
    assert found is not None
    assert found.generic
