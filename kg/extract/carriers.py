"""Who is in a boat or aircraft: a crossing is often told of what carries persons, and not of them.

"A skiff carrying two farmers was spotted", "a barge with a family aboard", and of a carrier whose clause names nobody
the persons whom the next sentences bring out of it ("the pilot", "the six on board", "the man who climbed out").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extract.crossing_rules import CrossingRules, crossing_rules
from kg.extract.document import Document, Sentence
from kg.extract.geography import Geography
from kg.extract.participants import Participant, Participants

if TYPE_CHECKING:
    from kg.extract.parsed import Token

__all__ = ["Carriers"]

#: How many sentences after that of the carrier may say who was in it.
_REACH = 3
_IN_IT = re.compile(
    r"^(?: \w+){0,3}? (?:aboard|on board|in (?:it|the \w+)|inside(?: it)?|at the (?:controls|oars|helm))\b"
)
_CLAUSES = frozenset({"acl", "relcl"})


class Carriers:
    """Finds the persons whom a carrier carries.

    Args:
        document: The sentences of the article.
        geography: The border's geography.
        people: Reads noun phrases.
    """

    def __init__(self, document: Document, geography: Geography, people: Participants) -> None:
        self.document = document
        self.geography = geography
        self.people = people
        self.rules: CrossingRules = crossing_rules()

    def is_carrier(self, noun: Token) -> bool:
        """Whether a noun is a boat, an aircraft or a vehicle, or the name of a type of one ("MiG-19")."""
        lemma = re.sub(r"-\d+\w?$", "", noun.lemma_.lower())
        return noun.pos_ in {"NOUN", "PROPN"} and (lemma in self.rules.carriers or lemma in self.rules.vehicles)

    def aboard(self, sentence: Sentence, carrier: Token) -> Participant | None:
        """The persons whom the phrase of a carrier names, of the carrier's side where their own is not said."""
        for noun in self._in_phrase(carrier):
            read = self.people.read(sentence, noun)
            if read is None or read.pronoun:
                continue
            if read.side is None and self.of_home(sentence, carrier):
                read.side = "home"
            read.definite = read.definite and read.name is not None
            return read
        return None

    def _in_phrase(self, carrier: Token) -> Iterator[Token]:
        for child in carrier.children:
            if child.dep_ in _CLAUSES and child.lemma_.lower() in self.rules.carrying:
                yield from (c for c in child.children if c.dep_ == "dobj")
            elif child.dep_ in _CLAUSES:
                for verb in child.subtree:  # "may have been carrying", "in which two men had put to sea"
                    if verb.lemma_.lower() in self.rules.carrying:
                        yield from (c for c in verb.children if c.dep_ == "dobj")
                if any(c.dep_ == "prep" and c.lower_ in {"in", "on", "aboard"} for c in child.children):
                    yield from (c for c in child.children if c.dep_ == "nsubj")
            elif child.dep_ == "prep" and child.lower_ == "with":
                for noun in (t for t in child.subtree if t.dep_ in {"pobj", "nsubj"} and t.i > child.i):
                    after = carrier.doc[noun.i + 1 : noun.i + 8].text
                    crew = noun.lemma_.lower() in self.rules.riders
                    if crew or _IN_IT.match(f" {after}"):
                        yield noun

    def of_home(self, sentence: Sentence, carrier: Token) -> bool:
        """Whether a carrier is one of the home side: by adjective, or from a place there."""
        first = min(carrier.left_edge.i, carrier.i)
        for spot in self.geography.spots(sentence):
            if spot.side == "home" and spot.adjective and first <= spot.start <= carrier.i:
                return True
            near = spot.side == "home" and not spot.adjective and carrier.i < spot.start <= carrier.right_edge.i
            if near and carrier.doc[spot.start - 1].lower_ in {"from", "of"}:
                return True
        return False

    def later(self, sentence: Sentence, carrier: Token | None) -> Participant | None:
        """Whom the next sentences bring out of a carrier, if they or it are of the home side."""
        own = carrier is not None and (
            self.of_home(sentence, carrier) or any(s.side == "home" for s in self.geography.spots(sentence))
        )
        for after in self.document.sentences:
            if not sentence.index < after.index <= sentence.index + _REACH or after.block.kind == "heading":
                continue
            for token in after.span:
                if token.pos_ not in {"NOUN", "PROPN", "NUM"} or token.dep_ in {"compound", "amod", "nummod"}:
                    continue
                read = self.people.read(after, token) if self._rides(token) else None
                if read is None or read.side == "destination" or read.generic:
                    continue
                home = any(s.side == "home" for s in self.geography.spots(after))
                if read.side == "home" or own or home:
                    read.side = "home"
                    return read
        return None

    def _rides(self, noun: Token) -> bool:
        """Whether words make somebody one who was in a carrier."""
        if noun.lemma_.lower() in self.rules.riders:
            return any((c.dep_ == "det" and c.lower_ == "the") or c.dep_ == "poss" for c in noun.children)
        after = noun.doc[noun.i + 1 : noun.i + 6].text
        if _IN_IT.match(f" {after}"):
            return True
        got_out = (c for c in noun.children if c.dep_ == "relcl")
        return any(
            c.lemma_.lower() in {"climb", "get", "step", "jump", "emerge"} and "out" in {t.lower_ for t in c.children}
            for c in got_out
        )
