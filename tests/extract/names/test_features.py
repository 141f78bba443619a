"""Routes and persons are described in one pass."""

from __future__ import annotations

from typing import Any

from kg.extract.naming import names_rules


def test_one_pass_describes_routes_and_persons(read: Any) -> None:
    found = read("Bae Min, a senior analyst, said that crossings of the land border are rare.")

    assert found.claims("cx:jobTitle") == {("Bae Min", "senior analyst")}
    assert {value for _, value in found.claims("cx:usage")} == {"rare"}


def test_every_claim_rests_on_words_of_the_text(read: Any) -> None:
    builder = read(
        "Bae Min, a senior analyst, crossed the 251-kilometer-long DMZ, which is full of land mines.",
        "Most defectors flee via China, such as Om Chol, a counselor of cultural affairs in Hanoi.",
    ).builder

    assert len(builder.claims) > 8
    for claim in builder.claims.values():
        for evidence in claim.evidence:
            assert builder.document.text[evidence.start : evidence.end] == evidence.quote
            assert len(evidence.quote.split()) < 20


def test_the_pack_is_read_once() -> None:
    assert names_rules() is names_rules()
