"""Organisations that no gazetteer holds."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("He served in the 17th Armored Brigade.", "17th Armored Brigade"),
        ("She leads the Harbor Institute for Policy Studies in the city.", "Harbor Institute for Policy Studies"),
        ("A study by the Northern Migration Council (NMC) says so.", "Northern Migration Council"),
    ],
)
def test_an_unknown_organization_is_known_by_its_noun(read: Any, text: str, name: str) -> None:
    found = read(text)

    assert ("cx:name", name) in {(c.predicate, c.value.value) for c in found.builder.claims.values()}
    assert found.concepts("Organization") == {None}


def test_headlines_give_no_unknown_organization(read: Any) -> None:
    found = read(("headline", "Border Guard Service Ripples Through Security Council Talks"), "A man came over.")

    assert found.chains("Organization") == []
