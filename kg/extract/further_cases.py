"""One more case of what an article tells of: "Two years later another man turned up at a guard post".

A text on crossings tells the second and the third of them in fewer words than the first: it does not say again over
what. A date of its own, certain persons of no other side, and a word that likens the case or a spot that a crossing
ends at make it one. In a round-up every item opens with its date.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from kg.extract.builder import FactsBuilder
from kg.extract.crossing_rules import CrossingRules, crossing_rules
from kg.extract.document import Sentence
from kg.extract.geography import Geography
from kg.extract.participants import Participant

if TYPE_CHECKING:
    from kg.extract.frames import Frame

__all__ = ["FurtherCases", "fronted"]

#: An item of a list that opens with a date and a dash: "2 April - Paju. A corporal ...".
_ITEM = re.compile(
    r"\W{0,3}(?:[\w.,()]+ ){0,8}?(?:\d{4}|\d{1,2} [A-Z]\w+|[A-Z]\w+ \d{1,2})[^\n.]{0,40}? ?[:\u2013\u2014-] "
)
_SEVERAL = 2


def fronted(frame: Frame) -> bool:
    """Whether a clause names a front."""
    return any(frame.head.doc[i].lower_ in {"front", "frontline"} for i in frame.words)


class FurtherCases:
    """Tells one more case from another motion.

    Args:
        builder: Holds the document.
        geography: The border's geography.
    """

    def __init__(self, builder: FactsBuilder, geography: Geography) -> None:
        self.document = builder.document
        self.geography = geography
        self.rules: CrossingRules = crossing_rules()

    def one_more(self, frame: Frame, actor: Participant, *, told: bool) -> bool:
        """Whether a dated clause tells one more case.

        Args:
            frame: The clause.
            actor: Who did it.
            told: Whether an incident was told before.
        """
        listed = self.in_a_list(frame)
        if not (told or listed) or frame.nominal or frame.time is None or actor.pronoun or actor.name is not None:
            return False
        if actor.side in {"destination", "other"} or (actor.plural and actor.count is None):
            return False
        spots = self.geography.spots(frame.sentence)
        if any(s.kind in {"third", "other"} or s.side == "home" for s in spots if not s.adjective):
            return False
        if listed:
            return not actor.definite and self._arrives(frame)
        restricted = frame.head.dep_ == "relcl" and frame.head.head == actor.head
        if actor.definite and not restricted:
            return False
        words = {frame.head.doc[i].lower_ for i in frame.words}
        likened = actor.another or bool(words & self.rules.likewise) or frame.vessel or restricted
        soldier = "actor:soldier" in actor.kinds or actor.rank is not None
        ends = fronted(frame) or any(s.kind in {"line", "water"} or s.side == "destination" for s in spots)
        return likened or (frame.lemma in self.rules.surfacing and (soldier or ends)) or (soldier and ends)

    def in_a_list(self, frame: Frame) -> bool:
        """Whether a clause stands in one of several items that each open with a date: a round-up of such cases."""
        return self.lists(frame.sentence)

    def lists(self, sentence: Sentence) -> bool:
        """Whether a sentence stands in one of several items that each open with a date."""
        return sentence.block.id in self._dated_items

    def _arrives(self, frame: Frame) -> bool:
        return (
            frame.trigger in {"found", "custody"}
            or frame.lemma in self.rules.surfacing
            or any(c.lower_ in {"over", "across", "in"} for c in frame.head.children)
        )

    @cached_property
    def _dated_items(self) -> frozenset[str]:
        dated = [
            block.id
            for block in self.document.blocks
            if block.kind in {"bullet", "paragraph"} and _ITEM.match(self.document.text[block.start : block.end])
        ]
        return frozenset(dated) if len(dated) > _SEVERAL else frozenset()
