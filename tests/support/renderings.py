"""Texts with slots: what was put in where, and any stretch of the text with the names of the slots for their values."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

__all__ = ["Piece", "Rendering", "replaced"]


@dataclass(frozen=True)
class Piece:
    """A stretch of a text: the text's own words, or the value of a slot."""

    text: str
    slot: str | None = None


@dataclass(frozen=True)
class Rendering:
    """A text in pieces, front matter included."""

    pieces: tuple[Piece, ...]

    @cached_property
    def text(self) -> str:
        """The whole text."""
        return "".join(piece.text for piece in self.pieces)

    @cached_property
    def _values(self) -> tuple[tuple[re.Pattern[str], str], ...]:
        found = {piece.text: piece.slot for piece in self.pieces if piece.slot is not None}
        longest_first = sorted(found.items(), key=lambda item: -len(item[0]))
        return tuple((_whole(value), f"«{slot}»") for value, slot in longest_first)

    def restore(self, words: str) -> str:
        """A string made of the text's words, with the slots' names for their values."""
        patterns = "|".join(pattern.pattern for pattern, _ in self._values)
        if not patterns:
            return words
        names = [name for _, name in self._values]
        return re.sub(patterns, lambda m: names[_group(m)], words)

    def words(self, start: int, end: int, shift: int = 0) -> str:
        """The stretch from `start` to `end` of the body, with the slots' names for their values.

        A slot that is cut is marked so: half of a name is not the name.

        Args:
            start: Code points from the start of the body.
            end: The first code point after the stretch.
            shift: Where the body begins.
        """
        start, end = start + shift, end + shift
        told, at = [], 0
        for piece in self.pieces:
            low, high = max(start, at), min(end, at + len(piece.text))
            if low < high:
                whole = low == at and high == at + len(piece.text)
                if piece.slot is None:
                    told.append(piece.text[low - at : high - at])
                else:
                    told.append(f"«{piece.slot}»" if whole else f"«part of {piece.slot}»")
            at += len(piece.text)
        return " ".join("".join(told).split())

    def position(self, offset: int, shift: int = 0) -> str:
        """Where an offset of the body stands, counted in the text's own words and slots, not in the values' letters."""
        offset += shift
        own, slots, at = 0, 0, 0
        for piece in self.pieces:
            if offset < at + len(piece.text) or piece is self.pieces[-1]:
                inside = offset - at
                own += inside if piece.slot is None else 0
                return f"{own}+{slots}" + ("~" if piece.slot is not None and inside else "")
            own += len(piece.text) if piece.slot is None else 0
            slots += piece.slot is not None
            at += len(piece.text)
        return "0+0"


def replaced(text: str, table: Mapping[str, str], keep: Sequence[str] = ()) -> tuple[Rendering, Rendering]:
    """A text as it is and with every entry of a table replaced, both in the same pieces.

    Args:
        text: The text.
        table: What is replaced by what; longer entries go before shorter ones, entries are whole words.
        keep: Patterns of stretches in which nothing is replaced.
    """
    entries = sorted(table, key=len, reverse=True)
    pattern = re.compile(
        "|".join([f"(?P<keep>{'|'.join(keep)})"] * bool(keep) + [_whole(e).pattern for e in entries]), re.M
    )
    before: list[Piece] = []
    after: list[Piece] = []
    at = 0
    for match in pattern.finditer(text):
        if keep and match.group("keep") is not None:
            continue
        before.append(Piece(text[at : match.start()]))
        after.append(Piece(text[at : match.start()]))
        before.append(Piece(match.group(), match.group()))
        after.append(Piece(table[match.group()], match.group()))
        at = match.end()
    rest = Piece(text[at:])
    return Rendering((*before, rest)), Rendering((*after, rest))


def _whole(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)({re.escape(words)})(?!\w)")


def _group(match: re.Match[str]) -> int:
    return next(number for number, value in enumerate(match.groups()) if value is not None)
