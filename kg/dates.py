"""Dates: the evaluation of the time expressions of the facts.

`evaluate` turns an expression into an interval of days, given what it counts from; it never looks at a clock.
Its rules:

* Calendar units: "last month", "the previous year", "the first quarter of last year" are whole units of the calendar.
* A month, day, quarter or half without a year of its own: the latest one that begins not after the reference.
* "Tuesday": the last one up to and including the reference day; against a longer reference, those inside it.
* Counts of days are exact. Counts of weeks and months ("two weeks after") are `approximate`: the day counted to, 3 days
  either way for weeks; the calendar months that 10 days either way touch for months; 2 months either way for years; for
  days a fifth of the count either way, one day at least.
* "early", "mid", "late" are thirds: of a month the 1st-10th, 11th-20th, 21st to its end; of a year four months each.
* "earlier this month" (`before` inside the current unit) runs from the first of the month to the reference.
* "since" and "after" begin there: open where the words are absolute, else up to the reference. "before" ends the day
  before, "until" there.
* A reference that is itself an interval gives the hull of the results over its days.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from kg.facts.model import TimeExpression
from kg.intervals import PRECISIONS, DateInterval, calendar_unit, moved, parse_edtf, unit_between

__all__ = ["PRECISIONS", "DateInterval", "evaluate", "parse_edtf"]

_DAY = timedelta(days=1)
_SLACK_WEEK_DAYS = 3
_SLACK_MONTH_DAYS = 10
_SLACK_YEAR_MONTHS = 2


def evaluate(
    expression: TimeExpression, reference: DateInterval | None, lookup: Callable[[str], DateInterval | None]
) -> DateInterval | None:
    """The days that a time expression means, by the rules of this module.

    Args:
        expression: The expression as the facts hold it.
        reference: The day, or the interval, in which the article was written; None where it is not known.
        lookup: Gives the days of another expression or of an incident by its local id, None where they are not known.

    Returns:
        The interval, or None where the words or what they count from give no date.
    """
    try:
        found = _own(expression, reference, lookup)
        if found is None or expression.to is None:
            return found
        end = lookup(expression.to)
        if end is not None and _high(end) < _low(found) and not expression.offset:
            found = found.shift("year", -1)  # "between January and June", told in May, is of one year: the last
    except (ValueError, OverflowError):  # an impossible day (Feb. 30), or a count that leaves the calendar, is no date
        return None
    if end is None or _high(end) < _low(found):
        return None
    return found.hull(end)


def _own(
    expression: TimeExpression, reference: DateInterval | None, lookup: Callable[[str], DateInterval | None]
) -> DateInterval | None:
    if expression.edtf is not None:
        own = parse_edtf(expression.edtf)
        return _modified(replace(own, approximate=own.approximate or expression.approximate), expression, None)
    anchor = expression.anchor
    if anchor is None:
        return None
    base = reference if anchor.kind == "publication" else lookup(anchor.ref) if anchor.ref else None
    if base is None:
        return None
    if expression.unit is None and expression.month is None and expression.weekday is None:
        if expression.modifier in ("after", "since"):
            latest = reference.latest if reference and _high(reference) >= _low(base) else None
            return DateInterval.spanning(base.earliest, latest, expression.approximate or base.approximate)
        return _modified(base, expression, reference)
    if base.earliest is None or base.latest is None:
        return None
    if anchor.kind != "publication" and base.earliest != base.latest and not _inside(expression):
        return _modified(_counted(base, expression), expression, reference)
    if expression.weekday is not None and not expression.offset and expression.unit in (None, "day", "week"):
        first = base.earliest + timedelta(days=(expression.weekday - base.earliest.weekday()) % 7)
        last = base.latest - timedelta(days=(base.latest.weekday() - expression.weekday) % 7)
        return _modified(DateInterval.spanning(min(first, last), last), expression, reference)
    # Every rule moves its result later, or leaves it, as the anchor moves later: the ends of the anchor give the hull.
    return _against(base.earliest, expression, reference).hull(_against(base.latest, expression, reference))


def _inside(expression: TimeExpression) -> bool:
    parts = (expression.month, expression.day, expression.quarter, expression.half, expression.weekday)
    return any(part is not None for part in parts)


def _against(day: date, expression: TimeExpression, reference: DateInterval | None) -> DateInterval:
    """The expression counted from one day."""
    unit, offset = expression.unit or "year", expression.offset or 0
    if expression.month and unit == "month":  # "last September": the one before this month
        first = day.replace(day=1) if offset < 0 else calendar_unit(day, "month")[1] + _DAY
        year = first.year + (offset + 1 if offset < 0 else offset - 1)
        year += (offset < 0 and expression.month >= first.month) * -1 + (offset > 0 and expression.month < first.month)
        return _modified(_part(year, expression), expression, reference)
    if _inside(expression) and unit == "month" and expression.day:
        dated = moved(day.replace(day=1), "month", offset).replace(day=expression.day)
        return _modified(DateInterval.spanning(dated, dated), expression, reference)
    if expression.weekday is not None and expression.month is None:
        monday = calendar_unit(moved(day, "week", offset), "week")[0]
        weekday = monday + timedelta(days=expression.weekday)
        return _modified(DateInterval.spanning(weekday, weekday), expression, reference)
    if _inside(expression):
        own = _part(day.year + offset, expression)
        if offset == 0 and own.earliest and own.earliest > day:
            own = _part(day.year - 1, expression)
        return _modified(own, expression, reference)
    if unit == "day" or expression.approximate:
        counted = _counted(DateInterval.spanning(day, day), expression)
    else:
        counted = DateInterval.spanning(*calendar_unit(moved(day, unit, offset), unit))
    if expression.modifier in ("before", "after") and offset == 0 and unit != "day":
        ends = (counted.earliest, day) if expression.modifier == "before" else (day, counted.latest)
        return DateInterval.spanning(ends[0], ends[1], expression.approximate)
    return _modified(counted, expression, reference)


def _part(year: int, expression: TimeExpression) -> DateInterval:
    """The month, day, quarter or half that an expression names, in a year."""
    if expression.month and expression.day:
        own = date(year, expression.month, expression.day)
        return DateInterval.spanning(own, own, expression.approximate)
    if expression.quarter:
        bounds = calendar_unit(date(year, expression.quarter * 3, 1), "quarter")
    elif expression.half:
        bounds = calendar_unit(date(year, expression.half * 6, 1), "half")
    else:
        bounds = calendar_unit(date(year, expression.month or 1, 1), "month" if expression.month else "year")
    return DateInterval.spanning(*bounds, expression.approximate)


def _counted(base: DateInterval, expression: TimeExpression) -> DateInterval:
    """An interval moved by the expression's count, with the slack of an approximate one."""
    unit, count = expression.unit or "day", expression.offset or 0
    there = base.shift(unit, count)
    if not expression.approximate or there.earliest is None or there.latest is None:
        return there
    if unit in ("day", "week"):
        slack = _SLACK_WEEK_DAYS if unit == "week" else max(1, abs(count) // 5)
        # Days around a day are no calendar unit, even where they happen to run from a Monday to a Sunday.
        return DateInterval(there.earliest - slack * _DAY, there.latest + slack * _DAY, "interval", True)
    if unit == "month":
        around = _SLACK_MONTH_DAYS * _DAY
        ends = (calendar_unit(there.earliest - around, "month")[0], calendar_unit(there.latest + around, "month")[1])
    else:
        ends = (
            calendar_unit(moved(there.earliest, "month", -_SLACK_YEAR_MONTHS), "month")[0],
            calendar_unit(moved(there.latest, "month", _SLACK_YEAR_MONTHS), "month")[1],
        )
    return DateInterval.spanning(*ends, approximate=True)


def _modified(own: DateInterval, expression: TimeExpression, reference: DateInterval | None) -> DateInterval:
    """The interval narrowed or opened by the expression's modifier."""
    approximate = own.approximate or expression.approximate
    match expression.modifier:
        case "early" | "mid" | "late" if own.earliest and own.latest and own.earliest != own.latest:
            return DateInterval.spanning(*_third(own.earliest, own.latest, expression.modifier), approximate=True)
        case "before" if own.earliest:
            return DateInterval.spanning(None, own.earliest - _DAY, approximate)
        case "until":
            return DateInterval.spanning(None, own.latest, approximate)
        case "since" | "after":
            exclusive = expression.modifier == "after" and own.latest is not None and own.earliest != own.latest
            start = own.latest + _DAY if exclusive and own.latest else own.earliest
            latest = reference.latest if reference and start and _high(reference) >= start else None
            return DateInterval.spanning(start, latest, approximate)
    return own


def _third(first: date, last: date, which: str) -> tuple[date, date]:
    index = ("early", "mid", "late").index(which)
    match unit_between(first, last):
        case "month":
            return first.replace(day=(1, 11, 21)[index]), (first.replace(day=10), first.replace(day=20), last)[index]
        case "year":
            return date(first.year, index * 4 + 1, 1), calendar_unit(date(first.year, index * 4 + 4, 1), "month")[1]
        case "decade":
            return date(first.year + (0, 4, 7)[index], 1, 1), date(first.year + (3, 6, 9)[index], 12, 31)
    days = (last - first).days + 1
    return first + days * index // 3 * _DAY, first + (days * (index + 1) // 3 - 1) * _DAY


def _low(interval: DateInterval) -> date:
    return interval.earliest or date.min


def _high(interval: DateInterval) -> date:
    return interval.latest or date.max
