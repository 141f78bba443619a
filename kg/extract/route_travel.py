"""Whether somebody goes over what words name, or the words tell of it as a way or an obstacle."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extract.document import Sentence, offsets
from kg.extract.naming import names_rules

if TYPE_CHECKING:
    from kg.extract.parsed import Span, Token

__all__ = ["RouteTravel", "does", "is_by_way"]

_PARTS = frozenset({"part", "section", "side", "stretch", "sector", "middle", "half", "end", "area", "portion"})
_OVER = frozenset({"cross", "traverse", "breach", "navigate", "brave", "cover", "wade", "swim", "ford", "row", "sail"})
_LINKED = frozenset({"appos", "conj", "compound", "nmod", "amod"})


class RouteTravel:
    """Reads how a text speaks of the name of a line or a water."""

    def __init__(self) -> None:
        self.rules = names_rules()

    def is_crossed(self, span: Span) -> bool:
        """Whether somebody goes over what the words name."""
        node = self._whole(span.root)
        head = node.head
        if node.dep_ in {"dobj", "nsubjpass"} and head.lemma_ in _OVER:
            return not any(child.lemma_.lower() in self.rules.no_travellers for child in head.children)
        if node.dep_ == "compound" and head.lemma_ in self.rules.crossing_nouns:
            return True
        if node.dep_ == "pobj" and head.lower_ in self.rules.through | {"of"}:
            governor = head.head
            if any(child.lemma_.lower() in self.rules.no_travellers for child in _doers(governor)):
                return False
            if head.lower_ == "of":
                return governor.lemma_ in {"crossing", "breach", "passage"} or is_by_way(head)
            return governor.lemma_ in self.rules.crossing_verbs or governor.lemma_ in self.rules.crossing_nouns
        # "crossed the maritime border in the Yellow Sea": the water tells where the line is that is crossed.
        if node.dep_ == "pobj" and head.lower_ == "in" and head.head.lower_ in self.rules.border_words:
            return self.is_crossed(head.head.doc[head.head.i : head.head.i + 1])
        return False

    def is_taken(self, span: Span) -> bool:
        """Whether somebody gets away into, out of or along what the words name ("disappeared into the zone")."""
        node = self._whole(span.root)
        if node.dep_ != "pobj":
            return False
        verb = node.head.head
        measured = verb.lemma_.lower() in self.rules.short_of
        while verb.pos_ != "VERB" and verb.head != verb and verb.i > node.i - 12:
            if verb.pos_ in {"NOUN", "PROPN"} and verb.dep_ not in {"dobj", "pobj", "conj", "appos", "npadvmod"}:
                break
            verb = verb.head
        verbs = self.rules.travel_verbs | (self.rules.crossing_verbs if measured else frozenset())
        goers = {child.lemma_.lower() for child in verb.children if child.dep_ in {"nsubj", "nsubjpass"}}
        return does(verb, verbs) and not goers & self.rules.no_travellers

    def is_side(self, span: Span) -> bool:
        """Whether words tell on which side of a line somebody ends up ("the right side of the line")."""
        node = span.root
        noun = node.head.head if node.dep_ == "pobj" and node.head.lower_ == "of" else None
        if noun is None or noun.lemma_.lower() != "side":
            return False
        sided = any(child.lower_ in self.rules.sides for child in noun.children)
        governor = noun.head.head if noun.dep_ == "pobj" else noun.head
        return sided and (governor.lemma_ in self.rules.crossing_verbs | self.rules.travel_verbs or _measures(governor))

    def is_travelled(self, sentence: Sentence, span: Span) -> bool:
        """Whether a sentence with the name of a water tells of persons or a boat who go over it or are found on it."""
        own = {token.i for token in span}
        lemmas = {token.lemma_.lower() for token in sentence.span if token.i not in own}
        if lemmas & self.rules.no_travellers:
            return False
        if any(t.pos_ == "VERB" and does(t, self.rules.travel_verbs) for t in sentence.span):
            return True
        beside = span.root.dep_ == "pobj" and span.root.head.lower_ in {"along", "across", "over"}
        if beside and lemmas & self.rules.barriers:
            return True
        if lemmas & self.rules.underfoot and any(t.tag_ == "PRP" and t.dep_ == "nsubj" for t in sentence.span):
            return True
        if not any(t.pos_ in {"VERB", "AUX"} for t in sentence.span):
            # "19 May, Yellow Sea.": what heads an item of a list says where the next sentence is.
            following = sentence.span.doc[sentence.span.end : sentence.span.end + 40]
            lemmas |= {t.lemma_.lower() for t in following if offsets(t)[1] <= sentence.block.end}
        return bool(lemmas & self.rules.found_verbs and lemmas & self.rules.travellers)

    def is_site(self, span: Span) -> bool:
        """Whether somebody goes over at a place on the line ("drove up to the village and ran across")."""
        node = span.root
        while node.dep_ == "pobj" and node.head.head.pos_ in {"NOUN", "PROPN"}:
            node = node.head.head
        verb = node.head.head if node.dep_ == "pobj" else node
        while verb.pos_ not in {"VERB", "AUX"} and verb.head != verb:
            verb = verb.head
        goes = any(
            token.lemma_ in self.rules.crossing_verbs for token in (verb, *verb.conjuncts) if token.pos_ == "VERB"
        )
        over = {"across", "over", "cross", "defect", "flee", "escape"}
        return goes and any(token.lemma_.lower() in over for token in (verb, *verb.subtree))

    def is_way(self, span: Span) -> bool:
        """Whether words speak of a line as a way or an obstacle, not as a place beside which something is."""
        node = self._whole(span.root)
        head = node.head
        if self.is_crossed(span) or node.dep_ in {"nsubj", "nsubjpass", "dobj", "ROOT", "attr"}:
            return True
        if node.dep_ in _LINKED:
            return node.head.i < node.i and self.is_way(node.doc[node.head.i : node.head.i + 1])
        if node.dep_ == "pobj":
            if head.lower_ in self.rules.beside:
                return False
            if head.lower_ in self.rules.through:
                return True
            called = self.rules.crossing_nouns | {"know", "call"}
            return head.lower_ in {"of", "as", "by", "between"} and head.head.lemma_ in called
        return False

    def _whole(self, token: Token) -> Token:
        """The noun whose part is meant: "the eastern part of the zone", "the border's eastern section"."""
        head = token.head
        if token.dep_ == "pobj" and head.lower_ == "of" and head.head.lemma_ in _PARTS:
            return self._whole(head.head)
        if token.dep_ == "poss" and head.lemma_ in _PARTS:
            return self._whole(head)
        return token


def does(token: Token, verbs: frozenset[str]) -> bool:
    """Whether a token is a form of one of some verbs, be its lemma known to the model or not."""
    word = token.lower_
    stems = {token.lemma_, word.removesuffix("ed"), word.removesuffix("d"), word.removesuffix("ing")}
    return not stems.isdisjoint(verbs) or word.removesuffix("ing") + "e" in verbs


def _doers(verb: Token) -> Iterator[Token]:
    """Who does something, with what an "of" says they are ("a flight of balloons")."""
    for child in verb.children:
        if child.dep_ in {"nsubj", "nsubjpass"}:
            yield from child.subtree


def _measures(token: Token) -> bool:
    """Whether a word measures how far it was: "ended up 60 yards on the far side"."""
    return token.pos_ == "NOUN" and any(child.dep_ == "nummod" for child in token.children)


def is_by_way(of: Token) -> bool:
    """Whether an "of" belongs to "by way of"."""
    return of.lower_ == "of" and of.i >= 2 and of.doc[of.i - 2 : of.i].text.lower() in {"by way", "by means"}
