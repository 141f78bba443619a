"""Which way an incident goes of which its clause does not say so: by those told before."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.cluster import Cluster
from kg.extract.crossing_rules import CrossingRules, crossing_rules
from kg.extract.founding import Founding
from kg.extract.frames import Frame

__all__ = ["ClusterWays"]


class ClusterWays:
    """Reads the way of an incident off the others.

    Args:
        founding: Knows the directions of the border.
    """

    def __init__(self, founding: Founding) -> None:
        self.founding = founding
        self.rules: CrossingRules = crossing_rules()

    def of_new(self, frame: Frame, direction: str | None, clusters: Sequence[Cluster]) -> str | None:
        """The direction of the incident that a frame founds.

        Args:
            frame: The frame.
            direction: What its own words say.
            clusters: The incidents told so far, the focal one first.
        """
        focal = clusters[0] if clusters else None
        if direction is None or frame.backward:
            direction = self._and_back(frame, clusters) or direction
        if direction is None and focal is not None and frame.actor is not None and not frame.opposite:
            one_more = self.founding.further.one_more(frame, frame.actor, told=True)
            lay_hidden = frame.trigger == "hidden" or frame.lemma in self.rules.guided
            if one_more or lay_hidden or (frame.lines and not frame.backward):
                direction = self._usual(focal)
                first = focal.founder.actor
                if first is not None and first.side == "destination" and self._met_there(frame):
                    direction = self.founding.directions.concept("home", "destination")
        return direction

    def reverse(self, here: Cluster | None, focal: Cluster | None) -> str | None:
        """The direction opposite to that of the incident told of before.

        Args:
            here: The incident told last in the sentence or block.
            focal: The incident that the article is about.
        """
        told = here.direction if here is not None and here.direction is not None else None
        if told is None and focal is not None:
            told = focal.direction
        return self.founding.directions.opposite(told)

    def _usual(self, focal: Cluster) -> str | None:
        """The way that one more of the kind that was told goes: the same; where a return was told, the way there."""
        returns = focal.founder.backward or focal.founder.opposite
        return self.founding.directions.opposite(focal.direction) if returns else focal.direction

    def _and_back(self, frame: Frame, clusters: Sequence[Cluster]) -> str | None:
        """The way back, for one whom the sentence let go the other way: "who slipped over in May was sent back"."""
        for cluster in reversed(clusters):
            for other in cluster.frames:
                same = other.actor is not None and frame.actor is not None and other.actor.head == frame.actor.head
                if same and other.sentence.index == frame.sentence.index:
                    return self.founding.directions.opposite(cluster.direction)
        return None

    def _met_there(self, frame: Frame) -> bool:
        """Whether a clause of one of no side stands at a place of the destination, and names no other."""
        actor = frame.actor
        if actor is None or actor.side is not None or actor.another:
            return False
        spots = self.founding.geography.spots(frame.sentence)
        return {s.side for s in spots if not s.adjective} == {"destination"}
