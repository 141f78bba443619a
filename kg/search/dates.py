"""Times in words, as a person would type them: a search for "August 2024" finds what happened then."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

__all__ = ["day_of", "time_in_words"]

#: How many months are named one by one; a longer time is found by its label alone.
_MOST_MONTHS = 6
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def day_of(text: str) -> date | None:
    """The day that a text names (ISO 8601), or None where it names none that the calendar of the library has."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def time_in_words(first: date, last: date) -> str:
    """The days and months of a time, as a person would type them, or nothing where there are too many.

    Args:
        first: The first possible day.
        last: The last possible day.

    >>> time_in_words(date(2024, 7, 15), date(2024, 9, 2)), time_in_words(date(2024, 7, 1), date(2024, 7, 31))
    ('15 July 2024, August 2024, 2 September 2024', 'July 2024')
    """
    months = (last.year - first.year) * 12 + last.month - first.month
    if last < first or months >= _MOST_MONTHS:
        return ""
    begun = first.day == 1
    ended = last.day == monthrange(last.year, last.month)[1]
    named = [(first.year + (first.month - 1 + n) // 12, (first.month - 1 + n) % 12 + 1) for n in range(months + 1)]
    made = [f"{_MONTHS[month - 1]} {year}" for year, month in named]
    if months == 0:
        if begun and ended:
            return made[0]
        days = [first.day] if first == last else [first.day, last.day]
        return ", ".join(f"{day} {made[0]}" for day in days)
    made[0] = made[0] if begun else f"{first.day} {made[0]}"
    made[-1] = made[-1] if ended else f"{last.day} {made[-1]}"
    return ", ".join(made)
