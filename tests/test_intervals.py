"""Intervals of days, their EDTF text and the arithmetic on them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.intervals import DateInterval, parse_edtf

DAYS = st.dates(date(1000, 1, 1), date(9000, 12, 31))


@st.composite
def intervals(draw: st.DrawFn) -> DateInterval:
    """Any interval: open at one end, approximate, or of calendar units."""
    if draw(st.booleans()):
        year, month = draw(st.integers(1000, 8990)), draw(st.integers(1, 12))
        text = draw(
            st.sampled_from(
                [f"{year}", f"{year}-{month:02}", f"{year}-{32 + (month + 2) // 3}", f"{year // 10}X", f"{year}-40"]
            )
        )
        return parse_edtf(text + draw(st.sampled_from(["", "~"])))
    first, second = sorted((draw(DAYS), draw(DAYS)))
    which = draw(st.integers(0, 2))
    return DateInterval.spanning(first if which != 1 else None, second if which != 2 else None, draw(st.booleans()))


@given(intervals())
def test_parse_is_the_inverse_of_edtf(interval: DateInterval) -> None:
    assert parse_edtf(interval.edtf) == interval


@given(intervals(), intervals())
def test_intersection_lies_in_both_and_hull_holds_both(one: DateInterval, other: DateInterval) -> None:
    common = one.intersect(other)
    assert (common is not None) == one.overlaps(other) == other.overlaps(one)
    if common is not None:
        assert one.contains(common)
        assert other.contains(common)
    hull = one.hull(other)
    assert hull.contains(one)
    assert hull.contains(other)


@given(DAYS, st.sampled_from(["day", "week"]), st.integers(-500, 500))
def test_shift_of_days_and_weeks_is_undone(day: date, unit: str, count: int) -> None:
    there = DateInterval.spanning(day, day).shift(unit, count)
    assert there.shift(unit, -count).earliest == day
    assert there.earliest == day + timedelta(days=count * (7 if unit == "week" else 1))


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "precision"),
    [
        ("2024-08-20", date(2024, 8, 20), date(2024, 8, 20), "day"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "month"),
        ("2024-34", date(2024, 4, 1), date(2024, 6, 30), "quarter"),
        ("2024-41", date(2024, 7, 1), date(2024, 12, 31), "half"),
        ("2024", date(2024, 1, 1), date(2024, 12, 31), "year"),
        ("195X", date(1950, 1, 1), date(1959, 12, 31), "decade"),
        ("2024-08-06/2024-08-27", date(2024, 8, 6), date(2024, 8, 27), "interval"),
        ("2024-08-05/2024-08-11", date(2024, 8, 5), date(2024, 8, 11), "week"),
        ("2024-01/2024-09", date(2024, 1, 1), date(2024, 9, 30), "interval"),
        ("../2024", None, date(2024, 12, 31), "interval"),
        ("195X/..", date(1950, 1, 1), None, "interval"),
    ],
)
def test_parse(text: str, earliest: date | None, latest: date | None, precision: str) -> None:
    assert parse_edtf(text) == DateInterval(earliest, latest, precision)


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (date(2024, 1, 1), date(2024, 9, 30), "2024-01/2024-09"),
        (date(2010, 1, 1), date(2016, 12, 31), "2010/2016"),
        (date(2024, 8, 1), date(2024, 8, 31), "2024-08"),
        (date(1950, 1, 1), None, "1950/.."),
        (None, date(2024, 8, 31), "../2024-08"),
        (date(2024, 8, 1), date(2024, 8, 5), "2024-08-01/2024-08-05"),
    ],
)
def test_edtf_is_the_shortest_text(first: date | None, last: date | None, text: str) -> None:
    assert DateInterval.spanning(first, last).edtf == text


@pytest.mark.parametrize(
    "text", ["", "24", "2024-13", "2024-02-30", "2024-37", "195X-03", "2024/2025/2026", "last year"]
)
def test_what_is_no_date_is_refused_with_its_words(text: str) -> None:
    with pytest.raises(ValueError, match=f"'{text}'"):
        parse_edtf(text)


def test_bad_intervals_are_refused() -> None:
    with pytest.raises(ValueError, match="before it begins on 2024-08-20"):
        DateInterval(date(2024, 8, 20), date(2024, 8, 19), "interval")
    with pytest.raises(ValueError, match="'fortnight' is no precision"):
        DateInterval(date(2024, 8, 20), date(2024, 8, 20), "fortnight")
    with pytest.raises(ValueError, match="before it begins"):
        parse_edtf("2024-08/2024-07")


def test_a_month_end_moves_to_a_month_end() -> None:
    assert parse_edtf("2024-02").shift("month", 1).edtf == "2024-03"
    assert parse_edtf("2021-33").shift("year", -1).edtf == "2020-33"
    assert parse_edtf("2024-03-31").shift("month", -1).edtf == "2024-02-29"


def test_an_open_interval_contains_what_it_does_not_end_before() -> None:
    since = parse_edtf("1950/..")
    assert since.contains(parse_edtf("2025-10-19"))
    assert not since.contains(parse_edtf("../1949"))
    assert since.intersect(parse_edtf("../1949")) is None


@pytest.mark.parametrize("first", [date(2018, 5, day) for day in range(21, 28)])
def test_the_days_about_a_day_are_no_week_whatever_its_weekday(first: date) -> None:
    days = (first, first + timedelta(days=6))
    assert DateInterval.spanning(*days, approximate=True).precision == "interval"
    assert DateInterval.spanning(*days).precision == ("week" if first.weekday() == 0 else "interval")
