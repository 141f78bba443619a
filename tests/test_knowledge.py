from __future__ import annotations

from itertools import product

import msgspec
import pytest

from kg.facts.model import Certainty, Specificity, Tense
from kg.knowledge import Knowledge
from tests.support.stories import dated

KNOWLEDGE = Knowledge.load()
CLAIM = dated().facts().claims[0]
CERTAINTIES: tuple[Certainty, ...] = ("asserted", "reported", "probable", "possible", "denied")
TENSES: tuple[Tense, ...] = ("past", "present", "future")


@pytest.mark.parametrize(("certainty", "tense", "negated"), [*product(CERTAINTIES, TENSES, (False, True))])
def test_what_a_specific_claim_may_reach(certainty: Certainty, tense: Tense, negated: bool) -> None:
    claim = msgspec.structs.replace(CLAIM, certainty=certainty, tense=tense, negated=negated)
    expected = certainty in {"asserted", "reported"} and tense != "future" and not negated
    assert KNOWLEDGE.admitted(claim, "Incident") is expected


@pytest.mark.parametrize(
    ("cls", "certainty", "qualitative", "expected"),
    [
        ("Route", "asserted", False, True),
        ("Route", "possible", False, False),
        ("Statistic", "asserted", True, True),
        ("Statistic", "asserted", False, False),
        ("Incident", "asserted", False, False),
        ("Person", "asserted", False, False),
    ],
)
def test_what_a_general_claim_may_found(cls: str, certainty: Certainty, qualitative: bool, expected: bool) -> None:
    general: Specificity = "general"
    claim = msgspec.structs.replace(CLAIM, specificity=general, certainty=certainty, tense="present")
    assert KNOWLEDGE.admitted(claim, cls, qualitative=qualitative) is expected


def test_what_yields() -> None:
    assert KNOWLEDGE.yields("front:central", "front:central-west")
    assert not KNOWLEDGE.yields("front:central-west", "front:central")
    assert KNOWLEDGE.yields("status:stated-intent", "status:confirmed")
    assert not KNOWLEDGE.yields("status:under-investigation", "status:confirmed")


def test_a_country_is_wide_and_a_county_is_not() -> None:
    assert KNOWLEDGE.region("id:place/south-korea")
    assert KNOWLEDGE.region("id:place/nowhere")
    assert not KNOWLEDGE.region("id:place/goseong")
