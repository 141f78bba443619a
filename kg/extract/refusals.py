"""Motions over the border that are no crossings: figures, customs, inventions, visits, an army's move."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extract.crossing_rules import CrossingRules, crossing_rules
from kg.extract.directions import handed_back
from kg.extract.document import Document, Sentence
from kg.extract.further_cases import FurtherCases
from kg.extract.participants import Participant
from kg.facts.model import TimeExpression

if TYPE_CHECKING:
    from kg.extract.frames import Frame

__all__ = ["Refusals"]

#: "In the past ten years": several persons over several years are a figure.
_SUMMED_UP = re.compile(r"\b(?:past|last|previous) (?:[\w-]+ )?(?:months|years|decades?)\b", re.IGNORECASE)


class Refusals:
    """Tells what is no crossing whatever its words of motion.

    Args:
        document: The article.
        further: Knows the rivers of the border.
    """

    def __init__(self, document: Document, further: FurtherCases) -> None:
        self.document = document
        self.further = further
        self.rules: CrossingRules = crossing_rules()

    def refused(self, frame: Frame, actor: Participant, *, visits: bool = True) -> bool:
        """Whether a clause tells a figure, a custom, an invention, a visit or an army's move, and no crossing.

        Args:
            frame: The clause.
            actor: Who moves in it.
            visits: Whether a named person who goes over may be a guest.
        """
        if actor.generic or actor.counted or self.is_kind_of_case(frame):
            return True
        if self.is_statistic(frame, actor) and not handed_back(frame):
            return True
        unnumbered = actor.plural and actor.count is None and actor.name is None and not actor.definite
        if unnumbered and not actor.nouns & self.rules.group_nouns:
            return True
        if self.told_tale(frame.sentence) or self.is_incursion(frame, actor):
            return True
        return visits and self._visits(frame, actor) and not self.further.over_river(frame, actor)

    def is_incursion(self, frame: Frame, actor: Participant) -> bool:
        """Whether soldiers went over the line as an army does: several of them, and shots or a retreat beside it."""
        soldiers = "actor:soldier" in actor.kinds or actor.rank is not None or bool(actor.nouns & self.rules.body_nouns)
        if not soldiers or not actor.plural:
            return False
        return any(phrase in self.document.text.lower() for phrase in self.rules.incursion)

    def is_kind_of_case(self, frame: Frame) -> bool:
        """Whether a clause only says of what kind cases are: "instances in which a soldier walked over are few"."""
        node = frame.head
        while node.dep_ in {"conj", "xcomp", "advcl"} and node.head.i != node.i:
            node = node.head
        case = node.head
        if node.dep_ not in {"relcl", "acl"} or case.tag_ != "NNS" or case.lemma_.lower() not in self.rules.case_nouns:
            return False
        return not any(c.dep_ in {"det", "nummod", "poss"} for c in case.children)

    def told_tale(self, sentence: Sentence) -> bool:
        """Whether a sentence tells of a book or film."""
        return any(
            token.lemma_.lower() in self.rules.fiction and token.pos_ != "VERB" and token.dep_ != "compound"
            for token in sentence.span
        )

    def is_statistic(self, frame: Frame, actor: Participant) -> bool:
        """Whether several persons within a month or longer are a figure, not one event."""
        if not actor.plural or frame.vessel or actor.name is not None or actor.nouns & self.rules.group_nouns:
            return False
        if any(spot.kind == "water" for spot in frame.role("line", "place", "through")):
            return False
        if actor.count is not None and actor.count > self.rules.count_limit:
            return True
        if any(t.lower_ == "within" and t.i in frame.words for t in frame.sentence.span):
            return True  # "two have defected within a week" sums up what is told elsewhere
        if _SUMMED_UP.search(frame.sentence.span.text):
            return True
        counted = bool(actor.nouns & self.rules.counted) or actor.head.tag_ == "NNPS" or actor.head.pos_ == "NUM"
        return counted and frame.time is not None and _is_long(frame.time)

    def _visits(self, frame: Frame, actor: Participant) -> bool:
        """Whether a named person of public life steps over the line and back, as at a meeting."""
        if "actor:leader" in actor.kinds:
            return True
        going_back = frame.sides("target") == {"home"} and not frame.backward
        briefly = any(c.lower_ == "briefly" for c in frame.head.children)
        return briefly or (going_back and actor.name is not None and not actor.kinds and actor.side != "home")


def _is_long(time: TimeExpression) -> bool:
    """Whether an expression means a month or more."""
    if time.edtf is not None:
        return len(time.edtf) < len("2024-08-20") or "/" in time.edtf
    return time.day is None and time.weekday is None and (time.unit not in {"day", "week"} or time.to is not None)
