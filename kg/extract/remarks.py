"""What a text says of its entities without making it a fact, where no other property holds it: remarks.

A clause that is hedged, denied, negated, future or given to a speaker, and that speaks of an incident, a person, an
organisation or a route, is a claim of the property `cx:remark` with a topic for its value: "the army may tighten its
watch" says of the army something possible about border security. The vocabulary keeps remarks out of the default graph
(`cx:admitted false`); the claim layer has the words, how they are meant, and who says so.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extract.attribution import reporting, spoken_by
from kg.extract.document import Sentence, offsets
from kg.extract.modality import Modality, weakest
from kg.extract.remark_bearers import Bearers
from kg.extract.remark_clauses import adds_nothing, heads, is_hanging, is_plain, words_of
from kg.extract.remark_rules import remark_rules, topic_of
from kg.extract.specificity import modality_rules
from kg.facts.model import Mention, Value

if TYPE_CHECKING:
    from kg.extract.parsed import Token

__all__ = ["Remarks"]

#: A clause of two words may only say who speaks ("Hong added"); one word is no clause.
_FEWEST = 2
#: How far the words of a claim may reach beyond those of a remark that says the same.
_MARGIN = 60


class Remarks(Bearers):
    """Reads the clauses of sentences for remarks; to be asked after all readers that know a property."""

    def read(self, sentence: Sentence) -> None:
        """Add the remarks of one sentence."""
        said: list[tuple[range, Modality]] = []
        for head in heads(sentence):
            modality = self._meant(sentence, head)
            words = words_of(head)
            if is_plain(modality) or len(words) < _FEWEST + (head.lemma_.lower() in reporting().verbs):
                continue
            if any(set(words) <= set(known) and adds_nothing(head, modality, other) for known, other in said):
                continue
            if is_hanging(head) and modality.certainty == "reported" and not modality.negated:
                continue  # given to the speaker with the clause that it hangs on
            topic = topic_of(head, words)
            subjects = self.of(sentence, head, words, modality, topic)
            for subject in subjects:
                if not self._known(subject, head, words, modality):
                    value = Value(kind="concept", value=topic)
                    self.saying.claim(subject, "cx:remark", value, head.doc, words, modality)
            if subjects:
                said.append((range(words[0], words[-1] + 1), modality))

    def _meant(self, sentence: Sentence, head: Token) -> Modality:
        """How a remark is meant: as its clause is, and as a verb of saying or a word of doubt makes what it governs."""
        modality = self.modality(sentence, head)
        lemma, certainty = head.lemma_.lower(), modality.certainty
        denies = lemma in modality_rules().verbs["denied"]
        if head.pos_ in {"VERB", "AUX"} and modality.attribution is None and (denies or _says(head)):
            spoken = spoken_by(head)
            if spoken is not None:
                return replace(
                    modality, certainty=weakest([certainty, "denied" if denies else "reported"]), attribution=spoken
                )
        if lemma in remark_rules().hedge_nouns and head.pos_ == "NOUN":
            certainty = weakest([certainty, "possible"])
        if lemma in remark_rules().hedge_verbs and head.pos_ == "VERB":
            certainty = weakest([certainty, "possible"])
        if head.tag_ == "VBN" and lemma in remark_rules().awaiting_verbs and not modality.negated:
            return replace(modality, certainty=weakest([certainty, "probable"]), tense="future")
        return replace(modality, certainty=certainty)

    def _known(self, subject: Mention, head: Token, words: list[int], modality: Modality) -> bool:
        """Whether a claim of another property already says this of the entity, meant in the same way."""
        at = offsets(head)[0]
        start, end = self.saying.span(head.doc, words)
        for claim in self.builder.claims.values():
            if self.builder.mentions[claim.subject].chain != subject.chain or claim.predicate == "cx:remark":
                continue
            alike = (claim.certainty, claim.negated, claim.tense) == (
                modality.certainty,
                modality.negated,
                modality.tense,
            )
            if alike and any(
                e.start <= at < e.end and e.start >= start - _MARGIN and e.end <= end + _MARGIN for e in claim.evidence
            ):
                return True
        return False


def _says(verb: Token) -> bool:
    """Whether a verb says something itself, or what its subject takes a thing for: "calls it a crime"."""
    lemma, rules = verb.lemma_.lower(), remark_rules()
    if lemma in reporting().verbs:
        return True
    if lemma in rules.naming_verbs and any(c.dep_ == "oprd" or _is_noun_clause(c) for c in verb.children):
        return True
    return any(
        lemma in rules.naming_prepositions.get(c.lower_, ()) and c.dep_ in {"prep", "prt"} for c in verb.children
    )


def _is_noun_clause(word: Token) -> bool:
    return word.dep_ == "ccomp" and word.pos_ in {"NOUN", "PROPN", "ADJ"}
