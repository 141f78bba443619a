"""What a person typed, taken apart into words; whatever it is, nothing of it is read as the syntax of the index."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from kg.search.romanisation import Romanisation
from kg.search.words import Word, is_cjk, signs, stem, words

__all__ = ["LONGEST", "MOST_WORDS", "Question"]

#: How many characters of what was typed are read, and how many words are looked for.
LONGEST, MOST_WORDS = 1_000, 16


@dataclass(frozen=True)
class Question:
    """What to look for.

    Args:
        typed: Any text.
        table: The romanisation of the index that is asked.
    """

    typed: str
    table: Romanisation

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words, those that are looked for."""
        return tuple(word.text for word in words(self.typed[:LONGEST])[:MOST_WORDS])

    @cached_property
    def plain(self) -> str:
        """The words behind one another."""
        return " ".join(self.words)

    @cached_property
    def stems(self) -> tuple[str, ...]:
        """The words without the endings of plurals."""
        return tuple(map(stem, self.words))

    @cached_property
    def romanised(self) -> tuple[str, ...]:
        """Where a word is Hangul, the words in Latin letters; else nothing."""
        made = tuple(map(self.table.letters, self.words))
        return made if made != self.words else ()

    @cached_property
    def signs(self) -> tuple[str, ...]:
        """The signs of the words, where all of them are written in signs; else nothing."""
        return tuple("".join(self.words)) if self.words and all(map(is_cjk, self.words)) else ()

    @cached_property
    def keys(self) -> frozenset[str]:
        """The keys under which a Korean name of another spelling would stand."""
        if not self.words or not all(map(self.table.is_korean, self.words)):
            return frozenset()
        return self.table.keys(self.words, turned=True)

    @staticmethod
    def phrase(parts: Sequence[str], column: str = "words") -> str:
        """The expression of the index for words in their order."""
        return f'{column} : "{" ".join(parts)}"'

    @staticmethod
    def all_of(parts: Sequence[str], *, begun: bool = False) -> str:
        """The expression of the index for all words, the last of them perhaps only begun."""
        quoted = [f'"{part}"' for part in parts]
        return f"words : ({' AND '.join(quoted)}{'*' if begun else ''})"

    def marks(self, text: str) -> list[tuple[int, int]]:
        """Where a text has what was asked for: pairs of offsets in code points, sorted, none within another."""
        held = [word for word in words(text) if self._marks(word)]
        found = [(word.start, word.end) for word in held]
        if len({stem(word.text) for word in held}) < len(set(self.stems)):
            found += self._of_spelling(text) or ([] if found else self._of_signs(text))
        return _joined(found)

    def _marks(self, word: Word) -> bool:
        if not self.words:
            return False
        wanted = {*self.stems, *map(stem, self.romanised)}
        return stem(word.text) in wanted or (len(self.words[-1]) > 1 and word.text.startswith(self.words[-1]))

    def _of_spelling(self, text: str) -> list[tuple[int, int]]:
        held = words(text)
        if not self.keys:
            return []
        for length in range(min(len(held), len(self.words) + 2), 0, -1):
            for start in range(len(held) - length + 1):
                run = held[start : start + length]
                korean = all(self.table.is_korean(word.text) for word in run)
                if korean and self.table.keys([word.text for word in run]) & self.keys:
                    return [(run[0].start, run[-1].end)]
        return []

    def _of_signs(self, text: str) -> list[tuple[int, int]]:
        held, wanted = signs(text), self.signs
        if not wanted:
            return []
        starts = range(len(held) - len(wanted) + 1)
        runs = (held[start : start + len(wanted)] for start in starts)
        return [(run[0].start, run[-1].end) for run in runs if tuple(sign.text for sign in run) == wanted]


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    made: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if made and start <= made[-1][1]:
            made[-1] = (made[-1][0], max(end, made[-1][1]))
        else:
            made.append((start, end))
    return made
