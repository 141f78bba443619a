"""Signs of a crossing in one sentence: ways over something, turns of phrase, adverbs, and what is not real."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract.builder import FactsBuilder
from kg.extract.geography import Geography
from kg.extract.lexicon import Lexicon
from kg.extract.names import find_names
from kg.extract.participants import Participants
from kg.extract.scene_persons import ScenePersons
from kg.extract.scene_signs import SignReader
from tests.support.documents import document


def signs(text: str) -> dict[str, set[str]]:
    """The words of the signs of a text's first sentence, by kind."""
    builder, lexicon = FactsBuilder(document(text)), Lexicon.load()
    find_names(builder, lexicon)
    geography = Geography(lexicon)
    reader = SignReader(builder, geography, ScenePersons(builder, geography, Participants(builder, geography)))
    found: dict[str, set[str]] = {}
    for sign in reader.signs(builder.document.sentences[0]):
        found.setdefault(sign.kind, set()).add(sign.head.doc[sign.at].text)
    return found


@pytest.mark.parametrize(
    "clause",
    [
        "hacked his way through two rows of old wire",
        "felt his way past a minefield",
        "rounded the end of the breakwater",
        "scaled a high fence",
        "dug his way beneath the fence",
        "splashed across the Han River estuary",
        "negotiated a stretch of marsh",
        "slithered under the wire",
        "took to the waters of the bay",
        "emerged from the Demilitarized Zone",
        "had the minefield behind him by dawn",
    ],
)
def test_what_is_gone_over(clause: str) -> None:
    assert "over" in signs(f"A man {clause}.")


@pytest.mark.parametrize(
    "clause",
    [
        "looked over the fence",
        "shouted across the river",
        "had ten years of service behind him",
        "repaired a fence",
        "spoke to soldiers along the line",
    ],
)
def test_what_is_only_looked_or_spoken_over(clause: str) -> None:
    assert "over" not in signs(f"A man {clause}.")


@pytest.mark.parametrize(
    ("clause", "kind"),
    [
        ("gave her minders the slip", "exit"),
        ("has given their guards the slip", "exit"),
        ("dropped from view", "exit"),
        ("asked for asylum", "exit"),
        ("did not come back", "absent"),
        ("has not been seen since", "absent"),
        ("failed to report", "absent"),
        ("was taken away for questioning", "reception"),
        ("is under guard", "reception"),
        ("gave herself up", "reception"),
        ("came over at daybreak", "ashore"),
        ("paddled ashore", "ashore"),
        ("ran aground", "surfacing"),
        ("went over to the other side", "over"),
    ],
)
def test_turns_of_phrase(clause: str, kind: str) -> None:
    assert kind in signs(f"The woman {clause}.")


@pytest.mark.parametrize(
    "text",
    [
        "A man may have climbed over the fence.",
        "A man wants to swim across the estuary.",
        "A man will climb over the fence on Friday.",
        "A man did not climb over the fence.",
        "Had a man climbed over the fence, nobody would know.",
        "Nobody knows whether a man climbed over the fence.",
    ],
)
def test_what_was_not_done_is_no_sign(text: str) -> None:
    assert "over" not in signs(text)


def test_who_vanishes_from_a_list_is_not_gone() -> None:
    assert "exit" not in signs("The envoy vanished from the guest list.")
    assert "exit" in signs("The envoy vanished from his villa.")


def test_a_weak_verb_is_a_motion_only_with_a_place() -> None:
    assert "motion" not in signs("The man came in a coat.")
    assert "motion" in signs("The man came through the fence.")


def test_words_of_a_lawful_journey() -> None:
    assert signs("A delegation crossed the line on Monday.")["lawful"] == {"delegation"}


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.sampled_from(["the", "man", "over", "fence", "behind", "him", "had", ",", "into", "of"]), max_size=9)
)
def test_no_order_of_words_breaks_the_reader(words: list[str]) -> None:
    text = " ".join(["A", *words, "."])
    assert all(kind for kind in signs(text))
