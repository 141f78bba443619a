"""Whether a number belongs to this border: who is counted, and where the text is when it counts them.

Words of crossing are the same on every border. A number is left where its noun or the words around it name another
people or another country and none of the two sides; where they name nothing, the article as a whole decides.
"""

from __future__ import annotations

import re

from kg.extract.builder import FactsBuilder
from kg.extract.document import Sentence
from kg.extract.geography import Geography
from kg.extract.lexicon import Lexicon
from kg.extract.statistic_words import Figure

__all__ = ["Scene"]

_PEOPLE = re.compile(r"(?:ans|ians|ese|is|ish|men)$")
_PLACING = ("to", "into", "in", "across", "from", "at")
_OWN = ("home", "destination", "line", "water")


class Scene:
    """The geography of one article.

    Args:
        builder: Holds the article.
        lexicon: The gazetteer, and the border's sides.
    """

    def __init__(self, builder: FactsBuilder, lexicon: Lexicon) -> None:
        self.geography = Geography(lexicon)
        self.sentences = builder.document.sentences
        sides = lexicon.border.sides
        self._home = {word.rpartition(" ")[2] for word in sides.home.adjectives}
        self._other_side = tuple(word for word in sides.destination.adjectives if " " in word or "." in word)
        self._kinds = {sentence.index: self._read(sentence) for sentence in self.sentences}
        own = sum(count[0] for count in self._kinds.values())
        other = sum(count[1] for count in self._kinds.values())
        docs = [doc for _, doc in builder.document.parses]
        named = any(e.label_ in ("GPE", "LOC", "NORP") for doc in docs for e in doc.ents)
        named = named or not any(re.search(r"\b(?:defect|escapee|newcomer|arrival)", doc.text, re.I) for doc in docs)
        places = sum(e.label_ in ("GPE", "LOC") for doc in docs for e in doc.ents)
        #: Whether the article is about this border, so that a number without a place is of it.
        self.here = (own >= max(1, other) and (own > 1 or places <= 2)) or not (own or other or named)

    def _read(self, sentence: Sentence) -> tuple[int, int, int]:
        """How many words of a sentence place it at this border, in another country, and on the home side."""
        own = other = home = 0
        for spot in self.geography.spots(sentence):
            placed = spot.kind in _OWN and (spot.line is None or spot.line.place is not None)
            own += placed or (spot.kind == "place" and spot.side is not None)
            home += spot.side == "home"
            other += spot.kind == "other"
        return own, other, home

    def holds(self, figure: Figure) -> bool:
        """Whether a figure is one of this border."""
        sentence = figure.sentence
        if self._is_of_others(figure):
            return False
        own, other, _ = self._kinds[sentence.index]
        if own:
            return self.here or self._kinds[sentence.index][2] > 0
        return self.here and not (other and self._is_elsewhere(figure))

    def _is_elsewhere(self, figure: Figure) -> bool:
        """Whether the clause of a number puts it in another country: "6,000 people reached Germany"."""
        doc = figure.sentence.span.doc
        clause = {token.i for token in figure.head.subtree}
        for spot in self.geography.spots(figure.sentence):
            root = doc[spot.start : spot.end].root
            led = root.dep_ in ("pobj", "dobj", "nsubj") and (root.dep_ != "pobj" or root.head.lower_ in _PLACING)
            if spot.kind == "other" and not spot.adjective and led and root.i in clause:
                return True
        return False

    def _is_of_others(self, figure: Figure) -> bool:
        """Whether the noun of a number names another people: "1,200 Syrians", "40 Cuban migrants"."""
        noun = figure.phrase.noun
        if noun is None:
            return False
        words = [noun, *(c for c in noun.children if c.dep_ in ("amod", "compound", "nmod") and c.i < noun.i)]
        named = noun.doc[min(w.i for w in words) : noun.i + 1].text
        if any(adjective in named for adjective in self._other_side):
            return True
        for word in words:
            plain = word.text.removesuffix("s")
            capital = word.text[:1].isupper() and word.i > figure.sentence.span.start
            if capital and plain not in self._home and word.text not in self._home and word.ent_type_ == "NORP":
                return not any(part in named for part in self._home)
            if capital and word is noun and _PEOPLE.search(word.text) and plain not in self._home:
                return True
        return False
