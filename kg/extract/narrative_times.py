"""Days without a year in a story: "Six months later ... on 21 December" counts from the year told of before.

A news report means the latest such day before it was written. A feature that goes from one dated event to the next
means the year in which it is; that a clause says how much later it was tells the two apart. "The following July" and
"July of that year" count from the date told before wherever they stand.
"""

from __future__ import annotations

import re

import msgspec

from kg.extract.builder import FactsBuilder
from kg.facts.model import TimeExpression

__all__ = ["settle_narrative_times"]

_LATER = re.compile(r"\b(?:later|afterwards?|the following|that same|the same year|the next)\b", re.IGNORECASE)


def settle_narrative_times(builder: FactsBuilder) -> None:
    """Count days without a year from the year of the story, where their block says that it goes on from there.

    Args:
        builder: Holds the times that `find_times` found.
    """
    for time in sorted(builder.times.values(), key=lambda t: t.start):
        following = _following_month(builder, time)
        if following is not None:
            builder.times[time.id] = msgspec.structs.replace(
                time, edtf=following, anchor=None, unit=None, offset=None, month=None, day=None
            )
        if following is not None or not _bare_day(time):
            continue
        block = next((b for b in builder.document.blocks if b.start <= time.start < b.end), None)
        if block is None:
            continue
        later = _LATER.search(builder.document.text, block.start, time.start) is not None
        told = _told_before(builder, time) if later else _same_month(builder, time, block.start)
        if told is not None:
            day = f"{told[:4]}-{time.month:02}-{time.day:02}"
            builder.times[time.id] = msgspec.structs.replace(
                time, edtf=day, anchor=None, unit=None, offset=None, month=None, day=None
            )


def _following_month(builder: FactsBuilder, time: TimeExpression) -> str | None:
    """The month that "the following July" is, or "that July": counted from the last date told before in its block."""
    text = builder.document.text
    if time.month is None or time.anchor is None or time.anchor.kind != "publication":
        return None
    before = text[max(0, time.start - 20) : time.start].lower()
    follows = before.endswith("the following ") or time.quote.lower().startswith("the following ")
    follows = follows or (time.quote.startswith("next ") and before.endswith(" the "))
    same = re.match(r"(?:,? (?:of )?(?:that|the same) year)\b", text[time.end : time.end + 20])
    block = next((b for b in builder.document.blocks if b.start <= time.start < b.end), None)
    if not (follows or same) or block is None:
        return None
    dated = [t for t in builder.times.values() if block.start <= t.start and t.end <= time.start and t.edtf is not None]
    told = re.match(r"(\d{4})(?:-(\d\d))?", max(dated, key=lambda t: t.end).edtf or "") if dated else None
    if told is None:
        return None
    year = int(told[1])
    if follows:
        year += 1 if told[2] is None or int(told[2]) >= time.month else 0
    day = f"-{time.day:02}" if time.day is not None else ""
    return f"{year}-{time.month:02}{day}"


def _bare_day(time: TimeExpression) -> bool:
    """Whether an expression is a day and a month of the year of publication."""
    counted = time.anchor is not None and time.anchor.kind == "publication"
    return counted and time.unit == "year" and time.offset == 0 and time.month is not None and time.day is not None


def _same_month(builder: FactsBuilder, time: TimeExpression, start: int) -> str | None:
    """The day told before in the paragraph, where a day without a year is a later one of its month.

    "Set out on Aug. 14, 2009 ... sighted on Aug. 16".
    """
    days = [t for t in builder.times.values() if start <= t.start and t.end <= time.start and t.edtf is not None]
    last = max(days, key=lambda t: t.end, default=None)
    day = re.fullmatch(r"\d{4}-(\d\d)-(\d\d)", last.edtf or "") if last is not None else None
    if last is None or day is None or time.day is None or int(day[1]) != time.month or int(day[2]) > time.day:
        return None
    return last.edtf


def _told_before(builder: FactsBuilder, time: TimeExpression) -> str | None:
    """The last date with its year before an expression, where the story has not come to the expression's day."""
    dated = [t for t in builder.times.values() if t.end <= time.start and t.edtf is not None and "-" in t.edtf]
    last = max(dated, key=lambda t: t.end, default=None)
    if last is None or last.edtf is None:
        return None
    month = re.match(r"\d{4}-(\d\d)", last.edtf)
    if month is None or time.month is None:
        return None
    return last.edtf if int(month[1]) <= time.month else None
