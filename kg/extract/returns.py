"""Returns told of one who had come before: "a man who had swum over in 2017 climbed the fence and was gone".

A relative clause in the pluperfect says that somebody came over, and the clause that it hangs under, or one below that
with "he", takes him over the border again: the second way is the first one backward, on the day of its own clause.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.extract.crossing_rules import crossing_rules
from kg.extract.dating import Dating
from kg.extract.participants import Participants
from kg.facts.model import TimeExpression

if TYPE_CHECKING:
    from kg.extract.frames import Frame

__all__ = ["read_returns"]

_CAME = frozenset({"defect", "cross", "leave", "move"})
#: What bars a way and is much else besides: "the finishing line".
_OF_EVERY_KIND = frozenset({"line", "water", "waters"})
_OVER = frozenset({"over", "across", "off", "back"})


def read_returns(frames: Sequence[Frame], people: Participants, dating: Dating) -> None:
    """Turn the clauses back that let one who had come over cross once more.

    Args:
        frames: The dated frames of an article; those that tell a return are changed.
        people: Reads noun phrases.
        dating: Finds the date that opens a sentence.
    """
    for came in frames:
        person = came.head.head
        if came.head.dep_ != "relcl" or not _had_come(came):
            continue
        for frame in frames:
            if frame.sentence is not came.sentence or frame is came or not _goes_again(frame, came):
                continue
            above = frame.actor
            if above is None or not (above.head is person or (above.pronoun and not above.plural)):
                continue
            read = people.read(frame.sentence, person)
            if read is None or read.generic or read.plural:
                continue
            read.another = read.name is None and not read.definite
            frame.actor, frame.backward = read, True
            read.side = "home"
            own = frame.time if frame.time is not None and frame.time is not came.time else None
            frame.time = own or dating.found.opening(frame) or _opens(frame, came, dating)


def _had_come(frame: Frame) -> bool:
    """Whether a relative clause of the pluperfect tells that somebody came to the other side."""
    if frame.trigger not in _CAME or not frame.modality.real or frame.backward:
        return False
    if not any(c.dep_ == "aux" and c.lower_ == "had" for c in frame.head.children):
        return False
    over = any(c.lower_ in {"over", "across"} and not list(c.children) for c in frame.head.children)
    return frame.trigger == "defect" or over or bool(frame.lines) or "destination" in frame.sides("target")


def _goes_again(frame: Frame, came: Frame) -> bool:
    """Whether another clause of the sentence goes over a line or a thing that bars the way, or off."""
    if frame.nominal or not frame.modality.real or frame.trigger not in {"cross", "move", "leave"}:
        return False
    if frame.head.i < came.head.i or came.head in frame.head.ancestors:
        return False
    words = {t.lower_ for t in frame.head.subtree if t.i > frame.head.i}
    gone = any(c.lower_ in _OVER and c.dep_ in {"prt", "advmod"} for c in frame.head.children)
    barred = bool(words & (crossing_rules().barriers - _OF_EVERY_KIND)) or bool(frame.lines)
    return (
        ("home" in frame.sides("target"))
        or (gone and (barred or frame.lemma in crossing_rules().sea_verbs))
        or (barred and frame.lemma in crossing_rules().surfacing | crossing_rules().verbs["cross"])
    )


def _opens(frame: Frame, came: Frame, dating: Dating) -> TimeExpression | None:
    """The date that opens the sentence and is not that of the clause that tells the coming."""
    for time in dating.builder.times.values():
        if frame.sentence.start <= time.start <= frame.sentence.start + 8 and time is not came.time:
            return time if dating.found.dates(frame, time) else None
    return None
