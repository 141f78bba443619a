"""Datelines: the place, agency and day that stand before a report, and the date lines of a masthead."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from kg.article.written_dates import MONTH, WEEKDAY, WrittenDate, find_dates

__all__ = ["LabelledDate", "Prefix", "dates_of", "is_date_line", "is_labelled", "prefix"]

Label = Literal["published", "updated"]


@dataclass(frozen=True)
class Prefix:
    """The dateline at the head of a paragraph: its length, and what it says.

    `agency` are the words in brackets ("Yonhap"); `outlet` the words before a bracketed full date, which may be a
    publication or a place.
    """

    length: int
    agency: str | None = None
    agency_start: int = 0
    outlet: str | None = None


@dataclass(frozen=True)
class LabelledDate:
    """A full date of a line, and whether the line says that it is of the publication or of an update."""

    day: date
    label: Label | None


_ORDINAL = r"(?:st|nd|rd|th)?"
_DAY_MONTH = (
    rf"(?i:(?:{WEEKDAY},? )?(?:{MONTH}\s+\d{{1,2}}{_ORDINAL}|\d{{1,2}}{_ORDINAL}(?: of)?\s+{MONTH})(?:,?\s+\d{{4}})?)"
)
_NUMBERS = r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}"
_CAPITALS = r"[A-Z\u00c0-\u00dd][A-Z\u00c0-\u00dd.'\u2019/ -]*[A-Z\u00c0-\u00dd]\.?"
_PLACE = r"[A-Z\u00c0-\u00dd][\w.'\u2019-]*(?: [A-Z\u00c0-\u00dd][\w.'\u2019-]*){0,3}"
_IN_BRACKETS = rf"[(/](?P<agency>[A-Z][\w.&'\u2019 -]{{1,38}}(?:/[A-Z][\w. ]+)?)(?:, {_DAY_MONTH})?[)/]"
#: Words in capitals before a colon that are no place.
_LABEL = (
    r"(?:UPDATED?|BREAKING|WATCH|NOTE|EXCLUSIVE|OPINION|CORRECTION|CLARIFICATION|EDITORIAL|ANALYSIS|VIDEO|READ|Q|A)\b"
)
_DASH = r"\s*(?:\u2014|\u2013|--+)\s*|\s+-\s+"
#: What follows a dateline is the head of a sentence: "NATO - which it joined" is none.
_SENTENCE = r"(?=[\"'\u2018\u201c\[(]?[A-Z0-9\u00c0-\u00dd])"

_PLACES = rf"(?:, (?!{MONTH}\b|{WEEKDAY}\b){_PLACE}){{0,2}}"
_DAY = rf"(?:,? {_DAY_MONTH})"

_FORMS = (
    # SEOUL, South Korea --   SEOUL, Feb. 4 (Yonhap) --   WASHINGTON/SEOUL (Reuters), Feb. 4, 2020 -   SEOUL, Feb. 4:
    re.compile(rf"{_CAPITALS}{_PLACES}{_DAY}?(?: {_IN_BRACKETS})?{_DAY}?(?:{_DASH}){_SENTENCE}"),
    re.compile(rf"(?!{_LABEL})[A-Z]{{4,}}(?:[ /][A-Z]{{3,}})?{_PLACES}{_DAY}?(?: {_IN_BRACKETS})?:\s+{_SENTENCE}"),
    # Seoul (AFP) --   Seoul, South Korea, Feb. 4 (AP) --   Seoul, Feb. 4 --
    re.compile(rf"{_PLACE}{_PLACES}{_DAY}? {_IN_BRACKETS}{_DAY}?(?:{_DASH}|:\s+){_SENTENCE}"),
    re.compile(rf"{_PLACE}{_PLACES},? {_DAY_MONTH}(?:{_DASH}){_SENTENCE}"),
    # SEOUL, 4 February 2020. A man
    re.compile(rf"{_CAPITALS}{_PLACES},? (?={_DAY_MONTH})[^.(\n]{{0,14}}(?:\.[^.(\n]{{1,8}})?\d{{4}}\.\s+{_SENTENCE}"),
    # Seoul, Feb. 4 (PTI) A man
    re.compile(rf"{_PLACE}{_PLACES}{_DAY} {_IN_BRACKETS}\s+{_SENTENCE}"),
    # (Yonhap) --   (Yonhap, Feb. 4) --   (Reuters) Seoul, Feb. 4 --
    re.compile(rf"{_IN_BRACKETS}(?: {_PLACE}{_PLACES})?{_DAY}?(?:{_DASH}){_SENTENCE}"),
)
# The Daily Example (19/10/2025):
_OUTLET = re.compile(
    rf"(?P<outlet>[A-Z][\w.&'\u2019 -]{{1,38}}?)\s*\(\s*(?:{_NUMBERS}|{_DAY_MONTH})\s*\)"
    rf"(?:\s*:|\s*[\u2014\u2013]|\s*--|\s+-(?=\s))\s*{_SENTENCE}"
)
_LONGEST = 120


def prefix(paragraph: str) -> Prefix | None:
    """The dateline at the head of a paragraph, up to its dash or colon, or nothing.

    >>> paragraph = "SEOUL, Feb. 4 (Yonhap) -- Arrivals rose."
    >>> paragraph[: prefix(paragraph).length]
    'SEOUL, Feb. 4 (Yonhap) --'
    """
    head = paragraph[:_LONGEST]
    match = _OUTLET.match(head)
    if match:
        return Prefix(len(match.group().rstrip()), outlet=match["outlet"].strip())
    for form in _FORMS:
        match = form.match(head)
        if match:
            agency = match.groupdict().get("agency")
            start = match.start("agency") if agency else 0
            return Prefix(len(match.group().rstrip()), agency=agency, agency_start=start)
    return None


_PUBLISHED = re.compile(
    r"\b(?:published|posted|issued|uploaded|filed|released|publication date|release date|for (?:immediate )?release"
    r"|date of (?:issue|publication|release)|embargoed until|dated?(?=\s*:))",
    re.I,
)
_UPDATED = re.compile(r"\b(?:updated|modified|last update|revised|edited|amended)\b", re.I)
_TIME = re.compile(
    r"\bT?\d{1,2}[:.]\d{2}(?::\d{2})?(?:\.\d+)?\s*(?:Z\b|[+-]\d{2}:?\d{2}|[ap]\.?\s?m\b\.?)?|\b\d{1,2}\s?[ap]\.?m\b\.?",
    re.I,
)
_ZONE = re.compile(r"\b(?:UTC|GMT|[A-Z]{1,4}ST|[A-Z]{1,4}DT|[A-Z]{2,3}T)(?:[+-]\d{1,2})?\b")
_FILLER = re.compile(
    r"\b(?:first|last|on|at|date|dated|published|publication|posted|issued|uploaded|filed|updated?|modified|revised|edited"
    r"|amended|(?:for (?:immediate )?)?released?(?: date)?|date of (?:issue|publication|release)|embargoed until"
    rf"|local time|hours|hrs|{WEEKDAY})(?!\w)\.?",
    re.I,
)
_STRONG = re.compile(r"\s*(?:[•|·‧∙»]|\s[-\u2013\u2014/]\s|\u2014)\s*")
_READ_TIME = re.compile(r"\b\d{1,2}[- ]min(?:ute)?s?(?: read)?\b", re.I)
_COLON_BEFORE = re.compile(r"(?P<label>[^:•|·]*\w)\s*:\s*$")


def _labels(line: str, dates: Sequence[WrittenDate]) -> list[Label | None]:
    """What is said of each date, by the last label between it and the date before it."""
    labels: list[Label | None] = []
    since = 0
    for written in dates:
        before = line[since : written.start]
        published = max((m.end() for m in _PUBLISHED.finditer(before)), default=-1)
        updated = max((m.end() for m in _UPDATED.finditer(before)), default=-1)
        labels.append(None if published == updated else "published" if published > updated else "updated")
        since = written.end
    return labels


#: Small words inside the name of a publication, an issue, or before a writer.
_SMALL = frozenset(
    {
        "by",
        "and",
        "of",
        "the",
        "in",
        "for",
        "from",
        "issue",
        "edition",
        "magazine",
        "our",
        "staff",
        "reporter",
        "writer",
    }
    | {"correspondent", "bureau", "desk", "volume", "vol", "number", "no"}
)
#: Words of a line that dates something else than the article: a picture, what is cited, an event to come.
_OTHERS = frozenset(
    {"photo", "photos", "photograph", "picture", "image", "graphic", "file", "credit", "caption", "source", "sources"}
    | {"via", "deadline", "born", "died", "event"}
)


def is_date_line(line: str, masthead: bool = False) -> bool:
    """Whether a line is nothing but a date with what goes with it: a place, a section, a time, a label, a writer.

    A headline with a date, or a sentence, has more words than that.

    Args:
        line: The line.
        masthead: Whether the line stands below the headline, where the name of a publication may be as long as one.
    """
    if len(line) > _LONGEST:
        return False
    dates = find_dates(line)
    if not dates:
        return False
    before = _COLON_BEFORE.search(line[: dates[0].start])
    if before and _FILLER.sub("", before["label"]).strip(" .•|·"):
        return False
    rest = line
    for written in reversed(dates):
        rest = rest[: written.start] + " \x00 " + rest[written.end :]
    for pattern in (_TIME, _ZONE, _READ_TIME, _FILLER):
        rest = pattern.sub(" ", rest)
    return all(_goes_with_date(segment, masthead) for segment in _STRONG.split(rest) if segment.strip())


#: The name of a section, set off by a bar or a dash: "News in brief".
_SECTION = re.compile(r"[A-Z][\w'\u2019]*(?: [\w'\u2019&]+){0,3}")


def _goes_with_date(segment: str, masthead: bool) -> bool:
    """Whether a stretch of a line, its dates put out, is a place, a section, a publication or a writer."""
    if masthead and _SECTION.fullmatch(segment.strip()):
        return True
    pieces = re.split(r"[,;:()]", segment)
    parts = [re.findall(r"[^\W\d_][\w.'\u2019-]*", part) for piece in pieces for part in piece.split("\x00")]
    beside = [re.findall(r"[^\W\d_][\w.'\u2019-]*", piece) for piece in pieces if "\x00" in piece]
    writer = bool(parts and parts[0] and parts[0][0].lower() == "by")
    most = 5 if writer or masthead else 2 if "\x00" in segment else 4
    if any(len(words) > most for words in parts) or sum(map(len, parts)) > (8 if masthead else 6):
        return False
    # A name that is a part of the headline's sentence runs into the date without a comma.
    if masthead and not writer and any(len(words) > 4 for words in beside):
        return False
    words = [word for part in parts for word in part]
    if any(word.lower() in _OTHERS for word in words):
        return False
    small = _SMALL if masthead else {"by", "and", "of", "the"}
    return all(not word[0].islower() or word.lower() in small for word in words)


def is_labelled(line: str) -> bool:
    """Whether a date line says that its date is of the publication or of an update."""
    return any(_labels(line, find_dates(line)))


def dates_of(line: str, dates: Sequence[WrittenDate] | None = None) -> list[LabelledDate]:
    """The full dates of a date line or dateline with their labels; those that allow two days are left out.

    Args:
        line: The line.
        dates: The dates in the line, where they were found in a longer text, whose other dates may have told day and
            month apart; by default those that the line itself shows.
    """
    found = find_dates(line) if dates is None else dates
    labels = _labels(line, found)
    return [LabelledDate(written.day, label) for written, label in zip(found, labels, strict=True) if written.day]
