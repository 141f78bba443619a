"""How long and wide a route is."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.mark.parametrize(
    ("text", "predicate", "value"),
    [
        ("He crossed the 251-kilometer-long, 6-kilometer-wide DMZ.", "cx:length", "251 unit:KiloM"),
        ("He crossed the 251-kilometer-long, 6-kilometer-wide DMZ.", "cx:width", "6 unit:KiloM"),
        ("The DMZ is 251 km long and 6 km wide.", "cx:length", "251 unit:KiloM"),
        ("The DMZ is 251 km long and 6 km wide.", "cx:width", "6 unit:KiloM"),
        ("Fences line the 160-mile-long border.", "cx:length", "160 unit:MI"),
    ],
)
def test_length_and_width_are_told_apart(read: Any, text: str, predicate: str, value: str) -> None:
    found = read(text)

    assert {said for _, said in found.claims(predicate)} == {value}
    assert found.concepts("Route") == {"dmz"}
