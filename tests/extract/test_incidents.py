"""Incidents of short texts in many constructions, of the digests and originals, and what must never become one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from kg.article.read import read
from kg.article.text import ArticleText
from kg.extract.pipeline import extract
from kg.resources import seeds_dir
from tests.support.documents import shared
from tests.support.incident_values import facts_of, incidents

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "incidents.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_each_incident_of_a_text_is_found_with_its_values_and_no_other(case: dict[str, Any], tmp_path: Path) -> None:
    found = incidents(facts_of(tmp_path, case["text"], case["published"]))
    assert len(found) == len(case["incidents"]), [incident["quote"] for incident in found]
    for expected in case["incidents"]:
        fitting = [f for f in found if all(value in f[name] for name, value in expected.items())]
        assert fitting, (expected, found)


def test_every_quote_stands_at_its_offsets_and_every_incident_has_a_claim(tmp_path: Path) -> None:
    for case in CASES[:12]:
        facts = facts_of(tmp_path, case["text"], case["published"])
        for claim in facts.claims:
            for evidence in claim.evidence:
                assert case["text"][evidence.start : evidence.end] == evidence.quote
                assert len(evidence.quote.split()) <= 40
        chains = {m.id: m.chain for m in facts.mentions}
        subjects = {chains[claim.subject] for claim in facts.claims}
        assert {m.chain for m in facts.mentions if m.cls == "Incident"} <= subjects


@pytest.mark.parametrize(
    ("text", "predicate", "value", "certainty", "negated", "tense"),
    [
        ("He was not caught by chance.", "cx:outcome", "outcome:custody", "asserted", True, "past"),
        (
            "The soldier will be handed over to investigators.",
            "cx:outcome",
            "outcome:handed-over",
            "asserted",
            False,
            "future",
        ),
        ("The army reported no unusual activity in the North.", "cx:militaryActivity", True, "reported", True, "past"),
        ("He may have been shot.", "cx:outcome", "outcome:shot", "possible", False, "past"),
        (
            "The army is investigating whether he defected.",
            "cx:defectionStatus",
            "status:under-investigation",
            "asserted",
            False,
            "present",
        ),
        (
            "Officials have not confirmed whether it was a defection.",
            "cx:defectionStatus",
            "status:unconfirmed",
            "asserted",
            False,
            "past",
        ),
        (
            "The soldier wants to settle in the South, officials said.",
            "cx:defectionStatus",
            "status:stated-intent",
            "reported",
            False,
            "present",
        ),
        ("He is now being questioned.", "cx:outcome", "outcome:questioned", "asserted", False, "present"),
    ],
)
def test_what_is_hedged_denied_or_to_come_is_claimed_as_such(
    text: str, predicate: str, value: object, certainty: str, negated: bool, tense: str, tmp_path: Path
) -> None:
    lead = "A North Korean soldier crossed the Military Demarcation Line on Sunday. The man walked for an hour. "
    facts = facts_of(tmp_path, lead + text, "2024-03-05")
    found = [
        (claim.certainty, claim.negated, claim.tense)
        for claim in facts.claims
        if claim.predicate == predicate and claim.value.value == value
    ]
    assert (certainty, negated, tense) in found


def test_a_hedged_rank_stands_beside_an_asserted_one(tmp_path: Path) -> None:
    text = (
        "A North Korean staff sergeant went over the Demilitarized Zone into South Korea on Monday.\n\n"
        "The man, believed to be a staff sergeant, was held by South Korean troops in Goseong county."
    )
    facts = facts_of(tmp_path, text, "2024-03-05")
    ranks = {claim.certainty for claim in facts.claims if claim.predicate == "cx:rank"}
    assert ranks == {"asserted", "probable"}
    places = {m.concept for m in facts.mentions if m.cls == "Place"}
    assert "id:place/goseong" in places


def test_an_earlier_incident_counts_from_the_focal_one(tmp_path: Path) -> None:
    text = (
        "A North Korean soldier crossed the Military Demarcation Line on Tuesday.\n\n"
        "It comes barely two weeks after another man from the North crossed the sea border in the Yellow Sea."
    )
    facts = facts_of(tmp_path, text, None)
    focal, earlier = [m for m in facts.mentions if m.cls == "Incident" and m.chain == m.id]
    times = {time.id: time for time in facts.times}
    told = [c for c in facts.claims if c.predicate == "cx:dateEDTF" and c.subject == earlier.id]
    assert len(told) == 1
    time = times[str(told[0].value.value)]
    assert (time.unit, time.offset, time.anchor and time.anchor.ref) == ("week", -2, focal.id)
    focal_dates = [
        times[str(c.value.value)].quote for c in facts.claims if c.predicate == "cx:dateEDTF" and c.subject == focal.id
    ]
    assert focal_dates == ["Tuesday"]


def test_a_date_that_only_opens_a_count_is_not_the_date_of_this_incident(tmp_path: Path) -> None:
    text = (
        "A North Korean soldier defected to the South on March 3, 2024. It was the first defection by a soldier since "
        "August 2019, when a sergeant fled across the border's western section."
    )
    found = incidents(facts_of(tmp_path, text, None))
    assert [incident["date"] for incident in found] == [["2024-03-03"], ["2019-08"]]
    assert found[1]["front"] == ["front:western"]


@pytest.mark.parametrize("name", ["000", "001", "002", "003", "004"])
def test_digests_and_originals_tell_the_same_incidents(name: str) -> None:
    expected = {"000": 1, "001": 2, "002": 3, "003": 1, "004": 3}[name]
    digest = next(iter(sorted(seeds_dir().glob(f"{name}-*.md"))), None)
    paths = [digest] if digest is not None else []
    originals = sorted((shared() / "seeds").glob(f"{name}_*.txt")) if (shared() / "seeds").is_dir() else []
    if not paths and not originals:
        pytest.skip("neither the digest nor the original is here")
    for path in [*paths, *originals]:
        source = read(path)
        assert isinstance(source, ArticleText)
        found = incidents(extract(source))
        assert len(found) == expected, (path.name, [incident["quote"] for incident in found])
