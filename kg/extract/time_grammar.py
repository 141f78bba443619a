"""The regular grammar of time expressions: patterns over the plain text of a block, without their context.

Each pattern has a reader in `kg.extract.time_readers`. Of two patterns that match at one place the longer match wins.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache

import kg.extract.time_readers as read
import kg.extract.time_relative as relative
from kg.extract.scanning import Scanner, small
from kg.extract.time_words import Draft, TimeRules, alternatives, time_rules

__all__ = ["read_times", "slash_order"]

_Reader = Callable[["re.Match[str]", TimeRules], Draft | None]
_YEAR = r"(?:1[89]|20)\d\d"
#: What every year in figures begins with.
_CENTURIES = ("18", "19", "20")
#: No opener is so long, with all that may stand between it and what it opens.
_REACH = 60
_UNITS = ("day", "week", "month", "quarter", "year", "decade")
_UNIT = rf"(?P<unit>{'|'.join(_UNITS)})"
_BACK = (
    r"(?:the )?(?:previous|preceding|following|same) year|the year (?:before|earlier)"
    r"|a year (?:earlier|before|ago|prior)"
)


@cache
def _grammar() -> tuple[tuple[Scanner, _Reader], ...]:
    rules = time_rules()
    month = rf"\b(?P<month>{alternatives(rules.months)})\b(?:(?<=\b[a-z]{{3}})\.|(?<=sept)\.)?"
    month2 = month.replace("<month>", "<month2>")
    count = rf"\b(?P<count>\d{{1,3}}|{alternatives(rules.numbers)}|(?:a )?few|several|(?:a )?couple of|dozens of)"
    about = rf"(?:\b(?P<about>{alternatives(rules.approximators)}) )?"
    own = (
        rf"(?:(?:,? (?:of |in |from )?)(?:(?P<year>{_YEAR})\b(?![,.]\d|-)"
        rf"|(?P<rel>this|last|next) year\b|(?P<back>{_BACK})))"
    )
    year2 = rf"(?P<year2>{_YEAR}|\d\d)\b(?![-/,.]\d)"
    epoch = rf"(?:\w+ (?:of the )?){{0,3}}?(?:{alternatives(rules.epochs)})\b"
    shift = (
        r"\b(?P<narrow>earlier|later|early|late|mid|so far|the end of|the beginning of|the start of|the middle of)[- ]"
    )
    day = r"\b(?P<day>[0-3]?\d)(?:st|nd|rd|th)?\b(?![,.]\d|-|%|:| percent| [ap]\.?m)"
    weekday = rf"\b(?P<weekday>{alternatives(rules.weekdays)})\b(?:(?<!day)\.)?"
    narrow = r"(?:\b(?:the )?(?P<narrow>early|mid|late|beginning of|start of|middle of|end of)[- ](?:in )?(?:the )?)?"
    part = rf"(?: (?P<part>{alternatives(rules.parts_of_day)})\b)"
    ordinal = rf"\b(?P<ordinal>{alternatives(rules.ordinals)})"
    dash = r"(?: ?[-\u2013\u2014] ?| to | through | until | and )"
    which = r"\b(?P<which>this past|this|last|past|next|the current|coming)"
    table: list[tuple[str, _Reader]] = [
        (rf"(?:{weekday},? (?:the )?)?{month} {day}{own}?", read.read_dated),
        (rf"(?:{weekday},? (?:the )?)?{day} (?:of )?{month}{own}?", read.read_dated),
        (rf"\b(?P<holiday>{alternatives(rules.holidays)})\b(?:,? (?P<year>{_YEAR})\b)?", read.read_dated),
        (rf"\b(?P<year>{_YEAR})[-/.](?P<month>\d\d)[-/.](?P<day>\d\d)\b", read.read_dated),
        (rf"\b(?P<first>\d\d?)[/.](?P<second>\d\d?)[/.](?P<year>{_YEAR})\b", read.read_slashed),
        (rf"{narrow}{month}{own}?", read.read_month),
        # "One January night in 1965"; of "the second Monday in May" the month, which is what it surely is in.
        (rf"{month} (?:night|evening|morning|afternoon|day|dawn){own}", read.read_month),
        (
            rf"\b(?:the )?(?:{alternatives(rules.ordinals)}|last) (?:{alternatives(rules.weekdays)})"
            rf" (?:in|of) {month}{own}?",
            read.read_month,
        ),
        (rf"\b(?P<which>last|this past|this|next) {month}(?! \d)", read.read_month),
        (
            rf"\b(?:the )?(?:(?:early|mid|late)[- ])?(?P<season>{alternatives(rules.seasons)})"
            rf"(?:,? (?:of )?)(?P<year>{_YEAR})\b",
            read.read_season,
        ),
        (
            rf"\b(?:the |between |from )?{month}(?:,? (?P<year1>{_YEAR}))?{dash}{month2}(?: (?:period|quarter))?{own}?",
            read.read_months,
        ),
        (rf"\b(?:the )?\b{ordinal}[- ](?P<unit>quarter|half)\b(?!-){own}?", read.read_quarter),
        (rf"(?<=in )the {ordinal}\b(?=[.,;)]|$)", read.read_series),
        (rf"(?<=for )the {_UNIT}\b(?! (?:to [A-Z]|before|earlier|of|end|in))(?!-)", relative.read_back),
        (rf"\bthe {ordinal}\b(?= (?:and|or) (?:the )?(?:{alternatives(rules.ordinals)})\b)", read.read_series),
        (
            rf"(?:(?<=and )|(?<=and the )|(?<=or )|(?<=or the )){ordinal}\b(?: quarters?\b)?(?! \w*[a-z]{{4}})",
            read.read_series,
        ),
        (rf"\b(?P<unit>Q|H)(?P<ordinal>[1-4])\b{own}?", read.read_quarter),
        (rf"\b(?:the )?\b(?P<side>first|last|final) {count} months\b{own}?", read.read_first_months),
        (rf"{narrow}\b(?:the )?(?P<decade>(?:1[89]|20)\d0)s\b", read.read_decade),
        (
            rf"\b(?:between |from )?(?:{month} )?(?P<year>{_YEAR}){dash}(?:(?:the )?end of )?(?:{month2} )?{year2}",
            read.read_years,
        ),
        (rf"{narrow}\b(?P<year>{_YEAR})\b(?!,\d|\.\d|-year|%)", read.read_year),
        (r"\bsince (?:the )?(?:start|beginning|turn) of (?:the|this) year\b", relative.read_this_year),
        (r"\b(?P<word>the day before yesterday|today|tonight|yesterday|tomorrow|overnight)\b", relative.read_day_word),
        (rf"\b(?P<word>this|last|yesterday|tomorrow){part}", relative.read_day_word),
        (
            rf"(?:\b(?P<when>early|late) )?(?:\bon )?(?:\ba )?(?:{which} )?{weekday}(?! [A-Z]?[a-z]*day\b){part}?"
            r"(?: (?P<week>last|this|next) week)?",
            relative.read_weekday,
        ),
        (
            rf"(?:{shift}(?:in )?)?(?<!to )(?<!To ){which} {_UNIT}\b",
            relative.read_relative,
        ),
        (rf"\b(?:the )?(?P<which>previous|preceding|following|same|next) {_UNIT}\b", relative.read_back),
        (
            rf"\b(?P<opener>since|after|before|until) (?:the )?(?:(?P<year>{_YEAR})[-\u2013]{year2} )?{epoch}"
            rf"(?: of (?P<first>{_YEAR})[-\u2013](?P<last>{_YEAR}|\d\d)\b)?",
            relative.read_epoch,
        ),
        (rf"\bthat {_UNIT}\b(?! (?:the|he|she|they|it|a)\b)", relative.read_back),
        (rf"\b(?:the|a|one) {_UNIT} (?P<dir>before last|before|earlier|prior|ago|later|after)\b", relative.read_away),
        (rf"{about}{count} {_UNIT}s? (?P<dir>ago|earlier|before|prior|later|after|previously)\b", relative.read_away),
        (rf"\bthe (?P<past>past|last|previous|preceding) (?:{count} )?{_UNIT}s?\b", relative.read_past),
        (
            r"\b(?:the |that )?(?:same|corresponding|comparable|equivalent)(?: \w+)? "
            rf"(?:period|quarters?|months?|half|time|timeframe|span)\b{own}",
            relative.read_same,
        ),
        (
            r"\b(?P<more>(?:more|most) )?(?:recently|lately)\b|\bin recent (?:years|months|weeks|days|times|decades)\b",
            relative.read_recent,
        ),
    ]
    return tuple((Scanner(pattern, *_needed(pattern, reader, rules)), reader) for pattern, reader in table)


def _needed(pattern: str, reader: _Reader, rules: TimeRules) -> tuple[Iterable[str], ...]:
    """Groups of words: every match of a pattern holds one of each, as far as its reader tells."""
    if reader is read.read_dated and "<holiday>" in pattern:
        return (rules.holidays,)
    if reader is read.read_dated and r"(?P<month>\d\d)" in pattern:
        return (_CENTURIES,)
    if reader is relative.read_back and "<which>" not in pattern:
        return ("that " if pattern.startswith(r"\bthat") else "the ",), _UNITS
    by_reader: dict[_Reader, tuple[Iterable[str], ...]] = {
        read.read_dated: (rules.months,),
        read.read_month: (rules.months,),
        read.read_months: (rules.months,),
        read.read_slashed: (_CENTURIES,),
        read.read_year: (_CENTURIES,),
        read.read_years: (_CENTURIES,),
        read.read_decade: (_CENTURIES,),
        read.read_first_months: (("months",), ("first", "last", "final")),
        read.read_series: (rules.ordinals,),
        relative.read_weekday: (rules.weekdays,),
        relative.read_relative: (_UNITS, ("this", "last", "past", "next", "the current", "coming")),
        relative.read_back: (_UNITS, ("previous", "preceding", "following", "same", "next")),
        relative.read_away: (_UNITS, ("ago", "earlier", "before", "prior", "later", "after", "previously")),
        relative.read_past: (_UNITS, ("past", "last", "previous", "preceding")),
        relative.read_epoch: (("since", "after", "before", "until"), rules.epochs),
        relative.read_same: (("same", "corresponding", "comparable", "equivalent"),),
        relative.read_recent: (("recent", "lately"),),
    }
    return by_reader.get(reader, ())


def read_times(text: str, order: str | None = None) -> list[Draft]:
    """The time expressions of a text, in its order, none overlapping another.

    Args:
        text: A block's text, plain quotes and spaces.
        order: "DMY" or "MDY" where the article's other dates show how it writes 3/4/2025.
    """
    rules = time_rules()
    found: list[Draft] = []
    lowered = small(text)
    for scanner, reader in _grammar():
        for match in scanner.finditer(text, lowered):
            if not _capitals(match):
                continue
            draft = read.read_slashed(match, rules, order) if reader is read.read_slashed else reader(match, rules)
            if draft is not None:
                found.append(draft)
    found.sort(key=lambda d: (d.start - d.end, d.start))
    chosen: list[Draft] = []
    for draft in found:
        if all(draft.end <= other.start or other.end <= draft.start for other in chosen):
            chosen.append(draft)
    return [_opened(draft, text, rules) for draft in sorted(chosen, key=lambda d: d.start)]


def slash_order(text: str) -> str | None:
    """How a text writes dates with slashes, where one of them can be read in one way only: "DMY", "MDY" or None."""
    for match in re.finditer(rf"\b(\d\d?)[/.](\d\d?)[/.]{_YEAR}\b", text):
        first, second = int(match[1]), int(match[2])
        if first > 12 >= second:
            return "DMY"
        if second > 12 >= first:
            return "MDY"
    return None


def _capitals(match: re.Match[str]) -> bool:
    """Months and weekdays have their capital: 'may' and 'march' are verbs, 'sun' and 'sat' words."""
    groups = match.groupdict()
    named = (groups.get(name) for name in ("month", "month2", "weekday", "holiday"))
    return all(word is None or not word[0].islower() for word in named)


@cache
def _opener() -> re.Pattern[str]:
    words = alternatives(time_rules().openers)
    return re.compile(rf"\b({words})(?: the)?(?: (?:start|beginning|end) of)? $", re.IGNORECASE)


def _opened(draft: Draft, text: str, rules: TimeRules) -> Draft:
    """The draft with the word that opens it: 'since', 'before', 'until'."""
    before = _opener().search(text, max(0, draft.start - _REACH), draft.start)
    if before is None or not draft.fields or draft.second is not None:
        return draft
    modifier = rules.openers[before[1].lower()]
    if "modifier" in draft.fields or (draft.anchored and modifier in ("since", "after")):
        return Draft(before.start(), draft.end, {"modifier": modifier}, inner=draft)
    return replace(draft, start=before.start(), fields={**draft.fields, "modifier": modifier})
