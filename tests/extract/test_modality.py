"""How clauses are meant: certainty, negation, tense, specificity."""

from __future__ import annotations

import pytest

from kg.extract.modality import weakest
from tests.support.documents import meant


@pytest.mark.parametrize(
    ("text", "word", "certainty"),
    [
        ("The soldier crossed the border.", "crossed", "asserted"),
        ("A soldier crossed the border on Sunday, Seoul's military confirmed.", "crossed", "reported"),
        ("The man reportedly crossed the river.", "crossed", "reported"),
        ("Two men are believed to have crossed by boat.", "crossed", "probable"),
        ("The soldier is thought to have crossed the border, the army said.", "crossed", "probable"),
        ("A man presumed to be a soldier crossed the line.", "soldier", "probable"),
        ("A man presumed to be a soldier crossed the line.", "crossed", "asserted"),
        ("The army said the soldier may have crossed the border.", "crossed", "possible"),
        ("Officials suspect that he defected.", "defected", "possible"),
        ("It suspects a defection but gave no details.", "defection", "possible"),
        ("The possibility of a defection worries Pyongyang.", "defection", "possible"),
        ("Officials have not yet confirmed whether it was a deliberate defection.", "defection", "possible"),
        ("The army has no evidence that he defected.", "defected", "possible"),
        ("If he crossed the border, he will be sent back.", "crossed", "possible"),
        ("Did he cross the border?", "cross", "possible"),
        ("Had he crossed the border, nobody would have seen him.", "crossed", "possible"),
        ("Pyongyang denied that its soldier had defected.", "defected", "denied"),
        ("It is not true that he crossed the border.", "crossed", "denied"),
        ("It is untrue that he crossed the border.", "crossed", "denied"),
        ("Reports that he had gone back to Pyongyang are untrue.", "gone", "denied"),
        ("Rumours that she swam are baseless.", "swam", "denied"),
        ("It is true that he crossed the border.", "crossed", "asserted"),
        ("The defection may lead to tension.", "defection", "asserted"),
        ("The defection may lead to tension.", "lead", "possible"),
        ("He managed to cross the border.", "cross", "asserted"),
        ("She was the first to cross the border this year.", "cross", "asserted"),
    ],
)
def test_certainty(text: str, word: str, certainty: str) -> None:
    assert meant(text, word).certainty == certainty


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The soldier was not captured by chance.", "captured"),
        ("The military reported no unusual activity from the North.", "activity"),
        ("No unusual activity by the North's forces has been noticed.", "activity"),
        ("The soldier failed to cross the border.", "cross"),
        ("He vowed not to seek a change of regime.", "seek"),
        ("Police prevented two men from crossing the river.", "crossing"),
        ("Without crossing the river he reached the South.", "crossing"),
    ],
)
def test_negation(text: str, word: str) -> None:
    found = meant(text, word)
    assert found.negated
    assert not found.real


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The soldier will be handed over to the agency.", "handed"),
        ("The ministry is expected to hand him over.", "hand"),
        ("Doctors are to decide on his discharge.", "decide"),
        ("The man is seeking to defect to the South.", "defect"),
        ("He crossed the river to reach the South.", "reach"),
        ("Guards stopped a soldier trying to cross the line.", "cross"),
    ],
)
def test_what_is_planned_or_wished_is_future_and_not_real(text: str, word: str) -> None:
    found = meant(text, word)
    assert found.tense == "future"
    assert not found.real


@pytest.mark.parametrize(
    ("text", "word", "specificity"),
    [
        ("Defectors often cite hunger as a reason for fleeing.", "cite", "general"),
        ("Any soldier who crosses the line is questioned.", "crosses", "general"),
        ("North Koreans flee through China.", "flee", "general"),
        ("The soldier crossed the line.", "crossed", "specific"),
        ("Two soldiers crossed the line.", "crossed", "specific"),
        ("Soldiers crossed the line on Tuesday, the army said.", "crossed", "specific"),
    ],
)
def test_specificity(text: str, word: str, specificity: str) -> None:
    assert meant(text, word).specificity == specificity


def test_a_deed_of_a_certain_person_is_real() -> None:
    assert meant("The soldier crossed the line at dawn.", "crossed").real


def test_the_weakest_certainty_wins() -> None:
    assert weakest(["reported", "possible", "probable"]) == "possible"
    assert weakest([]) == "asserted"
