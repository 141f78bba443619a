"""Crossings told over several sentences: somebody is seen in one, and the next says where he had come from.

"Two people came up the bank on Tuesday. They had rowed from the other shore": no clause has all that makes a crossing,
and the pronoun binds them together. What the clauses tell of the same persons is added up, each kind of evidence once
(see `kg.extract.likelihood` for the weights of one clause).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kg.extract.crossing_rules import CrossingRules, crossing_rules
from kg.extract.document import Sentence
from kg.extract.founding import Founding
from kg.extract.further_cases import fronted
from kg.extract.likelihood import TRIGGERS, is_weak
from kg.extract.participants import Participant, Participants
from kg.extract.times import time_of

if TYPE_CHECKING:
    from kg.extract.frames import Frame
    from kg.extract.parsed import Token

__all__ = ["BoundClauses"]

#: How many sentences back a pronoun reaches.
_REACH = 3
_ENOUGH = 6
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "dobj"})
_SILENT = frozenset({"headline", "heading"})
_MADE_UP = frozenset({"comprise", "include", "contain", "number", "unite"})


class BoundClauses:
    """Binds clauses about the same persons.

    Args:
        founding: Knows the border.
        people: Reads noun phrases.
        frames: All frames of the article.
    """

    def __init__(self, founding: Founding, people: Participants, frames: Sequence[Frame]) -> None:
        self.founding = founding
        self.people = people
        self.rules: CrossingRules = crossing_rules()
        self._by_actor = {(f.actor.head.doc.base, f.actor.head.i): f for f in reversed(frames) if f.actor is not None}

    def bound(self, frame: Frame, after: int) -> list[Frame] | None:
        """The clauses that together tell a crossing, the last of them this one; None where they do not.

        Where only this clause is a motion, its pronoun is replaced by the person whom it stands for, and it takes the
        date of the clause that speaks of him.

        Args:
            frame: A clause whose subject is a pronoun, or says what the pronoun before it stands for.
            after: The index of the last sentence that told another incident; nothing before it is looked at.
        """
        pronoun = self._pronoun(frame)
        if pronoun is None or not frame.modality.real or frame.nominal:
            return None
        for sentence, token in self._before(frame, after):
            read = self.people.read(sentence, token)
            if read is None or not self._certain(read) or not _agrees(pronoun, read):
                continue
            places = ((token.doc.base, token.i), (read.head.doc.base, read.head.i))
            lead = next((self._by_actor[place] for place in places if place in self._by_actor), None)
            if lead is not None and (lead.nominal or not lead.modality.real):
                lead = None
            if lead is None and sentence.block.id != frame.sentence.block.id:
                continue
            told = [lead, frame] if lead is not None else [frame]
            over = frame.role("line", "through")
            named = any(s.kind == "water" or (s.kind == "line" and s.concept is not None) for s in over)
            whole = lead is None and named and self.founding.fits(frame, told=True)
            if not whole and self._evidence(told, read) < _ENOUGH:
                return None
            if lead is None:
                read.side = read.side or (frame.actor.side if frame.actor is not None else None)
                frame.actor = read
                frame.time = frame.time or time_of(self.people.builder, sentence, token.head)
            elif lead.actor is not None:
                lead.actor.side = lead.actor.side or "home"
            return told
        return None

    def _pronoun(self, frame: Frame) -> Token | None:
        """The pronoun that a clause's subject is, or is said to stand for: "he was a soldier who had walked"."""
        actor = frame.actor
        if actor is None:
            return None
        if actor.pronoun:
            return actor.head
        if actor.head.dep_ == "attr" and actor.name is None:
            subject = next((c for c in actor.head.head.children if c.dep_ == "nsubj"), None)
            return subject if subject is not None and subject.lower_ in {"he", "she", "they"} else None
        return None

    def _before(self, frame: Frame, after: int) -> Iterator[tuple[Sentence, Token]]:
        """The subjects and objects of the sentences before, the nearest first."""
        here = frame.sentence.index
        for sentence in reversed(self.founding.document.sentences):
            if not max(after, here - _REACH - 1) < sentence.index <= here or sentence.block.kind in _SILENT:
                continue
            for token in sentence.span:
                if sentence.index == here and token.i >= frame.head.left_edge.i:
                    break
                if token.dep_ in _SUBJECTS and token.pos_ in {"NOUN", "PROPN", "NUM", "ADJ"} and not _is_member(token):
                    yield sentence, token

    def _certain(self, read: Participant) -> bool:
        if read.pronoun or read.generic or read.counted or read.side in {"destination", "other"}:
            return False
        kin = any(c.dep_ == "poss" and c.pos_ == "PRON" for c in read.head.children)
        if read.definite and read.name is None and not kin:
            return False
        return not read.plural or read.count is not None or bool(read.nouns & self.rules.group_nouns)

    def _evidence(self, frames: Sequence[Frame], actor: Participant) -> int:
        """The evidence of several clauses, as a sum of small weights; 0 where no side or no way over is told."""
        spots = [a.spot for f in frames for a in f.arguments if a.role != "aside"]
        sources = {side for f in frames for side in f.sides("source")}
        reached = {side for f in frames for side in f.sides("target", "place", "through")}
        sides = {actor.side, *sources, *(f.actor.side for f in frames if f.actor is not None)}
        rivers = any(s.kind == "other" and self.founding.further.is_river(s.concept) for s in spots)
        home = "home" in sides or (rivers and "destination" in reached)
        words = {w for f in frames for i in f.words for w in (f.head.doc[i].lower_, f.head.doc[i].lemma_.lower())}
        line = any(s.kind == "water" or (s.kind == "line" and s.concept is not None) for s in spots)
        onward = any(c.lower_ in self.rules.onward for f in frames for c in f.head.children)
        over = bool(words & self.rules.barriers) or any(f.vessel for f in frames)
        own_line = any(s.kind == "line" and s.concept is not None for s in spots)
        if not (home or own_line) or not (line or onward or over or "destination" in reached):
            return 0
        if any(s.kind in {"third", "other"} for s in spots) and "destination" not in reached:
            return 0
        strongest = max(TRIGGERS.get(f.trigger, 0) - (f.trigger == "move" and is_weak(f)) for f in frames)
        score = strongest + 2 * home + 2 * line + 2 * ("destination" in reached) + onward + over
        score += any(f.time is not None for f in frames) + any(fronted(f) for f in frames)
        return score + self.founding.on_topic


def _is_member(token: Token) -> bool:
    """Whether a noun only says of whom a group told of before is made up: "the group comprises two brothers"."""
    if token.dep_ != "dobj" or token.head.lemma_.lower() not in _MADE_UP:
        return False
    group = next((c for c in token.head.children if c.dep_ == "nsubj"), None)
    return group is not None and any(c.lower_ in {"the", "this", "their"} for c in group.children)


def _agrees(pronoun: Token, read: Participant) -> bool:
    """Whether number and gender let a pronoun stand for somebody."""
    several = read.plural or (read.count or 1) > 1
    if pronoun.lower_ in {"they", "them", "their"}:
        return several
    return not several
