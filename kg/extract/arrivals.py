"""The end of a way whose beginning was told: an arrival that belongs to the departure before it."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.cluster import Cluster
from kg.extract.founding import Founding
from kg.extract.frames import Frame
from kg.extract.likeness import Likeness
from kg.extract.participants import Participant

__all__ = ["Arrivals"]

#: How many sentences after a departure its end may be told by a pronoun.
_NEAR_SENTENCES = 4
_ARRIVING = frozenset({"move", "leave", "found", "custody", "surrender", "cross"})


class Arrivals:
    """Joins ends to departures.

    Args:
        founding: Tells departures, and knows the border.
        likeness: Compares persons.
    """

    def __init__(self, founding: Founding, likeness: Likeness) -> None:
        self.founding = founding
        self.likeness = likeness

    def end(self, frame: Frame, actor: Participant, clusters: Sequence[Cluster]) -> Cluster | None:
        """The incident told up to a departure whose end a clause tells: "left his post ... He reached Seoul in May".

        Args:
            frame: The clause of the end.
            actor: Who moves in it.
            clusters: The incidents told so far.
        """
        if frame.nominal or frame.backward or frame.modality.tense == "present":
            return None
        if frame.trigger not in _ARRIVING:
            return None
        if "destination" not in frame.sides("target", "place") and not self._arrived_there(frame):
            return None
        for cluster in reversed(clusters):
            gap = frame.sentence.index - cluster.frames[-1].sentence.index
            if not 0 <= gap <= _NEAR_SENTENCES or not self.founding.departs(cluster.founder):
                continue
            if gap == 0 and any(a.head == actor.head for a in cluster.actors):
                return cluster
            if not actor.pronoun and not actor.definite:
                continue
            if actor.name is not None and self.likeness.names.get(actor.name) != self.likeness.names.get(
                cluster.name or ""
            ):
                continue
            if actor.name is None and not self._may_be(frame, actor, cluster):
                continue
            return cluster
        return None

    def _arrived_there(self, frame: Frame) -> bool:
        """Whether a dated arrival says where by the clause before it: "he lived in the South, having come in June"."""
        if frame.lemma not in {"arrive", "come"} or frame.time is None or frame.arguments:
            return False
        spots = [s for s in self.founding.geography.spots(frame.sentence) if not s.adjective]
        participle = frame.head.dep_ == "advcl" and frame.head.tag_ in {"VBG", "VBN"}
        return participle and {s.side for s in spots} == {"destination"}

    def _may_be(self, frame: Frame, actor: Participant, cluster: Cluster) -> bool:
        """Whether number lets a pronoun or "the man" stand for who departed; "they" may be one and his company."""
        several = (cluster.count or 1) > 1 or any(a.plural for a in cluster.actors)
        several = several or any(f.companions for f in cluster.frames)
        if actor.pronoun:
            return (actor.plural and several) or not actor.plural
        return not self.likeness.contradicts(actor, cluster) and bool(
            cluster.kinds & set(actor.kinds) or not actor.kinds
        )
