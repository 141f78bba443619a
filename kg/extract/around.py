"""What the readers of the clauses around a crossing share: the record, who is meant, what a verb is done to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.builder import FactsBuilder
from kg.extract.cluster import Cluster
from kg.extract.clusters import Clusters
from kg.extract.coreference import crosser_of
from kg.extract.crossing_rules import SlotRules, slot_rules
from kg.extract.document import Sentence, offsets
from kg.extract.geography import Geography
from kg.extract.modality import Modality, assess
from kg.extract.participants import Participants, phrase
from kg.extract.saying import Saying
from kg.extract.specificity import modality_rules, subject_of
from kg.extract.times import time_of, tokens_of
from kg.facts.model import Mention, Value

if TYPE_CHECKING:
    from kg.extract.parsed import Token

__all__ = ["Around"]


@dataclass
class Around:
    """Reads clauses for incidents that are known.

    Attributes:
        builder: The record.
        geography: The border's geography.
        people: Reads noun phrases.
        saying: Writes the claims.
        clusters: The incidents.
    """

    builder: FactsBuilder
    geography: Geography
    people: Participants
    saying: Saying
    clusters: Clusters

    @property
    def rules(self) -> SlotRules:
        """The words by the slot that they fill."""
        return slot_rules()

    def crosser(self, sentence: Sentence, token: Token) -> Cluster | None:
        """The incident whose crosser a noun phrase stands for."""
        return crosser_of(self.clusters, self.people, sentence, token)

    def here(self, sentence: Sentence, token: Token) -> Cluster | None:
        """The incident that is spoken of at a place: the last one told in the block, else the focal one."""
        return self.clusters.at((sentence.index, token.i, sentence.block.id))

    def modality(self, sentence: Sentence, head: Token) -> Modality:
        """How a clause is meant."""
        return assess(sentence, head)

    def habitual(self, verb: Token) -> bool:
        """Whether a clause tells a custom ("is usually questioned")."""
        return any(c.dep_ == "advmod" and c.lower_ in modality_rules().generic_adverbs for c in verb.children)

    def undergoer(self, verb: Token) -> Token | None:
        """What a verb is done to: its object, the subject of its passive, the noun of its participle."""
        for child in verb.children:
            if child.dep_ == "nsubjpass":
                if child.tag_ in {"WP", "WDT"}:
                    return verb.head
                return child
        if any(c.dep_ == "auxpass" for c in verb.children):
            # "The man, believed to be a soldier, was taken": the parser gives the subject to the aside.
            aside = next((c for c in verb.children if c.dep_ == "advcl" and c.i < verb.i), None)
            displaced = next((c for c in aside.children if c.dep_ == "nsubj"), None) if aside is not None else None
            if displaced is not None and aside is not None and displaced.i == aside.left_edge.i + _width(displaced) - 1:
                return displaced
        objects = [
            c
            for c in verb.children
            if c.dep_ in {"dobj", "dative"} or (c.dep_ == "ccomp" and c.pos_ in {"NOUN", "PROPN"})
        ]
        for child in objects:
            if child.lower_ in self.rules.custody_nouns:
                of = next((c for c in child.children if c.dep_ == "prep" and c.lower_ == "of"), None)
                return next((c for c in of.children if c.dep_ == "pobj"), None) if of is not None else None
            return child
        if verb.dep_ == "acl" and verb.tag_ == "VBN":
            return verb.head
        if verb.dep_ == "conj" and verb.tag_ == "VBN":
            # "was found and taken into custody", "appeared calm and was taken"
            above = verb.head
            if above.dep_ == "parataxis" and above.head.i < above.i:
                above = above.head  # "appeared calm, officials said, and was taken": hung on the aside
            return self.undergoer(above) or subject_of(above)
        if verb.dep_ in {"xcomp", "conj"} and any(c.dep_ == "auxpass" for c in verb.children):
            return subject_of(verb)
        return None

    def organization(self, noun: Token) -> Mention | None:
        """The organisation that a noun phrase names."""
        if noun.tag_ in {"WP", "WDT"} and noun.head.dep_ == "relcl":
            noun = noun.head.head
        start, end = offsets(noun)
        found = self.builder.mention_within("Organization", start, end)
        if found is not None:
            return found
        left, right = offsets(noun.doc[noun.left_edge.i : noun.i + 1])
        return self.builder.mention_within("Organization", left, right)

    def date(self, sentence: Sentence, verb: Token, cluster: Cluster, modality: Modality) -> None:
        """The date of the custody dates an incident that has no other: it is where the crossing ended."""
        if cluster.times:
            return
        time = time_of(self.builder, sentence, verb)
        if time is None and verb.head.lemma_ == "be" and verb.dep_ in {"ccomp", "advcl"}:
            time = time_of(self.builder, sentence, verb.head)  # "It was on a Sunday that patrols noticed"
        span = tokens_of(self.builder.document, time) if time is not None else None
        if time is None or span is None or cluster.mention is None or time.modifier in {"since", "until"}:
            return
        cluster.times.append(time)
        words = [*range(span.start, span.end), verb.i]
        if max(words) - min(words) >= 25:
            words = list(range(span.start, span.end))
        value = Value(kind="time", value=time.id)
        self.saying.claim(cluster.mention, "cx:dateEDTF", value, verb.doc, words, modality, raw=time.quote)


def _width(noun: Token) -> int:
    """How many tokens a noun and what stands before it take."""
    start, _ = phrase(noun)
    return noun.i - start + 1
