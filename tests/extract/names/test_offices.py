"""Since when a person holds an office."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.mark.parametrize(
    "text",
    [
        "South Korea's president, Noh Jin Woo, who took office in March, has promised peace.",
        "President Noh Jin Woo has promised peace since taking office in March.",
        "Noh Jin Woo, South Korea's president, was inaugurated in March.",
    ],
)
def test_time_in_office(read: Any, text: str) -> None:
    assert read(text).claims("cx:inOfficeSince") == {("Noh Jin Woo", "March")}
