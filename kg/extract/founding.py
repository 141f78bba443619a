"""Whether a frame is of a crossing of this border by certain persons, and may found an incident."""

from __future__ import annotations

from functools import cached_property

from kg.extract.builder import FactsBuilder
from kg.extract.crossing_rules import CrossingRules, crossing_rules
from kg.extract.directions import Directions
from kg.extract.frames import Frame
from kg.extract.further_cases import FurtherCases
from kg.extract.geography import Geography
from kg.extract.likelihood import likelihood
from kg.extract.motions import Motions, vanished_into, went_back
from kg.extract.posts import Posts
from kg.extract.refusals import Refusals

__all__ = ["Founding"]

#: How many words of crossings an article on them has.
_TOPICAL = 2
#: The evidence that a clause must have where no rule reads it: see `kg.extract.likelihood`.
_LIKELY = 6


class Founding:
    """Tells frames of incidents from other motions.

    Args:
        builder: Holds the document.
        geography: The border's geography.
    """

    def __init__(self, builder: FactsBuilder, geography: Geography) -> None:
        self.document = builder.document
        self.geography = geography
        self.rules: CrossingRules = crossing_rules()
        self.posts = Posts(builder, geography)
        self.further = FurtherCases(builder, geography)
        self.directions = Directions(geography.border, self.posts)
        self.refusals = Refusals(builder.document, self.further)
        self.motions = Motions(builder.document, geography, self.further, self.posts)
        #: Whether an incident was told of before; the one who puts frames together says so.
        self.told = False

    @cached_property
    def at_home(self) -> bool:
        """Whether the article speaks of this border at all: of its home side, or of one of its named lines."""
        return any(
            spot.kind == "home" or spot.side == "home" or (spot.kind == "line" and spot.concept is not None)
            for sentence in self.document.sentences
            for spot in self.geography.spots(sentence)
        )

    def fits(self, frame: Frame, told: bool) -> bool:
        """Whether a frame is of a motion over this border by certain persons.

        Args:
            frame: The frame.
            told: Whether an incident was told of before, so that "he" or "the soldier" can be its person.
        """
        actor = frame.actor
        if actor is None or not self.at_home or self.refusals.refused(frame, actor):
            return False
        self.told = told
        if self.motions.goes(frame, actor, told=told):
            return True
        return likelihood(self.geography, frame, actor, on_topic=self.on_topic, told=told) >= _LIKELY

    def explicit(self, frame: Frame) -> bool:
        """Whether a clause says itself which way it goes, and not only where or who."""
        return bool(frame.sides("target", "source")) or frame.trigger in {"found", "custody", "surrender"}

    @cached_property
    def on_topic(self) -> bool:
        """Whether several words of the article are those of crossings."""
        words = (t for s in self.document.sentences for t in s.span)
        return sum(t.lemma_.lower() in self.rules.topic_words for t in words) >= _TOPICAL

    def stands_alone(self, frame: Frame) -> bool:
        """Whether a frame may found an incident, not only take part in one.

        Who crossed must be told as certain persons of one side, or the clause must say itself which way they went. A
        named person without date, line or post has a biography, not an incident.
        """
        actor = frame.actor
        if actor is None or actor.pronoun:
            if actor is None or frame.time is None:
                return False
            if self.posts.taken_up(frame, actor) or went_back(frame, told=self.told):
                return True
            return bool(frame.lines) or (actor.name is not None and "destination" in frame.sides("target", "place"))
        if actor.name is not None and frame.time is None and not frame.lines and not self.posts.left(frame):
            return False
        if frame.trigger == "custody" and actor.definite:
            return False
        if self.further.one_more(frame, actor, told=self.told):
            return True
        if actor.definite and actor.name is None and not actor.another:
            # "two of the seven went back to the North": some of those told of, and a way of their own
            some = frame.backward and "home" in frame.sides("target") and actor.head.pos_ == "NUM"
            if some and actor.count is not None:
                return True
            return frame.time is not None or bool(frame.lines) or (frame.trigger == "vanish" and vanished_into(frame))
        return True

    def departs(self, frame: Frame) -> bool:
        """Whether a clause tells the beginning of a way and not its end: "set out from a cove", "left his post"."""
        reached = any(
            a.role == "target" and a.spot.side == "destination" and not _bound_for(frame, a.spot.start)
            for a in frame.arguments
        )
        if frame.nominal or reached or frame.lines:
            return False
        particles = self.rules.departures.get(frame.lemma, frozenset())
        sets_out = any(c.lower_ in particles for c in frame.head.children)
        leaves = frame.trigger == "leave" and ("home" in frame.sides("source") or frame.lemma != "defect")
        wades = any(
            self.further.is_river(s.concept) for s in frame.role("through", "line", "target") if s.kind == "other"
        )
        return frame.trigger == "vanish" or sets_out or leaves or wades or self.posts.left(frame)


def _bound_for(frame: Frame, start: int) -> bool:
    """Whether a place is only where somebody is bound: "set out for the South"."""
    before = frame.head.doc[max(start - 2, 0) : start]
    return any(t.lower_ == "for" for t in before)
