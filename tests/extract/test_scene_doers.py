"""Whose deed a sign is."""

from __future__ import annotations

import pytest

from kg.extract.builder import FactsBuilder
from kg.extract.geography import Geography
from kg.extract.lexicon import Lexicon
from kg.extract.names import find_names
from kg.extract.participants import Participants
from kg.extract.scene_doers import SceneDoers
from kg.extract.scene_persons import ScenePersons
from kg.extract.scene_signs import SignReader
from tests.support.documents import document


def doer(text: str, kind: str) -> tuple[bool, str | None]:
    """Whether the first sign of a kind can be a crosser's, and the word for whose it is."""
    builder, lexicon = FactsBuilder(document(text)), Lexicon.load()
    find_names(builder, lexicon)
    geography = Geography(lexicon)
    people = Participants(builder, geography)
    persons = ScenePersons(builder, geography, people)
    sentence = builder.document.sentences[0]
    sign = next(s for s in SignReader(builder, geography, persons).signs(sentence) if s.kind == kind)
    possible, actor = SceneDoers(people).of(sentence, sign, persons.of(sentence))
    return possible, actor.head.text if actor is not None else None


@pytest.mark.parametrize(
    ("text", "kind", "whose"),
    [
        ("A welder crept past the fence.", "over", "welder"),
        ("The arrival of a lone welder in Sokcho surprised us.", "there", "welder"),
        ("Soldiers questioned a welder in Paju.", "reception", "welder"),
        ("A welder scaled the fence and was taken away by soldiers.", "reception", "welder"),
        ("A skiff with a welder aboard was towed in.", "reception", "welder"),
        ("A welder whose boat drifted into southern waters slept.", "over", "welder"),
        ("A welder in his late twenties, who crept past the fence, slept.", "over", "welder"),
        ("Case in point: a welder crept past the fence.", "over", "welder"),
    ],
)
def test_whose_deed_it_is(text: str, kind: str, whose: str) -> None:
    assert doer(text, kind) == (True, whose)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("A fog crept past the fence while a welder slept.", "over"),
        ("I crept past the fence, says the welder.", "over"),
        ("Soldiers found a shoe that a welder had lost.", "found"),
    ],
)
def test_a_deed_of_another(text: str, kind: str) -> None:
    assert doer(text, kind) == (False, None)


def test_a_boat_of_whose_crew_nothing_is_said() -> None:
    assert doer("Divers hailed a drifting raft.", "found") == (True, None)
