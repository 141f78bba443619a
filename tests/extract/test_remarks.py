"""Remarks: what is hedged, denied, planned or given to a speaker is a claim of the claim layer, and never a fact."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.article.read import read
from kg.article.text import ArticleText
from kg.consolidate.consolidate import consolidate
from kg.extract.pipeline import extract
from kg.extract.remark_rules import remark_rules
from kg.facts.model import Claim, Facts
from kg.knowledge import Knowledge
from kg.mapping.statements import ArticleStatements

LEAD = "A North Korean soldier walked across the Military Demarcation Line on 3 May 2021, the army said.\n\n"


def facts_of(folder: Path, text: str) -> Facts:
    path = folder / "text.txt"
    path.write_text(LEAD + text + "\n", encoding="utf-8")
    source = read(path)
    assert isinstance(source, ArticleText)
    return extract(source)


def remarks(facts: Facts, words: str) -> list[tuple[str, str, Claim]]:
    """Class, topic and claim of the remarks whose evidence holds some words."""
    classes = {m.id: m.cls for m in facts.mentions}
    return [
        (classes[c.subject], str(c.value.value), c)
        for c in facts.claims
        if c.predicate == "cx:remark" and any(words in e.quote for e in c.evidence)
    ]


@pytest.mark.parametrize(
    ("text", "words", "cls", "topic", "certainty"),
    [
        (
            "The soldier may have known the terrain well.",
            "known the terrain",
            "Incident",
            "local-knowledge",
            "possible",
        ),
        (
            "The Joint Chiefs of Staff might tighten the patrols.",
            "tighten",
            "Organization",
            "border-security",
            "possible",
        ),
        ("The risk of retaliation by the North remains.", "risk of retaliation", "Incident", "retaliation", "possible"),
        ("Military sources call the event unusual.", "call the event", "Incident", "rarity", "reported"),
        (
            "The unification ministry denied that the man had help from brokers.",
            "brokers",
            "Incident",
            "outside-help",
            "denied",
        ),
    ],
)
def test_what_is_not_plain_is_a_remark_with_its_topic(
    tmp_path: Path, text: str, words: str, cls: str, topic: str, certainty: str
) -> None:
    found = remarks(facts_of(tmp_path, text), words)
    assert (cls, f"topic:{topic}", certainty) in {(c, t, claim.certainty) for c, t, claim in found}


def test_what_is_still_to_come_has_its_tense(tmp_path: Path) -> None:
    found = remarks(facts_of(tmp_path, "The soldier will be screened by investigators."), "screened")
    assert found
    assert {claim.tense for _, _, claim in found} == {"future"}


def test_what_the_article_says_itself_is_none(tmp_path: Path) -> None:
    facts = facts_of(tmp_path, "The soldier wore a cap and carried a bag with bread.")
    assert not remarks(facts, "cap")


def test_no_remark_reaches_the_default_graph(tmp_path: Path) -> None:
    facts = facts_of(tmp_path, "Officials said that the crossing had strained relations between the two sides.")
    assert remarks(facts, "strained")
    knowledge = Knowledge.load()
    found = consolidate([ArticleStatements.of(facts)], knowledge)
    assert {value.predicate for entity in found.entities for value in entity.values}
    assert not [v for e in found.entities for v in e.values if v.predicate == "cx:remark"]


def test_every_topic_of_the_rules_is_one_of_the_vocabulary() -> None:
    known = {entry.curie for entry in Knowledge.load().lexicon.entries("topic")}
    assert {f"topic:{name}" for name in remark_rules().topics} < known
    assert {f"topic:{n}" for n in remark_rules().shared_topics | remark_rules().personal_topics} < known


@pytest.mark.parametrize(
    ("text", "words", "certainty"),
    [
        ("The soldier is said to have trained as a welder.", "trained as a welder", "reported"),
        ("The soldier is thought to be from a coastal unit.", "from a coastal unit", "probable"),
        ("Whether the soldier wants to stay is not yet known.", "wants to stay", "possible"),
    ],
)
def test_passives_of_saying_and_open_questions(tmp_path: Path, text: str, words: str, certainty: str) -> None:
    found = [claim.certainty for _, _, claim in remarks(facts_of(tmp_path, text), words)]
    assert found
    assert set(found) == {certainty}
