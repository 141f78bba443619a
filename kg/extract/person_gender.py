"""The gender of named persons, by the pronouns that stand for them and by titles and words of kinship.

A pronoun is taken for a person only where nobody else can be meant: the one named person of its sentence before it, or
of the sentence that it goes on from, with no other person between them. All pronouns of a person must agree.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kg.extract.attribution import is_quoted
from kg.extract.builder import FactsBuilder
from kg.extract.document import Sentence, offsets
from kg.extract.naming import NamesRules
from kg.facts.model import Mention, Value

if TYPE_CHECKING:
    from kg.extract.parsed import Token

__all__ = ["find_gender"]

_OTHERS = frozenset(
    {"somebody", "someone", "neighbour", "neighbor", "friend", "colleague", "crew", "couple", "owner", "guide"}
)


def find_gender(builder: FactsBuilder, rules: NamesRules) -> None:
    """Add `cx:gender` claims to named persons of whom the article tells it and nothing did so before.

    Args:
        builder: The record; persons must have been found.
        rules: The roles, pronouns and gendered words.
    """
    people = sorted((m for m in builder.mentions.values() if m.cls == "Person"), key=lambda mention: mention.start)
    named = {mention.chain for mention in people if mention.name is not None}
    known = {
        builder.mentions[claim.subject].chain for claim in builder.claims.values() if claim.predicate == "cx:gender"
    }
    reader = _Reader(people, rules)
    for sentence in builder.document.sentences:
        if sentence.block.kind not in {"headline", "heading", "byline", "caption"}:
            reader.read(sentence)
    for chain, votes in reader.votes.items():
        counts = {gender: len(tokens) for gender, tokens in votes.items()}
        gender = max(counts, key=lambda one: counts[one])
        if chain in known or chain not in named or counts[gender] < sum(counts.values()):
            continue
        first = next(m for m in people if m.chain == chain and m.name is not None)
        token = votes[gender][0]
        value = Value(kind="concept", value=f"gender:{gender}")
        evidence = builder.document.evidence(*offsets(token))
        builder.claim(first, "cx:gender", value, evidence, raw=token.text, tense="present")


class _Reader:
    """Goes through the sentences of an article and keeps who was spoken of last."""

    def __init__(self, people: list[Mention], rules: NamesRules) -> None:
        self.people, self.rules = people, rules
        self.genders = {word: gender for gender, words in reversed(rules.pronouns.items()) for word in words}
        self.votes: dict[str, dict[str, list[Token]]] = defaultdict(lambda: defaultdict(list))
        self.focus: str | None = None
        self.nouns = frozenset(words.split()[-1] for roles in rules.roles.values() for words in roles) | _OTHERS
        self.nouns |= frozenset(word for words in rules.gendered.values() for word in words)

    def read(self, sentence: Sentence) -> None:
        """Count the pronouns and titles of one sentence."""
        here: set[str] = set()
        other = False
        before = self.focus
        for token in sentence.span:
            mention = self._mention(token)
            if mention is not None and is_quoted(token):
                continue
            if mention is not None:
                here.add(mention.chain)
                self._title(token, mention)
                continue
            gender = self.genders.get(token.lower_)
            if gender is not None:
                if is_quoted(token):
                    continue
                meant = next(iter(here)) if len(here) == 1 else before if not here else None
                if meant is not None and not other:
                    self.votes[meant][gender].append(token)
            elif self._is_another(token):
                other = True
        if here:
            self.focus = next(iter(here)) if len(here) == 1 and not other else None
        elif other:
            self.focus = None

    def _mention(self, token: Token) -> Mention | None:
        start, end = offsets(token)
        return next((m for m in self.people if m.start <= start and end <= m.end), None)

    def _title(self, token: Token, mention: Mention) -> None:
        """ "Ms. Lind", "his mother, Ada Lind"."""
        if token.i == 0 or offsets(token)[0] != mention.start:
            # A title may be a part of what was taken for the name.
            word = token
        else:
            word = token.nbor(-1)
            if word.text in {",", "."} and word.i:
                word = word.nbor(-1)
        for gender, words in self.rules.gendered.items():
            if word.lower_ in words and (word is not token):
                self.votes[mention.chain][gender].append(word)

    def _is_another(self, token: Token) -> bool:
        """Whether a noun brings another single person in, who is not the named one under another word."""
        if token.pos_ != "NOUN" or token.tag_ == "NNS" or token.lemma_.lower() not in self.nouns:
            return False
        if token.dep_ in {"appos", "compound", "attr", "nmod"} or is_quoted(token):
            return False
        near = [*token.doc[token.i + 1 : token.i + 3], *(child for child in token.children if child.dep_ == "appos")]
        return not any(self._mention(word) is not None for word in near)
