"""Other names for the persons of a text, of like shape, the same one for a name and its short forms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import cycle, islice

__all__ = ["names_swapped"]

_TITLES = frozenset(
    {"mr", "mrs", "ms", "dr", "prof", "pastor", "the", "rev", "sen", "capt", "col", "de", "s", "daughter"}
)
#: Of each kind the names of two replacements, by turns.
_SURNAMES = ("Kwon", "Shin", "Song", "Nam", "Yang", "Hwang", "Moon", "Heo", "Cheon", "Baek", "Yoon", "Jeon")
_SYLLABLES = (
    ("Chol", "Ho"), ("Hyon", "U"), ("Jin", "Su"), ("Myong", "Jun"), ("Sung", "Min"), ("Kyong", "Il"), ("Tae", "Won"),
    ("Dong", "Hyok"), ("Yong", "Nam"), ("Sang", "Chol"), ("Un", "Sok"), ("Kwang", "Jin"),
)  # fmt: skip
_FIRST = ("Martin", "Peter", "Alice", "Laura", "Simon", "Helena", "Oscar", "Julia", "Frank", "Clara", "Edwin", "Nora")
_LAST = (
    "Hartmann", "Keller", "Sullivan", "Lindqvist", "Baxter", "Moreno", "Fletcher", "Novak", "Whitfield", "Larsen",
    "Donovan", "Becker",
)  # fmt: skip
_NAME_WORD = re.compile(r"[^\W\d_]+(?:[-'\u2019][^\W\d_]+)*")


def names_swapped(names: Iterable[str], text: str, surnames: frozenset[str], turn: int) -> dict[str, str]:
    """What replaces what: whole names and each of their words, in the text's spelling and in capitals.

    Args:
        names: The names of the gold, titles included.
        text: The text; no name that it holds already is given to another.
        surnames: Those of the border's people, which stand first.
        turn: Which of the replacements is made.
    """
    present = {word.lower() for word in _NAME_WORD.findall(text)}
    pools = {
        kind: (n for n in islice(cycle(pool), turn * 5, None) if n.lower() not in present)
        for kind, pool in (("surname", _SURNAMES), ("first", _FIRST), ("last", _LAST))
    }
    syllables = (pair for pair in islice(cycle(_SYLLABLES), turn * 5, None) if not present & {p.lower() for p in pair})
    words: dict[str, str] = {}
    for name in sorted(names, key=lambda n: (-len(n.split()), n)):
        parts = [part for part in _parts(name) if part.lower() not in _TITLES]
        for place, part in enumerate(parts):
            if part not in words:
                words[part] = _other(parts, place, surnames, pools, syllables)
    told = {part: other for part, other in words.items() if part != other}
    return told | {part.upper(): other.upper() for part, other in told.items() if part.upper() in text}


def _parts(name: str) -> list[str]:
    return _NAME_WORD.findall(re.sub(r"['\u2019]s\b", "", name))


def _other(
    parts: list[str],
    place: int,
    surnames: frozenset[str],
    pools: Mapping[str, Iterator[str]],
    syllables: Iterator[tuple[str, str]],
) -> str:
    part = parts[place]
    of_border = any(p in surnames or _hyphenated(p) for p in parts)
    if of_border and (part in surnames or (place == 0 and len(parts) > 1)) and not _hyphenated(part):
        return next(pools["surname"])
    if _hyphenated(part):
        first, second = next(syllables)
        return f"{first}-{second.lower()}"
    if of_border and len(parts) > 1:
        return next(syllables)[0] if place == 1 else next(syllables)[1]
    kind = "last" if place == len(parts) - 1 else "first"
    return "-".join(next(pools[kind]) for _ in part.split("-"))


def _hyphenated(part: str) -> bool:
    return re.fullmatch(r"[A-Z][a-z]+-[a-z]+", part) is not None
