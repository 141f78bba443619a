"""A model's answers become Facts: only what is found again in the text, and all but the words worked out by rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from kg.extract.builder import FactsBuilder
from kg.extract.document import Document
from kg.extract.lexicon import Lexicon
from kg.extract.times import find_times
from kg.facts.model import Extractor, Facts, Mention, TimeExpression, Value
from kg.llm.anchoring import Places, Span
from kg.llm.entities import Entities, Found
from kg.llm.meaning import Meaning, ceiling, meaning
from kg.llm.predicates import SLOTS
from kg.llm.stating import states
from kg.llm.values import Dropped, Read, Values
from kg.llm.wire import WireAnswer, WireClaim

__all__ = ["Reading", "read"]

#: Words of one piece of evidence; more is a paragraph, not a clause that a person would point at.
_EVIDENCE = 60


@dataclass(frozen=True)
class Reading:
    """The facts of an article, and how many things the model named were left out, by reason."""

    facts: Facts
    dropped: Counter[str]


def read(
    document: Document, answers: Sequence[tuple[Places, WireAnswer]], lexicon: Lexicon, extractor: Extractor
) -> Reading:
    """Make the facts of an article.

    Args:
        document: The parsed article.
        answers: What the model answered to each piece of the text, with where that piece stands.
        lexicon: The vocabularies and the gazetteer.
        extractor: Who is said to have read it.
    """
    return _Reader(document, lexicon).read(answers, extractor)


class _Reader:
    def __init__(self, document: Document, lexicon: Lexicon) -> None:
        self.builder = FactsBuilder(document)
        find_times(self.builder)
        self.values = Values(self.builder, lexicon)
        self.dropped: Counter[str] = Counter()
        self.entities = Entities(self.builder, self.values, self._drop)
        self.ceilings: dict[int, Meaning] = {}
        self.stating: list[Span] = [(s.start, s.end) for s in document.sentences if states(s)]

    def read(self, answers: Sequence[tuple[Places, WireAnswer]], extractor: Extractor) -> Reading:
        known = [self._entities(places, answer) for places, answer in answers]
        self.entities.record()
        for found in self.entities.all():
            self.ceilings[id(found)] = ceiling(self.builder.document, found.cls, self._stated(found))
            self._name(found)
        for (places, answer), entities in zip(answers, known, strict=True):
            for claim in answer.claims:
                try:
                    self._claim(claim, entities, places)
                except Dropped as reason:
                    self._drop(str(reason))
        return Reading(_tidied(self.builder.finish(extractor)), self.dropped)

    def _drop(self, reason: str) -> None:
        self.dropped[reason] += 1

    def _stated(self, found: Found) -> list[Span]:
        """Where an entity stands in a sentence that states something; of an incident there must be one."""
        return [(m.start, m.end) for m in found.mentions if any(a <= m.start < b for a, b in self.stating)]

    def _entities(self, places: Places, answer: WireAnswer) -> dict[str, Found]:
        figures: dict[str, Span] = {}
        for claim in answer.claims:
            if claim.predicate == "cx:value" and claim.subject not in figures:
                try:
                    figures[claim.subject] = self.values.figure(claim.value, self._evidence(claim, places), places)
                except Dropped:
                    # Said once more, and counted, when the claim itself is read.
                    continue
        found: dict[str, Found] = {}
        for wire in answer.entities:
            if wire.id in found:
                self._drop("two entities of one id")
                continue
            made = self.entities.add(wire, places, figures.get(wire.id))
            if made is not None:
                found[wire.id] = made
        return found

    def _evidence(self, claim: WireClaim, places: Places) -> Span:
        found = places.find(claim.quote)
        if found is None:
            raise Dropped("quote not in the text")
        return found

    def _name(self, found: Found) -> None:
        """A proper name is a claim of its own, as in the rule extractor."""
        if found.name is None or found.cls not in {"Person", "Organization", "Route"}:
            return
        start, end = found.name
        subject = found.nearest(found.name)
        evidence = self.builder.document.evidence(start, end)
        words = " ".join(evidence.quote.split())
        self.builder.claim(subject, "cx:name", Value(kind="text", value=words), evidence, tense="present")
        if found.cls == "Person":
            named = Value(kind="concept", value="namestatus:named")
            self.builder.claim(subject, "cx:nameStatus", named, evidence, tense="present")

    def _claim(self, claim: WireClaim, entities: dict[str, Found], places: Places) -> None:
        found = entities.get(claim.subject)
        if found is None or not found.mentions:
            raise Dropped("claim about no entity of the text")
        if found.cls == "Incident" and not self._stated(found):
            raise Dropped("incident that no sentence states")
        slot = SLOTS[found.cls].get(claim.predicate)
        if slot is None:
            raise Dropped(f"predicate that no {found.cls} has")
        evidence = self._near(claim, found, places)
        if len(self.builder.document.quote(*evidence).split()) > _EVIDENCE:
            raise Dropped("quote longer than a clause")
        if slot.kind == "mention":
            object_ = entities.get(claim.value)
            if object_ is None or not object_.mentions or object_.cls not in slot.of or object_ is found:
                raise Dropped("value is no entity of the text")
            nearest = object_.nearest(evidence)
            if object_.cls != "Statistic" and not self._beside(nearest, evidence):
                raise Dropped("value not in its paragraph")
            value = Read(Value(kind="mention", value=nearest.id))
        else:
            value = self.values.read(slot, claim.value, evidence, places)
        if claim.predicate == "cx:nameStatus" and (value.value.value == "namestatus:named") != (found.name is not None):
            raise Dropped("name status against the name")
        if claim.predicate == "cx:value" and value.span not in found.spans:
            raise Dropped("second number of a statistic")
        meant = meaning(self.builder, claim, evidence, value.span, places)
        if meant is None:
            raise Dropped("sentence that states nothing")
        self._add(found.nearest(evidence), claim.predicate, value, evidence, meant.under(self.ceilings[id(found)]))

    def _beside(self, mention: Mention, evidence: Span) -> bool:
        """Whether a mention stands in the paragraph of a claim that names it."""
        blocks = self.builder.document.blocks
        return any(b.start <= mention.start < b.end and b.start <= evidence[0] < b.end for b in blocks)

    def _near(self, claim: WireClaim, found: Found, places: Places) -> Span:
        """Where the claim's quote stands: of several places the nearest to a mention of its subject."""
        places_of = places.all(claim.quote)
        if not places_of:
            raise Dropped("quote not in the text")

        def distance(span: Span) -> tuple[int, Span]:
            mention = found.nearest(span)
            return max(0, mention.start - span[1], span[0] - mention.end), span

        return min(places_of, key=distance)

    def _add(self, subject: Mention, predicate: str, value: Read, evidence: Span, meant: Meaning) -> None:
        document = self.builder.document
        words = [document.evidence(*evidence)]
        if value.span is not None and not (evidence[0] <= value.span[0] and value.span[1] <= evidence[1]):
            words.append(document.evidence(*value.span))
        raw = document.quote(*value.span) if value.span is not None else None
        if value.value.kind == "mention":
            raw = self.builder.mentions[str(value.value.value)].quote
        self.builder.claim(
            subject,
            predicate,
            value.value,
            words,
            raw=raw,
            certainty=meant.certainty,
            specificity=meant.specificity,
            negated=meant.negated,
            tense=meant.tense,
            attribution=meant.attribution,
        )


def _tidied(facts: Facts) -> Facts:
    """The record without mentions that nothing is said of, and without anchors that nobody knows."""
    mentions = {mention.id: mention for mention in facts.mentions}
    used = {claim.subject for claim in facts.claims}
    used |= {str(c.value.value) for c in facts.claims if c.value.kind == "mention"}
    used |= {c.attribution.mention for c in facts.claims if c.attribution and c.attribution.mention}
    chains = {mentions[ident].chain for ident in used}
    kept = tuple(m for m in facts.mentions if m.chain in chains or m.cls == "Place")
    return msgspec.structs.replace(facts, mentions=kept, times=tuple(_settled(t) for t in facts.times))


def _settled(time: TimeExpression) -> TimeExpression:
    """An expression that counts from an incident that nobody told of gives no date that can be resolved."""
    if time.anchor is not None and time.anchor.kind == "incident" and time.anchor.ref is None:
        return msgspec.structs.replace(time, anchor=None, unit=None, offset=None)
    return time
