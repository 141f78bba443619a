"""Other numbers for the figures of a text: of as many digits, as round, in the same order; what added up still does."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

__all__ = ["numbers_swapped"]

_ONES = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
#: Figures below are counts of persons, days and the like as often, and stay.
_LEAST = 20


def numbers_swapped(values: Iterable[Decimal], text: str, turn: int) -> tuple[dict[str, str], dict[Decimal, Decimal]]:
    """What replaces what in the text, and which number is which.

    Args:
        values: The figures of the gold.
        text: The text; a figure in no form of it is left out.
        turn: Which of the replacements is made.
    """
    whole = sorted({int(v) for v in values if v == int(v) and v >= _LEAST})
    written = {n: [form for form in _forms(n) if re.search(rf"(?<![\w,.]){form}(?![\w]|[,.]\d)", text)] for n in whole}
    figures = [n for n in whole if written[n]]
    other: dict[int, int] = {}
    for n in figures:
        pair = next(((a, n - a) for a in figures if 2 * a <= n and n - a in other and a in other), None)
        made = other[pair[0]] + other[pair[1]] if pair else _scaled(n, turn)
        if len(str(made)) != len(str(n)):
            made = _scaled(n, turn)
        while made in other.values():
            made += int(10 ** _zeros(n))
        other[n] = made
    table = {
        form: there
        for n in figures
        for form, there in zip(_forms(n), _forms(other[n]), strict=True)
        if form in written[n] and form != there
    }
    return table, {Decimal(n): Decimal(m) for n, m in other.items()}


def _scaled(n: int, turn: int) -> int:
    """About a tenth or a twentieth more or less, as round as it was."""
    unit = int(10 ** _zeros(n))
    mantissa = n // unit
    step = max(1, mantissa // (9 if turn else 17))
    more = (mantissa + step) * unit
    made = more if len(str(more)) == len(str(n)) and n not in range(90, 101) else (mantissa - step) * unit
    if _zeros(made) != _zeros(n):
        made += unit if made < n else -unit
    return made


def _zeros(n: int) -> int:
    return len(str(n)) - len(str(n).rstrip("0"))


def _forms(n: int) -> tuple[str, str, str, str]:
    """With separators, in digits, in words, in words at the head of a sentence; a year's form is not a figure's."""
    plain = str(n)
    words = _words(n)
    return f"{n:,}", plain if len(plain) != 4 else f"{n:,}", words, words[:1].upper() + words[1:]


def _words(n: int) -> str:
    if n < 100 and n % 10:
        return f"{_TENS[n // 10]}-{_ONES[n % 10]}"
    return _TENS[n // 10] if n < 100 else f"{n:,}"
