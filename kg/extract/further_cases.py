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
from kg.extract.time_words import time_rules

if TYPE_CHECKING:
    from kg.extract.frames import Frame

__all__ = ["FurtherCases", "fronted"]

_MONTH = "(?:" + "|".join(sorted(time_rules().months, key=len, reverse=True)) + r")\b"
#: An item of a list that opens with a date and a dash: "2 April - Paju. A corporal ...".
_ITEM = re.compile(
    r"\W{0,3}(?:[\w.,()]+ ){0,8}?(?:\d{4}|\d{1,2} [A-Z]\w+|[A-Z]\w+ \d{1,2}|"
    + _MONTH
    + r")[^\n.]{0,40}? ?[:\u2013\u2014-] "
)
_SEVERAL = 2
_MORE = re.compile(
    r"\b(?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|latest|such|similar|other|others|earlier|previous|more)\b"
    r"[^.;]{0,40}?\b(?:arrivals?|crossings?|cases?|incidents?|defections?|escapes?|times?|episodes?|landings?)\b"
    r"|\bthere (?:have been|were|had been) (?:others|more)\b|\bnot the (?:first|only)\b",
    re.IGNORECASE,
)


def fronted(frame: Frame) -> bool:
    """Whether a clause names a front."""
    return any(frame.head.doc[i].lower_ in {"front", "frontline", "sector"} for i in frame.words)


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
        if self._same_way(frame):
            return True
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
        likened = likened or (self._numbered_before(frame) and self._over_something(frame, words))
        soldier = "actor:soldier" in actor.kinds or actor.rank is not None
        ends = fronted(frame) or any(s.kind in {"line", "water"} or s.side == "destination" for s in spots)
        return likened or (frame.lemma in self.rules.surfacing and (soldier or ends)) or (soldier and ends)

    def _same_way(self, frame: Frame) -> bool:
        """Whether somebody took the way that was told of: "took the same road"."""
        way = next((c for c in frame.head.children if c.dep_ == "dobj" and c.lemma_.lower() in self.rules.ways), None)
        return way is not None and any(c.lower_ in self.rules.likewise | {"that", "this"} for c in way.children)

    def _numbered_before(self, frame: Frame) -> bool:
        """Whether the sentence before says that there were more: "It is the second arrival in six weeks"."""
        index = frame.sentence.index
        before = (s for s in self.document.sentences if index - 2 <= s.index < index)
        return any(_MORE.search(s.span.text) for s in before if s.block.id == frame.sentence.block.id)

    def _over_something(self, frame: Frame, words: set[str]) -> bool:
        own = frame.lemma in self.rules.surfacing | self.rules.sea_verbs or frame.trigger in {"surrender", "found"}
        return own or bool(words & self.rules.barriers)

    def lay_hidden(self, frame: Frame, actor: Participant, *, home: bool, told: bool) -> bool:
        """Whether somebody lay low at the border until he was found: "hid on the front until marines led him out".

        Of a case told before, a day of its own and a spot of the border are enough; the sentence must say how it ended.
        """
        spots = [s for s in self.geography.spots(frame.sentence) if not s.adjective]
        if actor.pronoun or any(s.kind in {"third", "other"} for s in spots):
            return False
        words = {t.lower_ for t in frame.sentence.span}
        at_border = bool(words & {"front", "frontline", "sector"}) or any(
            s.kind in {"line", "water"} or s.side == "destination" for s in spots
        )
        lemmas = {t.lemma_.lower() for t in frame.sentence.span}
        ended = bool(lemmas & (self.rules.guided | self.rules.verbs["found"] | self.rules.verbs["custody"]))
        return at_border and ended and (home or (told and frame.time is not None and not actor.definite))

    def met_at_sea(self, frame: Frame, actor: Participant, *, told: bool) -> bool:
        """Whether a dated clause lets certain persons be met off a shore: "in June two cooks were rescued off Sokcho".

        In a text on crossings these are one more case, as long as nothing says that they are of another side.
        """
        if not told or frame.nominal or frame.time is None or actor.pronoun or actor.definite:
            return False
        if actor.side in {"destination", "other"} or (actor.plural and actor.count is None):
            return False
        if not any(c.dep_ == "nsubjpass" for c in frame.head.children):
            return False
        spots = [s for s in self.geography.spots(frame.sentence) if not s.adjective]
        if any(s.kind in {"third", "other"} for s in spots):
            return False
        doc = frame.head.doc
        return any(
            s.side == "destination" and any(doc[i].lower_ == "off" for i in range(max(s.start - 4, 0), s.start))
            for s in spots
        )

    def came_by(self, frame: Frame, actor: Participant) -> bool:
        """Whether certain persons came from the home side by way of another country: "came from X via Y in 2012"."""
        if actor.pronoun or actor.definite or frame.time is None or frame.nominal or frame.backward:
            return False
        through = any(s.kind == "third" for s in frame.role("through"))
        return through and "home" in frame.sides("source")

    def over_the_line(self, frame: Frame, actor: Participant, *, told: bool) -> bool:
        """Whether a dated clause lets certain persons, of any country, go over the line that the article tells of.

        "In 1983 a Belgian sergeant strolled over the line": which line it is, was said before.
        """
        if not told or frame.nominal or frame.time is None or (actor.pronoun and actor.name is None):
            return False
        if actor.definite and actor.name is None:
            return False
        abroad = any(s.kind in {"third", "other"} and not s.adjective for s in self.geography.spots(frame.sentence))
        return not abroad and any(s.kind == "line" and s.line is not None for s in frame.role("line", "through"))

    def over_river(self, frame: Frame, actor: Participant) -> bool:
        """Whether one who is not of the home side goes over a river of the border, dated, and so into it.

        One of the home side who wades it is on the way to another country, and the journey's end founds the incident.
        """
        if frame.nominal or frame.time is None or actor.side == "home" or actor.pronoun or frame.modality.negated:
            return False
        if any(s.kind == "third" for s in frame.role("target")):
            return False  # out of it, into the country behind
        foreign = any(t.ent_type_ == "NORP" for t in frame.head.doc[actor.words[0] : actor.head.i])
        if actor.side is None and not foreign and "home" not in frame.sides("target"):
            return False
        return any(self.is_river(s.concept) for s in frame.role("through", "line", "target") if s.kind == "other")

    def is_river(self, concept: str | None) -> bool:
        """Whether a place of the gazetteer is a river of the home side's land border."""
        entry = self.geography.lexicon.get(concept) if concept is not None else None
        return entry is not None and entry.pref_label.endswith(" River")

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
