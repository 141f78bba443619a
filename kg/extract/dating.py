"""Which time expressions date a frame, and whether two of them can mean the same days."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

import msgspec

from kg.dates import DateInterval, evaluate
from kg.extract.builder import FactsBuilder
from kg.extract.document import offsets
from kg.extract.frame_dates import FrameDates, counts_from_incident
from kg.extract.frames import Frame
from kg.facts.model import Anchor, TimeExpression

if TYPE_CHECKING:
    from kg.extract.participants import Participant

__all__ = ["Dating"]

_HALF_YEAR = timedelta(days=182)
_NEAR_UNITS = frozenset({"day", "week"})


class Dating:
    """Dates frames and compares their dates.

    Args:
        builder: Holds the article's publication date and its time expressions.
    """

    def __init__(self, builder: FactsBuilder) -> None:
        self.builder = builder
        self.found = FrameDates(builder)
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
            if frame.time is not None and not self.found.dates(frame, frame.time):
                frame.time = None
        for frame in frames:
            if frame.time is not None and counts_from_incident(frame.time):
                frame.time = self.found.beside(frame, frame.time) or frame.time
        for frame in frames:
            if frame.time is not None and frame.time.edtf is None:
                frame.time = self.found.explained(frame.time) or frame.time
        for frame in frames:
            told = self.found.told_when(frame)
            if told is not None:
                frame.time = told
        for time in list(self.builder.times.values()):
            if counts_from_incident(time) and time.quote.lower().endswith(("after", "before", "following")):
                self._pass_on(time, frames)
        owned = {frame.time.id for frame in frames if frame.time is not None and frame.actor is not None}
        for frame in frames:
            if frame.time is None and (not frame.anaphor or frame.actor is not None):
                free = self.found.free(frame, frames, owned)
                if free is not None:
                    frame.time = free
                    owned.add(free.id)

        for frame in frames:
            if frame.time is None and frame.modality.real and frame.actor is not None and _in_item(frame.actor):
                frame.time = self.found.labelled(frame, owned)
        for frame in frames:
            if frame.time is None and frame.modality.real and frame.actor is not None and not frame.nominal:
                frame.time = self.found.opening(frame)
        for frame in frames:
            if frame.time is None and frame.head.dep_ == "conj" and frame.actor is not None:
                frame.time = next((f.time for f in frames if f.head == frame.head.head and f.actor is not None), None)
        for frame in frames:
            if frame.time is None and frame.modality.real and frame.actor is not None and _in_item(frame.actor):
                frame.time = self.found.fronted(frame, owned)

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
        first, second = self._about(one), self._about(other)
        if first is not None and second is not None:
            if None in (first.earliest, first.latest, second.earliest, second.latest):
                return "unknown"
            return "same" if first.overlaps(second) else "different"
        if counts_from_incident(one) or counts_from_incident(other):
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

    def _about(self, time: TimeExpression) -> DateInterval | None:
        """The days that an expression may mean: about so many years ago is half a year more or less."""
        found = self.interval(time)
        if found is None or found.earliest is None or found.latest is None:
            return found
        if not time.approximate or time.unit != "year" or not time.offset:
            return found
        return DateInterval.spanning(found.earliest - _HALF_YEAR, found.latest + _HALF_YEAR)

    def _lookup(self, ident: str) -> DateInterval | None:
        time = self.builder.times.get(ident)
        return None if time is None else evaluate(time, self.reference, self._lookup)

    def _is_near(self, time: TimeExpression) -> bool:
        return time.edtf is None and (time.weekday is not None or (time.unit in _NEAR_UNITS and not time.month))

    def _is_coarse(self, time: TimeExpression) -> bool:
        if time.edtf is not None:
            return len(time.edtf) < len("2024-08-20")
        return time.unit in {"month", "year", "quarter", "half", "decade"} and time.day is None and time.offset != 0

    def _counted_from(self, time: TimeExpression) -> TimeExpression:
        """Of "on Tuesday, a day after he fled" the count, from Tuesday on."""
        for other in self.builder.times.values():
            if 0 <= time.start - other.end <= 3 and not counts_from_incident(other) and other.modifier is None:
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


def _in_item(actor: Participant) -> bool:
    """Whether an item of a list may be about somebody: certain persons, told of for the first time, or named."""
    return not actor.definite or (actor.name is not None and not actor.pronoun)
