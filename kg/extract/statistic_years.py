"""Years that a statistic's words leave to be made: "up to September" of one year, "the next two years" in a row."""

from __future__ import annotations

import re

from msgspec.structs import replace

from kg.extract.builder import FactsBuilder
from kg.extract.statistic_words import Figure
from kg.extract.time_words import alternatives, number_of, time_rules
from kg.facts.model import TimeExpression

__all__ = ["from_new_year", "series_on", "year_to_date"]

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
    return int(time.edtf) if time.edtf is not None and re.fullmatch(r"\d{4}", time.edtf) else None
