"""Dates without the calendar: an interval told by the named days, months and years of a text.

Two texts that say the same of different days give the same words here: "the day of the event", "from the first of the
month of the event to the day of publication", "the year before the one named".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from kg.intervals import DateInterval, calendar_unit, parse_edtf

__all__ = ["Calendar", "same_pattern"]

_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120}


@dataclass(frozen=True)
class Calendar:
    """The named stretches of time of one text.

    Attributes:
        named: Name to EDTF text (a day, month, quarter, year), in order of preference.
        base: The name of the stretch that everything else counts from; by default the first.
        within: Whether a day inside a named month is told by its number: only where the months that stand for each
            other have the same length and move the days of the week alike.
    """

    named: Mapping[str, str]
    base: str | None = None
    within: bool = False
    _intervals: dict[str, DateInterval] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_intervals", {name: parse_edtf(edtf) for name, edtf in self.named.items()})

    def tell(self, interval: DateInterval | None) -> str:
        """The interval in words that hold for every calendar."""
        if interval is None:
            return "unresolved"
        about = "about " if interval.approximate else ""
        return f"{about}{interval.precision}: {self._ends(interval)}"

    def _ends(self, interval: DateInterval) -> str:
        first, last = interval.earliest, interval.latest
        for name, known in self._intervals.items():
            if (known.earliest, known.latest) == (first, last):
                return f"«{name}»"
        around = self._around(first, last) if first and last and first != last else None
        if around:
            return around
        if first and last and interval.precision in {"week", *_MONTHS}:
            counted = self._count(first, interval.precision)
            if counted:
                return counted
        years = last is not None and any(k.latest == last for k in self._of("year"))
        return f"{self._first(first, years)} to {self._last(last)}"

    def _around(self, first: date, last: date) -> str | None:
        """A named day or month with the same number of days on either side."""
        for name, known in self._intervals.items():
            if known.earliest and known.latest and known.precision in {"day", "month"}:
                slack = (known.earliest - first).days
                if slack > 0 and slack == (last - known.latest).days:
                    return f"«{name}» with {slack} days on either side"
        return None

    def _of(self, precision: str) -> Iterable[DateInterval]:
        return (known for known in self._intervals.values() if known.precision == precision)

    def _base(self, precision: str) -> tuple[str, date] | None:
        """What units of a precision are counted from: the base, else the first named stretch that is as fine."""
        fine = [n for n, k in self._intervals.items() if k.precision in {"day", precision}]
        name = self.base or next(iter(fine), None)
        start = self._intervals[name].earliest if name else None
        return (name, start) if name and start else None

    def _count(self, first: date, precision: str) -> str | None:
        base = self._base(precision)
        if base is None:
            return None
        name, day = base
        start = calendar_unit(day, precision)[0]
        if precision == "week":
            return f"{precision} of «{name}» {(first - start).days // 7:+d}"
        months = (first.year - start.year) * 12 + first.month - start.month
        return f"{precision} of «{name}» {months // _MONTHS[precision]:+d}"

    def _first(self, day: date | None, years: bool) -> str:
        order = ("day", "year", "month", "quarter") if years else ("day", "month", "quarter", "year")
        return self._end(day, order, "first of", lambda known: known.earliest)

    def _last(self, day: date | None) -> str:
        return self._end(day, ("day", "month", "quarter", "year"), "last of", lambda known: known.latest)

    def _end(self, day: date | None, order: Iterable[str], words: str, end: object) -> str:
        if day is None:
            return "open"
        assert callable(end)
        for precision in order:
            for name, known in self._intervals.items():
                if known.precision == precision and end(known) == day:
                    return f"«{name}»" if precision == "day" else f"{words} «{name}»"
        for name, known in self._intervals.items():
            # A day's own month, told from the day: "earlier this month".
            if known.precision == "day" and known.earliest:
                unit = calendar_unit(known.earliest, "month")
                if day == (unit[0] if words == "first of" else unit[1]):
                    return f"{words} the month of «{name}»"
        if self.within:
            for name, known in self._intervals.items():
                if known.precision == "month" and known.earliest and known.earliest <= day <= (known.latest or day):
                    return f"day {day.day} of «{name}»"
        return self._days_from_base(day)

    def _days_from_base(self, day: date) -> str:
        base = self._base("day")
        if base is None:
            return day.isoformat()
        return f"«{base[0]}» {(day - base[1]) // timedelta(days=1):+d} days"


def same_pattern(one: Calendar, other: Calendar) -> str | None:
    """Where two calendars with the same names differ in what their days share; None where they do not.

    Two named stretches that lie in one month, quarter or year, or of which one is the other's neighbour, must do so in
    both calendars, and their order must be one order: else the texts say different things.
    """
    names = list(one.named)
    for number, name in enumerate(names):
        for later in names[number + 1 :]:
            told = []
            for calendar in (one, other):
                a, b = calendar._intervals[name], calendar._intervals[later]
                assert a.earliest is not None
                assert b.earliest is not None
                order = (a.earliest > b.earliest) - (a.earliest < b.earliest)
                told.append((a.precision, b.precision, order, _shared(a.earliest, b.earliest)))
            if told[0] != told[1]:
                return f"{name} and {later}: {told[0]} but {told[1]}"
    return None


def _shared(one: date, other: date) -> tuple[bool, ...]:
    return tuple(calendar_unit(one, unit) == calendar_unit(other, unit) for unit in ("day", "month", "year"))
