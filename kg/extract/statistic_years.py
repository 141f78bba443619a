"""Years that a statistic's words leave to be made: "up to September" of one year, "the next two years" in a row."""

from __future__ import annotations

import re
from itertools import pairwise

from msgspec.structs import replace

from kg.extract.builder import FactsBuilder
from kg.extract.statistic_words import Figure
from kg.extract.time_words import alternatives, number_of, time_rules
from kg.facts.model import TimeExpression

__all__ = ["from_new_year", "join_days", "series_on", "year_to_date"]

#: A count of one year is smaller.
_MOST = 5000


def year_to_date(time: TimeExpression, amount: float | None) -> bool:
    """Whether "up to the end of September" dates a count of that year alone, which is never as large as one of all."""
    return time.modifier == "until" and (amount or 0) < _MOST


def from_new_year(builder: FactsBuilder, time: TimeExpression) -> TimeExpression:
    """The period from January up to a month: what "up to the end of September" means for a count of one year.

    Returns:
        The range, added beside the expression; the expression itself where it names no month.
    """
    opened = time.anchor is not None and time.anchor.kind == "expression"
    inner = builder.times.get(time.anchor.ref or "") if time.anchor is not None and opened else time
    if inner is None:
        return time
    named = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])(?:-\d\d)?", inner.edtf or "")
    if named is None and (inner.month is None or inner.unit != "year"):
        return time
    number = len(builder.times) + 1
    place = {"start": time.start, "end": time.end, "quote": time.quote, "modifier": None, "day": None, "to": None}
    end = replace(inner, id=f"t{number + 1}", **place)
    if named is not None:
        end = replace(end, edtf=f"{named[1]}-{named[2]}")
    first = replace(end, id=f"t{number}", to=end.id)
    first = replace(first, edtf=f"{named[1]}-01") if named is not None else replace(first, month=1)
    builder.add_time(first)
    builder.add_time(end)
    return first


def join_days(builder: FactsBuilder, start: int, end: int) -> None:
    """Add the range of "between January 1 and June 30", "from 1 March through 31 May", where two days were read apart.

    Args:
        builder: Holds the time expressions.
        start: Where the sentence begins.
        end: Where it ends.
    """
    inside = sorted((t for t in builder.times.values() if start <= t.start and t.end <= end), key=lambda t: t.start)
    for one, other in pairwise(inside):
        between = builder.document.quote(one.end, other.start) if one.end < other.start else ""
        opening = builder.document.quote(max(start, one.start - 9), one.start).lower()
        joined = (between == " and " and opening.endswith("between ")) or (
            between in {" to ", " through ", " until ", " till "} and opening.endswith("from ")
        )
        if not joined or one.to is not None or other.to is not None or one.month is None or one.day is None:
            continue
        number = len(builder.times) + 1
        quote = builder.document.quote(one.start, other.end)
        last = replace(other, id=f"t{number + 1}", start=one.start, end=other.end, quote=quote)
        first = replace(last, id=f"t{number}", to=last.id)
        dated = re.fullmatch(r"(\d{4})-\d\d-\d\d", other.edtf or "")
        if dated is not None:
            first = replace(first, edtf=f"{dated[1]}-{one.month:02}-{one.day:02}")
        elif other.month is not None and other.day is not None:
            first = replace(first, month=one.month, day=one.day)
        else:
            continue
        builder.add_time(first)
        builder.add_time(last)


def series_on(builder: FactsBuilder, figures: list[Figure], told: list[Figure], text: str, base: int) -> None:
    """ "The totals for the next two years were 2,402 and 2,706": the years go on from the one told before."""
    start = figures[0].sentence.start
    words = re.search(
        rf"\bthe (?:next|following) ({alternatives(time_rules().numbers)}|\d) years\b", text[start - base :], re.I
    )
    model = next((f.period for f in reversed(told) if f.period is not None and _year_of(f.period) is not None), None)
    count = number_of(words[1], time_rules()) if words is not None else None
    after = [f for f in figures if words is not None and f.phrase.start >= start + words.end() and f.period is None]
    if (
        words is None
        or model is None
        or count is None
        or len(after) < count
        or figures[0].sentence.end < start + words.end()
    ):
        return
    year, place = _year_of(model) or 0, (start + words.start(), start + words.end())
    for step, figure in enumerate(after[:count], 1):
        quote = builder.document.quote(*place)
        name = f"t{len(builder.times) + 1}"
        figure.period = TimeExpression(id=name, start=place[0], end=place[1], quote=quote, edtf=str(year + step))
        builder.add_time(figure.period)


def _year_of(time: TimeExpression) -> int | None:
    named = re.fullmatch(r"(\d{4})(?:-\d\d)?", time.edtf or "")
    return int(named[1]) if named is not None and (time.to is not None or time.edtf == named[1]) else None
