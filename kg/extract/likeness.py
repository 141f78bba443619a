"""Whether a frame can tell the same incident as others: by date, by name, by number and kind of person."""

from __future__ import annotations

from collections.abc import Mapping

from kg.extract.cluster import Cluster
from kg.extract.crossing_rules import CrossingRules, crossing_rules
from kg.extract.dating import Dating
from kg.extract.frame_dates import counts_from_incident
from kg.extract.frames import Frame
from kg.extract.participants import Participant

__all__ = ["Likeness"]

_NEAR_DAYS = 31


class Likeness:
    """Compares frames with incidents told before.

    Args:
        dating: Compares dates.
        names: The chain of each named person's mention.
    """

    def __init__(self, dating: Dating, names: Mapping[str, str]) -> None:
        self.dating = dating
        self.names = names
        self.rules: CrossingRules = crossing_rules()

    def same(self, frame: Frame, cluster: Cluster, direction: str | None, focal: Cluster | None) -> bool:
        """Whether a frame may tell a cluster's incident, by direction, date, name, number and kind of person.

        Args:
            frame: The frame.
            cluster: The incident.
            direction: Which way the frame goes, where it says so.
            focal: The incident that the article is about; it takes what no date sets apart.
        """
        actor = frame.actor
        if actor is None or (direction and cluster.direction and direction != cluster.direction):
            return False
        relation = self.relation(frame, cluster)
        if relation == "different":
            return False
        if actor.name is not None or cluster.name is not None:
            if actor.name is not None and cluster.name is not None:
                return self.names.get(actor.name) == self.names.get(cluster.name)
            return relation == "same" and not self.contradicts(actor, cluster)
        if self.contradicts(actor, cluster):
            return False
        if actor.another:
            return relation == "same"
        if relation == "unknown" and self._long_before(frame, cluster):
            return False
        # A date that cannot be compared, on an incident of the background: not known to be the same.
        return relation == "same" or cluster is focal

    def of_person(self, frame: Frame, person: Participant, cluster: Cluster, direction: str | None) -> bool:
        """Whether a cluster is told of the same person as a frame, the same way and not on another day.

        Args:
            frame: The frame.
            person: Who crosses in it.
            cluster: The incident.
            direction: Which way the frame goes, where it says so.
        """
        if direction and cluster.direction and direction != cluster.direction:
            return False
        heads = {(a.head.doc, a.head.i) for a in cluster.actors}
        named = person.name is not None and cluster.name is not None
        known = named and self.names.get(str(person.name)) == self.names.get(str(cluster.name))
        return (known or (person.head.doc, person.head.i) in heads) and self.relation(frame, cluster) != "different"

    def relation(self, frame: Frame, cluster: Cluster) -> str:
        """Whether the date of a frame is that of an incident: "same", "different", or "unknown"."""
        if frame.time is None:
            return "unknown"
        if counts_from_incident(frame.time) and frame.time not in cluster.times:
            return "different"  # "two weeks after a man crossed": another one than this
        found = [self.dating.compare(frame.time, time) for time in cluster.times]
        return "different" if "different" in found else "same" if "same" in found else "unknown"

    def contradicts(self, actor: Participant, cluster: Cluster) -> bool:
        """Whether number or kind of person set them apart."""
        if actor.count is not None and cluster.count is not None and actor.count != cluster.count:
            return not self.with_child(actor, cluster)
        if actor.plural and actor.count is None and cluster.count == 1:
            return True
        mine = set(actor.kinds) | ({"actor:soldier"} if actor.rank else set())
        return bool(mine and cluster.kinds) and mine.isdisjoint(cluster.kinds)

    def with_child(self, actor: Participant, cluster: Cluster) -> bool:
        """Whether "the three" are a couple and the child that the clause about them names: "hid their son"."""
        if not actor.definite or actor.count is None or cluster.count is None or actor.count < cluster.count:
            return False
        kin = {
            token.i
            for token in cluster.founder.sentence.span
            if token.lemma_.lower() in self.rules.kin and any(c.dep_ == "poss" for c in token.children)
        }
        return 0 < actor.count - cluster.count <= len(kin)

    def near(self, frame: Frame, cluster: Cluster) -> bool:
        """Whether a date is within a month of an incident's: "he had crossed four days before"."""
        own = self.dating.interval(frame.time) if frame.time is not None else None
        for time in cluster.times:
            other = self.dating.interval(time)
            if own is None or other is None or own.earliest is None or other.earliest is None:
                continue
            if abs((own.earliest - other.earliest).days) <= _NEAR_DAYS:
                return True
        return False

    def _long_before(self, frame: Frame, cluster: Cluster) -> bool:
        """Whether a clause brings in somebody of a day long before the article, and what is news is undated.

        "In May 2001 a sailor rowed across", far behind the clause that tells what is news, is another case.
        """
        if frame.time is None or cluster.times or frame.actor is None or frame.actor.definite:
            return False
        own, reference = self.dating.interval(frame.time), self.dating.reference
        if own is None or own.latest is None or reference is None or reference.earliest is None:
            return False
        apart = frame.sentence.block.id != cluster.founder.sentence.block.id
        return apart and (reference.earliest - own.latest).days > _NEAR_DAYS
