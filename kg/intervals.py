"""Intervals of days that may be coarse, open or approximate, their EDTF text, and the calendar's units.

The text is EDTF level 1 (ISO 8601-2:2019, Library of Congress profile of 2019-02-04): `2025-10-19`, `2024-08`, `2024`,
`195X`, quarters as `2024-33` to `2024-36`, halves as `2024-40` and `2024-41`, `2024-08-06/2024-08-27`, `../2024`,
`2024-07~`.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache

__all__ = ["PRECISIONS", "DateInterval", "calendar_unit", "moved", "parse_edtf", "unit_between"]

#: The vocabulary of precisions, finest first; `interval` is whatever is no calendar unit.
PRECISIONS = ("day", "week", "month", "quarter", "half", "year", "decade", "interval")

_DAY = timedelta(days=1)
_EDTF = re.compile(r"(?P<year>\d{3}[\dX])(?:-(?P<part>\d\d)(?:-(?P<day>\d\d))?)?(?P<about>[~?%])?")
_FIRST_QUARTER, _FIRST_HALF = 33, 40
_MONTHS_OF = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120}


@dataclass(frozen=True)
class DateInterval:
    """A closed interval of days.

    Attributes:
        earliest: The first day; absent where the interval is open at its start.
        latest: The last day; absent where it is open at its end.
        precision: One of `PRECISIONS`; `spanning` derives it from the bounds.
        approximate: Whether the bounds themselves are estimates ("about", "mid-July").
    """

    earliest: date | None
    latest: date | None
    precision: str
    approximate: bool = False

    def __post_init__(self) -> None:
        if self.precision not in PRECISIONS:
            raise ValueError(f"'{self.precision}' is no precision: give one of {', '.join(PRECISIONS)}")
        if self.earliest and self.latest and self.earliest > self.latest:
            raise ValueError(f"the interval ends on {self.latest}, before it begins on {self.earliest}: swap its ends")

    @classmethod
    def spanning(cls, earliest: date | None, latest: date | None, approximate: bool = False) -> DateInterval:
        """The interval between two days, with the precision of the calendar unit that it is exactly.

        >>> from datetime import date
        >>> DateInterval.spanning(date(2024, 2, 1), date(2024, 2, 29)).precision
        'month'
        """
        precision = unit_between(earliest, latest) if earliest and latest and earliest <= latest else "interval"
        if approximate and precision == "week":
            precision = "interval"  # seven days about a Thursday happen to be a week of the calendar
        return cls(earliest, latest, precision, approximate)

    @cached_property
    def edtf(self) -> str:
        """The EDTF level 1 text, the shortest that has these bounds.

        >>> parse_edtf("2024-08-06/2024-08-27").edtf, parse_edtf("1950-01-01/1959-12-31").edtf
        ('2024-08-06/2024-08-27', '195X')
        """
        about = "~" if self.approximate else ""
        if self.earliest is None or self.latest is None:
            level = next(level for level in ("year", "month", "day") if self._ends_fit(level))
            ends = (_write(end, level) + about if end else ".." for end in (self.earliest, self.latest))
            return "/".join(ends)
        year, month = f"{self.earliest.year:04}", self.earliest.month
        match unit_between(self.earliest, self.latest):
            case "day":
                return f"{self.earliest.isoformat()}{about}"
            case "month":
                return f"{year}-{month:02}{about}"
            case "quarter":
                return f"{year}-{_FIRST_QUARTER + (month - 1) // 3}{about}"
            case "half":
                return f"{year}-{_FIRST_HALF + (month - 1) // 6}{about}"
            case "year":
                return f"{year}{about}"
            case "decade":
                return f"{year[:3]}X{about}"
        level = next(level for level in ("year", "month", "day") if self._ends_fit(level))
        return f"{_write(self.earliest, level)}{about}/{_write(self.latest, level)}{about}"

    def _ends_fit(self, level: str) -> bool:
        return (self.earliest is None or calendar_unit(self.earliest, level)[0] == self.earliest) and (
            self.latest is None or calendar_unit(self.latest, level)[1] == self.latest
        )

    def contains(self, other: DateInterval) -> bool:
        """Whether every day of the other interval is a day of this one."""
        return _low(self) <= _low(other) and _high(other) <= _high(self)

    def overlaps(self, other: DateInterval) -> bool:
        """Whether the two have a day in common."""
        return _low(self) <= _high(other) and _low(other) <= _high(self)

    def intersect(self, other: DateInterval) -> DateInterval | None:
        """The days of both, or None where there are none; approximate if an end that remains is."""
        if not self.overlaps(other):
            return None
        earliest = max((d for d in (self.earliest, other.earliest) if d), default=None)
        latest = min((d for d in (self.latest, other.latest) if d), default=None)
        for part in (self, other):
            if (part.earliest, part.latest) == (earliest, latest) and not part.approximate:
                return part
        return DateInterval.spanning(earliest, latest, self.approximate or other.approximate)

    def hull(self, other: DateInterval) -> DateInterval:
        """The shortest interval that contains both."""
        earliest = min(self.earliest, other.earliest) if self.earliest and other.earliest else None
        latest = max(self.latest, other.latest) if self.latest and other.latest else None
        return DateInterval.spanning(earliest, latest, self.approximate or other.approximate)

    def shift(self, unit: str, count: int) -> DateInterval:
        """The interval moved by so many units; months and longer units move a month's end to a month's end.

        Args:
            unit: One of day, week, month, quarter, half, year, decade.
            count: How many; negative for the past.

        Raises:
            ValueError: The result lies outside the years 1 to 9999.
        """
        earliest = None if self.earliest is None else moved(self.earliest, unit, count)
        latest = self.latest
        if latest is not None and unit in _MONTHS_OF and latest != self.earliest and (latest + _DAY).day == 1:
            latest = moved(latest.replace(day=1), unit, count)
            latest = latest.replace(day=monthrange(latest.year, latest.month)[1])
        elif latest is not None:
            latest = moved(latest, unit, count)
        return DateInterval.spanning(earliest, latest, self.approximate)


def parse_edtf(text: str) -> DateInterval:
    """Read an EDTF level 1 date: day, month, year, decade, quarter, half, an interval of them, open ends, `~`.

    The inverse of `DateInterval.edtf`. `?` and `%` are read as approximate.

    Raises:
        ValueError: The text is no such date; the message says which part is wrong.

    >>> parse_edtf("2024-33").latest, parse_edtf("../2024-07~").approximate
    (datetime.date(2024, 3, 31), True)
    """
    ends = text.split("/")
    if len(ends) == 1:
        return _parse_one(text, text)
    if len(ends) != 2:
        raise ValueError(f"'{text}' has {len(ends)} parts: an EDTF interval has two, START/END")
    start, end = (None if part in ("..", "") else _parse_one(part, text) for part in ends)
    approximate = any(part is not None and part.approximate for part in (start, end))
    return DateInterval.spanning(start.earliest if start else None, end.latest if end else None, approximate)


def _parse_one(part: str, text: str) -> DateInterval:
    match = _EDTF.fullmatch(part)
    if not match:
        raise ValueError(f"'{part}' in '{text}' is no EDTF date: write YYYY, YYYY-MM, YYYY-MM-DD or 195X")
    year, number, day, about = match.group("year", "part", "day", "about")
    try:
        if "X" in year:
            if number:
                raise ValueError("a decade has no months")
            first = date(int(year[:3]) * 10, 1, 1)
            last = date(first.year + 9, 12, 31)
        elif day:
            first = last = date(int(year), int(number), int(day))
        elif number is None:
            first, last = date(int(year), 1, 1), date(int(year), 12, 31)
        else:
            code = int(number)
            if _FIRST_QUARTER <= code < _FIRST_QUARTER + 4:
                first, last = calendar_unit(date(int(year), (code - _FIRST_QUARTER) * 3 + 1, 1), "quarter")
            elif _FIRST_HALF <= code < _FIRST_HALF + 2:
                first, last = calendar_unit(date(int(year), (code - _FIRST_HALF) * 6 + 1, 1), "half")
            else:
                first, last = calendar_unit(date(int(year), code, 1), "month")
    except ValueError as error:
        raise ValueError(f"'{part}' in '{text}' is no date of the calendar ({error}): correct it") from None
    return DateInterval.spanning(first, last, about is not None)


def moved(day: date, unit: str, count: int) -> date:
    """A day moved by so many units; the 31st becomes the last day of a shorter month."""
    if unit in ("day", "week"):
        return day + timedelta(days=count * (7 if unit == "week" else 1))
    years, month = divmod(day.year * 12 + day.month - 1 + count * _MONTHS_OF[unit], 12)
    return date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))


def calendar_unit(day: date, unit: str) -> tuple[date, date]:
    """The first and last day of the calendar unit in which a day lies."""
    if unit == "day":
        return day, day
    if unit == "week":
        first = day - timedelta(days=day.weekday())
        return first, first + timedelta(days=6)
    length = _MONTHS_OF[unit]
    months = day.year * 12 + day.month - 1
    start, end = months - months % length, months - months % length + length - 1
    return date(start // 12, start % 12 + 1, 1), date(end // 12, end % 12 + 1, monthrange(end // 12, end % 12 + 1)[1])


@lru_cache(maxsize=4096)
def unit_between(first: date, last: date) -> str:
    """The calendar unit that begins on the first day and ends on the last, or `interval`."""
    inside = first.year >= 10 and last.year < 9990  # beyond, a week or decade may leave the calendar
    units = PRECISIONS[:-1] if inside else ("day", "month", "quarter", "half", "year")
    return next((unit for unit in units if calendar_unit(first, unit) == (first, last)), "interval")


def _write(day: date, level: str) -> str:
    return day.isoformat()[: {"year": 4, "month": 7, "day": 10}[level]]


def _low(interval: DateInterval) -> date:
    return interval.earliest or date.min


def _high(interval: DateInterval) -> date:
    return interval.latest or date.max
