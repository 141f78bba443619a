"""What the readers of scenes share: a sign, the clause of a word, the word before a phrase, words in one form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.crossing_rules import crossing_rules
from kg.extract.scene_rules import Kind, scene_rules

if TYPE_CHECKING:
    from kg.extract.parsed import Doc, Token

__all__ = ["NOUNS", "POINTED", "PRONOUNS", "Sign", "clause_of", "is_subject", "plain_word", "word_before"]

#: Word classes of nouns and names.
NOUNS = frozenset({"NOUN", "PROPN"})
#: What stands before a noun that was told of before.
POINTED = frozenset({"the", "this", "that", "his", "her", "their"})
#: Pronouns of persons that can stand for a crosser.
PRONOUNS = frozenset({"he", "she", "him", "her", "they", "them"})


@dataclass(frozen=True)
class Sign:
    """One piece of evidence.

    Attributes:
        kind: What it is evidence of.
        head: The verb of its clause, or the noun that is the deed.
        at: The token index of its words.
    """

    kind: Kind
    head: Token
    at: int


def clause_of(token: Token) -> Token:
    """The verb or event noun above a word; where the parse has none, the nearest verb before it."""
    node = token
    for _ in range(12):
        if node is not token and node.pos_ in {"VERB", "AUX"}:
            return node
        if (
            node.pos_ in NOUNS
            and node.dep_ not in {"compound", "pobj"}
            and crossing_rules().lemma(node) in scene_rules().by_noun
        ):
            return node
        if node.pos_ == "VERB":
            return node
        if node.head is node:
            break
        node = node.head
    verbs = [t for t in token.sent if t.pos_ == "VERB" and t.i < token.i]
    return verbs[-1] if verbs else node


def is_subject(token: Token) -> bool:
    """Whether a word is a part of the subject of its clause, or owns something."""
    node = token
    while node.dep_ == "compound" and node.head is not node:
        node = node.head
    return node.dep_ in {"nsubj", "nsubjpass", "poss"}


def plain_word(token: Token) -> str:
    """A word as the phrases of the pack have it: verbs as lemmas, one form for the pronouns of all persons."""
    if token.tag_ == "PRP$":
        return "their"
    if token.lower_ in {"him", "her", "them"}:
        return "them"
    if token.lower_ in {"himself", "herself", "themselves"}:
        return "themselves"
    if token.pos_ in {"VERB", "AUX"}:
        return crossing_rules().lemma(token)
    return "not" if token.lower_ == "n't" else token.lower_


def word_before(doc: Doc, start: int) -> str:
    """The word before a noun phrase, over its article and adjectives."""
    i = start - 1
    if i >= 0 and doc[i].sent is doc[start].sent and doc[i].lower_ in scene_rules().near:
        return doc[i].lower_
    while i >= 0 and doc[i].sent is doc[start].sent and doc[i].pos_ in {"DET", "ADJ", "NUM", "PROPN"} and start - i < 5:
        i -= 1
    if i < 0 or doc[i].sent is not doc[start].sent:
        return ""
    word = doc[i]
    if word.lower_ == "of" and i > 1:
        # "on the coast of the South", "within sight of": the word before the noun that "of" hangs on.
        j = i - 1
        while j > 0 and doc[j].pos_ in {"NOUN", "DET", "ADJ", "ADV"} and i - j < 5:
            j -= 1
        return doc[j].lower_ if doc[j].pos_ == "ADP" else "of"
    return word.lower_
