"""Names as mentions and claims: every entity has its name over its own words."""

from __future__ import annotations

from typing import Any


def test_every_organization_has_a_name_claim_over_its_own_words(read: Any) -> None:
    builder = read("Seoul’s military and the Joint Chiefs of Staff confirmed it, AFP reported.").builder

    named = {c.subject: c for c in builder.claims.values() if c.predicate == "cx:name"}
    assert len(named) == 3
    for claim in named.values():
        evidence = claim.evidence[0]
        assert builder.document.text[evidence.start : evidence.end] == evidence.quote
        assert claim.value.value in evidence.quote


def test_an_abbreviation_chains_with_its_name(read: Any) -> None:
    found = read("The Joint Chiefs of Staff saw him first.", "He was alone, the JCS said.")

    assert found.chains("Organization") == [["Joint Chiefs of Staff", "JCS"]]


def test_a_named_person_has_name_and_status(read: Any) -> None:
    found = read("Kang Do Yun, a soldier, told reporters.")

    assert found.claims("cx:name") == {("Kang Do Yun", "Kang Do Yun")}
    assert found.claims("cx:nameStatus") == {("Kang Do Yun", "namestatus:named")}
