"""Who a scene may be about, and what is said of where he belongs."""

from __future__ import annotations

import pytest

from kg.extract.builder import FactsBuilder
from kg.extract.geography import Geography
from kg.extract.lexicon import Lexicon
from kg.extract.names import find_names
from kg.extract.participants import Participants
from kg.extract.scene_persons import ScenePersons
from tests.support.documents import document


def reader(text: str) -> ScenePersons:
    builder, lexicon = FactsBuilder(document(text)), Lexicon.load()
    find_names(builder, lexicon)
    geography = Geography(lexicon)
    return ScenePersons(builder, geography, Participants(builder, geography))


def persons(text: str) -> list[str]:
    """The heads of the persons of a sentence."""
    read = reader(text)
    return [person.head.text for person in read.of(read.builder.document.sentences[0])]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A farm hand crept past the fence.", ["hand"]),
        ("A cook known only as Mr Ha crept past the fence.", ["cook"]),
        ("The 20-year-old left his unit.", ["old"]),
        ("A corporal leaves his post.", ["corporal"]),
        ("A skiff with nine North Koreans aboard was towed in.", ["Koreans"]),
        ("Both hands were in the air.", []),
        ("Defectors often swim.", []),
        ("Some 30,000 people came.", []),
        ("A spokesman said nothing.", []),
        ("He was taken in by a farmer.", ["He"]),
        ("Panmunjom was quiet.", []),
        ("A South Korean soldier slept.", []),
    ],
)
def test_who_can_be_a_crosser(text: str, found: list[str]) -> None:
    assert persons(text) == found


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("A North Korean weaver slept.", {"origin"}),
        ("A private of the Korean People's Army slept.", {"origin", "soldier"}),
        ("A clerk from Wonsan slept.", {"origin"}),
        ("An American student slept.", {"outsider"}),
        ("Kim Ok-ju, a counsellor at the North Korean embassy in Laos, slept.", {"origin", "post", "abroad"}),
        ("Dr Kim Ok-ju, a surgeon posted to a clinic in Tanzania, slept.", {"abroad"}),
        ("Kim Ok-ju, a former captain, slept.", {"former"}),
    ],
)
def test_where_somebody_belongs(text: str, kinds: set[str]) -> None:
    read = reader(text)
    sentence = read.builder.document.sentences[0]
    assert kinds <= read.described(sentence, read.of(sentence)[0])


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Kim Ok-ju swam to an islet.", {"bare"}),
        ("Joseph White slept.", {"outsider", "bare"}),
        ("The woman slept.", {"bare"}),
        ("A woman slept.", set()),
        ("A weaver known as Mr Ha slept.", set()),
    ],
)
def test_what_a_name_tells(text: str, kinds: set[str]) -> None:
    read = reader(text)
    assert read.standing(read.of(read.builder.document.sentences[0])[0], set()) == kinds


def test_what_is_said_somebody_is() -> None:
    read = reader("He is a private in the North Korean army.")
    assert read.predicated(read.builder.document.sentences[0]) == {"origin"}
    other = reader("Nobody is a private in the North Korean army.")
    assert other.predicated(other.builder.document.sentences[0]) == set()
