"""How hits are ordered: by how what was asked for was found, then by what it is, then by how often it is used.

A number is smaller the better a hit is: that of `FOUND`, with that of `STANDING` added. So an entity comes before a
word of a vocabulary that fits as well or a little better, and after one that fits much better.
"""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["FOUND", "STANDING", "Way", "way"]


class Way(NamedTuple):
    """One way to find a thing: its name in answers, its number, and what it is in words."""

    name: str
    number: int
    words: str


FOUND: tuple[Way, ...] = (
    Way("label", 0, "the whole label, or a whole name that an article gives"),
    Way("label-part", 10, "words of a label or name, in their order"),
    Way("alias", 20, "a whole alias, the whole name of a publisher, or a whole date"),
    Way("alias-part", 30, "words of an alias, a publisher's name or a date, in their order"),
    Way("romanised", 33, "a name, asked for in Hangul: its letters in the Revised Romanization"),
    Way("spelling", 40, "another spelling of a whole name"),
    Way("spelling-part", 50, "another spelling of a part of a name"),
    Way("name-words", 60, "all words in one name, in any order"),
    Way("prefix", 70, "all words in one name, the last of them begun"),
    Way("spelling-prefix", 75, "the beginning of another spelling of a name"),
    Way("signs", 80, "signs of Korean, Chinese or Japanese inside a word of a name"),
    Way("mention", 90, "words of an article that mention the thing"),
    Way("quote", 100, "words of an article that a claim rests on, in their order"),
    Way("quote-words", 110, "all words in one quote or mention, in any order"),
    Way("quote-prefix", 115, "all words in one quote or mention, the last of them begun"),
)

#: What is added for what a thing is.
STANDING: dict[str, int] = {
    "entity": 0,  # of one of the five classes, or a place, and the default graph speaks of it
    "article": 15,
    "used": 35,  # a word of a vocabulary or an entry of the gazetteer that the default graph uses
    "listed": 50,  # one that is only listed
}

_BY_NAME = {way.name: way for way in FOUND}
_BY_NUMBER = {way.number: way for way in FOUND}


def way(name_or_number: str | int) -> Way:
    """A way by its name or its number.

    >>> way("alias") == way(20)
    True
    """
    return _BY_NAME[name_or_number] if isinstance(name_or_number, str) else _BY_NUMBER[name_or_number]
