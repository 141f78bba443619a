"""The arguments of a motion: the spots below its trigger, each a source, a target, a line or a place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.crossing_rules import CrossingRules, crossing_rules
from kg.extract.document import Sentence
from kg.extract.geography import Geography, Spot

if TYPE_CHECKING:
    from kg.extract.parsed import Token

__all__ = ["Argument", "Arguments"]

_EVENT_NOUNS = frozenset({"NOUN", "PROPN"})
#: What a thing does that stands for a line: "the slab that marks the border".
_MARKING = frozenset({"mark", "form", "denote", "represent", "indicate", "show", "trace"})


@dataclass(frozen=True)
class Argument:
    """A spot that a trigger governs: `role` is source, target, line (what is crossed) or place (where it is)."""

    spot: Spot
    role: str


class Arguments:
    """Finds arguments.

    Args:
        geography: The border's geography.
    """

    def __init__(self, geography: Geography) -> None:
        self.geography = geography
        self.rules: CrossingRules = crossing_rules()

    def of(self, sentence: Sentence, head: Token, words: frozenset[int]) -> Iterator[Argument]:
        """The arguments of a trigger among the tokens of its clause."""
        for spot in self.geography.spots(sentence):
            if spot.adjective or not spot.within(words):
                continue
            yield Argument(spot, self._role(head, spot))
        yield from self._marked(sentence, words)
        # "reached the South, where he had arrived": the place is what the clause is hung on.
        if head.dep_ == "relcl" and any(c.lower_ == "where" for c in head.children):
            for spot in self.geography.spots(sentence):
                if not spot.adjective and spot.start <= head.head.i < spot.end:
                    yield Argument(spot, "place")

    def marking(self, sentence: Sentence, words: frozenset[int]) -> Iterator[Token]:
        """The verbs that say which line something is that is gone over: "over a kerb that marks the border"."""
        for token in sentence.span:
            thing, over = token.head, token.head.head
            relative = token.dep_ in {"relcl", "acl"} and token.lemma_.lower() in _MARKING
            if relative and thing.i in words and thing.dep_ == "pobj" and over.lower_ in self.rules.across:
                yield token

    def _marked(self, sentence: Sentence, words: frozenset[int]) -> Iterator[Argument]:
        """The line that what is gone over marks, and the side behind it."""
        for verb in self.marking(sentence, words):
            below = {t.i for t in verb.subtree}
            for spot in self.geography.spots(sentence):
                if spot.adjective or spot.start not in below or spot.within(words):
                    continue
                role = "line" if spot.kind in {"line", "water"} else self._role(verb, spot)
                if role in {"line", "target"}:
                    yield Argument(spot, role)

    def _role(self, head: Token, spot: Spot) -> str:
        """What a spot is to a motion, by the first preposition or verb above it."""
        root = node = head.doc[spot.start : spot.end].root
        if spot.kind in {"line"} and self._crossed(head, node):
            return "line"
        for _ in range(10):
            parent = node.head
            if node.dep_ == "dobj" and parent.pos_ in {"VERB", "AUX"}:
                leaving = parent.lemma_.lower() in self.rules.verbs["leave"]
                crossing = parent.lemma_.lower() in self.rules.verbs["cross"]
                return "source" if leaving else "line" if crossing or spot.kind == "line" else "target"
            if parent.pos_ in {"ADP", "SCONJ", "PART"} or parent.dep_ == "prep":
                word = parent.lower_
                if word == "of" and parent.head.lower_ == "out" and node == root:
                    return "source"
                if word in {"of", "by", "between"} and parent.head != parent and parent.head.i != head.i:
                    node = parent
                    if parent.head.pos_ == "ADP":
                        node = parent
                elif word in {"with", "after", "before", "since", "despite", "about", "amid"}:
                    return "aside"
                elif word == "of" and head.pos_ in _EVENT_NOUNS:
                    return "line" if spot.kind in {"line", "water"} else "aside"
                elif word in self.rules.sources:
                    # "with help from the South": the source of another noun than the motion.
                    if self._reached(parent):
                        return "target"
                    return "aside" if self._of_other_noun(parent, head) else "source"
                elif word in self.rules.across:
                    return "line" if spot.kind in {"line", "water"} else "through"
                elif word in self.rules.targets:
                    if word == "for" and node != root:
                        return "aside"  # "left for the South's biggest hotel"
                    if word == "near":
                        return "place"  # "into the river near X": where, and not where to
                    if word in {"in", "on", "at", "off", "within", "aboard"}:
                        noun = self._right_before(parent) or parent.head
                        if noun.pos_ in _EVENT_NOUNS and noun.i != head.i and noun.dep_ == "pobj":
                            # "over the line in the Joint Security Area", "to a post in the South": as the whole phrase.
                            node = noun
                            continue
                        return "place"
                    return "target"
                else:
                    return "place"
            if node.head == node or node.i == head.i:
                return self._before(spot, root)
            node = node.head
        return self._before(spot, root)

    def _right_before(self, preposition: Token) -> Token | None:
        """The noun gone over right before a preposition, whatever the parse hangs it on: "over the line at X"."""
        before = preposition.doc[preposition.i - 1] if preposition.i else None
        if before is None or before.dep_ != "pobj" or before.head.lower_ not in self.rules.across:
            return None
        return before

    def _before(self, spot: Spot, noun: Token) -> str:
        """The role by the word right before a noun phrase, where the parse gives none."""
        first = min(noun.left_edge.i, spot.start)
        word = noun.doc[first - 1].lower_ if first > 0 else ""
        return "line" if word in self.rules.across and spot.kind in {"line", "water"} else "place"

    def _of_other_noun(self, preposition: Token, head: Token) -> bool:
        noun = preposition.head
        return noun.pos_ in _EVENT_NOUNS and noun.i != head.i and noun.lemma_.lower() not in self.rules.person_nouns

    def _reached(self, preposition: Token) -> bool:
        """Whether who is "from" there is whom a motion reaches: "stepped over to officials from the North"."""
        noun = preposition.head
        return (
            noun.dep_ == "pobj"
            and noun.head.lower_ in {"to", "toward", "towards"}
            and (noun.lemma_.lower() in self.rules.person_nouns)
        )

    def _crossed(self, head: Token, node: Token) -> bool:
        while node.dep_ in {"pobj", "prep", "poss", "compound"} and node.i != head.i and node.head != node:
            if node.dep_ == "pobj" and node.head.lower_ not in {"of", "in"}:
                return False
            node = node.head
            if node.dep_ == "dobj":
                break
        return node.dep_ in {"dobj", "nsubjpass"} and node.head.lemma_.lower() in self.rules.verbs["cross"]
