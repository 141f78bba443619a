"""Places named in a text: those of the gazetteer, and towns and regions that the parser knows beside a preposition."""

from __future__ import annotations

from kg.extract.document import Sentence
from kg.extract.lexicon import Lexicon
from kg.extract.naming import Found, is_title_case, plain

__all__ = ["PlaceFinder"]


class PlaceFinder:
    """Finds the places of an article.

    Args:
        lexicon: The gazetteer's places.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon

    def tokens(self, sentence: Sentence) -> set[int]:
        """The tokens that are labels or demonyms of places: no part of a person's name."""
        matches = self.lexicon.match(sentence.span, ("place", "organization"))
        return {i for match in matches for i in range(match.span.start, match.span.end)}

    def find(self, sentence: Sentence, taken: set[int]) -> list[Found]:
        """The places of one sentence.

        Args:
            sentence: The sentence.
            taken: Tokens that name an organisation or a person.
        """
        here: list[Found] = []
        used = set(taken)
        for match in self.lexicon.match(sentence.span, ("place",)):
            entry = match.entry("place")
            if entry is not None and used.isdisjoint(range(match.span.start, match.span.end)):
                used.update(range(match.span.start, match.span.end))
                here.append(Found("Place", match.span, entry.curie, name=match.span, concept=entry.curie))
        if sentence.block.kind in {"headline", "heading"} or is_title_case(sentence.span):
            return here
        for span in sentence.span.ents:
            before = span[0].nbor(-1).pos_ if span.start else ""
            if span.label_ != "GPE" or before != "ADP" or not span[0].text[0].isupper():
                continue
            if used.isdisjoint(range(span.start, span.end)):
                here.append(Found("Place", span, plain(span.text), name=span))
        return here
