"""Full dates in their many forms."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.article.written_dates import find_dates


@pytest.mark.parametrize(
    "words",
    [
        "October 19, 2025",
        "Oct. 19, 2025",
        "Oct 19 2025",
        "OCTOBER 19, 2025",
        "Sunday, October 19, 2025",
        "October 19th, 2025",
        "19 October 2025",
        "19th of October 2025",
        "19 Oct. 2025",
        "19-Oct-2025",
        "Sun, 19 Oct 2025",
        "2025-10-19",
        "2025/10/19",
        "2025.10.19",
        "19/10/2025",
        "10/19/2025",
        "19.10.2025",
    ],
)
def test_every_form_of_a_date_is_read(words: str) -> None:
    found = find_dates(f"x {words}, y")
    assert [(one.day, f"x {words}, y"[one.start : one.end]) for one in found] == [(date(2025, 10, 19), words)]


@pytest.mark.parametrize(
    "words",
    [
        "October 2025",
        "Feb. 4",
        "2025",
        "30 February 2025",
        "31/31/2025",
        "2025-13-01",
        "1.2.3.2025",
        "version 10/19/20251",
    ],
)
def test_what_is_no_full_date_is_none(words: str) -> None:
    assert find_dates(words) == []


def test_an_ambiguous_date_is_found_and_not_decided() -> None:
    assert [one.day for one in find_dates("04/05/2025")] == [None]
    assert [one.day for one in find_dates("05/05/2025")] == [date(2025, 5, 5)]


def test_a_weekday_decides_day_and_month() -> None:
    assert [one.day for one in find_dates("Sunday, 04/05/2025")] == [date(2025, 5, 4)]
    assert [one.day for one in find_dates("Saturday, 04/05/2025")] == [date(2025, 4, 5)]


def test_other_dates_of_the_text_decide_unless_they_disagree() -> None:
    assert [one.day for one in find_dates("04/05/2025 and 19/05/2025")] == [date(2025, 5, 4), date(2025, 5, 19)]
    assert [one.day for one in find_dates("04/05/2025 and 05/19/2025")] == [date(2025, 4, 5), date(2025, 5, 19)]
    assert find_dates("04/05/2025, 05/19/2025, 19/05/2025")[0].day is None


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_a_written_day_is_that_day(day: date) -> None:
    for form in ("%B %d, %Y", "%d %b %Y", "%Y-%m-%d", "%A, %d/%m/%Y", "%A, %m/%d/%Y"):
        found = {one.day for one in find_dates(day.strftime(form))}
        # A weekday can fit both readings (4 May and 5 April of some years); then the day is left open.
        assert found == {day} or (form.startswith("%A") and found == {None})


@given(st.text())
def test_dates_lie_in_any_text_in_order(text: str) -> None:
    found = find_dates(text)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


def test_a_day_named_in_words_tells_day_and_month_apart() -> None:
    days = [found.day for found in find_dates("Printed 05/04/2022. SEOUL, April 4 - Two men came.")]
    assert days == [date(2022, 4, 5)]
    assert find_dates("Printed 05/04/2022. SEOUL, July 4 - Two men came.")[0].day is None
