"""What the words of a time counted from another say: "last year", "two weeks after", "the same period last year".

Readers like those of `kg.extract.time_readers`: each takes a match of a pattern and gives a `Draft`, or None.
"""

from __future__ import annotations

import re
from typing import Any

from kg.extract.time_words import OFFSETS, Draft, TimeRules, make_draft, narrowed, number_of, year_fields

__all__ = [
    "read_away",
    "read_back",
    "read_day_word",
    "read_epoch",
    "read_past",
    "read_recent",
    "read_relative",
    "read_same",
    "read_this_year",
    "read_weekday",
]

_EARLIER = {"previous": -1, "preceding": -1, "following": 1, "same": 0, "that": 0, "next": 1}


def read_day_word(match: re.Match[str], rules: TimeRules) -> Draft | None:
    """'Today', 'yesterday morning', 'last night'."""
    del rules
    word, part = match["word"].lower(), match.groupdict().get("part")
    offset = {"yesterday": -1, "tomorrow": 1, "the day before yesterday": -2}.get(word, 0)
    if word == "last":
        if part is None or part.lower() not in ("night", "evening"):
            return None
        offset = -1
    fields: dict[str, Any] = {"unit": "day", "offset": offset}
    if part or word in ("tonight", "overnight"):
        fields["part_of_day"] = part.lower() if part else "night"
    return make_draft(match, fields=fields, anchored="publication")


def read_weekday(match: re.Match[str], rules: TimeRules) -> Draft | None:
    """'Tuesday', 'early on a Sunday morning', 'last Friday'; the part of the day is kept."""
    number = {name.lower(): n for name, n in rules.weekdays.items()}[match["weekday"].rstrip(".").lower()]
    word = (match["week"] or match["which"] or "").lower()
    fields: dict[str, Any] = {"unit": "week", "offset": OFFSETS.get(word, 0), "weekday": number}
    if match["week"] is None and word in ("this", "this past"):
        fields["offset"] = 0
    part = "-".join(word.lower() for word in (match["when"], match["part"]) if word)
    return make_draft(match, fields={**fields, "part_of_day": part} if part else fields, anchored="publication")


def read_relative(match: re.Match[str], rules: TimeRules) -> Draft | None:
    """'Last year', 'earlier this month', 'late last week'."""
    del rules
    before, after = match.string[: match.start()], match.string[match.end() :]
    if re.search(r"\bthe $", before, re.I) and re.match(r" (?:before|in which|for which|when|of|that)\b", after):
        return None  # "the last year before the border closed"
    which, narrow = match["which"].lower().removeprefix("the "), (match["narrow"] or "").lower()
    offset = -1 if which == "this past" else OFFSETS[which]
    fields: dict[str, Any] = {"unit": match["unit"].lower(), "offset": offset}
    if narrow in ("earlier", "so far", "later") and offset == 0:
        fields["modifier"] = "after" if narrow == "later" else "before"
    else:
        fields |= narrowed(narrow)
    return make_draft(match, fields=fields, anchored="publication")


def read_back(match: re.Match[str], rules: TimeRules) -> Draft | None:
    """'The previous year', 'the same day': counted from something told before."""
    del rules
    which = (match.groupdict().get("which") or "that").lower()
    return make_draft(match, fields={"unit": match["unit"].lower(), "offset": _EARLIER[which]}, anchored="earlier")


def read_away(match: re.Match[str], rules: TimeRules) -> Draft | None:
    """'Two weeks after', 'a year earlier', 'three days ago'; what 'after' is followed by is what it dates."""
    groups, unit, way = match.groupdict(), match["unit"].lower(), match["dir"].lower()
    number = number_of(groups.get("count") or "one", rules)
    sign = 1 if way == "later" else -1
    anchored = "publication" if way == "ago" else "earlier"
    follows = re.match(r" (?!and\b|but\b|or\b|when\b|that\b)\w", match.string[match.end() :])
    if way == "before last":
        return make_draft(match, fields={"unit": unit, "offset": -2}, anchored="publication")
    if way in ("after", "before") and follows:
        # "two weeks after another man crossed": dates that crossing, counted from what the sentence tells
        anchored, sign = "event", -1 if way == "after" else 1
    elif way == "after":
        sign = 1
    if number is None:
        return make_draft(match, fields={})
    open_count = groups.get("about") is not None and (groups["about"] or "").lower() not in ("only", "just", "barely")
    approximate = {"approximate": True} if open_count or unit in ("week", "month") else {}
    return make_draft(match, fields={"unit": unit, "offset": sign * number, **approximate}, anchored=anchored)


def read_past(match: re.Match[str], rules: TimeRules) -> Draft | None:
    """'The past three years': from then up to the publication."""
    number = number_of(match["count"] or "one", rules)
    if match["count"] is None and match["past"].lower() in ("previous", "preceding"):
        return None
    if match["count"] is None and re.match(
        r" (?:before|in which|for which|when|of|that)\b", match.string[match.end() :]
    ):
        return None  # "the last year before the border closed" is whatever year that was
    if number is None:
        return make_draft(match, fields={})
    fields = {"unit": match["unit"].lower(), "offset": -number, "modifier": "since", "approximate": True}
    return make_draft(match, fields=fields, anchored="publication")


def read_this_year(match: re.Match[str], rules: TimeRules) -> Draft | None:
    """'Since the start of the year': this year, as far as it has gone."""
    del rules
    return make_draft(match, fields={"unit": "year", "offset": 0, "modifier": "before"}, anchored="publication")


def read_same(match: re.Match[str], rules: TimeRules) -> Draft | None:
    """'The same period last year'."""
    del rules
    year, offset, needs = year_fields(match.groupdict())
    fields = {"edtf": str(year)} if year is not None else {"unit": "year", "offset": offset}
    return make_draft(
        match, fields=fields, anchored="" if year else "publication", needs="same-back" if needs else "same"
    )


def read_recent(match: re.Match[str], rules: TimeRules) -> Draft | None:
    """'More recently': no date, but an order."""
    del rules
    return make_draft(match, fields={}, anchored="recent" if match.groupdict().get("more") else "")


def read_epoch(match: re.Match[str], rules: TimeRules) -> Draft | None:
    """'Since the war': an opening whose date the words do not give, unless its years stand beside it."""
    fields = {"modifier": rules.openers[match["opener"].lower()]}
    first, last = match["year"] or match["first"], match["year2"] or match["last"]
    if first and last:
        fields["edtf"] = f"{first}/{first[: 4 - len(last)]}{last}"
    return make_draft(match, fields=fields)
