"""The publication date and the publisher that a text states, and what states none."""

from __future__ import annotations

from datetime import date

import pytest

from kg.article.blocks import cut
from kg.article.dates import stated_date, stated_publisher

PROSE = "A fisherman rowed over the line in the fog on Monday morning and asked the guards for asylum."
DAY = date(2024, 5, 3)


def stated(*pieces: str) -> date | None:
    text = "\n\n".join(pieces)
    return stated_date(text, cut(text))


@pytest.mark.parametrize(
    "pieces",
    [
        ("Friday, May 3, 2024", "Fisherman Rows Over the Line", PROSE),
        ("Fisherman Rows Over the Line", "Seoul • World • May 3, 2024", PROSE),
        ("Fisherman Rows Over the Line", "Published: 3 May 2024", PROSE),
        ("Fisherman Rows Over the Line", "Updated May 3, 2024, 4:05 p.m.", PROSE),
        ("Fisherman Rows Over the Line", "Published 3 May 2024 | Updated 9 May 2024", PROSE),
        ("Fisherman Rows Over the Line", "By Jane Doe | 3 May 2024", PROSE),
        ("Fisherman Rows Over the Line", "2024-05-03T10:15:00+09:00", PROSE),
        (f"SEOUL, May 3, 2024 (Yonhap) -- {PROSE}",),
        (f"The Example (03/05/2024): {PROSE}", "Before that, on 30/04/2024, it had rained for a day."),
        ("Fisherman Rows Over the Line", PROSE, "Published: 3 May 2024"),
        ("Friday, May 3, 2024", f"The Example (03/05/2024): {PROSE}"),
        ("Thursday, May 2, 2024", "Published: 3 May 2024", PROSE),
    ],
)
def test_a_date_at_the_top_or_with_a_label_is_stated(pieces: tuple[str, ...]) -> None:
    assert stated(*pieces) == DAY


@pytest.mark.parametrize(
    "pieces",
    [
        ("Fisherman Rows Over the Line", "The crossing was on May 3, 2024, and the guards were told at once of it."),
        ("Fisherman Rows Over the Line", f"SEOUL, May 3 (Yonhap) -- {PROSE}"),
        ("Fisherman Rows Over the Line", "04/05/2024", PROSE),
        ("Fisherman Rows Over the Line", PROSE, "Source: NPR, May 3, 2024"),
        ("Fisherman Rows Over the Line", "May 2024", PROSE),
        ("Fisherman Rows Over the Line on May 3, 2024", PROSE),
        ("A year of boats", "May 3, 2024", PROSE, "May 9, 2024", PROSE),
        ("Thursday, May 2, 2024 | Friday, May 3, 2024", PROSE),
        ("Fisherman Rows Over the Line", PROSE, "May 3, 2024"),
    ],
)
def test_an_event_a_source_or_half_a_date_states_none(pieces: tuple[str, ...]) -> None:
    assert stated(*pieces) is None


def test_of_two_date_lines_the_one_that_the_dateline_confirms_is_stated() -> None:
    assert stated("May 2, 2024 | May 3, 2024", f"SEOUL, May 3, 2024 — {PROSE}") == DAY


def test_the_publisher_signs_the_dateline_and_the_page_has_its_address() -> None:
    def publisher(*pieces: str) -> str | None:
        text = "\n\n".join(pieces)
        return stated_publisher(text, cut(text))

    signed = f"The Example (19/10/2025): {PROSE}"
    assert publisher(signed, "www.theexample.net") == "The Example"
    assert publisher(signed, "Example.com") == "The Example"
    assert publisher(signed) is None
    assert publisher(f"Seoul (19/10/2025): {PROSE}", "example.com") is None
    assert publisher(PROSE, "example.com") is None
