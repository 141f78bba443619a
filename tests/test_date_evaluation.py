"""The evaluation of time expressions: what counts from where."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.dates import DateInterval, evaluate, parse_edtf
from kg.facts.model import Anchor, TimeExpression

PUBLICATION = Anchor(kind="publication")
TOLD = Anchor(kind="expression", ref="told")


def evaluated(reference: str | None, told: str | None = None, **fields: Any) -> str | None:
    fields.setdefault("anchor", None if "edtf" in fields else PUBLICATION)
    expression = TimeExpression(id="t1", start=0, end=0, quote="", **fields)

    def lookup(ident: str) -> DateInterval | None:
        return parse_edtf(told) if told and ident == "told" else None

    found = evaluate(expression, parse_edtf(reference) if reference else None, lookup)
    return found.edtf if found else None


@pytest.mark.parametrize(
    ("reference", "fields", "expected"),
    [
        # a weekday is the last one up to the reference
        ("2025-10-20", {"weekday": 6}, "2025-10-19"),
        ("2025-10-19", {"weekday": 6}, "2025-10-19"),
        ("2024-08", {"weekday": 1}, "2024-08-06/2024-08-27"),
        ("2021-04-09", {"unit": "week", "offset": -1, "weekday": 1}, "2021-03-30"),
        # calendar units
        ("2024-08", {"unit": "year", "offset": -1}, "2023"),
        ("2024-08", {"unit": "day", "offset": 0}, "2024-08"),
        ("2021-03-01", {"unit": "month", "offset": -1}, "2021-02"),
        ("2021-04-09", {"unit": "week", "offset": -1}, "2021-03-29/2021-04-04"),
        ("2025-10-19", {"unit": "year", "offset": -1, "month": 8}, "2024-08"),
        ("2021-04-09", {"unit": "year", "offset": -1, "quarter": 1}, "2020-33"),
        # a part of a year without a year: the latest that has begun
        ("2024-08-21", {"unit": "year", "offset": 0, "month": 8, "day": 20}, "2024-08-20"),
        ("2024-08-19", {"unit": "year", "offset": 0, "month": 8, "day": 20}, "2023-08-20"),
        ("2025-02-04", {"unit": "year", "offset": 0, "quarter": 4}, "2024-36"),
        ("2013-09-02", {"unit": "month", "offset": -1, "month": 9}, "2012-09"),
        ("2013-10-02", {"unit": "month", "offset": -1, "month": 9}, "2013-09"),
        ("2013-10-02", {"unit": "month", "offset": 1, "month": 9}, "2014-09"),
        # parts of units
        ("2025-07-04", {"unit": "month", "offset": 0, "modifier": "before"}, "2025-07-01/2025-07-04"),
        ("2025-07-04", {"unit": "month", "offset": 0, "modifier": "after"}, "2025-07-04/2025-07-31"),
        ("2024-08-20", {"unit": "year", "offset": 0, "month": 7, "modifier": "mid"}, "2024-07-11~/2024-07-20~"),
        ("2024-08-20", {"unit": "year", "offset": -1, "modifier": "late"}, "2023-09~/2023-12~"),
        (None, {"edtf": "199X", "modifier": "late"}, "1997~/1999~"),
        (None, {"edtf": "2024-02", "modifier": "late"}, "2024-02-21~/2024-02-29~"),
        # open ends
        ("2025-10-19", {"edtf": "195X", "modifier": "since"}, "1950/.."),
        ("2025-10-19", {"edtf": "2016-08", "modifier": "before"}, "../2016-07"),
        ("2025-10-19", {"edtf": "2016-08", "modifier": "until"}, "../2016-08"),
        ("2025-10-19", {"unit": "month", "offset": -1, "modifier": "since"}, "2025-09-01/2025-10-19"),
        # counts
        ("2024-08-20", {"unit": "day", "offset": -12}, "2024-08-08"),
        ("2024-08-20", {"unit": "day", "offset": -10, "approximate": True}, "2024-08-08~/2024-08-12~"),
        ("2024-08-20", {"unit": "week", "offset": -2, "approximate": True}, "2024-08-03~/2024-08-09~"),
        ("2024-08-20", {"unit": "month", "offset": -1, "approximate": True}, "2024-07~"),
        ("2024-08-05", {"unit": "month", "offset": -1, "approximate": True}, "2024-06~/2024-07~"),
        # no such day, no reference, nothing to count from
        ("2024-08-20", {"unit": "year", "offset": 0, "month": 2, "day": 30}, None),
        (None, {"unit": "year", "offset": -1}, None),
        ("2024-08-20", {"anchor": None}, None),
        ("2024-08-20", {"anchor": TOLD, "unit": "day", "offset": -1}, None),
        ("2024-08-20", {"unit": "decade", "offset": -900}, None),
    ],
)
def test_counted_from_the_publication(reference: str | None, fields: dict[str, Any], expected: str | None) -> None:
    assert evaluated(reference, **fields) == expected


@pytest.mark.parametrize(
    ("told", "fields", "expected"),
    [
        ("2024", {"unit": "year", "offset": -1}, "2023"),
        ("2021-33", {"unit": "year", "offset": -1}, "2020-33"),
        ("2024-08-20", {"unit": "day", "offset": -12}, "2024-08-08"),
        ("2024-08-20", {"unit": "year", "offset": -1}, "2023"),
        ("2024-08-20", {"unit": "week", "offset": -2, "approximate": True}, "2024-08-03~/2024-08-09~"),
        ("2024-08", {"modifier": "after"}, "2024-08-01/2025-10-19"),
        ("2024-07-11~/2024-07-20~", {"modifier": "since"}, "2024-07-11~/2025-10-19~"),
    ],
)
def test_counted_from_another_expression(told: str, fields: dict[str, Any], expected: str) -> None:
    assert evaluated("2025-10-19", told, anchor=TOLD, **fields) == expected


@pytest.mark.parametrize(
    ("reference", "expected"), [("2021-04-09", "2021-33"), ("2021-02-09", "2020-33"), ("2022-01-01", "2021-33")]
)
def test_a_range_lies_in_one_year(reference: str, expected: str) -> None:
    march = {"2021-04-09": "2021-03", "2021-02-09": "2020-03", "2022-01-01": "2021-03"}[reference]
    assert evaluated(reference, march, unit="year", offset=0, month=1, to="told") == expected


@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)), st.integers(0, 40), st.integers(0, 6))
def test_a_longer_reference_holds_the_results_of_its_days(first: date, length: int, weekday: int) -> None:
    last = first + timedelta(days=length)
    whole = evaluate(
        TimeExpression(id="t", start=0, end=0, quote="", unit="month", offset=-1, anchor=PUBLICATION),
        DateInterval.spanning(first, last),
        lambda _: None,
    )
    tuesday = TimeExpression(id="t", start=0, end=0, quote="", weekday=weekday, anchor=PUBLICATION)
    assert whole is not None
    for offset in range(length + 1):
        day = first + timedelta(days=offset)
        single = DateInterval.spanning(day, day)
        month = evaluate(
            TimeExpression(id="t", start=0, end=0, quote="", unit="month", offset=-1, anchor=PUBLICATION),
            single,
            lambda _: None,
        )
        assert month is not None
        assert whole.contains(month)
        last_one = evaluate(tuesday, single, lambda _: None)
        assert last_one is not None
        assert last_one.earliest is not None
        assert last_one.earliest.weekday() == weekday
        assert timedelta(0) <= day - last_one.earliest < timedelta(days=7)
