from __future__ import annotations

from typing import Any

import msgspec
import pytest

from kg.evaluate.align import Aligner
from kg.evaluate.gold import GoldClaim
from kg.evaluate.judge import Judge
from kg.evaluate.rows import RowOutcome, check_row, kind_of
from tests.evaluate.made import Made, folder_of, found_of, gold_of

TEXT = (
    "A private ran over the line in the east. He may have been a sergeant, the ministry said. "
    "He was not armed. A cook swam round the line, it is said."
)
SERGEANT = "may have been a sergeant"


@pytest.fixture
def made() -> Made:
    made = Made("a", TEXT)
    incident = made.incident("A private ran over the line")
    person = made.person("A private", incident=incident)
    made.body("Organization", "the ministry")
    made.concept(person, "cx:rank", "rank:sergeant", SERGEANT, certainty="possible", speaker="the ministry")
    made.concept(person, "cx:armed", "itype:crossing", "He was not armed", negated=True)
    other = made.incident("A cook swam round the line")
    made.concept(other, "cx:outcome", "outcome:custody", "it is said", certainty="reported")
    return made


def checked(made: Made, /, **row: Any) -> RowOutcome:
    rows: dict[str, Any] = {
        "incidents": [
            {"key": "i1", "spots": ["ran over the line"], "persons": ["p1"]},
            {"key": "i2", "spots": ["swam round the line"]},
        ],
        "persons": [{"key": "p1", "incident": "i1"}],
        "organizations": [{"key": "o1", "name": "the ministry"}],
        "claims": [{"key": "r", "about": "p1", "spot": SERGEANT, "certainty": ["possible"], **row}],
    }
    found = found_of(made)
    text = folder_of([(made, gold_of(made, **rows))]).texts[0]
    alignment = Aligner(found, Judge(found.knowledge)).align(text)
    return check_row(text.gold.claims[0], alignment, found)


@pytest.mark.parametrize(
    ("row", "stands"),
    [
        ({}, True),
        ({"about": "i1"}, True),
        ({"about": "i2"}, False),
        ({"about": "o1"}, False),
        ({"certainty": ["reported", "possible"]}, True),
        ({"certainty": ["reported"]}, False),
        ({"negated": True}, False),
        ({"tense": "past"}, True),
        ({"tense": "future"}, False),
        ({"predicate": "cx:rank"}, True),
        ({"predicate": "rank"}, True),
        ({"predicate": ["cx:front", "cx:rank"]}, True),
        ({"predicate": "cx:front"}, False),
        ({"about": "i1", "predicate": "rank"}, True),
        ({"spot": "been a sergeant, the ministry said. He was not"}, True),
        ({"spot": "sergeant, the ministry said. He was not"}, False),
        ({"spot": "sergeant"}, True),
        ({"spot": "in the east"}, False),
        ({"spot": "was not armed", "negated": True, "certainty": ["asserted"]}, True),
        ({"about": "i2", "spot": "it is said", "certainty": ["reported"]}, True),
        ({"about": "p1", "spot": "it is said", "certainty": ["reported"]}, False),
    ],
)
def test_a_row_stands_where_a_claim_has_its_words_its_subject_and_its_meaning(
    made: Made, row: dict[str, Any], stands: bool
) -> None:
    assert checked(made, **row).stands is stands


def test_a_wrong_certainty_is_counted_and_words_without_a_claim_are_not(made: Made) -> None:
    assert checked(made).certainty_right is True
    assert checked(made, certainty=["asserted"]).certainty_right is False
    assert checked(made, spot="in the east").certainty_right is None


@pytest.mark.parametrize(
    ("speaker", "right"),
    [("the ministry", True), ("The ministry's spokesman, of the ministry", True), ("the army", False)],
)
def test_a_speaker_is_known_by_words_of_the_attribution(made: Made, speaker: str, right: bool) -> None:
    assert checked(made, attributed_to=speaker).speaker_right is right
    assert checked(made).speaker_right is None
    assert checked(made, attributed_to=speaker, spot="in the east").speaker_right is None


def test_a_speaker_is_known_by_a_name_of_the_organisation_that_the_words_mean() -> None:
    made = Made("a", "A private ran over the line, said troops of the South.")
    incident = made.incident("A private ran over the line")
    words = "ran over the line"
    made.concept(incident, "cx:outcome", "outcome:custody", words, certainty="reported", speaker="troops of the South")
    army = made.body("Organization", "troops of the South", "id:organization/rok-military")
    claim = made.claims[-2]
    assert claim.attribution is not None
    made.claims[-2] = msgspec.structs.replace(
        claim, attribution=msgspec.structs.replace(claim.attribution, mention=army)
    )
    row = {
        "key": "r",
        "about": "i1",
        "spot": words,
        "certainty": ["reported"],
        "attributed_to": "South Korean military",
    }
    gold = gold_of(made, incidents=[{"key": "i1", "spots": [words]}], claims=[row])
    found = found_of(made)
    text = folder_of([(made, gold)]).texts[0]
    outcome = check_row(gold.claims[0], Aligner(found, Judge(found.knowledge)).align(text), found)
    assert outcome.speaker_right is True


def test_a_claim_on_a_hedged_entity_that_is_none_of_the_graph_counts(made: Made) -> None:
    hedged = made.mention("Incident", "in the east")
    made.concept(hedged, "cx:incidentType", "itype:crossing", "in the east", certainty="possible")
    assert checked(made, about="i2", spot="in the east").stands
    assert not checked(made, about="p1", spot="in the east").stands


@pytest.mark.parametrize(
    ("certainty", "more", "kind"),
    [
        (["asserted"], {}, None),
        (["asserted"], {"negated": True}, "negated"),
        (["asserted"], {"tense": "future"}, "future"),
        (["denied"], {}, "denied"),
        (["denied", "reported"], {}, "denied"),
        (["reported"], {}, "reported"),
        (["asserted", "reported"], {}, "reported"),
        (["asserted", "possible"], {}, "reported"),
        (["possible"], {}, "hedged"),
        (["reported", "probable"], {}, "hedged"),
        (["possible"], {"negated": True, "tense": "future"}, "negated"),
    ],
)
def test_the_kind_of_a_row(certainty: list[str], more: dict[str, Any], kind: str | None) -> None:
    row = msgspec.convert({"key": "r", "about": "a", "spot": "x", "certainty": certainty, **more}, GoldClaim)
    assert kind_of(row) == kind
