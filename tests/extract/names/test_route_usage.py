"""How often a route is taken, by how many, and the countries on the way."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.mark.parametrize(
    ("text", "usage"),
    [
        ("Crossings of the land border are extremely rare.", "extremely rare"),
        ("Defection via the DMZ is rare.", "rare"),
        ("It is very rare for soldiers to flee across the DMZ.", "very rare"),
        ("Most defectors flee via China.", "Most defectors"),
        ("The vast majority travel through China and a third country.", "The vast majority"),
        ("Most of the roughly 900 North Koreans came via China.", "Most of the roughly 900 North Koreans"),
    ],
)
def test_usage_is_general(read: Any, text: str, usage: str) -> None:
    builder = read(text).builder

    claims = [claim for claim in builder.claims.values() if claim.predicate == "cx:usage"]
    assert [claim.value.value for claim in claims] == [usage]
    assert {claim.specificity for claim in claims} == {"general"}


def test_waypoints_and_examples(read: Any) -> None:
    builder = read("Defectors go to neighboring China and then to a third country, such as Thailand.").builder

    claims = {claim.raw for claim in builder.claims.values() if claim.predicate == "cx:waypoint"}
    assert claims == {"China", "such as Thailand"}


def test_what_a_speaker_says_of_a_route_is_reported(read: Any) -> None:
    builder = read("Analysts say that crossings of the land border have become rarer.").builder

    usage = [claim for claim in builder.claims.values() if claim.predicate == "cx:usage"]
    assert [(claim.certainty, claim.attribution and claim.attribution.text) for claim in usage] == [
        ("reported", "Analysts")
    ]
