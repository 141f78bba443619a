"""What the words of a date say: from the groups of a pattern to the fields of a `TimeExpression`.

Each reader takes a match of a pattern of `kg.extract.time_grammar` and gives a `Draft`, or None where the words are no
time after all. The words themselves (months, numbers, holidays) stand in `rules/times.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from kg.extract.time_words import MODIFIERS, Draft, TimeRules, make_draft, narrowed, number_of, year_fields
from kg.intervals import parse_edtf

__all__ = [
    "read_dated",
    "read_decade",
    "read_first_months",
    "read_month",
    "read_months",
    "read_quarter",
    "read_season",
    "read_series",
    "read_slashed",
    "read_year",
    "read_years",
]


def _with_year(match: re.Match[str], edtf: Callable[[int], str], parts: dict[str, int], **more: Any) -> Draft | None:
    year, offset, needs = year_fields(match.groupdict())
    if year is not None:
        text = edtf(year)
        try:
            parse_edtf(text)
        except ValueError:  # 'June 31, 2024' is no date: the words give none
            return None
        return make_draft(match, fields={"edtf": text, **more})
    return make_draft(
        match, fields={"unit": "year", "offset": offset, **parts, **more}, anchored="publication", needs=needs
    )


def read_dated(match: re.Match[str], rules: TimeRules) -> Draft | None:
    """A day with its month: 'Aug. 20', '20 August 2024', 'New Year's Day', '2024-08-20'."""
    groups = match.groupdict()
    if groups.get("holiday"):
        names = {name.lower(): value for name, value in rules.holidays.items()}
        month, day = names[match["holiday"].lower()]
    else:
        month = _month_number(match["month"], rules)
        day = int(match["day"])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return _with_year(match, lambda year: f"{year}-{month:02}-{day:02}", {"month": month, "day": day})


def _month_number(word: str, rules: TimeRules) -> int:
    return int(word) if word.isdigit() else {name.lower(): n for name, n in rules.months.items()}[word.lower()]


def read_slashed(match: re.Match[str], rules: TimeRules, order: str | None = None) -> Draft | None:
    """A day in figures; where two readings are open and the article does not decide, its year alone."""
    del rules
    first, second, year = int(match["first"]), int(match["second"]), match["year"]
    if first > 12 or (order == "DMY" and second <= 12):
        day, month = first, second
    elif second > 12 or order == "MDY" or first == second:
        month, day = first, second
    else:
        return make_draft(match, fields={"edtf": year})  # two readings: the year is all that the words make sure
    text = f"{year}-{month:02}-{day:02}"
    try:
        parse_edtf(text)
    except ValueError:  # 45/13/2024 is a number, not a date
        return None
    return make_draft(match, fields={"edtf": text})


def read_month(match: re.Match[str], rules: TimeRules) -> Draft | None:
    """A month, with or without a year: 'August 2024', 'in June', 'last September', 'mid-July'."""
    groups = match.groupdict()
    month = _month_number(match["month"], rules)
    modifier = MODIFIERS.get((groups.get("narrow") or "").lower().removesuffix(" of"))
    more = {"modifier": modifier} if modifier else {}
    which = (groups.get("which") or "").lower()
    if which:
        named = {"month": month, "unit": "month", "offset": -1} if which in ("last", "this past") else None
        named = {"month": month, "unit": "month", "offset": 1} if which == "next" else named
        return make_draft(match, fields=named or {"unit": "year", "offset": 0, "month": month}, anchored="publication")
    alone = not (modifier or groups.get("year") or groups.get("rel") or groups.get("back"))
    if alone and match["month"].rstrip(".") in rules.ambiguous_months:
        before = match.string[: match.start("month")].rstrip().rpartition(" ")[2].lower()
        if before not in rules.month_prepositions:
            return None
    return _with_year(match, lambda year: f"{year}-{month:02}", {"month": month}, **more)


def read_season(match: re.Match[str], rules: TimeRules) -> Draft | None:
    """A season of a year by its months: 'the spring of 2014'; a winter, which two years share, is the year."""
    months = {name.lower(): value for name, value in rules.seasons.items()}[match["season"].lower()]
    year = match["year"]
    edtf = f"{year}-{months[0]:02}/{year}-{months[1]:02}" if months[0] < months[1] else year
    return make_draft(match, fields={"edtf": edtf, "approximate": True})


def read_months(match: re.Match[str], rules: TimeRules) -> Draft | None:
    """A range of months: 'between January and March', 'the July-September period'."""
    start, end = _month_number(match["month"], rules), _month_number(match["month2"], rules)
    last = _with_year(match, lambda year: f"{year}-{end:02}", {"month": end})
    if last is None:
        return None
    if match["year1"]:
        return make_draft(match, fields={"edtf": f"{match['year1']}-{start:02}"}, second=last)
    if start > end and last.fields.get("edtf"):
        return make_draft(match, fields={"edtf": f"{int(match['year']) - 1}-{start:02}"}, second=last)
    if "edtf" in last.fields:
        fields: dict[str, Any] = {"edtf": f"{match['year']}-{start:02}"}
    else:
        fields = {**last.fields, "month": start, "offset": last.fields["offset"] - (start > end)}
    return replace(last, fields=fields, second=last)


def read_quarter(match: re.Match[str], rules: TimeRules) -> Draft | None:
    """A quarter or half of a year."""
    half = match["unit"].lower() in ("half", "h")
    word = match["ordinal"].lower()
    number = int(word) if word.isdigit() else 2 if half and word in ("last", "final") else rules.ordinals[word]
    if word == "last" and not match["year"]:
        return None  # "the last quarter" is the previous one, or the fourth: the words do not say
    if half:
        return None if number > 2 else _with_year(match, lambda y: f"{y}-{39 + number}", {"half": number})
    return _with_year(match, lambda year: f"{year}-{32 + number}", {"quarter": number})


def read_series(match: re.Match[str], rules: TimeRules) -> Draft | None:
    """A quarter named by its number alone in a series: "in the third and fourth"."""
    before, after = match.string[: match.start()], match.string[match.end() :]
    told = re.search(r"\bquarter\b[^.]*$", before) or re.match(r" (?:and|or) (?:the )?\w+ quarters\b", after)
    ordinals = "|".join(rules.ordinals)
    listed = match[0].startswith(("the ", "The ")) or re.search(rf"\bthe (?:{ordinals}) (?:and|or) (?:the )?$", before)
    if not listed or not (told or match[0].endswith("quarters")) or match["ordinal"].lower() == "last":
        return None
    return _with_year(match, lambda y: f"{y}-{32 + rules.ordinals[match['ordinal'].lower()]}", _ordinal(match, rules))


def _ordinal(match: re.Match[str], rules: TimeRules) -> dict[str, int]:
    return {"quarter": rules.ordinals[match["ordinal"].lower()]}


def read_first_months(match: re.Match[str], rules: TimeRules) -> Draft | None:
    """'The first nine months of this year', 'the last three months of 2023'."""
    number = number_of(match["count"], rules)
    _, _, needs = year_fields(match.groupdict())
    if number is None or not 1 <= number <= 12 or (match["side"].lower() == "last" and needs == "year"):
        return None
    start, end = (1, number) if match["side"].lower() == "first" else (13 - number, 12)
    first = _with_year(match, lambda y: f"{y}-{start:02}", {"month": start})
    last = _with_year(match, lambda y: f"{y}-{end:02}", {"month": end})
    return replace(first, second=last) if first and last else None


def read_decade(match: re.Match[str], rules: TimeRules) -> Draft | None:
    """'The 1950s', 'the late 1990s'."""
    del rules
    return make_draft(match, fields={"edtf": f"{match['decade'][:3]}X", **narrowed(match["narrow"])})


def read_years(match: re.Match[str], rules: TimeRules) -> Draft | None:
    """A range of years: '1950-53', 'between 2010 and August 2016'."""
    first, last = int(match["year"]), match["year2"]
    if len(last) == 2:
        last = str(first)[:2] + last
    if int(last) < first or (len(match["year2"]) == 2 and not re.search(r"\d[-\u2013]\d", match[0])):
        return None
    ends = []
    for year, name in ((str(first), match["month"]), (last, match["month2"])):
        ends.append(f"{year}-{_month_number(name, rules):02}" if name else year)
    return make_draft(match, fields={"edtf": "/".join(ends)}) if int(last) - first < 200 else None


def read_year(match: re.Match[str], rules: TimeRules) -> Draft | None:
    """A year in figures, where it counts no things."""
    before = match.string[: match.start()].rstrip().rpartition(" ")[2].lower()
    after = match.string[match.end() :].lstrip().partition(" ")[0].lower().strip(".,;")
    if before in rules.not_year_before or before.endswith(("$", "#")) or after in rules.not_year_after:
        return None
    if after.endswith("s") and int(match["year"]) % 100 == 0 and before not in rules.month_prepositions:
        return None  # '2000 soldiers' counts them
    return make_draft(match, fields={"edtf": match["year"], **narrowed(match["narrow"])})
