"""Dates and numbers in words, for pages."""

from __future__ import annotations

import math
import re
from datetime import date

__all__ = ["date_words", "first_capital", "label_words", "number_words"]

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_DATE = re.compile(r"(-?\d{4})(?:-(\d{2}))?(?:-(\d{2}))?([~?%]?)")
_ROUGHLY = {"~": "about ", "?": "perhaps ", "%": "perhaps about "}


def date_words(edtf: str) -> str:
    """A date in Extended Date/Time Format (ISO 8601-2:2019, levels 0 and 1) in words; what is no such date, as it is.

    >>> date_words("2024-08-06/2024-08-27"), date_words("2025-10-19"), date_words("2024-07-15~/2024-08-20~")
    ('6–27 August 2024', '19 October 2025', 'about 15 July 2024 – about 20 August 2024')
    >>> date_words("1950/.."), date_words("2023"), date_words("2024-08")
    ('since 1950', '2023', 'August 2024')
    """
    first, slash, last = edtf.partition("/")
    if not slash:
        return _point(first) or edtf
    if last in ("", ".."):
        return f"since {_point(first) or first}"
    if first in ("", ".."):
        return f"until {_point(last) or last}"
    one, other = _DATE.fullmatch(first), _DATE.fullmatch(last)
    both = bool(one and other and _point(first) and _point(last))
    if both and one and other and not one[4] and not other[4] and one[1] == other[1] and one[3] and other[3]:
        if one[2] == other[2]:
            return f"{int(one[3])}–{int(other[3])} {_MONTHS[int(one[2]) - 1]} {one[1]}"
        return f"{int(one[3])} {_MONTHS[int(one[2]) - 1]} – {_point(last)}"
    return f"{_point(first) or first} – {_point(last) or last}"


def _point(text: str) -> str | None:
    found = _DATE.fullmatch(text)
    if found is None:
        return None
    year, month, day, mark = found.groups()
    try:
        date(max(int(year), 1), int(month or 1), int(day or 1))
    except ValueError:
        return None
    parts = ([str(int(day))] if day else []) + ([_MONTHS[int(month) - 1]] if month else []) + [year]
    return _ROUGHLY.get(mark, "") + " ".join(parts)


def label_words(label: str) -> str:
    """A label of ours for people: the dates in it in words.

    >>> label_words("unnamed soldier (land crossing, 2025-07-01/2025-07-04, central front)")
    'unnamed soldier (land crossing, 1–4 July 2025, central front)'
    """
    return _DATED.sub(lambda found: date_words(found[0]), label)


_DAY = r"\d{4}(?:-\d{2}){0,2}[~?%]?"
#: A date of at least a month, or an interval.
_DATED = re.compile(rf"(?<![\w/-])(?:{_DAY}/(?:\.\.|{_DAY})|\d{{4}}(?:-\d{{2}}){{1,2}}[~?%]?)(?![\w/-])")


def number_words(value: float | str) -> str:
    """A number with its thousands apart, for people.

    >>> number_words("34000"), number_words(196), number_words("2.50"), number_words("many")
    ('34,000', '196', '2.5', 'many')
    """
    try:
        number = float(value)
    except ValueError:
        return str(value)
    if not math.isfinite(number):
        return str(value)
    return f"{int(number):,}" if number.is_integer() else f"{number:,.10g}"


def first_capital(text: str) -> str:
    """A text that begins with a capital, and is otherwise left alone.

    >>> first_capital("date of the DMZ")
    'Date of the DMZ'
    """
    return text[:1].upper() + text[1:]
