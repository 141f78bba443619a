"""A text's lines put together to units: a paragraph, a headline, a list item, each with its place in the text.

In texts with one paragraph a line a line end is the end of a paragraph, unless the line breaks off in mid-sentence. In
texts that were wrapped at a column it is not: a line that had no room for the next word goes on in the next line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

__all__ = ["Unit", "units"]


@dataclass(frozen=True)
class Unit:
    """A stretch without white space at its ends; `level` is that of a Markdown heading, 0 for none."""

    start: int
    end: int
    level: int = 0
    bullet: bool = False


@dataclass(frozen=True)
class _Line:
    start: int
    end: int
    width: int
    level: int
    bullet: bool
    gap: bool
    words: str


_MARK = re.compile(r"(?:(?P<level>#{1,6})|(?P<bullet>[-*•‣▪◦●·–]|\d{1,2}[.)]))\s+(?=\S)")
_CLOSING_HASHES = re.compile(r"\s+#+$")
_ENDED = re.compile(r"[.!?…:][\"'”’»)\]]*$")
_OPEN = re.compile(
    r"(?:[,;(\u2013\u2014-]|\b(?:a|an|the|of|in|on|at|to|by|for|from|with|and|or|but|that|which|who|as|its|their|his|her|is|was|were|has|have|had))$"
)
#: Columns at which texts are wrapped; a longer line is a paragraph.
_NARROWEST, _WIDEST = 40, 130
_WRAPPED_SHARE = 0.6
#: The width of a line that was broken by hand, as a part of the widest.
_FULL = 0.7


def units(text: str) -> list[Unit]:
    """The units of a text, in its order, disjoint, none of them blank."""
    lines = _lines(text)
    width = _wrap_width(lines)
    ragged = _ragged(lines)
    found: list[Unit] = []
    previous: _Line | None = None
    for line in lines:
        if previous is not None and (line.start in ragged or _goes_on(previous, line, width, found[-1])):
            last = found[-1]
            found[-1] = Unit(last.start, line.end, last.level, last.bullet)
        else:
            found.append(Unit(line.start, line.end, line.level, line.bullet))
        previous = line
    return found


def _lines(text: str) -> list[_Line]:
    found: list[_Line] = []
    offset = 0
    gap = False
    for raw in text.splitlines(keepends=True):
        words = raw.strip()
        if not words:
            gap = True
        else:
            start = offset + raw.index(words)
            end = start + len(words)
            mark = _MARK.match(words)
            level = len(mark["level"] or "") if mark else 0
            if mark:
                start += mark.end()
            if level:
                end = start + len(_CLOSING_HASHES.sub("", text[start:end]))
            bullet = bool(mark and mark["bullet"])
            found.append(_Line(start, end, len(raw.rstrip()), level, bullet, gap, text[start:end]))
            gap = False
        offset += len(raw)
    return found


def _first_word(line: _Line) -> int:
    return len(line.words.split(maxsplit=1)[0])


def _wrap_width(lines: list[_Line]) -> int | None:
    """The column at which a text was wrapped, or nothing where it was not."""
    pairs = [
        (line, after) for line, after in pairwise(lines) if not (after.gap or after.bullet or after.level or line.level)
    ]
    if len(pairs) < 3:
        return None
    width = max(max(line.width, after.width) for line, after in pairs)
    full = sum(line.width + 1 + _first_word(after) > width for line, after in pairs)
    return width if _NARROWEST <= width <= _WIDEST and full >= _WRAPPED_SHARE * len(pairs) else None


def _ragged(lines: list[_Line]) -> frozenset[int]:
    """The starts of lines that go on a paragraph in a text wrapped by hand: unevenly, with a blank line after each.

    Most of its paragraphs of three and more lines have no short line but the last.
    """
    groups: list[list[_Line]] = []
    for line in lines:
        if line.gap or not groups or line.bullet or line.level or groups[-1][-1].bullet or groups[-1][-1].level:
            groups.append([])
        groups[-1].append(line)
    long = [group for group in groups if len(group) > 2]
    wrapped = [group for group in long if _is_full(group, max(line.width for line in group))]
    if len(wrapped) < 2 or 2 * len(wrapped) <= len(long):
        return frozenset()
    width = max(line.width for group in wrapped for line in group)
    joined = [group for group in groups if _is_full(group, width)]
    return frozenset(line.start for group in joined for line in group[1:])


def _is_full(group: list[_Line], width: int) -> bool:
    """Whether every line of a paragraph but the last is nearly as wide as the text."""
    return _NARROWEST <= width <= _WIDEST and all(_FULL * width <= line.width for line in group[:-1])


def _goes_on(line: _Line, after: _Line, width: int | None, unit: Unit) -> bool:
    if after.gap or after.level or after.bullet or line.level:
        return False
    if not all(any(sign.isalnum() for sign in words) for words in (line.words, after.words)):
        return False  # a rule of dashes or stars parts what it stands between
    ended = bool(_ENDED.search(line.words))
    if unit.bullet:
        return not ended and after.words[0].islower()
    if width is not None and line.width <= width < line.width + 1 + _first_word(after):
        return True
    return not ended and (after.words[0].islower() or bool(_OPEN.search(line.words)))
