"""Cuts a long article into pieces that a model reads one by one, with an overlap, and with offsets that stay true."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.extract.document import SILENT
from kg.facts.model import Block

__all__ = ["LIMIT", "OVERLAP", "Piece", "pieces"]

#: Code points of one piece. Nearly all news is shorter and goes in one.
LIMIT = 24_000
#: Code points at the end of a piece that the next one begins with, so that a figure keeps the sentence before it.
OVERLAP = 1_500

_Stretch = tuple[int, int]


@dataclass(frozen=True)
class Piece:
    """A part of an article: stretches of its text, each inside one block, half-open, in order, not overlapping."""

    stretches: tuple[_Stretch, ...]

    def text(self, whole: str) -> str:
        """What the model is shown of the piece: its stretches, a blank line between them."""
        return "\n\n".join(whole[start:end] for start, end in self.stretches)


def pieces(text: str, blocks: Sequence[Block], limit: int = LIMIT, overlap: int = OVERLAP) -> tuple[Piece, ...]:
    """The pieces of an article: one where it is short enough, else several that overlap.

    Blocks whose words are no statements (bylines, boilerplate) are in none.

    Args:
        text: The text that the blocks' offsets count over.
        blocks: The blocks, in order, not overlapping.
        limit: Code points of a piece, not counting blank lines.
        overlap: Code points that a piece repeats of the one before it, at most; less than half of `limit`.
    """
    found: list[Piece] = []
    held: list[_Stretch] = []
    fresh = False
    for stretch in _stretches(text, (b for b in blocks if b.kind not in SILENT), max(1, limit - overlap)):
        if held and _length(held) + _length([stretch]) > limit:
            if fresh:
                found.append(Piece(tuple(held)))
            held = _tail(text, held, min(overlap, limit - _length([stretch])))
        held.append(stretch)
        fresh = True
    if held:
        found.append(Piece(tuple(held)))
    return tuple(found)


def _length(stretches: Iterable[_Stretch]) -> int:
    return sum(end - start for start, end in stretches)


def _stretches(text: str, blocks: Iterable[Block], longest: int) -> Iterator[_Stretch]:
    """The blocks with words in them; one that is too long is cut after a sentence, else at a space, else anywhere."""
    for block in blocks:
        start = block.start
        while block.end - start > longest:
            cut = _cut(text, start, start + longest)
            yield start, cut
            start = cut
        if text[start : block.end].strip():
            yield start, block.end


def _cut(text: str, start: int, end: int) -> int:
    for mark in (". ", " ", "\n"):
        place = text.rfind(mark, start + (end - start) // 2, end)
        if place > start:
            return place + len(mark)
    return end


def _tail(text: str, stretches: Sequence[_Stretch], room: int) -> list[_Stretch]:
    """The end of a piece, whole stretches and the end of one, as much as there is room for."""
    kept: list[_Stretch] = []
    for start, end in reversed(stretches):
        if end - start <= room:
            kept.append((start, end))
            room -= end - start
            continue
        place = text.find(". ", end - room, end)
        if room > 0 and place != -1 and place + 2 < end:
            kept.append((place + 2, end))
        break
    return kept[::-1]
