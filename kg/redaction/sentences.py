"""The sentences of a text, as far as it takes to leave one out: where it is not clear that one ends, none does.

What is wanted is never less than a sentence. So a full stop after a word that may be cut short ("Oct.", "Lt.", "U.S.")
ends nothing, and a stretch that is left out may be two sentences, but never a part of one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

__all__ = ["hide", "sentences", "touched"]

Span = tuple[int, int]

_END = re.compile(
    r"(?<=[^\W\d_])(?<![A-Z])[.!?\u2026]+[\"')\]\u2019\u201d]*\s+(?=[\"'(\[\u2018\u201c]*[A-Z0-9\u1100-\uffdc])"
)
_DONE = re.compile(
    r"[\d%)\"'\u2019\u201d][.!?\u2026]+[\"')\]\u2019\u201d]*\s+(?=[\"'(\[\u2018\u201c]*[A-Z\u1100-\uffdc])"
)
_LAST_WORD = re.compile(r"[^\s(\[\"'\u2018\u201c]+$")
#: A word with a capital letter and so few letters may be cut short.
_SHORT = 6
#: What stands for a code point that is left out.
FILLER = "\u2588"


def sentences(text: str, blocks: Iterable[Span]) -> tuple[Span, ...]:
    """The sentences of a text: half-open spans of code points, in order, none longer than its block.

    Args:
        text: The text.
        blocks: Its paragraphs, headings and so on; a line that is in none is taken for one.
    """
    found: list[Span] = []
    for start, end in _stretches(text, blocks):
        begin = start
        for stop in sorted(_ends(text[start:end])):
            found.append((begin, start + stop))
            begin = start + stop
        if begin < end:
            found.append((begin, end))
    return tuple(found)


def touched(spans: Iterable[Span], by: Iterable[Span]) -> tuple[Span, ...]:
    """Those of some spans, which are in order and apart, that share a code point with another span."""
    ordered = tuple(spans)
    ends = [end for _, end in ordered]
    hit: set[int] = set()
    for start, end in by:
        number = bisect_left(ends, start + 1)
        while number < len(ordered) and ordered[number][0] < end:
            hit.add(number)
            number += 1
    return tuple(ordered[number] for number in sorted(hit))


def hide(text: str, spans: Iterable[Span]) -> str:
    """A text of the same length without the words of some spans; line ends stay.

    >>> hide("One. Two.", [(5, 9)]) == "One. " + 4 * "\u2588"
    True
    """
    marks = list(text)
    for start, end in spans:
        for place in range(start, min(end, len(marks))):
            if marks[place] not in "\r\n":
                marks[place] = FILLER
    return "".join(marks)


def _ends(words: str) -> Iterator[int]:
    """Where a sentence of a block ends: right before the next one begins."""
    for found in _END.finditer(words):
        before = _LAST_WORD.search(words[: found.start()])
        last = before[0] if before else ""
        if not (last[:1].isupper() and len(last) < _SHORT) and "." not in last:
            yield found.end()
    for found in _DONE.finditer(words):
        yield found.end()


def _stretches(text: str, blocks: Iterable[Span]) -> Iterator[Span]:
    """The blocks, and the lines between them that hold something."""
    at = 0
    for start, end in [*sorted(set(blocks)), (len(text), len(text))]:
        if end <= at and start < len(text):
            continue
        begin = max(start, at)
        for line in re.finditer(r"[^\r\n]*\S[^\r\n]*", text[at:begin]):
            yield at + line.start(), at + line.end()
        if begin < end:
            yield begin, end
        at = max(at, end)
