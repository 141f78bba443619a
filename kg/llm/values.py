"""The value of a model's claim, worked out by rule from the words that the model points at.

The model's own numbers and dates count for nothing: a number is what `kg.extract.quantities` reads in the quoted words,
a date what `kg.extract.times` reads there, an entry of the gazetteer what the lexicon knows by them.
"""

from __future__ import annotations

from functools import cached_property

from kg.extract.builder import FactsBuilder
from kg.extract.lexicon import Lexicon
from kg.extract.quantities import NumberPhrase, add_quantity, numbers_of, read_number
from kg.extract.times import duration_of
from kg.facts.model import EntityClass, TimeExpression, Value
from kg.llm.anchoring import Places, Span
from kg.llm.meaning import tokens_at
from kg.llm.predicates import Slot

__all__ = ["Dropped", "Read", "Values"]

#: No unnamed group of more persons than this is told of one by one.
_GROUP = 30
_ONE = frozenset({"a", "an", "one"})


class Dropped(Exception):
    """Something the model named cannot be used; `args[0]` is the reason, for counting."""


class Read:
    """A value with its own words.

    Attributes:
        value: The value; for a mention the id is filled in by the caller.
        span: Where its words stand; none where it has no words of its own.
    """

    def __init__(self, value: Value, span: Span | None = None) -> None:
        self.value = value
        self.span = span


class Values:
    """Reads the values of one article's claims.

    Args:
        builder: Holds the parsed document and its time expressions (`find_times`).
        lexicon: The vocabularies and the gazetteer.
    """

    def __init__(self, builder: FactsBuilder, lexicon: Lexicon) -> None:
        self.builder = builder
        self.lexicon = lexicon

    def read(self, slot: Slot, words: str, evidence: Span, places: Places) -> Read:
        """The value that a model gives as words; a mention is for the caller.

        Args:
            slot: What the value must be.
            words: What the model gave.
            evidence: Where the claim's quote stands.
            places: The part of the text that the model read.

        Raises:
            Dropped: It is no such value.
        """
        match slot.kind:
            case "concept":
                return self._concept(slot.of[0], words)
            case "boolean":
                return self._boolean(words)
            case "time":
                return self._time(words, evidence, places)
        span = self._place(words, evidence, places)
        match slot.kind:
            case "quantity":
                return self._quantity(span, slot.of)
            case "count":
                return self._count(span)
            case "country":
                return self._country(span)
            case "duration":
                return self._duration(span)
        return Read(Value(kind="text", value=" ".join(places.text[span[0] : span[1]].split())), span)

    def group(self, span: Span) -> int:
        """How many persons the words of a mention stand for: 1 unless they give another exact number."""
        phrase = self._number(span)
        if phrase is None or phrase.value is None or phrase.qualifier != "exact" or phrase.noun is None:
            return 1
        if phrase.start < span[0] or not phrase.value.isdigit():
            return 1
        return int(phrase.value) if 1 <= int(phrase.value) <= _GROUP else 1

    def named(self, cls: EntityClass, words: str) -> str | None:
        """The entry of the gazetteer that words are a name of."""
        kind = cls.lower()
        return self.lexicon.concept(kind, words) if kind in {"place", "organization", "route"} else None

    def figure(self, words: str, evidence: Span, places: Places) -> Span:
        """Where the number stands that a claim of a Statistic's value gives: what the Statistic is mentioned by.

        Raises:
            Dropped: The words hold no number.
        """
        phrase = self._figure(self._place(words, evidence, places))
        return phrase.start, phrase.end

    def _place(self, words: str, evidence: Span, places: Places) -> Span:
        """Where the words of a value stand: in the evidence, else in the sentences that it touches."""
        found = places.find(words, near=evidence[0], within=evidence)
        if found is None:
            found = places.find(words, near=evidence[0], within=self._sentences(evidence))
        if found is None:
            raise Dropped("value not in its sentence")
        return found

    def _sentences(self, span: Span) -> Span:
        touched = [s for s in self.builder.document.sentences if s.start < span[1] and span[0] < s.end]
        return min((s.start for s in touched), default=span[0]), max((s.end for s in touched), default=span[1])

    def _concept(self, scheme: str, words: str) -> Read:
        entry = self.lexicon.get(words.strip())
        if entry is None or entry.kind != scheme:
            raise Dropped("not a concept of its vocabulary")
        return Read(Value(kind="concept", value=entry.curie))

    def _boolean(self, words: str) -> Read:
        if words.strip().lower() not in {"true", "false"}:
            raise Dropped("neither true nor false")
        return Read(Value(kind="boolean", value=words.strip().lower() == "true"))

    def _time(self, words: str, evidence: Span, places: Places) -> Read:
        """A date may stand in another sentence of the paragraph than what it dates."""
        block = next((b for b in self.builder.document.blocks if b.start <= evidence[0] < b.end), None)
        around = (block.start, block.end) if block is not None else evidence
        near = (evidence[0] + evidence[1]) // 2
        span = places.find(words, near=near, within=evidence) or places.find(words, near=near, within=around)
        if span is None:
            raise Dropped("value not in its paragraph")
        touching = [t for t in self.builder.times.values() if t.start < span[1] and span[0] < t.end]
        if not touching:
            raise Dropped("no date that the rules can read")

        # Of a range both ends have one span, and the first holds the other; of "since July" the outer one opens.
        def fit(time: TimeExpression) -> tuple[int, int, bool, str]:
            common = min(time.end, span[1]) - max(time.start, span[0])
            return common - (time.end - time.start), common, time.to is not None, time.id

        best = max(touching, key=fit)
        return Read(Value(kind="time", value=best.id), (best.start, best.end))

    def _quantity(self, span: Span, units: tuple[str, ...]) -> Read:
        phrase = self._figure(span)
        if units and phrase.unit not in units:
            raise Dropped("number of another unit")
        made = add_quantity(self.builder, phrase)
        return Read(Value(kind="quantity", value=made.id), (phrase.start, phrase.end))

    def _figure(self, span: Span) -> NumberPhrase:
        phrase = self._number(span)
        if phrase is None:
            raise Dropped("no number that the rules can read")
        return phrase

    def _count(self, span: Span) -> Read:
        words = self.builder.document.quote(*span)
        phrase = self._number(span)
        if phrase is not None:
            number = phrase.value if phrase.qualifier == "exact" else None
        else:
            number = "1" if words.split()[0].lower() in _ONE else read_number(" ".join(words.split()))
        if number is None or not number.isdigit() or int(number) < 1:
            raise Dropped("no number that the rules can read")
        return Read(Value(kind="integer", value=int(number)), span)

    def _country(self, span: Span) -> Read:
        words = " ".join(self.builder.document.quote(*span).split())
        named = self.lexicon.concept("place", words)
        for entry in self.lexicon.entries("place"):
            people = [label.text for label in entry.labels if label.kind == "demonym"]
            # A country is a place whose inhabitants are called after it.
            if people and (entry.curie == named or words in people or words.removesuffix("s") in people):
                return Read(Value(kind="concept", value=entry.curie), span)
        raise Dropped("no country that the gazetteer knows")

    def _duration(self, span: Span) -> Read:
        tokens = tokens_at(self.builder.document, span)
        length = duration_of(tokens) if tokens is not None else None
        if length is None:
            raise Dropped("no duration that the rules can read")
        return Read(Value(kind="duration", value=length), span)

    def _number(self, span: Span) -> NumberPhrase | None:
        """The number that a span touches most of; one inside a date is none."""

        def common(phrase: NumberPhrase) -> int:
            return min(phrase.end, span[1]) - max(phrase.start, span[0])

        touching = [p for p in self._numbers if common(p) > 0 and self.builder.time_within(p.start, p.end) is None]
        return max(touching, key=lambda p: (common(p), -p.start), default=None)

    @cached_property
    def _numbers(self) -> tuple[NumberPhrase, ...]:
        return numbers_of(self.builder.document)
