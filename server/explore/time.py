"""The timeline and the chart of a result: when its incidents were, no more exactly than is known.

A day is a mark; any longer time is a bar from its first to its last possible day; what is undated is listed apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from kg.summary.explore import Row

__all__ = ["Axis", "Bar", "Tick", "Year", "axis_of", "bar_of", "years_of"]

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
#: How many ticks an axis has at most.
_TICKS = 9
#: How many years a chart shows with those of nothing between them.
_GAPLESS = 60


@dataclass(frozen=True)
class Tick:
    """A line of the axis: where, in hundredths of its length, and what it says."""

    at: float
    text: str


@dataclass(frozen=True)
class Axis:
    """A stretch of days, as their ordinals, with its ticks."""

    first: int
    last: int
    ticks: tuple[Tick, ...]

    def at(self, ordinal: float) -> float:
        """Where a day begins, in hundredths of the axis."""
        return round((ordinal - self.first) / (self.last - self.first) * 100, 3)


@dataclass(frozen=True)
class Bar:
    """When an incident was: hundredths of the axis. A `day` is known exactly; an open side is not known at all."""

    start: float
    width: float
    day: bool
    about: bool
    open_start: bool
    open_end: bool


@dataclass(frozen=True)
class Year:
    """A year of the chart: how many incidents were in it for certain, and how many more may have been."""

    year: int
    certain: int
    possible: int

    @property
    def most(self) -> int:
        """How many there can have been."""
        return self.certain + self.possible


def axis_of(first: str, last: str) -> Axis:
    """The axis from a day to a day, with a little room on both sides.

    Args:
        first, last: As in `xsd:date`.

    >>> [tick.text for tick in axis_of("2024-07-15", "2025-10-19").ticks]
    ['Jul 2024', 'Oct', 'Jan 2025', 'Apr', 'Jul', 'Oct']
    """
    begin, end = _ordinal(first), _ordinal(last) + 1
    room = max((end - begin) // 25, 3)
    begin, end = max(begin - room, 1), min(end + room, date.max.toordinal())
    ticks = [Tick(round((day - begin) / (end - begin) * 100, 3), text) for day, text in _ticks(begin, end)]
    return Axis(begin, end, tuple(ticks))


def _ticks(begin: int, end: int) -> Iterator[tuple[int, str]]:
    start, stop = date.fromordinal(begin), date.fromordinal(end)
    months = (stop.year - start.year) * 12 + stop.month - start.month
    step = next((step for step in (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200) if months / step <= _TICKS), 12 * 1000)
    first = -(-(start.year * 12 + start.month - (start.day == 1)) // step) * step
    named = None
    for month in range(first, stop.year * 12 + stop.month, step):
        year, number = divmod(month, 12)
        if not 1 <= year <= 9999:
            continue
        month_text = _MONTHS[number] if year == named else f"{_MONTHS[number]} {year}"
        named = year
        yield date(year, number + 1, 1).toordinal(), str(year) if step >= 12 else month_text


def bar_of(row: Row, axis: Axis) -> Bar | None:
    """The bar of an incident, or None where it is undated."""
    if row.earliest is None and row.latest is None:
        return None
    begin = _ordinal(row.earliest) if row.earliest is not None else axis.first
    end = _ordinal(row.latest) + 1 if row.latest is not None else axis.last
    return Bar(
        axis.at(begin),
        round(axis.at(end) - axis.at(begin), 3),
        day=row.earliest is not None and row.earliest == row.latest,
        about=row.date is not None and any(mark in row.date for mark in "~?%"),
        open_start=row.earliest is None,
        open_end=row.latest is None,
    )


def years_of(rows: Iterable[Row]) -> tuple[list[Year], int]:
    """The years of a chart, in their order, and how many incidents are undated.

    The years are those in which a date begins or ends, with those between them where they are not too many.
    """
    spans = [(_year(row.earliest), _year(row.latest)) for row in rows]
    known = sorted({year for span in spans for year in span if year is not None})
    if known and known[-1] - known[0] < _GAPLESS:
        known = list(range(known[0], known[-1] + 1))
    return [_counted(year, spans) for year in known], spans.count((None, None))


def _counted(year: int, spans: Sequence[tuple[int | None, int | None]]) -> Year:
    certain = spans.count((year, year))
    touching = sum(
        1
        for first, last in spans
        if (first is not None or last is not None) and (first or year) <= year <= (last or year)
    )
    return Year(year, certain, touching - certain)


def _year(day: str | None) -> int | None:
    return int(day[:4]) if day is not None else None


def _ordinal(day: str) -> int:
    return date.fromisoformat(day[:10]).toordinal()
