"""A model's word makes a claim weaker, never stronger."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from kg.facts.model import Claim
from kg.knowledge import Knowledge
from tests.support.language_model import claim, entity
from tests.support.model_readings import reading, said

MARKS = ["asserted", "reported", "probable", "possible", "denied"]

#: Sentences that do not say that it is so, each with the words that a model might point at.
HEDGED = [
    ("Two soldiers may have crossed the river on Sunday.", "Two soldiers", "crossed the river"),
    ("Two soldiers may have crossed the river on Sunday.", "Two soldiers", "Two soldiers"),
    ("Two soldiers are believed to have crossed the river.", "Two soldiers", "crossed the river"),
    ("The soldier probably crossed the river at night.", "The soldier", "crossed the river at night"),
    ("It is possible that the soldier crossed the river.", "the soldier", "the soldier crossed the river"),
    ("The army denied that a soldier crossed the river.", "a soldier", "a soldier crossed the river"),
    ("No soldier crossed the river on Sunday.", "No soldier", "crossed the river"),
    ("The soldier did not cross the river.", "The soldier", "cross the river"),
    ("The soldier failed to cross the river.", "The soldier", "cross the river"),
    ("The soldier will cross the river on Sunday.", "The soldier", "cross the river"),
    ("The soldier planned to cross the river.", "The soldier", "cross the river"),
    ("Officials are checking whether the soldier crossed the river.", "the soldier", "the soldier crossed the river"),
    ("If the soldier crossed the river, he is safe.", "the soldier", "the soldier crossed the river"),
    ("Did the soldier cross the river?", "the soldier", "cross the river"),
    ("Soldiers cross the river in winter.", "Soldiers", "cross the river"),
    ("The soldier must cross the river.", "The soldier", "cross the river"),
    ("A possible crossing of the river is being looked into.", "A possible crossing", "crossing of the river"),
]


def made(text: str, incident: str, quote: str, **rest: Any) -> list[Claim]:
    facts = reading(
        text,
        [entity("i", "Incident", quote), entity("p", "Person", incident)],
        [
            claim("i", "cx:incidentType", "itype:crossing", quote, **rest),
            claim("i", "cx:crosser", "p", incident, **rest),
        ],
    ).facts
    return [c for c in facts.claims if c.predicate in {"cx:incidentType", "cx:crosser"}]


@pytest.mark.parametrize(("text", "who", "quote"), HEDGED)
def test_what_a_sentence_does_not_say_is_admitted_by_no_word_of_a_model(text: str, who: str, quote: str) -> None:
    knowledge = Knowledge.load()
    for certainty, negated, specificity in itertools.product(MARKS[:2], [False], ["specific", "general"]):
        for found in made(text, who, quote, certainty=certainty, negated=negated, specificity=specificity):
            assert not knowledge.admitted(found, "Incident"), (certainty, found)


@pytest.mark.parametrize("certainty", MARKS)
@pytest.mark.parametrize("negated", [False, True])
def test_a_plain_sentence_takes_the_models_weaker_word(certainty: str, negated: bool) -> None:
    text = "Two soldiers crossed the river on Sunday."
    for found in made(text, "Two soldiers", "crossed the river", certainty=certainty, negated=negated):
        assert (found.certainty, found.negated) == (certainty, negated)


def test_an_admitted_sentence_is_admitted() -> None:
    (found, _) = made("Two soldiers crossed the river on Sunday.", "Two soldiers", "crossed the river")
    assert Knowledge.load().admitted(found, "Incident")
    assert (found.certainty, found.tense, found.specificity) == ("asserted", "past", "specific")


def test_words_cut_out_of_their_sentence_do_not_lose_it() -> None:
    text = "Officials said that two soldiers had crossed the river."
    for quote in ("crossed the river", "two soldiers had crossed the river", "the river", text):
        facts = reading(
            text,
            [entity("i", "Incident", "two soldiers had crossed the river")],
            [claim("i", "cx:incidentType", "itype:crossing", quote)],
        ).facts
        found = said(facts, "cx:incidentType")
        assert found.certainty == "reported", quote
        assert found.attribution is not None
        assert found.attribution.text == "Officials"


def test_an_incident_that_is_only_hedged_is_hedged_in_every_claim() -> None:
    text = "Two soldiers may have crossed the river. The incident was filmed near Goseong. They wore black coats."
    facts = reading(
        text,
        [
            entity("i", "Incident", "Two soldiers may have crossed the river", "The incident"),
            entity("l", "Place", "Goseong", name="Goseong"),
        ],
        [claim("i", "cx:place", "l", "was filmed near Goseong")],
    ).facts
    assert said(facts, "cx:place").certainty == "possible"


def test_an_incident_that_is_also_told_plainly_is_not() -> None:
    text = "Two soldiers may have crossed the river. The two crossed it near Goseong on Sunday, and were seen."
    facts = reading(
        text,
        [
            entity("i", "Incident", "Two soldiers may have crossed the river", "The two crossed it near Goseong"),
            entity("l", "Place", "Goseong", name="Goseong"),
        ],
        [
            claim("i", "cx:place", "l", "crossed it near Goseong"),
            claim("i", "cx:incidentType", "itype:crossing", "may have crossed the river"),
        ],
    ).facts
    assert said(facts, "cx:place").certainty == "asserted"
    assert said(facts, "cx:incidentType").certainty == "possible"


@pytest.mark.parametrize(
    ("attribution", "expected"),
    [
        ("the harbor office", "the harbor office"),
        ("the president", None),
        ("the ministry of defense", None),
        ("at", None),
    ],
)
def test_a_speaker_stands_in_the_sentence_or_is_none(attribution: str, expected: str | None) -> None:
    text = "Data of the harbor office put the number at 51 people last year. The president was silent."
    facts = reading(
        text,
        [entity("s", "Statistic", "51 people")],
        [claim("s", "cx:value", "51", "the number at 51 people", attribution=attribution)],
    ).facts
    found = said(facts, "cx:value")
    assert (found.attribution.text if found.attribution else None) == expected
    assert found.certainty == ("reported" if expected else "asserted")


def test_a_kind_is_no_member_of_it() -> None:
    text = "Most defectors go through China. The trip is long."
    facts = reading(
        text,
        [entity("r", "Route", "through China"), entity("c", "Place", "China", name="China")],
        [claim("r", "cx:waypoint", "c", "go through China")],
    ).facts
    assert said(facts, "cx:waypoint").specificity == "general"
