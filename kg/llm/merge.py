"""Two records of one article become one: what both found is said once and names both, all else names who found it.

Claims that say the same of one entity in the same way are one claim. Where the two records differ in how a claim is
meant, both claims stand: a model that calls everything doubtful takes nothing away from what the rules read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import msgspec

from kg.facts.model import Anchor, Claim, Extractor, Facts, Mention, Quantity, TimeExpression, Value
from kg.ids import normalise
from kg.llm.aligning import Span, aligned, overlap

__all__ = ["BOTH", "merge"]

#: What a merged record names as its extractor; its claims name the single ones.
BOTH = "both"


def merge(first: Facts, second: Facts, sentences: Iterable[Span]) -> Facts:
    """One record out of two of the same text.

    Args:
        first: The record whose mentions, dates and numbers stand: that of the rules.
        second: The record that is joined to it.
        sentences: Where the sentences of the text stand.
    """
    return _Merger(first, second, tuple(sentences)).merged()


class _Merger:
    def __init__(self, first: Facts, second: Facts, sentences: tuple[Span, ...]) -> None:
        self.first = first
        self.second = second
        self.chains = aligned(first, second, sentences)
        #: The id in the merged record of every record of the second.
        self.ids: dict[str, str] = {}
        parts = (first.blocks, first.mentions, first.times, first.quantities, first.claims)
        self.used = {record.id for part in parts for record in part}

    def merged(self) -> Facts:
        mentions = self._mentions()
        times, quantities = self._times(), self._quantities()
        one, other = self.first.extractor, self.second.extractor
        return Facts(
            article=self.first.article,
            extractor=_both(one, other),
            extractors=(one, other),
            blocks=self.first.blocks,
            mentions=_headed(mentions),
            times=tuple(sorted(times, key=lambda t: (t.start, t.end))),
            quantities=tuple(sorted(quantities, key=lambda q: (q.start, q.end))),
            claims=self._claims({m.id: m.chain for m in mentions}, {q.id: q for q in quantities}),
        )

    def _new(self, ident: str) -> str:
        """A free id for a record of the second."""
        made = f"{self.second.extractor.name}.{ident}"
        while made in self.used:
            made += "."
        self.used.add(made)
        self.ids[ident] = made
        return made

    def _mentions(self) -> list[Mention]:
        found = list(self.first.mentions)
        # The chains that the first record lacks begin with the first of their mentions.
        for mention in sorted(self.second.mentions, key=lambda m: (m.start, m.end)):
            chain = self.chains.get(mention.chain)
            known = self._known(mention, chain)
            if known is not None:
                self.ids[mention.id] = known.id
                self.chains.setdefault(mention.chain, known.chain)
                continue
            ident = self._new(mention.id)
            self.chains.setdefault(mention.chain, ident)
            # How many persons an entity is stands with the record that knew it first.
            count = mention.count if chain is None else 1
            found.append(msgspec.structs.replace(mention, id=ident, chain=self.chains[mention.chain], count=count))
        return found

    def _known(self, mention: Mention, chain: str | None) -> Mention | None:
        """The first record's mention that stands there: the same words, or words of the same entity that overlap."""
        same = [m for m in self.first.mentions if m.cls == mention.cls and overlap(m, mention) > 0]
        same = [m for m in same if m.chain == chain or (m.start, m.end) == (mention.start, mention.end)]
        return max(same, key=lambda m: (overlap(m, mention), -m.start), default=None)

    def _times(self) -> list[TimeExpression]:
        known = {_place(time): time.id for time in reversed(self.first.times)}
        added = []
        for time in self.second.times:
            if _place(time) in known:
                self.ids[time.id] = known[_place(time)]
            else:
                added.append(time)
                self._new(time.id)
        return [*self.first.times, *(self._renamed(time) for time in added)]

    def _renamed(self, time: TimeExpression) -> TimeExpression:
        anchor = time.anchor
        if anchor is not None and anchor.ref is not None:
            anchor = Anchor(kind=anchor.kind, ref=self.ids[anchor.ref])
        to = self.ids[time.to] if time.to is not None else None
        return msgspec.structs.replace(time, id=self.ids[time.id], anchor=anchor, to=to)

    def _quantities(self) -> list[Quantity]:
        found = list(self.first.quantities)
        known = {(q.start, q.end, q.unit): q.id for q in reversed(found)}
        for quantity in self.second.quantities:
            ident = known.get((quantity.start, quantity.end, quantity.unit))
            if ident is not None:
                self.ids[quantity.id] = ident
            else:
                found.append(msgspec.structs.replace(quantity, id=self._new(quantity.id)))
        return found

    def _claims(self, chains: dict[str, str], quantities: dict[str, Quantity]) -> tuple[Claim, ...]:
        one, other = self.first.extractor.name, self.second.extractor.name

        def said(claim: Claim) -> tuple[object, ...]:
            meant = (claim.certainty, claim.specificity, claim.negated)
            return chains[claim.subject], claim.predicate, _key(claim.value, chains, quantities), *meant

        found = [msgspec.structs.replace(claim, extractors=(one,)) for claim in self.first.claims]
        places = {said(claim): place for place, claim in reversed(list(enumerate(found)))}
        for theirs in (self._translated(claim) for claim in self.second.claims):
            place = places.get(said(theirs))
            if place is None:
                made = msgspec.structs.replace(theirs, id=self._new(theirs.id), extractors=(other,))
                places[said(made)] = len(found)
                found.append(made)
                continue
            mine = found[place]
            found[place] = msgspec.structs.replace(
                mine,
                # The first record's evidence stays in front: the claim's id follows from it.
                evidence=(*mine.evidence, *(e for e in theirs.evidence if e not in mine.evidence)),
                attribution=mine.attribution or theirs.attribution,
                extractors=(*mine.extractors, *(n for n in (other,) if n not in mine.extractors)),
            )
        return tuple(sorted(found, key=lambda c: (c.evidence[0].start, c.predicate, c.id)))

    def _translated(self, claim: Claim) -> Claim:
        """A claim of the second record with the ids of the merged one."""
        value, attribution = claim.value, claim.attribution
        if value.kind in {"mention", "time", "quantity"}:
            value = Value(kind=value.kind, value=self.ids[str(value.value)])
        if attribution is not None and attribution.mention is not None:
            attribution = msgspec.structs.replace(attribution, mention=self.ids[attribution.mention])
        return msgspec.structs.replace(claim, subject=self.ids[claim.subject], value=value, attribution=attribution)


def _place(time: TimeExpression) -> tuple[int, int, bool]:
    """Where an expression stands; both ends of a range stand in one place, and the first of them names the other."""
    return time.start, time.end, time.to is not None


def _key(value: Value, chains: dict[str, str], quantities: dict[str, Quantity]) -> tuple[object, ...]:
    """What a value says, for comparison with another one's."""
    if value.kind == "mention":
        return value.kind, chains[str(value.value)]
    if value.kind == "quantity":
        amount = quantities[str(value.value)]
        return value.kind, amount.unit, amount.value, amount.lower, amount.upper, amount.qualifier, amount.qualitative
    if value.kind == "text":
        return value.kind, normalise(str(value.value))
    return value.kind, value.value


def _headed(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """The mentions in the order of the text, each chain called after its first one."""
    ordered = sorted(mentions, key=lambda m: (m.start, m.end, m.cls))
    heads: dict[str, str] = {}
    for mention in ordered:
        heads.setdefault(mention.chain, mention.id)
    return tuple(msgspec.structs.replace(m, chain=heads[m.chain]) for m in ordered)


def _both(one: Extractor, other: Extractor) -> Extractor:
    digest = hashlib.sha256(f"{one.hash}\0{other.hash}".encode()).hexdigest()
    return Extractor(name=BOTH, version=f"{one.name}-{one.version}+{other.name}-{other.version}", hash=digest)
