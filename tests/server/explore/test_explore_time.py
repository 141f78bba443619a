from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.summary.explore import Row
from server.explore.time import axis_of, bar_of, years_of

days = st.dates(date(1, 1, 1), date(9999, 12, 31))


def row(earliest: str | None, latest: str | None, edtf: str | None = None) -> Row:
    usual: dict[str, Any] = dict.fromkeys(("precision", "type", "status", "front", "persons"))
    return Row("i", "l", edtf, earliest, latest, articles=1, conflicts=0, **usual)


@given(days, days)
def test_an_axis_holds_its_days_and_has_few_ticks_in_order(one: date, other: date) -> None:
    first, last = sorted((one, other))
    axis = axis_of(first.isoformat(), last.isoformat())
    assert 0 <= axis.at(first.toordinal()) < axis.at(last.toordinal() + 1) <= 100
    places = [tick.at for tick in axis.ticks]
    assert places == sorted(set(places))
    assert len(places) <= 11
    assert all(0 <= place <= 100 for place in places)


@given(days, st.integers(0, 4000))
def test_a_bar_goes_from_the_first_to_the_last_day(first: date, length: int) -> None:
    last = min(first.toordinal() + length, date.max.toordinal())
    axis = axis_of("0001-01-01", "9999-12-31")
    bar = bar_of(row(first.isoformat(), date.fromordinal(last).isoformat()), axis)
    assert bar is not None
    assert bar.start == axis.at(first.toordinal())
    assert bar.start + bar.width == pytest.approx(axis.at(last + 1))
    assert bar.day == (first.toordinal() == last)
    assert bar.width > 0 or length < 40


def test_an_interval_is_no_day_an_open_side_reaches_the_edge_and_no_date_is_no_bar() -> None:
    axis = axis_of("2024-01-01", "2024-12-31")
    month = bar_of(row("2024-03-01", "2024-03-31", "2024-03~"), axis)
    assert month is not None
    assert not month.day
    assert month.about
    since = bar_of(row("2024-03-01", None, "2024-03-01/.."), axis)
    assert since is not None
    assert since.open_end
    assert not since.open_start
    assert since.start + since.width == pytest.approx(100)
    assert bar_of(row(None, None), axis) is None


def test_ticks_are_months_in_a_year_and_years_in_a_century() -> None:
    assert [tick.text for tick in axis_of("2024-03-01", "2024-06-30").ticks] == ["Mar 2024", "Apr", "May", "Jun", "Jul"]
    texts = [tick.text for tick in axis_of("1950-01-01", "2025-01-01").ticks]
    assert "1950" in texts
    assert int(texts[1]) - int(texts[0]) == 10


def test_a_year_counts_for_certain_only_what_lies_within_it() -> None:
    rows = [
        row("2001-02-01", "2001-02-28"),
        row("2001-12-01", "2003-01-31"),
        row("2002-05-01", None),
        row(None, "2001-01-01"),
        row(None, None),
    ]
    years, undated = years_of(rows)
    assert [(year.year, year.certain, year.possible) for year in years] == [(2001, 1, 2), (2002, 0, 2), (2003, 0, 2)]
    assert undated == 1


def test_a_chart_of_ages_leaves_empty_years_out() -> None:
    start = date(1000, 6, 1)
    rows = [row(day.isoformat(), day.isoformat()) for day in (start, start + timedelta(365 * 900))]
    years, undated = years_of(rows)
    assert len(years) == 2
    assert undated == 0
