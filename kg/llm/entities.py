"""The entities of a model's answers as mentions: their quotes found in the text, joined where they are one thing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from kg.extract.builder import FactsBuilder
from kg.extract.document import offsets
from kg.facts.model import EntityClass, Mention
from kg.ids import normalise
from kg.llm.anchoring import Places, Span
from kg.llm.meaning import tokens_at
from kg.llm.values import Values
from kg.llm.wire import WireEntity

__all__ = ["Entities", "Found"]

Drop = Callable[[str], None]
_HEADED = frozenset({"Incident", "Person"})


@dataclass
class Found:
    """One thing of the article, out of one or several answers.

    Attributes:
        cls: Its class.
        spans: Where it is named or described.
        heads: Of an incident or a person, the offsets of the words that these places hang on: what two phrases share,
            "crossed" or "soldier", tells of one thing.
        name: Where its proper name stands, if it has one.
        concept: The entry of the gazetteer.
        mentions: Its mentions, in the order of the text, once they are made.
    """

    cls: EntityClass
    spans: set[Span]
    name: Span | None = None
    concept: str | None = None
    heads: set[int] = field(default_factory=set)
    mentions: list[Mention] = field(default_factory=list)

    def nearest(self, evidence: Span) -> Mention:
        """The mention in the evidence, else the nearest to it, the earlier of two."""

        def distance(mention: Mention) -> tuple[int, int]:
            return max(0, mention.start - evidence[1], evidence[0] - mention.end), mention.start

        return min(self.mentions, key=distance)


class Entities:
    """The entities of one article.

    Args:
        builder: The record in the making.
        values: Reads numbers and names.
        drop: Is told the reason for everything that is left out.
    """

    def __init__(self, builder: FactsBuilder, values: Values, drop: Drop) -> None:
        self.builder = builder
        self.values = values
        self.drop = drop
        self._all: list[Found] = []

    def add(self, wire: WireEntity, places: Places, figure: Span | None) -> Found | None:
        """Find an entity in the text.

        Args:
            wire: What the model says of it.
            places: The part of the text that the model read.
            figure: Of a Statistic, where its number stands: two figures of one clause are two Statistics.

        Returns:
            The entity, one that is known already if it is the same; none where no word of it is found.
        """
        spans: set[Span] = {figure} if figure is not None else set()
        if wire.cls != "Statistic":
            for quote in wire.quotes:
                found = places.all(quote) if wire.name is not None and quote == wire.name else [places.find(quote)]
                spans |= {span for span in found if span is not None}
                if None in found or not found:
                    self.drop("quote of an entity not in the text")
        if not spans:
            if wire.cls == "Statistic":
                self.drop("statistic without a number")
            return None
        name = self._name(wire, places, min(spans)) if wire.name is not None else None
        if name is not None and not any(a <= name[0] and name[1] <= b for a, b in spans):
            spans.add(name)
        words = places.text[slice(*name)] if name is not None else places.text[slice(*min(spans))]
        heads = {self._head(span) for span in spans} if wire.cls in _HEADED else set()
        made = Found(wire.cls, spans, name, self.values.named(wire.cls, " ".join(words.split())), heads)
        for known in self._all:
            if self._same(known, made):
                known.spans |= made.spans
                known.heads |= made.heads
                known.name = min((n for n in (known.name, made.name) if n is not None), default=None)
                known.concept = known.concept or made.concept
                return known
        self._all.append(made)
        return made

    def record(self) -> None:
        """Make the mentions of all entities, the first of each the head of its chain."""
        ordered = sorted(self._all, key=lambda found: min(found.spans))
        taken: set[tuple[EntityClass, Span]] = set()
        for found in ordered:
            # Two entities of one class cannot stand in the same words; the one told first has them.
            found.spans = {span for span in found.spans if (found.cls, span) not in taken}
            taken |= {(found.cls, span) for span in found.spans}
            first = min(found.spans, default=None)
            named = found.name
            group = self.values.group(first) if found.cls == "Person" and named is None and first is not None else 1
            for span in sorted(found.spans):
                chain = found.mentions[0].id if found.mentions else None
                count = group if span == first else 1
                found.mentions.append(
                    self.builder.mention(
                        found.cls,
                        *span,
                        chain=chain,
                        name=self._words(named) if named is not None and _holds(span, named) else None,
                        concept=found.concept,
                        count=count,
                    )
                )

    def all(self) -> Iterable[Found]:
        """Every entity that has a mention."""
        return [found for found in self._all if found.mentions]

    def _name(self, wire: WireEntity, places: Places, first: Span) -> Span | None:
        found = places.find(wire.name or "", near=first[0])
        if found is None:
            self.drop("name not in the text")
        return found

    def _same(self, known: Found, made: Found) -> bool:
        if known.cls != made.cls:
            return False
        if (
            known.spans & made.spans
            or known.heads & made.heads
            or (known.concept is not None and known.concept == made.concept)
        ):
            return True
        if known.name is None or made.name is None:
            return False
        return normalise(self._words(known.name)) == normalise(self._words(made.name))

    def _head(self, span: Span) -> int:
        tokens = tokens_at(self.builder.document, span)
        return offsets(tokens.root)[0] if tokens is not None else span[0]

    def _words(self, span: Span) -> str:
        return " ".join(self.builder.document.quote(*span).split())


def _holds(span: Span, inner: Span) -> bool:
    return span[0] <= inner[0] and inner[1] <= span[1]
