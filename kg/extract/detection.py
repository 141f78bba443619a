"""How a crossing was noticed, and where who crossed was met."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.around import Around
from kg.extract.attribution import reporting
from kg.extract.cluster import Cluster
from kg.extract.crossing_rules import crossing_rules
from kg.extract.document import Sentence, offsets
from kg.extract.modality import Modality, subject_of
from kg.extract.names import chained
from kg.extract.saying import clause_words
from kg.facts.model import Value

if TYPE_CHECKING:
    from kg.extract.parsed import Token

__all__ = ["Detections"]


class Detections(Around):
    """Reads the verbs of noticing."""

    def read(self, sentence: Sentence, verb: Token) -> None:
        """Add how a crossing was noticed, if a verb tells it."""
        lemma = verb.lemma_.lower()
        if lemma not in self.rules.detect_verbs:
            if lemma in self.rules.surrender_verbs:
                self._surrendered(sentence, verb)
            return
        cluster = self._detected(sentence, verb)
        if cluster is None or cluster.mention is None:
            return
        modality = self.modality(sentence, verb)
        if self.habitual(verb) or not modality.real:
            return
        words = clause_words(verb, subject=True, clauses=False)
        participle = [c for c in verb.children if c.dep_ == "advcl" and c.tag_ == "VBG"]
        scope = sorted({*words, *(t.i for c in participle for t in c.subtree)})
        text = " " + " ".join(verb.doc[i].lower_ for i in scope) + " "
        for detection in self.rules.detections:
            hit = next((w for w in detection.words if f" {w} " in text), None)
            if hit is not None:
                value = Value(kind="concept", value=detection.concept)
                chosen = scope if scope[-1] - scope[0] < 25 else words
                self.saying.claim(cluster.mention, "cx:detection", value, verb.doc, chosen, modality)
                break
        self._met(sentence, verb, cluster, modality)
        self.date(sentence, verb, cluster, modality)

    def _met(self, sentence: Sentence, verb: Token, cluster: Cluster, modality: Modality) -> None:
        """Where who crossed was met: the water or the place that the clause of the finding names."""
        if verb.lemma_.lower() not in crossing_rules().verbs["found"] or cluster.mention is None:
            return
        scope = clause_words(verb, clauses=True)
        for spot in self.geography.spots(sentence):
            before = verb.doc[spot.start - 1].lower_ if spot.start else ""
            before = verb.doc[spot.start - 2].lower_ if before == "the" and spot.start > 1 else before
            if self._of_speaker(verb.doc[spot.start : spot.end].root):
                continue
            if not spot.within(scope) or before not in {"in", "on", "off", "near", "at"}:
                continue
            start, end = offsets(verb.doc[spot.start : spot.end])
            words = [verb.i, *range(spot.start, spot.end)]
            if spot.kind == "water" and spot.line is not None and spot.line.route is not None:
                name = self.builder.document.quote(start, end)
                route = self.builder.mention_within("Route", start, end) or chained(
                    self.builder, "Route", start, end, concept=spot.line.route, name=name
                )
                evidence = self.builder.document.evidence(start, end)
                self.builder.claim(route, "cx:name", Value(kind="text", value=name), evidence, tense="present")
                value = Value(kind="mention", value=route.id)
                self.saying.claim(cluster.mention, "cx:viaRoute", value, verb.doc, words, modality)
            place = self.builder.mention_within("Place", start, end)
            if place is not None and (spot.kind == "water" or (spot.kind == "place" and spot.side == "destination")):
                value = Value(kind="mention", value=place.id)
                self.saying.claim(cluster.mention, "cx:place", value, verb.doc, words, modality)

    def _of_speaker(self, place: Token) -> bool:
        """Whether a place only says where somebody who speaks is: "officials in Seoul"."""
        noun = place.head.head
        return place.dep_ == "pobj" and noun.lower_ in reporting().official_words

    def _detected(self, sentence: Sentence, verb: Token) -> Cluster | None:
        """The incident whose crosser, boat or movement is what a verb of noticing has for an object."""
        target = self.undergoer(verb)
        if target is None and verb.dep_ == "conj":
            target = self.undergoer(verb.head)
        if target is None:
            return None
        if target.lemma_.lower() in {
            "movement",
            "alarm",
            "boat",
            "vessel",
            "motion",
            "presence",
            "crossing",
            "figure",
            "it",
        }:
            of = next((c for c in target.children if c.dep_ == "prep" and c.lower_ == "of"), None)
            person = next((c for c in of.children if c.dep_ == "pobj"), None) if of is not None else None
            owner = person or next((c for c in target.children if c.dep_ == "poss"), None)
            if owner is not None:
                return self.crosser(sentence, owner)
            return self.here(sentence, verb)
        return self.crosser(sentence, target)

    def _surrendered(self, sentence: Sentence, verb: Token) -> None:
        words = clause_words(verb)
        text = " ".join(verb.doc[i].lower_ for i in words)
        if not any(phrase in text for phrase in self.rules.surrender):
            return
        subject = subject_of(verb)
        cluster = self.crosser(sentence, subject) if subject is not None else None
        modality = self.modality(sentence, verb)
        if cluster is not None and cluster.mention is not None and modality.real:
            value = Value(kind="concept", value="detection:self-surrender")
            self.saying.claim(cluster.mention, "cx:detection", value, verb.doc, words, modality)
