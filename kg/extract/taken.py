"""Who was shot or taken at the border, and by whom: what makes such a deed the end of a crossing.

A person is shot at the border by a front, a line or a water beside him, or because the sentence says that he went over
one. Who is taken had come over where the other side's people took him and he had come to them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.crossing_rules import CrossingRules, crossing_rules
from kg.extract.geography import Geography
from kg.extract.participants import Participant

if TYPE_CHECKING:
    from kg.extract.frames import Frame

__all__ = ["Taken"]

_GOING = frozenset({"cross", "move", "leave", "defect"})


class Taken:
    """Reads clauses in which something is done to who crossed.

    Args:
        geography: The border's geography.
    """

    def __init__(self, geography: Geography) -> None:
        self.geography = geography
        self.rules: CrossingRules = crossing_rules()

    def by_destination(self, frame: Frame) -> bool:
        """Whether the other side's people found or took somebody: the agent of the passive, or the subject."""
        agent = next((c for c in frame.head.subtree if c.dep_ == "agent" and c.i > frame.head.i), None)
        doer = next((c for c in agent.children if c.dep_ == "pobj"), None) if agent is not None else None
        doer = doer or next((c for c in frame.head.children if c.dep_ == "nsubj"), None)
        if doer is None:
            return False
        return any(
            s.side == "destination" and doer.left_edge.i <= s.start <= doer.i
            for s in self.geography.spots(frame.sentence)
        )

    def shot(self, frame: Frame, actor: Participant) -> bool:
        """Whether somebody was shot at the border: by the other side's men, or at a line or water."""
        at_border = (
            _fronted_sentence(frame)
            or self._strayed(frame)
            or any(spot.kind in {"line", "water"} for spot in self.geography.spots(frame.sentence))
        )
        sides = {spot.side for spot in self.geography.spots(frame.sentence) if spot.side is not None}
        return at_border and actor.side in {"home", "destination"} and len(sides) == 2

    def _strayed(self, frame: Frame) -> bool:
        """Whether who was shot had gone over water: "shot a fisherman who had ended up in their waters"."""
        words = {t.lower_ for t in frame.sentence.span}
        verbs = (t for t in frame.sentence.span if t.pos_ == "VERB" and t.i != frame.head.i)
        went = any(
            self.rules.verb_class(self.rules.lemma(t)) in _GOING
            or (t.lemma_ == "end" and any(c.lower_ == "up" for c in t.children))
            for t in verbs
        )
        return went and bool(words & self.rules.sea_nouns)

    def came_to(self, frame: Frame, actor: Participant) -> bool:
        """Whether the other side's people took one who had come to them: "detained a private who had walked in"."""
        came = any(
            c.dep_ == "relcl" and self.rules.verb_class(self.rules.lemma(c)) in _GOING for c in actor.head.children
        )
        return came and self.by_destination(frame)


def _fronted_sentence(frame: Frame) -> bool:
    return any(t.lower_ in {"front", "frontline"} for t in frame.sentence.span)
