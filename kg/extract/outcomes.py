"""What became of who crossed: custody and by whom, questioning, handing over, injury, death, return."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.around import Around
from kg.extract.cluster import Cluster
from kg.extract.crossing_rules import Outcome
from kg.extract.document import Sentence, offsets
from kg.extract.fronts import fronts_of
from kg.extract.modality import Modality, subject_of
from kg.extract.participants import phrase
from kg.extract.saying import clause_words
from kg.extract.triggers import caught_on_film
from kg.facts.model import Mention, Value

if TYPE_CHECKING:
    from kg.extract.parsed import Token

__all__ = ["Outcomes"]


class Outcomes(Around):
    """Reads the verbs of outcomes."""

    def read(self, sentence: Sentence, verb: Token) -> None:
        """Add the outcome that a verb tells, with its custodian, place and date."""
        lemma = verb.lemma_.lower()
        for outcome in self.rules.outcomes:
            if lemma not in outcome.verbs or not self._has(verb, outcome):
                continue
            undergoer = self.undergoer(verb) if outcome.crosser == "object" else subject_of(verb)
            cluster = self.crosser(sentence, undergoer) if undergoer is not None else None
            if cluster is None or cluster.mention is None:
                continue
            if (lemma in {"see", "hold", "keep"} and not outcome.needs) or caught_on_film(verb):
                continue
            modality = self.modality(sentence, verb)
            if self.habitual(verb):
                continue
            words = clause_words(verb, subject=False)
            if undergoer is not None and verb.sent == undergoer.sent and abs(undergoer.i - verb.i) < 12:
                first = min(undergoer.i, verb.i)
                words = [i for i in sorted({*words, *range(*phrase(undergoer))}) if i >= first - 6 or i == first]
                if undergoer.i < verb.i:
                    words = [i for i in words if i >= phrase(undergoer)[0]]
            concept = Value(kind="concept", value=outcome.concept)
            self.saying.claim(cluster.mention, "cx:outcome", concept, verb.doc, words, modality)
            if outcome.concept == "outcome:custody" and modality.real:
                self.date(sentence, verb, cluster, modality)
                self._custodian(sentence, verb, cluster.mention, words, modality)
                self._where(sentence, verb, cluster, words, modality)
            return

    def _has(self, verb: Token, outcome: Outcome) -> bool:
        if not outcome.needs:
            return True
        near = {
            t.lower_
            for c in verb.children
            if c.dep_ in {"prep", "prt", "advmod", "dobj", "attr", "acomp", "oprd"}
            for t in c.subtree
        }
        return bool(near & outcome.needs)

    def _custodian(
        self, sentence: Sentence, verb: Token, subject: Mention, words: list[int], modality: Modality
    ) -> None:
        agent = next((c for c in verb.children if c.dep_ == "agent"), None)
        actor = next((c for c in agent.children if c.dep_ == "pobj"), None) if agent is not None else None
        if actor is None and not any(c.dep_ == "auxpass" for c in verb.children) and verb.tag_ != "VBN":
            actor = subject_of(verb)
        if actor is None:
            actor = next((c for c in verb.children if c.dep_ == "nsubj"), None)
        if actor is None:
            return
        organization = self.organization(actor)
        if organization is not None:
            value = Value(kind="mention", value=organization.id)
            chosen = sorted({*words, *(t.i for t in actor.subtree if abs(t.i - verb.i) < 20)})
            self.saying.claim(subject, "cx:custodian", value, verb.doc, chosen[:25], modality)

    def _where(self, sentence: Sentence, verb: Token, cluster: Cluster, words: list[int], modality: Modality) -> None:
        """Place and front of the custody, which is where the crossing ended."""
        if cluster.mention is None:
            return
        for spot in self.geography.spots(sentence):
            if spot.kind == "place" and spot.side == "destination" and spot.within(words) and spot.concept:
                start, end = offsets(verb.doc[spot.start : spot.end])
                mention = self.builder.mention_within("Place", start, end)
                if mention is not None and verb.doc[spot.start - 1].lower_ in {"in", "on", "at", "near", "off", "of"}:
                    value = Value(kind="mention", value=mention.id)
                    chosen = [verb.i, *range(spot.start, spot.end)]
                    self.saying.claim(cluster.mention, "cx:place", value, verb.doc, chosen, modality)
        for concept, first, last in fronts_of(self.geography.border.fronts, verb.doc, words):
            value = Value(kind="concept", value=concept)
            self.saying.claim(cluster.mention, "cx:front", value, verb.doc, range(first, last), modality)
