"""Which time expressions date a frame, and whether two of them can mean the same days."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Literal

import msgspec

from kg.dates import DateInterval, evaluate
from kg.extract.attribution import reporting
from kg.extract.builder import FactsBuilder
from kg.extract.document import offsets
from kg.extract.frames import Frame
from kg.extract.time_words import time_rules
from kg.extract.times import tokens_of
from kg.facts.model import Anchor, TimeExpression

if TYPE_CHECKING:
    from kg.extract.parsed import Token
    from kg.extract.participants import Participant

__all__ = ["Dating"]

_OPENED = frozenset({"since", "until"})
_CALENDAR = frozenset({"day", "night", "week", "month", "year", "summer", "winter", "spring", "autumn"})
#: What may stand before a date that opens a sentence.
_OPENERS = frozenset({"ADP", "CCONJ", "DET", "ADV", "NUM", "PUNCT", "SPACE"})
_NEAR_UNITS = frozenset({"day", "week"})


#: What ends the label of an item, where a space follows.
_LABEL_MARKS = frozenset({":", "\u2014", "\u2013", "-"})


#: How many characters of a preposition may stand before the date that opens a sentence.
_OPENING = 8
#: How far before a date the bracket may open that gives an hour by another clock.
_BRACKET = 24
_CLOCK = re.compile(r"\(\d{1,2}[:.]?\d{2}\s+(?:GMT|UTC)\s+(?:on\s+)?")
_CLAUSE_MARKS = frozenset({";", ":", "\u2014"})


class Dating:
    """Dates frames and compares their dates.

    Args:
        builder: Holds the article's publication date and its time expressions.
    """

    def __init__(self, builder: FactsBuilder) -> None:
        self.builder = builder
        published = builder.document.article.published
        self.reference = None
        if published is not None:
            day = date.fromisoformat(published)
            self.reference = DateInterval.spanning(day, day)

    def assign(self, frames: Sequence[Frame]) -> None:
        """Give each frame the time that is its own, and no other.

        "Two weeks after X" dates X and not the clause that says so; "since August 2024, when X" dates X with August
        2024; a time that only opens a count ("the first since") dates nothing.
        """
        for frame in frames:
            if frame.time is not None and not self._dates(frame, frame.time):
                frame.time = None
        for frame in frames:
            if frame.time is not None and self.counts_from_incident(frame.time):
                frame.time = self._beside(frame, frame.time) or frame.time
        for frame in frames:
            if frame.time is not None and frame.time.edtf is None:
                frame.time = self._explained(frame.time) or frame.time
        for frame in frames:
            told = self._told_when(frame)
            if told is not None:
                frame.time = told
        for time in list(self.builder.times.values()):
            if self.counts_from_incident(time) and time.quote.lower().endswith(("after", "before", "following")):
                self._pass_on(time, frames)
        owned = {frame.time.id for frame in frames if frame.time is not None and frame.actor is not None}
        for frame in frames:
            if frame.time is None and (not frame.anaphor or frame.actor is not None):
                free = self._free(frame, frames, owned)
                if free is not None:
                    frame.time = free
                    owned.add(free.id)

        for frame in frames:
            if frame.time is None and frame.modality.real and frame.actor is not None and _in_item(frame.actor):
                frame.time = self._labelled(frame, owned)
        for frame in frames:
            if frame.time is None and frame.modality.real and frame.actor is not None and not frame.nominal:
                frame.time = self._opening(frame)
        for frame in frames:
            if frame.time is None and frame.head.dep_ == "conj" and frame.actor is not None:
                frame.time = next((f.time for f in frames if f.head == frame.head.head and f.actor is not None), None)
        for frame in frames:
            if frame.time is None and frame.modality.real and frame.actor is not None and not frame.actor.definite:
                frame.time = self._fronted(frame, owned)

    def _opening(self, frame: Frame) -> TimeExpression | None:
        """The date that opens the sentence of a clause, with no other verb between: "On Sunday a man put in"."""
        sentence = frame.sentence
        for time in self.builder.times.values():
            if not sentence.start <= time.start <= sentence.start + _OPENING or not self._dates(frame, time):
                continue
            span = tokens_of(self.builder.document, time)
            if span is None or span.end > frame.head.i or self.counts_from_incident(time):
                continue
            between = frame.head.doc[span.end : frame.head.i]
            if not any(t.pos_ in {"VERB", "AUX"} or t.text in _CLAUSE_MARKS for t in between[1:]):
                return time
        return None

    def _fronted(self, frame: Frame, owned: set[str]) -> TimeExpression | None:
        """The date that opens a sentence, of its first clause, however it is parsed: "Two years ago a cook"."""
        span = frame.sentence.span
        for time in self.builder.times.values():
            inside = frame.sentence.start <= time.start < frame.sentence.end
            words = tokens_of(self.builder.document, time) if inside else None
            if words is None or time.id in owned or not self._dates(frame, time) or self.counts_from_incident(time):
                continue
            opens = all(t.pos_ in _OPENERS for t in span.doc[span.start : words.start])
            if not opens or words.end > frame.head.i or frame.actor is None:
                continue
            if any(self._bars(t) for t in span.doc[words.end : frame.actor.head.i]):
                continue
            owned.add(time.id)
            return time
        return None

    def _labelled(self, frame: Frame, owned: set[str]) -> TimeExpression | None:
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

    def telling(self, frames: Sequence[Frame], departs: Callable[[Frame], bool]) -> list[Frame]:
        """The frames of an incident whose dates are its own: where its end is dated as well, not its departure.

        Who sets out on the 14th and is sighted off the other shore on the 16th has crossed by the 16th.
        """
        ends = [
            f for f in frames if f.time is not None and not departs(f) and "destination" in f.sides("target", "place")
        ]
        later = [f for f in ends if self._after(f, frames, departs)]
        return [f for f in frames if not (later and departs(f))]

    def _after(self, end: Frame, frames: Sequence[Frame], departs: Callable[[Frame], bool]) -> bool:
        for frame in frames:
            if frame.time is None or end.time is None or not departs(frame) or frame.time.id == end.time.id:
                continue
            if self.compare(frame.time, end.time) == "different":
                return True
        return False

    def interval(self, time: TimeExpression) -> DateInterval | None:
        """The days that an expression means, where the article's own words and date give them."""
        return evaluate(time, self.reference, self._lookup)

    def compare(self, one: TimeExpression, other: TimeExpression) -> Literal["same", "different", "unknown"]:
        """Whether two expressions can date one event."""
        if one.id == other.id:
            return "same"
        first, second = self.interval(one), self.interval(other)
        if first is not None and second is not None:
            if None in (first.earliest, first.latest, second.earliest, second.latest):
                return "unknown"
            return "same" if first.overlaps(second) else "different"
        if self.counts_from_incident(one) or self.counts_from_incident(other):
            return "different"
        near = [self._is_near(time) for time in (one, other)]
        if near[0] != near[1]:
            return (
                "different"
                if all(n or self._is_coarse(t) for n, t in zip(near, (one, other), strict=True))
                else "unknown"
            )
        if one.month is not None and other.month is not None and (one.month, one.offset) != (other.month, other.offset):
            return "different"
        return "unknown"

    def anchored(self, time: TimeExpression, incident: str) -> TimeExpression:
        """The expression counted from an incident: an anchor that was left open is filled in."""
        if time.anchor is None or time.anchor.kind != "incident" or time.anchor.ref is not None:
            return time
        filled = msgspec.structs.replace(time, anchor=Anchor(kind="incident", ref=incident))
        self.builder.times[time.id] = filled
        return filled

    def _lookup(self, ident: str) -> DateInterval | None:
        time = self.builder.times.get(ident)
        return None if time is None else evaluate(time, self.reference, self._lookup)

    def counts_from_incident(self, time: TimeExpression) -> bool:
        """Whether an expression counts from an incident ("two weeks after") and not from a day."""
        return time.anchor is not None and time.anchor.kind == "incident"

    def _is_near(self, time: TimeExpression) -> bool:
        return time.edtf is None and (time.weekday is not None or (time.unit in _NEAR_UNITS and not time.month))

    def _is_coarse(self, time: TimeExpression) -> bool:
        if time.edtf is not None:
            return len(time.edtf) < len("2024-08-20")
        return time.unit in {"month", "year", "quarter", "half", "decade"} and time.day is None and time.offset != 0

    def _dates(self, frame: Frame, time: TimeExpression) -> bool:
        if time.modifier in _OPENED or self._on_another_clock(time):
            return False
        ranked = any(c.ent_type_ == "ORDINAL" for c in frame.head.children)
        if frame.nominal and ranked:
            return False
        # "within two hours", "in two weeks": a span of time, not a date.
        return not (time.anchor is None and time.edtf is None)

    def _on_another_clock(self, time: TimeExpression) -> bool:
        """Whether a date only gives an hour by another clock: "at 2 a.m. (1700 GMT Tuesday)"."""
        text = self.builder.document.text
        opened = text.rfind("(", max(0, time.start - _BRACKET), time.start)
        return opened >= 0 and _CLOCK.fullmatch(text[opened : time.start]) is not None

    def _beside(self, frame: Frame, time: TimeExpression) -> TimeExpression | None:
        """The date that explains a relative one: of "twelve days earlier, on Aug. 8" the day."""
        for other in self.builder.times.values():
            gap = other.start - time.end
            if 0 <= gap <= 8 and other.end <= frame.sentence.end and not self.counts_from_incident(other):
                return other
        return None

    def _explained(self, time: TimeExpression) -> TimeExpression | None:
        """The absolute date right behind a relative one for the same: of "ten years ago, in May 2010" the month."""
        text = self.builder.document.text
        for other in self.builder.times.values():
            between = text[time.end : other.start] if 0 <= other.start - time.end <= 8 else ";"
            if other.edtf is not None and re.fullmatch(r", (?:in |on )", between):
                return other
        return None

    def _told_when(self, frame: Frame) -> TimeExpression | None:
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

    def _counted_from(self, time: TimeExpression) -> TimeExpression:
        """Of "on Tuesday, a day after he fled" the count, from Tuesday on."""
        for other in self.builder.times.values():
            if 0 <= time.start - other.end <= 3 and not self.counts_from_incident(other) and other.modifier is None:
                counted = msgspec.structs.replace(time, anchor=Anchor(kind="expression", ref=other.id))
                self.builder.times[time.id] = counted
                return counted
        return time

    def _pass_on(self, time: TimeExpression, frames: Sequence[Frame]) -> None:
        """Give "two weeks after" to the first frame behind it, and take it from any other."""
        behind = [
            f for f in frames if f.sentence.start <= time.start < f.sentence.end and offsets(f.head)[0] >= time.end
        ]
        for frame in frames:
            if frame.time is not None and frame.time.id == time.id:
                frame.time = None
        target = min(behind, key=lambda f: offsets(f.head)[0], default=None)
        if target is not None and target.time is None:
            target.time = self._counted_from(time)

    def _free(self, frame: Frame, frames: Sequence[Frame], owned: set[str]) -> TimeExpression | None:
        """A time that no frame has, after this one in its sentence and not beyond a verb of saying."""
        at = offsets(frame.head)[1]
        if frame.head.dep_ == "pcomp" or frame.head.tag_ == "VBG":
            return None
        for time in sorted(self.builder.times.values(), key=lambda t: t.start):
            if time.id in owned or time.start < at or time.end > frame.sentence.end or not self._dates(frame, time):
                continue
            if self.counts_from_incident(time):
                continue
            span = tokens_of(self.builder.document, time)
            if span is None:
                continue
            governor = next((a for a in span.root.ancestors if a.pos_ in {"VERB", "AUX"}), None)
            said = governor is not None and governor.lemma_.lower() in reporting().verbs
            if governor is not None and governor.i >= span.end and not said:
                return None
            between = frame.head.doc[frame.head.i + 1 : span.start]
            if any(self._bars(token) for token in between) or self._next_is_reporting(span[-1]):
                return None
            return time
        return None

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


def _in_item(actor: Participant) -> bool:
    """Whether an item of a list may be about somebody: certain persons, told of for the first time, or named."""
    return not actor.definite or (actor.name is not None and not actor.pronoun)


def _has_verb(tokens: Sequence[Token]) -> bool:
    """Whether a label has a verb outside of its brackets: "July (no day given)" has none."""
    depth = 0
    for token in tokens:
        depth += (token.text == "(") - (token.text == ")")
        if token.pos_ == "VERB" and not depth:
            return True
    return False
