from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.search.dates import day_of, time_in_words


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2025-10-19", "2025-10-19", "19 October 2025"),
        ("2024-08-06", "2024-08-27", "6 August 2024, 27 August 2024"),
        ("2024-02-01", "2024-02-29", "February 2024"),
        ("2024-12-15", "2025-01-31", "15 December 2024, January 2025"),
        ("2024-07-15", "2024-09-02", "15 July 2024, August 2024, 2 September 2024"),
        ("2024-01-01", "2024-12-31", ""),
        ("2024-02-02", "2024-02-01", ""),
        ("9999-12-31", "9999-12-31", "31 December 9999"),
    ],
)
def test_times_in_words(first: str, last: str, expected: str) -> None:
    assert time_in_words(date.fromisoformat(first), date.fromisoformat(last)) == expected


@pytest.mark.parametrize("text", ["", "2024", "2024-02-30", "0000-01-01", "-0044-03-15", "19 October 2025"])
def test_what_is_no_day(text: str) -> None:
    assert day_of(text) is None


@given(st.dates(), st.dates())
def test_the_ends_of_a_time_are_named(one: date, other: date) -> None:
    words = time_in_words(min(one, other), max(one, other))
    if words:
        assert words.partition(", ")[0].endswith(str(min(one, other).year))
        assert words.endswith(str(max(one, other).year))
