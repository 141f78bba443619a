"""Cases told by their rank: "The last sergeant to cross was a man of 30 who, in May 2011, had lain in a ditch".

The clause that tells the crossing has no date and a definite subject, as if it took up somebody told before. What the
sentence says that he was brings him in, and dates him.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.extract.participants import Participants
from kg.extract.times import time_of

if TYPE_CHECKING:
    from kg.extract.frames import Frame
    from kg.extract.parsed import Token

__all__ = ["read_ranked_cases"]

_RANKS = frozenset({"last", "latest", "previous", "first", "only", "next", "second", "third", "youngest", "oldest"})
_OCCURRING = frozenset({"be", "come"})
_CLAUSES = frozenset({"relcl", "acl"})


def read_ranked_cases(frames: Sequence[Frame], people: Participants) -> None:
    """Give the clauses that rank a case the person whom their sentence brings in, and his date.

    Args:
        frames: The dated frames of an article; those that rank a case are changed.
        people: Reads noun phrases.
    """
    for frame in frames:
        dated = _dated_by_be(frame)
        if dated is not None and frame.actor is not None and not frame.actor.pronoun and frame.modality.real:
            time = time_of(people.builder, frame.sentence, dated)
            if time is not None:
                frame.actor.another, frame.actor.definite, frame.time = True, False, time
            continue
        described = _described(frame)
        if described is None or not frame.modality.real:
            continue
        read = people.read(frame.sentence, described)
        if read is None or read.pronoun or read.generic or (read.definite and read.name is None):
            continue
        ranked = frame.actor
        if ranked is not None:
            read.kinds = read.kinds or ranked.kinds
            read.side = read.side or ranked.side
        read.another = read.name is None
        frame.actor = read
        told = [c for c in described.children if c.dep_ in _CLAUSES]
        times = (time_of(people.builder, frame.sentence, head) for head in (*told, described.head))
        frame.time = frame.time or next((time for time in times if time is not None), None)


def _dated_by_be(frame: Frame) -> Token | None:
    """The verb that says when a ranked case was: of "the last soldier who walked over was in May 2011" the "was"."""
    ranked = frame.head.head
    if frame.head.dep_ not in _CLAUSES or ranked.dep_ != "nsubj" or ranked.head.lemma_ not in _OCCURRING:
        return None
    ranks = any(c.lower_ in _RANKS for c in ranked.children)
    said = any(c.dep_ in {"attr", "acomp", "oprd"} for c in ranked.head.children)
    past = ranked.head.tag_ == "VBD" and frame.time is None
    return ranked.head if ranks and past and not said else None


def _described(frame: Frame) -> Token | None:
    """Whom "the last soldier to cross" is said to be: the complement of "be"."""
    head = frame.head
    ranked = head.head
    infinitive = any(c.dep_ == "aux" and c.lower_ == "to" for c in head.children)
    if head.dep_ not in _CLAUSES or not infinitive or ranked.dep_ != "nsubj" or ranked.head.lemma_ != "be":
        return None
    if not any(c.lower_ in _RANKS for c in ranked.children) or ranked.head.tag_ != "VBD":
        return None
    return next((c for c in ranked.head.children if c.dep_ == "attr"), None)
