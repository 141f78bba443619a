"""Days without a year in a story: "Six months later ... on 21 December" counts from the year told of before.

A news report means the latest such day before it was written. A feature that goes from one dated event to the next
means the year in which it is; that a clause says how much later it was tells the two apart.
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
        if not _bare_day(time):
            continue
        block = next((b for b in builder.document.blocks if b.start <= time.start < b.end), None)
        if block is None or _LATER.search(builder.document.text, block.start, time.start) is None:
            continue
        told = _told_before(builder, time)
        if told is not None:
            day = f"{told[:4]}-{time.month:02}-{time.day:02}"
            builder.times[time.id] = msgspec.structs.replace(
                time, edtf=day, anchor=None, unit=None, offset=None, month=None, day=None
            )


def _bare_day(time: TimeExpression) -> bool:
    """Whether an expression is a day and a month of the year of publication."""
    counted = time.anchor is not None and time.anchor.kind == "publication"
    return counted and time.unit == "year" and time.offset == 0 and time.month is not None and time.day is not None


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
