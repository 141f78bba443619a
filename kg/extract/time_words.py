"""The words of time expressions (`rules/times.yaml`), and what a time expression is before its context is known."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from kg.extract.rules import Pack, general_pack

__all__ = [
    "MODIFIERS",
    "OFFSETS",
    "Draft",
    "TimeRules",
    "alternatives",
    "make_draft",
    "narrowed",
    "number_of",
    "time_rules",
    "year_fields",
]

#: The units that a word before a unit counts from the present one ("last year").
OFFSETS = {"last": -1, "past": -1, "this": 0, "current": 0, "next": 1, "coming": 1}
#: Words that narrow a unit to a third of it.
MODIFIERS = {"early": "early", "mid": "mid", "late": "late", "beginning": "early", "start": "early", "middle": "mid"}
MODIFIERS |= {"end": "late", "lat": "late"}


class TimeRules(Pack, frozen=True, kw_only=True):
    """The schema of `rules/times.yaml`."""

    months: dict[str, int]
    seasons: dict[str, tuple[int, int]]
    ambiguous_months: tuple[str, ...]
    weekdays: dict[str, int]
    numbers: dict[str, int]
    ordinals: dict[str, int]
    holidays: dict[str, tuple[int, int]]
    approximators: tuple[str, ...]
    parts_of_day: tuple[str, ...]
    openers: dict[str, str]
    epochs: tuple[str, ...]
    comparators: tuple[str, ...]
    month_prepositions: tuple[str, ...]
    not_year_before: tuple[str, ...]
    not_year_after: tuple[str, ...]


@dataclass(frozen=True)
class Draft:
    """A time expression before its context is known.

    Attributes:
        start: First code point in the block.
        end: One past the last.
        fields: Fields of `TimeExpression`; an anchor is `anchored`.
        anchored: What it counts from: "publication"; "earlier", an expression or event told before; "event", the event
            of its own sentence; "recent", open from an expression told before; "" for nothing.
        needs: What the context must still give: "year" (a quarter or month without one), "back" (the year is counted
            from an expression told before), "same" and "same-back" (the parts of the year of one told before).
        second: The other end of a range.
        inner: The expression that this one opens ("since mid-July" opens "mid-July").
    """

    start: int
    end: int
    fields: Mapping[str, Any] = field(default_factory=dict)
    anchored: str = ""
    needs: str = ""
    second: Draft | None = None
    inner: Draft | None = None


def alternatives(words: object) -> str:
    """A pattern that matches any of some words, the longest first."""
    return _alternatives(tuple(str(word) for word in words)) if isinstance(words, (dict, tuple)) else ""


@cache
def _alternatives(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def number_of(text: str, rules: TimeRules) -> int | None:
    """A number written in digits or as one word, or None."""
    text = text.lower()
    return int(text) if text.isdigit() else rules.numbers.get(text)


@cache
def time_rules() -> TimeRules:
    """The words of `rules/times.yaml`, read once a process."""
    rules: TimeRules = general_pack("times", TimeRules)
    return rules


def make_draft(match: re.Match[str], **how: Any) -> Draft:
    """A draft over the match, without the preposition or article that opens it."""
    lead = re.match(r"(?:(?:on|in|between|from) )?(?:(?:a|the) (?=\w+day\b))?", match[0], re.IGNORECASE)
    fields = how.pop("fields")
    return Draft(match.start() + (lead.end() if lead else 0), match.end(), fields, **how)


def year_fields(groups: Mapping[str, str | None]) -> tuple[int | None, int, str]:
    """The year that the words give: absolute, or an offset from the publication; and what they leave to the context."""
    if groups.get("year"):
        return int(groups["year"] or 0), 0, ""
    if groups.get("rel"):
        return None, OFFSETS[(groups["rel"] or "").lower()], ""
    if groups.get("back"):
        return (
            None,
            1 if "following" in (groups["back"] or "") else 0 if "same" in (groups["back"] or "") else -1,
            "back",
        )
    return None, 0, "year"


def narrowed(word: str | None) -> dict[str, str]:
    """The modifier that "early", "the end of" and the like give, as a field."""
    modifier = MODIFIERS.get((word or "").lower().removeprefix("the ").removesuffix(" of").removesuffix("er"))
    return {"modifier": modifier} if modifier else {}
