"""How many persons a noun phrase stands for, by the numbers that hang on its head."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.builder import FactsBuilder
from kg.extract.crossing_rules import CrossingRules, crossing_rules
from kg.extract.document import offsets
from kg.extract.quantities import read_number
from kg.extract.time_words import number_of, time_rules

if TYPE_CHECKING:
    from kg.extract.parsed import Token

__all__ = ["HeadCounts", "is_figure", "is_numbered"]


class HeadCounts:
    """Reads the number of a noun phrase.

    Args:
        builder: Holds the time expressions, whose numbers count nobody.
    """

    def __init__(self, builder: FactsBuilder) -> None:
        self.builder = builder
        self.rules: CrossingRules = crossing_rules()
        self.numbers = time_rules()

    def of(self, head: Token, plural: bool) -> int | None:
        """The stated number; 1 for one person, 2 for a couple, None for several of whom no number is said.

        Args:
            head: The head of the phrase.
            plural: Whether it stands for several.
        """
        if head.pos_ == "NUM":
            return self.number(head)
        spelt = self._spelt(head)
        if spelt is not None:
            return spelt
        for child in head.children:
            if self.builder.time_within(*offsets(child)) is not None:
                continue  # "on 8 May 2018 a man", parsed as one phrase
            if child.dep_ in {"nummod", "det"} or (child.like_num and child.i < head.i):
                number = self.number(child)
                if number is not None:
                    return number
        for child in head.children:
            # "a family of four", "a group of nine"
            if child.dep_ == "prep" and child.lower_ == "of" and head.lemma_.lower() in self.rules.group_nouns:
                inner = next((c for c in child.children if c.dep_ == "pobj"), None)
                if inner is not None:
                    return self.number(inner) or self.of(inner, True)
        if plural:
            return 2 if head.lower_ in {"couple", "pair", "duo"} else 3 if head.lower_ == "trio" else None
        return 1

    def number(self, token: Token) -> int | None:
        """The number that a token is, or None."""
        text = token.lower_.replace(",", "")
        if text.isdigit():
            return int(text)
        return number_of(text, self.numbers) if token.like_num else None

    def _spelt(self, head: Token) -> int | None:
        """A number of several words right before the noun: "thirty-one"; no year before it ("in 2020 six men")."""
        last = head.i
        while last > head.sent.start and not head.doc[last - 1].like_num and head.doc[last - 1].head == head:
            last -= 1
        first = last
        while first > head.sent.start and (head.doc[first - 1].like_num or head.doc[first - 1].text == "-"):
            if self.builder.time_within(*offsets(head.doc[first - 1])) is not None:
                break
            first -= 1
        words = head.doc[first:last].text
        number = read_number(words) if "-" in words or " " in words else None
        return int(number) if number is not None and number.isdigit() else None


def is_numbered(head: Token) -> bool:
    """Whether a numeral hangs on a noun."""
    return any(c.dep_ == "nummod" for c in head.children)


def is_figure(head: Token) -> bool:
    """Whether a phrase is a figure of a statistic, as far as its head and what hangs on it tell."""
    if any(c.dep_ == "prep" and c.lower_ == "of" for c in head.children) and head.pos_ == "NUM":
        return head.lower_ != "one"
    modified = {c.lower_ for c in head.children}
    if modified & {"more", "over", "nearly", "approximately", "thousands", "hundreds", "dozens", "tens"}:
        return True
    return head.lemma_.lower() in {"thousand", "hundred", "ten", "dozen", "total", "number", "majority", "most"}
