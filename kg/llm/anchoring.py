"""Finds the words again that a model says it read: as they stand, else but for white space and quotation marks.

A model copies nearly right: it joins the lines of a wrapped paragraph and exchanges quotation marks. What is found
keeps the true words of the text. What is not found is not made to fit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

__all__ = ["Places", "Span"]

Span = tuple[int, int]

_APOSTROPHES = frozenset("'\u2018\u2019\u02bc\u2032`\u00b4")
_MARKS = frozenset('"\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033') | _APOSTROPHES


@dataclass(frozen=True)
class _Plain:
    """A stretch without what does not count; `at` has the place of each sign in the whole text, and the end."""

    text: str
    at: tuple[int, ...]


class Places:
    """Where words stand in some stretches of a text.

    Args:
        text: The whole text.
        stretches: Where to look: half-open, in order; words that run over the end of one are not found.
    """

    def __init__(self, text: str, stretches: Sequence[Span]) -> None:
        self.text = text
        self.stretches = tuple(stretches)

    def find(self, words: str, near: int | None = None, within: Span | None = None) -> Span | None:
        """The place of some words: of several the nearest to an offset, else the first.

        Args:
            words: The words, as a model gives them.
            near: An offset of the text.
            within: Only inside this stretch.

        Returns:
            The half-open span in the text; none where the words do not stand there.
        """
        wanted = words.strip()
        found = [span for span in self._exact(wanted) if _inside(span, within)]
        if not found:
            found = [span for span in self._nearly(wanted) if _inside(span, within)]
        return min(found, key=lambda span: (_distance(span, near), span), default=None)

    def all(self, words: str) -> list[Span]:
        """Every place of some words, in the order of the text."""
        wanted = words.strip()
        return list(self._exact(wanted)) or list(self._nearly(wanted))

    def _exact(self, wanted: str) -> Iterator[Span]:
        for start, end in self.stretches:
            for at in _occurrences(self.text, wanted, start, end):
                yield at, at + len(wanted)

    def _nearly(self, wanted: str) -> Iterator[Span]:
        plain = _plain(wanted, 0).text
        for stretch in self._plain:
            for at in _occurrences(stretch.text, plain, 0, len(stretch.text)):
                # The end is that of the last sign, not the beginning of the next one: what lies between was left out.
                yield stretch.at[at], stretch.at[at + len(plain) - 1] + 1

    @cached_property
    def _plain(self) -> tuple[_Plain, ...]:
        return tuple(_plain(self.text[start:end], start) for start, end in self.stretches)


def _occurrences(text: str, words: str, start: int, end: int) -> Iterator[int]:
    """Where words stand in a text between two offsets, not as a part of a longer word or number."""
    at = text.find(words, start, end) if words else -1
    while at != -1:
        after = at + len(words)
        opened = at == 0 or not (text[at - 1].isalnum() and words[0].isalnum())
        closed = after == len(text) or not (text[after].isalnum() and words[-1].isalnum())
        if opened and closed and not _splits_number(text, at, after):
            yield at
        at = text.find(words, at + 1, end)


def _splits_number(text: str, start: int, end: int) -> bool:
    """Whether a place begins or ends inside a number: "34" of "34,000", "000" of it, "5" of "2.5"."""

    def joined(at: int) -> bool:
        return 0 < at < len(text) - 1 and text[at] in ".," and text[at - 1].isdigit() and text[at + 1].isdigit()

    return joined(end) or joined(start - 1)


def _plain(text: str, base: int) -> _Plain:
    """The text with white space as single spaces and without quotation marks; an apostrophe inside a word stays."""
    signs: list[str] = []
    at: list[int] = []
    for place, sign in enumerate(text):
        if sign.isspace():
            if signs and signs[-1] == " ":
                continue
            sign = " "
        elif sign in _MARKS:
            inner = 0 < place < len(text) - 1 and text[place - 1].isalpha() and text[place + 1].isalpha()
            if not (inner and sign in _APOSTROPHES):
                continue
            sign = "'"
        signs.append(sign)
        at.append(base + place)
    while signs and signs[-1] == " ":
        signs.pop()
        at.pop()
    if signs and signs[0] == " ":
        signs, at = signs[1:], at[1:]
    return _Plain("".join(signs), tuple(at))


def _inside(span: Span, within: Span | None) -> bool:
    return within is None or (within[0] <= span[0] and span[1] <= within[1])


def _distance(span: Span, near: int | None) -> int:
    if near is None:
        return 0
    return 0 if span[0] <= near < span[1] else min(abs(span[0] - near), abs(span[1] - 1 - near))
