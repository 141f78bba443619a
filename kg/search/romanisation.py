"""Korean names under the keys that their usual spellings share, by the table `ontology/romanisation.yaml`.

A key is made of the letters of all words together, so a hyphen, a space or nothing between two syllables is the same.
Where the first word is a known surname there is one more key, in which the surname stands in Hangul.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache

import msgspec

from kg.errors import UsageError
from kg.extract.rules import Pack, read_pack
from kg.resources import ontology_dir
from kg.search.words import is_cjk

__all__ = ["Romanisation", "RomanisationTable", "read_romanisation"]

_FIRST, _LAST = 0xAC00, 0xD7A3
_VOWELS, _FINALS = 21, 28
#: Longer words are no names: what they cost to take apart is bounded.
_LONGEST = 20
_SYLLABLES = re.compile(r"(?:[kntpcslmh]?[yw]?[aeiu](?:nk|[kntlmp])?)+")
_SILENT = re.compile(r"(?<=[aeiou])h(?![aeiouyw])")
_DOUBLE = re.compile(r"([kntpcslm])\1+")
#: The most syllables of a Hangul word that is taken for a name: a surname of one or two, a given name of one or two.
_NAME_SYLLABLES = 4


class RomanisationTable(Pack, frozen=True):
    """The table as it is written; the comments of the file say what each part is."""

    initials: tuple[str, ...]
    vowels: tuple[str, ...]
    finals: tuple[str, ...]
    consonants: dict[str, tuple[str, ...]]
    glides: dict[str, tuple[str, ...]]
    surnames: dict[str, tuple[str, ...]]
    same: dict[str, str]


@lru_cache(maxsize=1)
def read_romanisation() -> Romanisation:
    """The table of this version.

    Raises:
        UsageError: It cannot be read, or a part of it is missing.
    """
    path = ontology_dir() / "romanisation.yaml"
    table = read_pack(path, RomanisationTable)
    lengths = (len(table.initials), len(table.vowels), len(table.finals))
    if lengths != (19, _VOWELS, _FINALS):
        raise UsageError(f"{path}: a syllable has 19 initials, 21 vowels and 28 finals, not {lengths}: complete it")
    return Romanisation(table)


class Romanisation:
    """Makes keys of words.

    Args:
        table: The spellings.
    """

    def __init__(self, table: RomanisationTable) -> None:
        self.table = table

    @classmethod
    def of(cls, written: bytes) -> Romanisation:
        """What `written` gave.

        Raises:
            msgspec.DecodeError: It is something else.
        """
        return cls(msgspec.json.decode(written, type=RomanisationTable))

    @property
    def written(self) -> bytes:
        """The table as JSON, in a stable order."""
        return msgspec.json.encode(self.table, order="sorted")

    @cached_property
    def _surnames(self) -> Mapping[str, frozenset[str]]:
        """The surnames in Hangul that a spelling can stand for, in Latin letters or in Hangul."""
        found: dict[str, set[str]] = {}
        for name, spellings in self.table.surnames.items():
            one = self.table.same.get(name, name)
            for spelling in (name, self.letters(name), *spellings):
                found.setdefault(spelling, set()).add(one)
        for name, one in self.table.same.items():
            for spelling in (name, self.letters(name)):
                found.setdefault(spelling, set()).add(one)
        return {spelling: frozenset(names) for spelling, names in found.items()}

    @cached_property
    def _graphemes(self) -> tuple[re.Pattern[str], Mapping[str, str]]:
        stands = {
            spelling: key
            for part in (self.table.consonants, self.table.glides)
            for key, spellings in part.items()
            for spelling in spellings
        }
        longest = sorted(stands, key=lambda spelling: (-len(spelling), spelling))
        return re.compile("|".join(map(re.escape, longest))), stands

    def letters(self, word: str) -> str:
        """A word in Latin letters: each Hangul syllable in the Revised Romanization, all else as it is.

        >>> read_romanisation().letters("일규")
        'ilgyu'
        """
        return "".join(self._syllable(sign) for sign in word)

    def _syllable(self, sign: str) -> str:
        code = ord(sign)
        if not _FIRST <= code <= _LAST:
            return sign
        rest, final = divmod(code - _FIRST, _FINALS)
        initial, vowel = divmod(rest, _VOWELS)
        return self.table.initials[initial] + self.table.vowels[vowel] + self.table.finals[final]

    def folded(self, letters: str) -> str | None:
        """The key of letters, or None where one of them stands in no spelling.

        >>> table = read_romanisation()
        >>> table.folded("jongun") == table.folded("jungeun") == table.folded("jeongeun")
        True
        >>> table.folded("victory") is None
        True
        """
        pattern, stands = self._graphemes
        made = []
        at = 0
        silent = _SILENT.sub("", letters)
        while at < len(silent):
            match = pattern.match(silent, at)
            if match is None:
                return None
            made.append(stands[match[0]])
            at = match.end()
        return _DOUBLE.sub(r"\1", "".join(made))

    def is_korean(self, word: str) -> bool:
        """Whether Korean syllables can make a word, so that it has a key."""
        letters = self.letters(word)
        if len(letters) > _LONGEST and not is_cjk(word):
            return False
        if letters in self._surnames:
            return True
        folded = self.folded(letters)
        return folded is not None and (is_cjk(word) or _SYLLABLES.fullmatch(folded) is not None)

    def keys(self, run: Sequence[str], *, person: bool = True, turned: bool = False) -> frozenset[str]:
        """The keys of words that stand together.

        Args:
            run: The words, each of which `is_korean`.
            person: Whether they may begin with a surname.
            turned: Whether the surname may also be the last word.

        >>> table = read_romanisation()
        >>> bool(table.keys(["ri", "il", "kyu"]) & table.keys(["lee", "ilkyu"]) & table.keys(["이일규"]))
        True
        """
        found = {self.folded("".join(map(self.letters, run)))}
        for surname, rest in self._split(run) if person else ():
            found.add(f"{surname}.{self.folded(''.join(map(self.letters, rest)))}")
        if turned and len(run) > 1:
            for surname in self._surnames.get(run[-1], ()):
                found.add(f"{surname}.{self.folded(''.join(map(self.letters, run[:-1])))}")
        return frozenset(key for key in found if key)

    def _split(self, run: Sequence[str]) -> list[tuple[str, Sequence[str]]]:
        """The ways to read the beginning of words as a surname, with the words that are left."""
        first = run[0]
        found: list[tuple[str, Sequence[str]]] = [(name, run[1:]) for name in self._surnames.get(first, ())]
        if is_cjk(first) and len(run) == 1 and len(first) <= _NAME_SYLLABLES:
            for length in (1, 2):
                if 0 < len(first) - length <= 2:
                    found += [(name, (first[length:],)) for name in self._surnames.get(first[:length], ())]
        return found

    def parts(self, word: str) -> list[str]:
        """The parts of a Hangul word that may be a name: the surname, and the given name; of other words none."""
        if not is_cjk(word) or len(word) > _NAME_SYLLABLES:
            return []
        return [
            part
            for length in (1, 2)
            if 0 < len(word) - length <= 2 and word[:length] in self._surnames
            for part in (word[:length], word[length:])
        ]
