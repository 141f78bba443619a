"""Front, place and way of a crossing where a sentence of its own tells them, and what the other side's army did."""

from __future__ import annotations

from kg.extract.around import Around
from kg.extract.cluster import Cluster
from kg.extract.document import Sentence, offsets
from kg.extract.fronts import fronts_of
from kg.extract.modality import subject_of
from kg.facts.model import Value

__all__ = ["Whereabouts"]


class Whereabouts(Around):
    """Reads sentences that place an incident."""

    def fronts(self, sentence: Sentence) -> None:
        """The front in a sentence about who crossed: "stood at a post on the eastern front"."""
        words = list(range(sentence.span.start, sentence.span.end))
        for concept, first, last in fronts_of(self.geography.border.fronts, sentence.span.doc, words):
            cluster = self._told_of(sentence, last)
            modality = self.modality(sentence, sentence.span.doc[last - 1])
            if cluster is None or cluster.mention is None or not modality.real or self._has_front(cluster):
                continue
            value = Value(kind="concept", value=concept)
            self.saying.claim(cluster.mention, "cx:front", value, sentence.span.doc, range(first, last), modality)

    def _told_of(self, sentence: Sentence, last: int) -> Cluster | None:
        """The incident that a clause up to some word speaks of.

        By who crossed, as its subject, the noun of its relative clause, or the subject that follows a participle
        ("having crossed on the central front, the soldier ..."); else by the operation that it names.
        """
        subjects = [t for t in sentence.span if t.dep_ in {"nsubj", "nsubjpass"}]
        before = [t for t in subjects if t.i < last]
        after = [t for t in subjects if t.i >= last and any(c.dep_ == "advcl" and c.i < last for c in t.head.children)]
        for subject in (*reversed(before), *after):
            noun = subject.head.head if subject.tag_ in {"WP", "WDT"} and subject.head.dep_ == "relcl" else subject
            cluster = self.crosser(sentence, noun)
            if cluster is not None:
                return cluster
        operation = (t for t in sentence.span if t.i < last and t.lemma_.lower() in self.rules.operation_nouns)
        return next((self.here(sentence, noun) for noun in operation), None)

    def passed_through(self, sentence: Sentence) -> None:
        """The way through other countries, in a sentence about those who crossed: "they travelled through Laos"."""
        for route in [m for m in self.builder.mentions.values() if m.cls == "Route"]:
            if not (sentence.start <= route.start < sentence.end):
                continue
            if route.concept != self.geography.border.third_country_route:
                continue
            verbs = [t for t in sentence.span if t.pos_ == "VERB" and offsets(t)[0] < route.start]
            verb = verbs[-1] if verbs else None
            subject = subject_of(verb) if verb is not None else None
            cluster = self.crosser(sentence, subject) if subject is not None else None
            if verb is None or cluster is None or cluster.mention is None:
                continue
            modality = self.modality(sentence, verb)
            if not modality.real or self.habitual(verb):
                continue
            span = sentence.span.doc.char_span(
                route.start - sentence.block.start, route.end - sentence.block.start, alignment_mode="expand"
            )
            words = [verb.i, *(range(span.start, span.end) if span is not None else ())]
            value = Value(kind="mention", value=route.id)
            self.saying.claim(cluster.mention, "cx:viaRoute", value, verb.doc, words, modality)
            kind = Value(kind="concept", value="itype:arrival-via-third-country")
            self.saying.claim(cluster.mention, "cx:incidentType", kind, verb.doc, words, modality)

    def _has_front(self, cluster: Cluster) -> bool:
        return any(
            claim.predicate == "cx:front"
            and cluster.mention is not None
            and self.builder.mentions[claim.subject].chain == cluster.mention.chain
            for claim in self.builder.claims.values()
        )

    def located(self, sentence: Sentence) -> None:
        """A sentence that does nothing but place the incident: "The scene was X", "X was where he was caught"."""
        self._place_where(sentence)
        for noun in sentence.span:
            if noun.lemma_.lower() not in self.rules.scene_nouns or noun.dep_ != "nsubj" or noun.head.lemma_ != "be":
                continue
            named = next((c for c in noun.head.children if c.dep_ == "attr"), None)
            place = self.builder.mention_within("Place", *offsets(named)) if named is not None else None
            cluster = self.here(sentence, noun)
            if place is not None and named is not None and cluster is not None and cluster.mention is not None:
                value = Value(kind="mention", value=place.id)
                words = [noun.i, named.i]
                self.saying.claim(
                    cluster.mention, "cx:place", value, noun.doc, words, self.modality(sentence, noun.head)
                )

    def _place_where(self, sentence: Sentence) -> None:
        """The subject of "X was the place where he was taken into custody"."""
        for noun in sentence.span:
            if noun.dep_ != "attr" or noun.lemma_.lower() not in self.rules.scene_nouns or noun.head.lemma_ != "be":
                continue
            clause = next((c for c in noun.children if c.dep_ == "relcl"), None)
            subject = subject_of(clause) if clause is not None else None
            cluster = self.crosser(sentence, subject) if subject is not None else None
            named = next((c for c in noun.head.children if c.dep_ == "nsubj"), None)
            # "Goseong county": the place stands beside the noun that is the subject.
            words = [named, *(c for c in named.children if c.dep_ == "compound")] if named is not None else []
            places = (self.builder.mention_within("Place", *offsets(word)) for word in words)
            place = next((p for p in places if p is not None), None)
            if clause is None or cluster is None or cluster.mention is None or place is None or named is None:
                continue
            modality = self.modality(sentence, clause)
            if modality.real:
                value = Value(kind="mention", value=place.id)
                span = [*(w.i for w in words), noun.i, clause.i]
                self.saying.claim(cluster.mention, "cx:place", value, noun.doc, span, modality)

    def activity(self, sentence: Sentence) -> None:
        """A finding, mostly a negative one, on what the army of the side that was left did."""
        words = set(self.geography.border.adversary_words)
        doc = sentence.span.doc
        home = any(spot.side == "home" for spot in self.geography.spots(sentence))
        focal = self.clusters.focal
        if not home or focal is None or focal.mention is None:
            return
        for noun in sentence.span:
            if noun.pos_ != "NOUN" or not (noun.lemma_.lower() in words or noun.lower_ in words):
                continue
            marked = [c for c in noun.children if c.lower_ in self.rules.unusual]
            if not marked or not any(
                s.side == "home" and abs(s.start - noun.i) < 12 for s in self.geography.spots(sentence)
            ):
                continue
            modality = self.modality(sentence, noun)
            if modality.unsettled or modality.tense == "future":
                continue
            value = Value(kind="boolean", value=True)
            chosen = [t.i for t in noun.subtree if abs(t.i - noun.i) < 12]
            self.saying.claim(focal.mention, "cx:militaryActivity", value, doc, chosen, modality, raw=noun.text)
            return
