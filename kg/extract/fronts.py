"""Fronts: "the eastern front", "the border's western section"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING

from kg.extract.crossing_rules import slot_rules

if TYPE_CHECKING:
    from kg.extract.parsed import Doc, Span, Token

__all__ = ["fronts_of"]

_FRONTS = "fronts"
#: How many tokens before a part its possessor may stand where a pronoun takes it up.
_REACH = 10


def fronts_of(fronts: Mapping[str, str], doc: Doc, words: list[int]) -> Iterator[tuple[str, int, int]]:
    """The fronts that some words of a parse name: the concept, and the tokens from the adjective to the noun.

    "Eastern front" is one by itself; "the eastern part" only where it is a part of the border.

    Args:
        fronts: The adjectives of the border's sections, and the concept of each.
        doc: The parse.
        words: The token indices of the words.
    """
    inside = set(words)
    for adjective, noun, span in _named_fronts(doc, tuple(fronts)):
        if inside.isdisjoint(range(span.start, span.end)):
            continue
        alone = noun in {"front", "frontline", "sector"}
        if not (alone and "sea" not in {t.lower_ for t in span.root.children}) and not _of_border(span.root):
            continue
        yield fronts[adjective], span.start, span.end


@cache
def _front_pattern(adjectives: tuple[str, ...]) -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, adjectives), key=len, reverse=True)) or "(?!)"
    nouns = "|".join(sorted(map(re.escape, slot_rules().front_nouns), key=len, reverse=True))
    return re.compile(rf"(?<![\w-])({words})[ -]({nouns})(?!\w)", re.IGNORECASE)


def _named_fronts(doc: Doc, adjectives: tuple[str, ...]) -> list[tuple[str, str, Span]]:
    """The adjective, noun and tokens of all fronts and parts of a parse, looked for once."""
    known = doc.user_data.get(_FRONTS)
    if known is None:
        known = []
        for match in _front_pattern(adjectives).finditer(doc.text):
            span = doc.char_span(match.start(), match.end(), alignment_mode="expand")
            if span is not None:
                known.append((match[1].lower(), match[2].lower(), span))
        doc.user_data[_FRONTS] = known
    return list(known)


def _of_border(noun: Token) -> bool:
    """Whether a part is one of a border: "of the DMZ", "the border's eastern section"."""
    if any(c.dep_ == "poss" and c.tag_ == "PRP$" for c in noun.children):
        # "near the Line, in its western section": the possessor stands before it.
        near = [t for t in noun.sent if noun.i - _REACH <= t.i < noun.i]
    else:
        near = [t for c in noun.children if c.dep_ in {"poss", "prep"} for t in c.subtree][:8]
    words = slot_rules().border_nouns
    return any(token.lower_ in words or (token.is_upper and len(token) > 2) for token in near)
