"""Posts abroad: whether a clause tells that a diplomat or the like left the one he had."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from kg.extract.builder import FactsBuilder
from kg.extract.crossing_rules import CrossingRules, crossing_rules
from kg.extract.geography import Geography
from kg.extract.participants import Participant

if TYPE_CHECKING:
    from kg.extract.frames import Frame

__all__ = ["Posts"]

_LEAVING = frozenset({"defect", "leave", "vanish", "move"})


class Posts:
    """Knows who is posted abroad.

    Args:
        builder: Holds the document.
        geography: The border's geography.
    """

    def __init__(self, builder: FactsBuilder, geography: Geography) -> None:
        self.builder = builder
        self.document = builder.document
        self.geography = geography
        self.border = geography.border
        self.rules: CrossingRules = crossing_rules()

    def left(self, frame: Frame) -> bool:
        """Whether who left was a diplomat or the like at a post in another country."""
        actor = frame.actor
        if actor is None or frame.trigger not in _LEAVING or actor.side == "destination":
            return False
        if frame.trigger == "move" and not self.gone(frame):
            return False
        text = frame.sentence.span.text.lower()
        posted = bool(actor.nouns & self.rules.post_persons) or "actor:diplomat" in actor.kinds
        posted = posted or self.taken_up(frame, actor)
        posted = posted or self._out_of_post(frame, actor)
        posted = posted or (actor.name is not None and any(f"running the {post}" in text for post in self.border.posts))
        abroad = any(s.kind in {"other", "third"} for s in self.geography.spots(frame.sentence) if not s.adjective)
        return posted and (abroad or any(f" {post}" in text for post in self.border.posts) or self.of_home)

    def taken_up(self, frame: Frame, actor: Participant) -> bool:
        """Whether "he left his embassy" takes up a diplomat of the same paragraph."""
        left = next((c for c in frame.head.children if c.dep_ == "dobj"), None)
        if not actor.pronoun or left is None or left.lower_ not in self.border.posts:
            return False
        here = frame.sentence
        before = (s for s in self.document.sentences if s.block.id == here.block.id and s.start <= here.start)
        return any(t.lemma_.lower() in self.rules.post_persons for s in before for t in s.span)

    def _out_of_post(self, frame: Frame, actor: Participant) -> bool:
        """Whether one of the border's people leaves the post itself: "Ri, who walked out of the embassy in Lima"."""
        if actor.pronoun or actor.plural or not self.of_home:
            return False
        below = {t.i for t in actor.head.subtree}
        spots = self.geography.spots(frame.sentence)
        if any(s.side == "destination" and s.adjective and s.start in below for s in spots):
            return False  # "Kim, a South Korean reporter"
        if actor.side != "home" and not self.of_people(actor):
            return False
        for child in frame.head.subtree:
            if child.dep_ != "pobj" or child.lower_ not in self.border.posts or child.i not in frame.words:
                continue
            from_ = child.head
            if from_.lower_ == "from" or (from_.lower_ == "of" and from_.head.lower_ == "out"):
                return True
        return False

    def of_people(self, actor: Participant) -> bool:
        """Whether somebody's name is one of the border's people.

        Args:
            actor: Who is named.
        """
        if actor.name is None:
            return False
        words = self.builder.mentions[actor.name].quote.split()
        return bool({words[0], words[-1]} & set(self.border.names.surnames))

    def gone(self, frame: Frame) -> bool:
        """Whether the sentence says that a posted person did not come back."""
        text = frame.sentence.span.text.lower()
        return any(phrase in text for phrase in self.rules.missing)

    @cached_property
    def of_home(self) -> bool:
        """Whether the article speaks of a post of the home side: "the North Korean embassy"."""
        adjectives = "|".join(map(re.escape, self.border.sides.home.adjectives))
        posts = "|".join(map(re.escape, self.border.posts))
        return re.search(rf"\b(?:{adjectives}) (?:{posts})\b", self.document.text) is not None
