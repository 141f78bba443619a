"""Datelines before paragraphs, and date lines of mastheads."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.article.datelines import dates_of, is_date_line, is_labelled, prefix
from kg.article.written_dates import find_dates


@pytest.mark.parametrize(
    "head",
    [
        "SEOUL, South Korea —",
        "SEOUL, South Korea--",
        "SEOUL, Feb. 4 (Yonhap) --",
        "SEOUL (Reuters) -",
        "WASHINGTON/SEOUL (Reuters) -",
        "SEOUL, Oct. 20, 2025 —",
        "ST. PETERSBURG, Russia (AP) —",
        "Seoul (AFP) –",
        "Seoul, South Korea (CNN) —",
        "Seoul, 3 May —",
        "NEW YORK —",
        "(Yonhap) --",
        "The Example (19/10/2025):",
        "The Example (May 3, 2024) –",
    ],
)
def test_the_dateline_is_split_off_with_its_dash(head: str) -> None:
    for sentence in ("A man crossed the river on Monday.", '"We saw him," said a guard.'):
        found = prefix(f"{head} {sentence}")
        assert found is not None
        assert f"{head} {sentence}"[: found.length] == head


@pytest.mark.parametrize(
    "paragraph",
    [
        "NATO — which it had joined — said nothing.",
        "North Korea — a closed country — said nothing.",
        "A man - his name is withheld - crossed the river.",
        "The Joint Chiefs of Staff (JCS) said so.",
        "Seoul (the capital) — was calm.",
        "In Seoul, May 3 was a quiet day.",
        "He came on Monday (19/10/2025) and left.",
    ],
)
def test_a_sentence_with_a_dash_has_no_dateline(paragraph: str) -> None:
    assert prefix(paragraph) is None


def test_what_a_dateline_says() -> None:
    wire = prefix("SEOUL, Feb. 4 (Yonhap) -- Arrivals rose.")
    assert wire is not None
    assert (wire.agency, wire.agency_start, wire.outlet) == ("Yonhap", 15, None)
    signed = prefix("The Example\u00a0(19/10/2025):\u00a0Arrivals rose.")
    assert signed is not None
    assert (signed.agency, signed.outlet) == (None, "The Example")


@pytest.mark.parametrize(
    "line",
    [
        "Sunday, October 19, 2025",
        "Seoul • Security • October 20, 2025",
        "Published: 3 May 2024",
        "Published 3 May 2024 at 10:15 KST | Updated 4 May 2024",
        "Last updated on May 3, 2024, 4:05 p.m. EDT",
        "By Jane Doe | May 3, 2024 | 4 min read",
        "2024-05-03T10:15:00+09:00",
        "Seoul, October 20, 2025",
        "04/05/2025",
    ],
)
def test_date_lines(line: str) -> None:
    assert is_date_line(line)


@pytest.mark.parametrize(
    "line",
    [
        "Seoul",
        "Soldier crosses the river on October 19, 2025",
        "Soldier Crosses Guarded River, October 19, 2025",
        "The crossing took place on October 19, 2025.",
        "Date of the crossing: October 19, 2025",
        "A rare crossing, October 2025",
        "Source of the figures: ministry, 3 May 2024",
    ],
)
def test_lines_that_are_no_date_lines(line: str) -> None:
    assert not is_date_line(line)


def test_labels_go_with_the_date_behind_them() -> None:
    line = "Published 3 May 2024 | Updated 4 May 2024"
    assert [(one.day, one.label) for one in dates_of(line)] == [
        (date(2024, 5, 3), "published"),
        (date(2024, 5, 4), "updated"),
    ]
    assert is_labelled(line)
    assert not is_labelled("3 May 2024")


def test_dates_that_allow_two_days_are_left_out_unless_a_longer_text_decided_them() -> None:
    assert dates_of("04/05/2025") == []
    decided = find_dates("04/05/2025\n\nThe treaty of 19/10/2024.")[:1]
    assert [one.day for one in dates_of("04/05/2025", decided)] == [date(2025, 5, 4)]


@given(st.text())
def test_a_dateline_is_a_part_of_its_paragraph(text: str) -> None:
    found = prefix(text)
    assert found is None or 0 < found.length <= len(text)
    assert is_date_line(text) in (True, False)


@pytest.mark.parametrize(
    "head",
    [
        "BUSAN (Harbour News), Oct. 11, 2019 —",
        "Seoul, Nov 14, 2019 (PTI)",
        "BUSAN:",
        "BUSAN, Nov 18:",
        "KYIV, 3 April 2025.",
        "SEOUL/TOKYO, Thursday 18 November (AFP) –",
        "SEOUL, Korea, Nov. 18, 2021 /PRNewswire/ --",
    ],
)
def test_datelines_in_other_papers_order(head: str) -> None:
    found = prefix(f"{head} A man came.")
    assert found is not None
    assert found.length == len(head)


@pytest.mark.parametrize("words", ["UPDATE: A man came.", "BREAKING: A man came.", "In Seoul: A man came."])
def test_labels_are_no_datelines(words: str) -> None:
    assert prefix(words) is None


@pytest.mark.parametrize(
    "line",
    [
        "The Harbour Review, Spring issue, 9 March 2019",
        "News in brief | Saturday, May 9, 2015",
        "Far Coast magazine, No. 41, 25 November 2016",
        "For release: 11 April 2024, 10:30",
        "First published on Thu 23 May 2019 18.00 EDT",
    ],
)
def test_mastheads_under_the_headline(line: str) -> None:
    assert is_date_line(line, masthead=True)


@pytest.mark.parametrize(
    "line", ["Photo: Harbour News, 4 July 2025", "North Korean soldier crosses border on 3 May 2019", "Born 3 May 1990"]
)
def test_lines_that_date_something_else(line: str) -> None:
    assert not is_date_line(line, masthead=True)
