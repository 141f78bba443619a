"""Who bears a remark: the incident that is spoken of around it, a figure, who says "I", a body that speaks."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.article.read import read
from kg.article.text import ArticleText
from kg.extract.pipeline import extract
from kg.facts.model import Claim, Facts

ONE = "A North Korean soldier walked across the Military Demarcation Line on 3 May 2021, the army said.\n\n"
FIVE = "Five North Koreans arrived in the South by boat on 3 May 2021, the coastguard said.\n\n"
FIGURES = "A total of 214 North Korean defectors arrived in the South in 2022, the Unification Ministry said.\n\n"


def facts_of(folder: Path, text: str) -> Facts:
    path = folder / "text.txt"
    path.write_text(text + "\n", encoding="utf-8")
    source = read(path)
    assert isinstance(source, ArticleText)
    return extract(source)


def remarks(facts: Facts, words: str) -> list[tuple[str, Claim]]:
    """Class and claim of the remarks whose evidence holds some words."""
    classes = {m.id: m.cls for m in facts.mentions}
    return [
        (classes[c.subject], c)
        for c in facts.claims
        if c.predicate == "cx:remark" and any(words in e.quote for e in c.evidence)
    ]


@pytest.mark.parametrize(
    ("text", "words", "cls", "certainty", "negated"),
    [
        (ONE + "No weapons were used, the army added.", "No weapons were used", "Incident", "reported", True),
        (ONE + "No alarm was raised.", "No alarm was raised", "Incident", "asserted", True),
        (ONE + "It was not clear last night why he left.", "It was not clear", "Incident", "asserted", True),
        (ONE + "South Korean troops did not open the gate.", "did not open the gate", "Incident", "asserted", True),
        (
            ONE + '"I was not afraid," the soldier told a reporter.',
            "I was not afraid",
            "Incident",
            "reported",
            True,
        ),
        (FIVE + "All five have asked for asylum, the ministry said.", "All five", "Incident", "reported", False),
        (FIGURES + "The rise may be due to cheaper boats.", "The rise may be due", "Statistic", "possible", False),
    ],
)
def test_who_bears_a_remark(tmp_path: Path, text: str, words: str, cls: str, certainty: str, negated: bool) -> None:
    found = {(c, claim.certainty, claim.negated) for c, claim in remarks(facts_of(tmp_path, text), words)}
    assert (cls, certainty, negated) in found


def test_what_a_text_without_an_incident_expects_is_said_of_who_expects_it(tmp_path: Path) -> None:
    text = FIGURES + "The Unification Ministry expects that boats may grow scarce next year."
    assert "Organization" in {cls for cls, _ in remarks(facts_of(tmp_path, text), "boats may grow scarce")}


def test_a_custom_is_not_said_of_the_incident(tmp_path: Path) -> None:
    text = ONE + "Fences rarely stop boats, and lamps do not reach the reeds."
    assert "Incident" not in {cls for cls, _ in remarks(facts_of(tmp_path, text), "lamps do not reach")}


def test_a_plan_behind_is_expected_to_is_still_to_come(tmp_path: Path) -> None:
    found = remarks(facts_of(tmp_path, ONE + "The soldier is expected to move to Seoul."), "to move to Seoul")
    assert {claim.tense for _, claim in found} == {"future"}
