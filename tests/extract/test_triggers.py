"""Which class of motion a verb stands for."""

from __future__ import annotations

import pytest

from kg.extract.crossing_rules import crossing_rules
from kg.extract.triggers import Triggers
from tests.support.clauses import Clauses


def classes(text: str, word: str) -> tuple[str | None, str | None]:
    """The class by the verb's own lemma, and by the line that it leads over."""
    told = Clauses(text)
    sentence = told.builder.document.sentences[0]
    verb = next(t for t in sentence.span if t.text == word)
    triggers = Triggers(told.geography)
    return triggers.of_verb(verb, crossing_rules().lemma(verb)), triggers.carried_over(sentence, verb)


@pytest.mark.parametrize(
    ("text", "word", "trigger"),
    [
        ("A man gave himself up.", "gave", "surrender"),
        ("A man gave up smoking.", "gave", None),
        ("A man set out from a cove.", "set", "move"),
        ("Soldiers led him out.", "led", "found"),
        ("He took the same road.", "took", "move"),
        ("He took a photograph of the road.", "took", "custody"),
        ("A man was found on the shore.", "found", "found"),
        ("The navy picked up three men.", "picked", "found"),
        ("A man sang a song.", "sang", None),
    ],
)
def test_class_of_a_verb(text: str, word: str, trigger: str | None) -> None:
    assert classes(text, word)[0] == trigger


@pytest.mark.parametrize(
    ("text", "word", "trigger"),
    [
        ("He picked his way across the Military Demarcation Line.", "picked", "move"),
        ("A boat was blown over the Northern Limit Line.", "blown", "move"),
        ("He looked at the Military Demarcation Line.", "looked", None),
        ("He picked his way across the room.", "picked", None),
    ],
)
def test_a_verb_that_leads_over_a_line(text: str, word: str, trigger: str | None) -> None:
    assert classes(text, word)[1] == trigger
