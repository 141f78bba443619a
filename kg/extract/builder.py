"""Collects what the parts of the extractor find, gives it ids, and hands out one `Facts` record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import msgspec

from kg.errors import CrossingsError
from kg.extract.document import Document
from kg.facts.model import (
    Attribution,
    Certainty,
    Claim,
    EntityClass,
    Evidence,
    Extractor,
    Facts,
    Mention,
    Quantity,
    Specificity,
    Tense,
    TimeExpression,
    Value,
)

__all__ = ["FactsBuilder"]

_Part = TypeVar("_Part", TimeExpression, Quantity)


class FactsBuilder:
    """The record in the making. A mention is found again by its class and span; equal claims join their evidence."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.mentions: dict[str, Mention] = {}
        self.times: dict[str, TimeExpression] = {}
        self.quantities: dict[str, Quantity] = {}
        self.claims: dict[str, Claim] = {}
        self._at: dict[tuple[EntityClass, int, int], Mention] = {}
        self._of: dict[EntityClass, list[Mention]] = {}
        self._said: dict[tuple[object, ...], list[str]] = {}

    def mention(
        self,
        cls: EntityClass,
        start: int,
        end: int,
        *,
        chain: str | None = None,
        name: str | None = None,
        concept: str | None = None,
        count: int = 1,
    ) -> Mention:
        """Add a mention, or return the one of this class that stands there.

        Args:
            cls: The class of what is mentioned.
            start: First code point in the text.
            end: One past the last code point.
            chain: The id of the first mention of the same entity; absent for a first mention.
            name: The proper name as written, where there is one.
            concept: The gazetteer entry that the words are a label of.
            count: How many persons the words stand for.
        """
        known = self._at.get((cls, start, end))
        if known is not None:
            return known
        ident = f"{cls[0].lower()}{len(self.mentions) + 1}"
        made = Mention(
            id=ident,
            cls=cls,
            start=start,
            end=end,
            quote=self.document.quote(start, end),
            chain=chain or ident,
            name=name,
            concept=concept,
            count=count,
        )
        self.mentions[ident] = made
        self._at[cls, start, end] = made
        self._of.setdefault(cls, []).append(made)
        return made

    def mention_within(self, cls: EntityClass, start: int, end: int) -> Mention | None:
        """The first mention of a class that overlaps a stretch of the text."""
        found: Mention | None = None
        for mention in self._of.get(cls, ()):
            if mention.start < end and start < mention.end and (found is None or mention.start < found.start):
                found = mention
        return found

    def add_time(self, time: TimeExpression) -> TimeExpression:
        """Add a time expression; its id must be new."""
        return self._add(self.times, time)

    def time_within(self, start: int, end: int) -> TimeExpression | None:
        """The first time expression that overlaps a stretch of the text."""
        inside = (t for t in self.times.values() if t.start < end and start < t.end)
        return min(inside, key=lambda t: t.start, default=None)

    def add_quantity(self, quantity: Quantity) -> Quantity:
        """Add a quantity; its id must be new."""
        return self._add(self.quantities, quantity)

    def _add(self, where: dict[str, _Part], what: _Part) -> _Part:
        if what.id in where:
            raise CrossingsError(f"the extractor made two records with the id {what.id}")
        where[what.id] = what
        return what

    def claim(
        self,
        subject: Mention,
        predicate: str,
        value: Value,
        evidence: Evidence | Sequence[Evidence],
        *,
        raw: str | None = None,
        certainty: Certainty = "asserted",
        specificity: Specificity = "specific",
        negated: bool = False,
        tense: Tense = "past",
        attribution: Attribution | None = None,
    ) -> Claim:
        """Add a claim; one in which the same speaker says the same of an entity gains the new evidence instead."""
        found = (evidence,) if isinstance(evidence, Evidence) else tuple(evidence)
        same = (predicate, value, certainty, specificity, negated, tense, self._speaker(attribution))
        alike = self._said.setdefault(same, [])
        for known in (self.claims[ident] for ident in alike):
            if self.mentions[known.subject].chain == subject.chain:
                extra = tuple(e for e in found if e not in known.evidence)
                joined = msgspec.structs.replace(known, evidence=known.evidence + extra)
                self.claims[known.id] = joined
                return joined
        ident = f"c{len(self.claims) + 1}"
        made = Claim(
            id=ident,
            subject=subject.id,
            predicate=predicate,
            value=value,
            raw=raw if raw is not None else found[0].quote,
            evidence=found,
            certainty=certainty,
            specificity=specificity,
            negated=negated,
            tense=tense,
            attribution=attribution,
        )
        self.claims[ident] = made
        alike.append(ident)
        return made

    def _speaker(self, attribution: Attribution | None) -> str | None:
        """Who says something: the one mentioned, however he is called in the words, else these words."""
        if attribution is None:
            return None
        spoken = self.mentions.get(attribution.mention) if attribution.mention is not None else None
        if spoken is None:
            return attribution.text.lower()
        return spoken.concept or spoken.chain

    def finish(self, extractor: Extractor) -> Facts:
        """The record, everything in the order of the text."""
        return Facts(
            article=self.document.article,
            extractor=extractor,
            blocks=self.document.blocks,
            mentions=tuple(sorted(self.mentions.values(), key=lambda m: (m.start, m.end, m.cls))),
            times=tuple(sorted(self.times.values(), key=lambda t: (t.start, t.end))),
            quantities=tuple(sorted(self.quantities.values(), key=lambda q: (q.start, q.end))),
            claims=tuple(sorted(self.claims.values(), key=lambda c: (c.evidence[0].start, c.predicate, c.id))),
        )
