"""Where the date of a frame may stand: before it, behind it, on the label of its item, before "when"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from kg.extract.attribution import reporting
from kg.extract.builder import FactsBuilder
from kg.extract.document import offsets
from kg.extract.frames import Frame
from kg.extract.time_words import time_rules
from kg.extract.times import tokens_of
from kg.facts.model import TimeExpression

if TYPE_CHECKING:
    from kg.extract.parsed import Token

__all__ = ["FrameDates", "counts_from_incident"]

_OPENED = frozenset({"since", "until"})
_CALENDAR = frozenset({"day", "night", "week", "month", "year", "summer", "winter", "spring", "autumn"})
#: What may stand before a date that opens a sentence.
_OPENERS = frozenset({"ADP", "CCONJ", "DET", "ADV", "NUM", "PUNCT", "SPACE"})
#: What ends the label of an item, where a space follows.
_LABEL_MARKS = frozenset({":", "\u2014", "\u2013", "-"})
#: How many characters of a preposition may stand before the date that opens a sentence.
_OPENING = 8
#: How far before a date the bracket may open that gives an hour by another clock.
_BRACKET = 24
_CLOCK = re.compile(r"\(\d{1,2}[:.]?\d{2}\s+(?:GMT|UTC)\s+(?:on\s+)?")
_CLAUSE_MARKS = frozenset({";", ":", "\u2014"})


def counts_from_incident(time: TimeExpression) -> bool:
    """Whether an expression counts from an incident ("two weeks after") and not from a day."""
    return time.anchor is not None and time.anchor.kind == "incident"


class FrameDates:
    """Looks for the dates of frames.

    Args:
        builder: Holds the time expressions.
    """

    def __init__(self, builder: FactsBuilder) -> None:
        self.builder = builder

    def dates(self, frame: Frame, time: TimeExpression) -> bool:
        """Whether an expression can date a frame at all, and does not only open a count or span a time."""
        if time.modifier in _OPENED or self._on_another_clock(time):
            return False
        ranked = any(c.ent_type_ == "ORDINAL" for c in frame.head.children)
        if frame.nominal and ranked:
            return False
        # "within two hours", "in two weeks": a span of time, not a date.
        return not (time.anchor is None and time.edtf is None)

    def beside(self, frame: Frame, time: TimeExpression) -> TimeExpression | None:
        """The date that explains a relative one: of "twelve days earlier, on Aug. 8" the day."""
        for other in self.builder.times.values():
            gap = other.start - time.end
            if 0 <= gap <= 8 and other.end <= frame.sentence.end and not counts_from_incident(other):
                return other
        return None

    def explained(self, time: TimeExpression) -> TimeExpression | None:
        """The absolute date right behind a relative one for the same: of "ten years ago, in May 2010" the month."""
        text = self.builder.document.text
        for other in self.builder.times.values():
            between = text[time.end : other.start] if 0 <= other.start - time.end <= 8 else ";"
            if other.edtf is not None and re.fullmatch(r", (?:in |on )", between):
                return other
        return None

    def told_when(self, frame: Frame) -> TimeExpression | None:
        """ "August 2024, when a sergeant fled": the date that a relative clause explains."""
        head = frame.head
        asked = any(c.lower_ == "when" for c in head.children)
        # "since August 2024, the month in which": the noun stands for the date before it.
        asked = asked or (head.dep_ == "relcl" and head.head.lemma_.lower() in _CALENDAR)
        if not asked and self._when_before(frame) is not None:
            return self._when_before(frame)
        if not asked or head.head == head:
            return None
        at = offsets(head)[0]
        before = [
            t
            for t in self.builder.times.values()
            if frame.sentence.start <= t.start and t.end <= at and not self._verbs_between(frame, t)
        ]
        if not before:
            return None
        nearest = max(before, key=lambda t: (t.end, t.end - t.start))
        return self._closed(nearest)

    def free(self, frame: Frame, frames: Sequence[Frame], owned: set[str]) -> TimeExpression | None:
        """A time that no frame has, after this one in its sentence and not beyond a verb of saying."""
        at = offsets(frame.head)[1]
        if frame.head.dep_ == "pcomp" or frame.head.tag_ == "VBG":
            return None
        for time in sorted(self.builder.times.values(), key=lambda t: t.start):
            if time.id in owned or time.start < at or time.end > frame.sentence.end or not self.dates(frame, time):
                continue
            if counts_from_incident(time):
                continue
            span = tokens_of(self.builder.document, time)
            if span is None:
                continue
            governor = next((a for a in span.root.ancestors if a.pos_ in {"VERB", "AUX"}), None)
            said = governor is not None and governor.lemma_.lower() in reporting().verbs
            if governor is not None and governor.i >= span.end and not said:
                return None
            between = frame.head.doc[frame.head.i + 1 : span.start]
            if between and between[-1].lower_ == "of":
                continue  # "the storms of 1998": the year of something else
            if any(self._bars(token) for token in between) or self._next_is_reporting(span[-1]):
                return None
            return time
        return None

    def labelled(self, frame: Frame, owned: set[str]) -> TimeExpression | None:
        """The date that labels an item of a list: "2 April - Paju. A corporal", "Same island, August 2024: a man"."""
        document = self.builder.document
        block = [s for s in document.sentences if s.block.id == frame.sentence.block.id]
        for sentence in block:
            if sentence.index > frame.sentence.index:
                break
            if sentence is not block[0] and sentence.index != frame.sentence.index:
                continue
            mark = next((t for t in sentence.span if t.text in _LABEL_MARKS and t.whitespace_), None)
            if mark is None or _has_verb([t for t in sentence.span if t.i < mark.i]):
                continue
            end = offsets(mark)[0]
            for time in self.builder.times.values():
                if sentence.start <= time.start and time.end <= end and time.id not in owned:
                    owned.add(time.id)
                    return time
        return None

    def opening(self, frame: Frame) -> TimeExpression | None:
        """The date that opens the sentence of a clause, with no other verb between: "On Sunday a man put in"."""
        sentence = frame.sentence
        for time in self.builder.times.values():
            if not sentence.start <= time.start <= sentence.start + _OPENING or not self.dates(frame, time):
                continue
            span = tokens_of(self.builder.document, time)
            if span is None or span.end > frame.head.i or counts_from_incident(time):
                continue
            between = frame.head.doc[span.end : frame.head.i]
            if not any(t.pos_ in {"VERB", "AUX"} or t.text in _CLAUSE_MARKS for t in between[1:]):
                return time
        return None

    def fronted(self, frame: Frame, owned: set[str]) -> TimeExpression | None:
        """The date that opens a sentence, of its first clause, however it is parsed: "Two years ago a cook"."""
        span = frame.sentence.span
        for time in self.builder.times.values():
            inside = frame.sentence.start <= time.start < frame.sentence.end
            words = tokens_of(self.builder.document, time) if inside else None
            if words is None or time.id in owned or not self.dates(frame, time) or counts_from_incident(time):
                continue
            opens = all(t.pos_ in _OPENERS for t in span.doc[span.start : words.start])
            if not opens or words.end > frame.head.i or frame.actor is None:
                continue
            if any(self._bars(t) for t in span.doc[words.end : frame.actor.head.i]):
                continue
            owned.add(time.id)
            return time
        return None

    def _on_another_clock(self, time: TimeExpression) -> bool:
        """Whether a date only gives an hour by another clock: "at 2 a.m. (1700 GMT Tuesday)"."""
        text = self.builder.document.text
        opened = text.rfind("(", max(0, time.start - _BRACKET), time.start)
        return opened >= 0 and _CLOCK.fullmatch(text[opened : time.start]) is not None

    def _when_before(self, frame: Frame) -> TimeExpression | None:
        """The date right before "when", of whose clause this is the first verb, however the parse hangs it."""
        for time in self.builder.times.values():
            span = tokens_of(self.builder.document, time) if frame.sentence.start <= time.start else None
            if span is None or time.end > frame.sentence.end or span.end > frame.head.i:
                continue
            behind = [t for t in frame.head.doc[span.end : frame.head.i] if not t.is_punct]
            if behind and behind[0].lower_ == "when" and not any(t.pos_ in {"VERB", "AUX"} for t in behind):
                return self._closed(time)
        return None

    def _verbs_between(self, frame: Frame, time: TimeExpression) -> bool:
        span = tokens_of(self.builder.document, time)
        if span is None:
            return True
        return any(
            t.pos_ == "VERB" and t.tag_ in {"VBD", "VBZ", "VBP"} for t in frame.head.doc[span.end : frame.head.i]
        )

    def _closed(self, time: TimeExpression) -> TimeExpression:
        """An opened expression without its opener: of "since August 2024" August 2024."""
        if time.modifier not in {"since", "until", "before", "after"}:
            return time
        openers = "|".join(sorted(map(re.escape, time_rules().openers), key=len, reverse=True))
        match = re.match(rf"(?:{openers})\s+", time.quote, re.IGNORECASE)
        start = time.start + (match.end() if match else 0)
        for known in self.builder.times.values():
            if (known.start, known.end) == (start, time.end):
                return known
        number = len(self.builder.times) + 1
        return self.builder.add_time(
            msgspec.structs.replace(
                time, id=f"t{number}", start=start, quote=self.builder.document.quote(start, time.end), modifier=None
            )
        )

    def _bars(self, token: Token) -> bool:
        finite = token.pos_ in {"VERB", "AUX"} and token.dep_ not in {"xcomp", "acl", "amod", "aux", "auxpass"}
        return (
            finite
            or token.lemma_.lower() in reporting().verbs
            or token.text in {";", ":"}
            or token.lower_ in {"since", "until"}
        )

    def _next_is_reporting(self, token: Token) -> bool:
        return token.i + 1 < len(token.doc) and token.doc[token.i + 1].lemma_.lower() in reporting().verbs


def _has_verb(tokens: Sequence[Token]) -> bool:
    """Whether a label has a verb outside of its brackets: "July (no day given)" has none."""
    depth = 0
    for token in tokens:
        depth += (token.text == "(") - (token.text == ")")
        if token.pos_ == "VERB" and not depth:
            return True
    return False
