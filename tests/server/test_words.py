from __future__ import annotations

import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.words import date_words, first_capital, label_words, number_words

DAYS = st.dates(min_value=date(1000, 1, 1), max_value=date(9998, 12, 31))
#: Texts of the characters that dates are made of, right and wrong ones.
DATELIKE = st.text(alphabet="0123456789-/.~?%", max_size=24)


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2025-10-19", "19 October 2025"),
        ("2025-10", "October 2025"),
        ("2025", "2025"),
        ("2025-10~", "about October 2025"),
        ("2025?", "perhaps 2025"),
        ("2025%", "perhaps about 2025"),
        ("2024-08-06/2024-08-27", "6–27 August 2024"),
        ("2024-07-30/2024-08-02", "30 July – 2 August 2024"),
        ("2023-12-30/2024-01-02", "30 December 2023 – 2 January 2024"),
        ("2023/2024", "2023 – 2024"),
        ("2023-05/2023-07", "May 2023 – July 2023"),
        ("../2024-07", "until July 2024"),
        ("1950/..", "since 1950"),
    ],
)
def test_dates_in_words(edtf: str, words: str) -> None:
    assert date_words(edtf) == words


@pytest.mark.parametrize("text", ["2024-13", "2024-02-30", "yesterday", "", "2024-8-6", "20240806", "0000-00-00"])
def test_what_is_no_date_stays_as_it_is(text: str) -> None:
    assert date_words(text) == text


def test_an_interval_of_no_dates_stays_readable() -> None:
    # The months are none, so nothing may be looked up by them.
    assert date_words("2024-13-01/2024-14-02") == "2024-13-01 – 2024-14-02"
    assert label_words("found 2024-13-01/2024-14-02") == "found 2024-13-01 – 2024-14-02"


@given(DATELIKE)
def test_any_text_has_words(text: str) -> None:
    assert date_words(text) or not text
    assert label_words(f"a {text} b").startswith("a ")


@given(DAYS, DAYS)
def test_an_interval_names_both_days_and_their_years(one: date, other: date) -> None:
    words = date_words(f"{one.isoformat()}/{other.isoformat()}")
    for day in (one, other):
        assert str(day.day) in words
        assert str(day.year) in words
    assert one.strftime("%B") in words


@given(DAYS)
def test_a_label_keeps_what_is_no_date(day: date) -> None:
    assert label_words(f"crossing ({day.isoformat()}, front)") == f"crossing ({date_words(day.isoformat())}, front)"


@pytest.mark.parametrize("label", ["B-2024-08-06", "page 12/2024-08", "2024", "in 34,000 cases", "a2024-08-06"])
def test_a_label_without_a_date_is_left_alone(label: str) -> None:
    assert label_words(label) == label


@given(st.integers(min_value=-(10**12), max_value=10**12))
def test_a_whole_number_loses_nothing(number: int) -> None:
    assert int(number_words(str(number)).replace(",", "")) == number
    assert number_words(number) == number_words(str(number))


@given(st.floats())
def test_any_number_has_words(number: float) -> None:
    words = number_words(number)
    if math.isfinite(number):
        assert float(words.replace(",", "")) == pytest.approx(number, rel=1e-9)
    else:
        assert words == str(number)


@given(st.text(max_size=8))
def test_any_text_may_stand_for_a_number(text: str) -> None:
    assert number_words(text) or not text


def test_a_capital_comes_first_and_nothing_else_changes() -> None:
    assert [first_capital(text) for text in ("date of the DMZ", "리", "", "2 boats")] == [
        "Date of the DMZ",
        "리",
        "",
        "2 boats",
    ]
