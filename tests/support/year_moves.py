"""Years moved, all alike, by a distance at which the days of a text keep their days of the week."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date

from kg.intervals import DateInterval
from tests.support.calendars import Calendar

__all__ = ["SAME", "MovedCalendar", "decades_of", "years_swapped"]

_YEAR = re.compile(r"(?<![\w,.$])((?:19|20)\d\d)(?:([-\u2013/])(\d\d)(?!\d))?(?![\w]|,\d)")
#: After twenty-eight years the calendar is the same to the day.
SAME = -28


@dataclass(frozen=True)
class MovedCalendar(Calendar):
    """Tells intervals as they were before all years were moved; a decade that the text names was not moved.

    Attributes:
        years: By how many years they were moved.
        decades: The first years of the decades that stayed.
    """

    years: int = 0
    decades: frozenset[int] = frozenset()

    def tell(self, interval: DateInterval | None) -> str:
        """The EDTF text of the interval before the move, its precision, and whether it is about right."""
        if interval is None:
            return "unresolved"
        first, last = interval.earliest, interval.latest
        # A range of ten years is a decade of the calendar at some distances and not at others.
        precision = "interval" if interval.precision == "decade" else interval.precision
        if precision == "interval":
            first, last = (day if self._stayed(day) else _moved(day, -self.years) for day in (first, last))
        else:
            first, last = _moved(first, -self.years), _moved(last, -self.years)
        return f"{precision}: {replace(interval, earliest=first, latest=last).edtf}"

    def _stayed(self, day: date | None) -> bool:
        """Whether an end of an interval lies in a decade that the text names."""
        return day is not None and any(decade <= day.year <= decade + 9 for decade in self.decades)


def years_swapped(text: str, years: int) -> dict[str, str]:
    """What replaces what: each year of the text, and the second of two that are written short ("2023-24")."""
    table = {}
    for match in _YEAR.finditer(text):
        first = int(match.group(1)) + years
        short = match.group(3)
        if short is not None and (int(match.group(1)) + 1) % 100 == int(short):
            table[match.group()] = f"{first}{match.group(2)}{(first + 1) % 100:02}"
        else:
            table[match.group(1)] = str(first)
    return table


def decades_of(text: str) -> frozenset[int]:
    """The first years of the decades that a text names."""
    return frozenset(int(match) for match in re.findall(r"\b((?:19|20)\d0)s\b", text))


def _moved(day: date | None, years: int) -> date | None:
    if day is None:
        return None
    year = day.year + years
    last_of_february = day.month == 2 and day.day == monthrange(day.year, 2)[1]
    return date(year, day.month, monthrange(year, 2)[1] if last_of_february else day.day)
