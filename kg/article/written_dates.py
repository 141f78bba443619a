"""Full dates as newspapers write them: day, month and year, in words or in numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

__all__ = ["MONTH", "WEEKDAY", "WrittenDate", "find_dates"]

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

#: A month by name or abbreviation.
MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
#: A day of the week by name or abbreviation.
WEEKDAY = (
    r"(?:Mon(?:day|\.)?|Tue(?:s(?:day)?|\.)?|Wed(?:nesday|\.)?|Thu(?:rs(?:day)?|\.)?|Fri(?:day|\.)?|Sat(?:urday|\.)?"
    r"|Sun(?:day|\.)?)"
)

_ORDINAL = r"(?:st|nd|rd|th)?"
_DATE = re.compile(
    rf"(?:\b(?P<weekday>{WEEKDAY}),?\s+)?(?:"
    rf"\b(?P<m1>{MONTH})\s+(?P<d1>\d{{1,2}}){_ORDINAL},?\s+(?P<y1>\d{{4}})"
    rf"|(?<![\d./-])(?P<d2>\d{{1,2}}){_ORDINAL}(?:\s+of)?[\s-]+(?P<m2>{MONTH}),?[\s-]+(?P<y2>\d{{4}})"
    r"|(?<![\d./-])(?P<y3>\d{4})(?P<s3>[-/.])(?P<m3>\d{1,2})(?P=s3)(?P<d3>\d{1,2})"
    r"|(?<![\d./-])(?P<a4>\d{1,2})(?P<s4>[-/.])(?P<b4>\d{1,2})(?P=s4)(?P<y4>\d{4})"
    r")(?!\d|[-/.]\d)",
    re.IGNORECASE,
)

#: What every full date holds.
_YEAR = re.compile(r"\d{4}")

#: A day of a month whose year is not said ("Feb. 4" in a dateline).
_DAY_OF_MONTH = re.compile(
    rf"\b(?P<m1>{MONTH})\s+(?P<d1>\d{{1,2}}){_ORDINAL}(?![\d:])|(?<![\d:.])(?P<d2>\d{{1,2}}){_ORDINAL}\s+(?P<m2>{MONTH})\b",
    re.IGNORECASE,
)
#: A report is out some days after what it tells of, by how many days at most.
_SOON = 7

_Order = Literal["DMY", "MDY"]


@dataclass(frozen=True)
class WrittenDate:
    """A full date and where it stands; `day` is absent where the words allow two days and nothing decides."""

    start: int
    end: int
    day: date | None


@dataclass(frozen=True)
class _Numbers:
    start: int
    end: int
    weekday: int | None
    readings: dict[_Order, date]


def find_dates(text: str) -> list[WrittenDate]:
    """All full dates of a text, in its order, each with its weekday if one stands before it.

    Of `19/10/2025` only one reading is a day. Which number of `04/05/2025` is the month is decided by a weekday that
    stands with it, by other dates of the text that allow one order alone, or by days that the text names in words
    within the week before one reading alone; otherwise its `day` is absent.

    >>> [found.day.isoformat() for found in find_dates("Sunday, October 19, 2025 | 3 May 2024") if found.day]
    ['2025-10-19', '2024-05-03']
    >>> find_dates("on 04/05/2025")[0].day is None
    True
    """
    if not _YEAR.search(text):  # most stretches hold no date, and this is said a hundred times faster
        return []
    found = [*_matches(text)]
    orders = {
        order for one in found if not isinstance(one, WrittenDate) for order in _possible(one)[:2] if _decided(one)
    }
    if not orders:
        orders = _orders_by_words(text, [one for one in found if not isinstance(one, WrittenDate)])
    return [one if isinstance(one, WrittenDate) else _resolve(one, orders) for one in found]


def _orders_by_words(text: str, numbers: list[_Numbers]) -> set[_Order]:
    """The orders in which dates in numbers are soon after days that the text names in words."""
    if not numbers:
        return set()
    named = [
        (_MONTHS.index((match["m1"] or match["m2"])[:3].lower()) + 1, int(match["d1"] or match["d2"]))
        for match in _DAY_OF_MONTH.finditer(text)
    ]
    return {
        order
        for one in numbers
        for order, day in one.readings.items()
        for month, number in named
        if (told := _date(day.year, month, number)) and 0 <= (day - told).days <= _SOON
    }


def _matches(text: str) -> Iterator[WrittenDate | _Numbers]:
    for match in _DATE.finditer(text):
        start, end = match.span()
        if match["a4"]:
            first, second, year = int(match["a4"]), int(match["b4"]), int(match["y4"])
            readings: dict[_Order, date] = {}
            numbers: dict[_Order, tuple[int, int]] = {"DMY": (second, first), "MDY": (first, second)}
            for order, (month, day) in numbers.items():
                if made := _date(year, month, day):
                    readings[order] = made
            weekday = _DAYS.index(match["weekday"][:3].lower()) if match["weekday"] else None
            if readings:
                yield _Numbers(start, end, weekday, readings)
            continue
        if match["y3"]:
            written = _date(int(match["y3"]), int(match["m3"]), int(match["d3"]))
        else:
            name, number, year_words = next(
                (match[f"m{n}"], match[f"d{n}"], match[f"y{n}"]) for n in (1, 2) if match[f"m{n}"]
            )
            written = _date(int(year_words), _MONTHS.index(name[:3].lower()) + 1, int(number))
        if written:
            yield WrittenDate(start, end, written)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        # The calendar has no such day, so the words are no date.
        return None


def _possible(one: _Numbers) -> list[_Order]:
    """The orders that the numbers allow, and the weekday where there is one."""
    orders = list(one.readings)
    if one.weekday is not None:
        fitting = [order for order in orders if one.readings[order].weekday() == one.weekday]
        orders = fitting or orders
    return orders


def _decided(one: _Numbers) -> bool:
    return len(_possible(one)) == 1


def _resolve(one: _Numbers, orders: set[_Order]) -> WrittenDate:
    possible = _possible(one)
    days = {one.readings[order] for order in possible}
    if len(days) > 1 and len(orders) == 1:
        days = {one.readings[order] for order in possible if order in orders}
    return WrittenDate(one.start, one.end, days.pop() if len(days) == 1 else None)
