"""How much in a sentence speaks for a crossing where no rule reads its clause: evidence added up.

News has more ways to tell a crossing than rules have words for. Where certain persons do something in a clause with a
verb of motion, of being found or of giving up, what stands around it in the sentence is weighed: lines and waters, the
side that they come from and the one that they reach, fronts, a date of its own, and whether the article is on such
matters.
The weights are few and small; what speaks for another matter weighs against.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.crossing_rules import crossing_rules
from kg.extract.further_cases import fronted

if TYPE_CHECKING:
    from kg.extract.frames import Frame
    from kg.extract.geography import Geography
    from kg.extract.participants import Participant

__all__ = ["TRIGGERS", "is_weak", "likelihood", "told_soldier"]

#: What the class of a verb is worth.
TRIGGERS = {"cross": 2, "defect": 2, "leave": 1, "move": 2, "found": 2, "custody": 1, "surrender": 4}


def told_soldier(actor: Participant) -> bool:
    """Whether a phrase is for one soldier or more of whom no side is said."""
    return actor.side in {None, "home"} and ("actor:soldier" in actor.kinds or actor.rank is not None)


def is_weak(frame: Frame) -> bool:
    """Whether a verb says nothing without a target: "put" does, "put in at a jetty" says that somebody landed."""
    rules = crossing_rules()
    landed = rules.landfalls.get(frame.lemma, frozenset())
    return frame.lemma in rules.weak and not any(c.lower_ in landed for c in frame.head.children)


def likelihood(geography: Geography, frame: Frame, actor: Participant, *, on_topic: bool, told: bool) -> int:
    """The evidence for a crossing in a clause and its sentence, as a sum of small weights; 0 where it cannot be one.

    Args:
        geography: The border's geography.
        frame: The clause.
        actor: Who does it; certain persons, not a kind.
        on_topic: Whether several words of the article are those of crossings.
        told: Whether an incident was told of before.
    """
    if frame.nominal or actor.pronoun or actor.definite or actor.side in {"destination", "other"}:
        return 0
    if frame.trigger not in TRIGGERS or (actor.plural and actor.count is None):
        return 0
    rules = crossing_rules()
    spots = [s for s in geography.spots(frame.sentence) if not s.adjective]
    if any(s.kind == "other" for s in spots) and not frame.lines:
        return 0
    words = {frame.head.doc[i].lower_ for i in frame.words}
    weak = frame.trigger == "move" and is_weak(frame)
    score = TRIGGERS[frame.trigger] - weak
    score += 2 * (actor.side == "home") + told_soldier(actor) * (actor.side is None)
    named_line = any(s.kind == "water" or (s.kind == "line" and s.concept is not None) for s in spots)
    score += 2 * named_line
    score += any(s.side == "destination" for s in spots) + ("destination" in frame.sides("target", "through"))
    score += fronted(frame)
    score += frame.time is not None
    score += frame.vessel or bool(words & rules.barriers)
    score += any(c.lower_ in rules.onward for c in frame.head.children)
    score += on_topic
    score += told and (actor.another or bool(words & rules.likewise))
    score -= 2 * any(s.kind == "third" for s in spots) * (not frame.lines)
    return score
