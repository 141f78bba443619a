"""Finds names in words of any kind: a text, a label, the end of a web address.

A person can be named with other marks between the parts of the name, in other letters of the same name, in another
order: "Mina Do-ran", "mina doran", "Do Ran Mina". All that one name can be written as is found; what is another
romanisation ("Ryom" for "Yeom") is another name, and is found where the graph has it as one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

__all__ = ["Names", "is_full", "parts_of", "words_of"]

Span = tuple[int, int]

_WORD = re.compile(r"[^\W_]+")
#: What may stand between the parts of a name.
_BETWEEN = r"[\W_]{0,3}"
#: Parts of names that are words of the language: alone they name nobody.
_COMMON = frozenset(
    _WORD.findall(
        "an as at be but by do for go he her his how i if in is it may me my no not of oh on or our out own per say "
        "see she so the to too two up us was way we who why yet you"
    )
)


class Names:
    """Names to be found, whatever is between their parts, in any order that a name is written in.

    Args:
        names: The names as they are written somewhere.
    """

    def __init__(self, names: Iterable[str] = ()) -> None:
        self.names = frozenset(names)
        orders = {order for name in self.names for order in _orders(words_of(name))}
        patterns = sorted((_pattern(order) for order in orders if order), key=lambda p: (-len(p), p))
        self._pattern = re.compile("|".join(patterns)) if patterns else None

    def __bool__(self) -> bool:
        return self._pattern is not None

    def found(self, text: str) -> tuple[Span, ...]:
        """Where a text has one of them: half-open spans of code points, in order.

        >>> Names(["Mina Do-ran"]).found("It was MINA\u00a0DORAN\u2019s, said Do-Ran Mina.")
        ((7, 17), (26, 37))
        """
        if self._pattern is None:
            return ()
        folded, places = _fold(text)
        return tuple((places[m.start()], places[m.end() - 1] + 1) for m in self._pattern.finditer(folded))

    def name(self, text: str) -> bool:
        """Whether a text has one of them."""
        return self._pattern is not None and self._pattern.search(_fold(text)[0]) is not None


def words_of(name: str) -> tuple[str, ...]:
    """The parts of a name, folded.

    >>> words_of("Mina Do-ran")
    ('mina', 'do', 'ran')
    """
    return tuple(_WORD.findall(_fold(name)[0]))


def is_full(name: str) -> bool:
    """Whether a name is enough to know a person by in another text: more than one word, or written without spaces.

    >>> is_full("Mina Do-ran"), is_full("Mina"), is_full("\ub9ac\uc77c\uaddc")
    (True, False, True)
    """
    parts = words_of(name)
    return len(parts) > 1 or any(_spaceless(part[0]) and len(part) > 1 for part in parts)


def parts_of(name: str) -> Iterator[str]:
    """What a text that has told a name may go on to call its bearer: each of its words, and all but one.

    >>> sorted(parts_of("Mina Do-ran"))
    ['do ran', 'mina', 'mina do', 'ran']
    """
    words = words_of(name)
    for word in words:
        if len(word) > 1 and word not in _COMMON:
            yield word
    if len(words) > 2:
        yield " ".join(words[1:])
        yield " ".join(words[:-1])


def _orders(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """A name as it is written, with the surname last, and with the surname first."""
    yield tuple(words)
    if len(words) > 1:
        yield (*words[1:], words[0])
        yield (words[-1], *words[:-1])


def _pattern(words: Sequence[str]) -> str:
    # A letter beside a word makes another word of it; what is written without spaces has no such end.
    before = "" if _spaceless(words[0][0]) else r"(?<![^\W\d_])"
    after = "" if _spaceless(words[-1][-1]) else r"(?![^\W\d_])"
    return before + _BETWEEN.join(map(re.escape, words)) + after


def _spaceless(mark: str) -> bool:
    """Whether a letter is of a script in which a word may go on right behind a name: Hangul, kana, Han."""
    return "\u1100" <= mark <= "\u11ff" or "\u3040" <= mark <= "\u9fff" or "\uac00" <= mark <= "\ud7ff"


def _fold(text: str) -> tuple[str, Sequence[int]]:
    """A text in the form that names are compared in, and for each of its characters the code point it comes from."""
    if text.isascii():
        return text.lower(), range(len(text))
    folded: list[str] = []
    places: list[int] = []
    for place, mark in enumerate(text):
        for part in unicodedata.normalize("NFKD", mark).casefold():
            if not unicodedata.combining(part):
                folded.append(part)
                places.append(place)
    return "".join(folded), places
