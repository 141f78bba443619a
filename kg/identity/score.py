"""Whether two accounts are of one incident: what forbids it, and how much speaks for it.

One table of weights, the same for every incident. What cannot both be true of one incident is a veto; what both say
counts by how rarely two incidents share it: an operation's length or a person's name says much, "a soldier over land"
little. The weights are on one scale on which two incidents of the same kind in the same month, by the same kind of
person over the same route, just reach the threshold.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from kg.dates import DateInterval
from kg.identity.profiles import IncidentProfile

__all__ = [
    "COMPARED",
    "CONTRADICTION",
    "DURATION",
    "NAME",
    "NEAR",
    "ROUTE",
    "THRESHOLD",
    "UNCERTAIN",
    "UNDATED_THRESHOLD",
    "Comparison",
    "Hierarchy",
    "compare",
    "concept_features",
    "overlap_weight",
]

#: A pair at or above it is one incident. Where the date of either is unknown, more must speak for it.
THRESHOLD = 4.0
UNDATED_THRESHOLD = 5.0
#: A pair between this and its threshold is put to a person.
UNCERTAIN = 2.5
#: A pair that misses `UNCERTAIN` by no more than this is a near miss.
NEAR = 1.0

NAME = 6.0
DURATION = 4.0
#: Weight of overlapping dates by the days of the wider interval.
_OVERLAP = ((1, 5.0), (7, 3.0), (31, 2.0), (92, 1.0), (366, 0.5))
#: Predicates whose concepts are compared: the weight of agreement, and whether contradiction is a veto or a cost.
_CONCEPTS: tuple[tuple[str, float, bool], ...] = (
    ("cx:front", 2.0, True),
    ("cx:incidentType", 0.0, True),
    ("cx:direction", 0.0, True),
    ("cx:rank", 2.0, False),
    ("cx:actorType", 1.0, False),
    ("cx:place", 2.0, False),
)
#: The predicates of that table.
COMPARED = tuple(predicate for predicate, _, _ in _CONCEPTS)
ROUTE = 1.0
CONTRADICTION = -1.0


#: The concepts that are claimed, by predicate.
Concepts = Mapping[str, frozenset[str]]


class Hierarchy(Protocol):
    """What the comparison needs of the vocabularies; hashable, for outcomes are kept by it."""

    def __hash__(self) -> int: ...

    def ancestors(self, name: str) -> tuple[str, ...]:
        """The broader concepts of a concept, nearest first."""
        ...

    def region(self, name: str) -> bool:
        """Whether a place is so wide (a country, a whole line) that two incidents sharing it says nothing."""
        ...


@dataclass(frozen=True)
class Comparison:
    """The outcome: the score with what each feature gave, and the veto, where something forbids one incident anyway."""

    score: float
    features: tuple[tuple[str, float], ...]
    veto: str | None = None
    threshold: float = THRESHOLD

    @property
    def same(self) -> bool:
        """Whether the two accounts are taken for one incident."""
        return self.veto is None and self.score >= self.threshold

    @property
    def uncertain(self) -> bool:
        """Whether a person should look at the pair."""
        return self.veto is None and UNCERTAIN <= self.score < self.threshold

    @property
    def near_miss(self) -> bool:
        """Whether a little more would have made it uncertain, or it would be at least that if nothing forbade it."""
        if self.veto is not None:
            return self.score >= UNCERTAIN
        return UNCERTAIN - NEAR <= self.score < UNCERTAIN


def compare(a: IncidentProfile, b: IncidentProfile, hierarchy: Hierarchy) -> Comparison:
    """Compare two accounts of different articles."""
    veto = _veto(a, b, hierarchy)
    features: list[tuple[str, float]] = []
    if a.date and b.date and a.date.overlaps(b.date):
        features.append(("cx:dateEDTF", min(overlap_weight(a.date), overlap_weight(b.date))))
    features += concept_features(a.concepts, b.concepts, hierarchy)
    if a.routes and b.routes:
        features.append(("cx:viaRoute", ROUTE if a.routes & b.routes else CONTRADICTION))
    if a.names & b.names:
        features.append(("cx:name", NAME))
    if a.duration and b.duration:
        features.append(("cx:operationDuration", DURATION if a.duration == b.duration else CONTRADICTION))
    if a.count and b.count and a.count != b.count:
        features.append(("cx:personCount", CONTRADICTION))
    dated = a.date is not None and b.date is not None
    total = sum(weight for _, weight in features)
    return Comparison(total, tuple(features), veto, THRESHOLD if dated else UNDATED_THRESHOLD)


def concept_features(a: Concepts, b: Concepts, hierarchy: Hierarchy) -> list[tuple[str, float]]:
    """What the concepts of two accounts give, by predicate, in the order of the table."""
    features = []
    for predicate, weight, _ in _CONCEPTS:
        ours = _specific(predicate, a, hierarchy)
        theirs = _specific(predicate, b, hierarchy) if ours else ours
        if ours and theirs:
            features.append((predicate, weight if _agree(ours, theirs, hierarchy) else CONTRADICTION))
    return features


def _specific(predicate: str, claimed: Concepts, hierarchy: Hierarchy) -> frozenset[str]:
    concepts = claimed.get(predicate, frozenset())
    return frozenset(c for c in concepts if not hierarchy.region(c)) if predicate == "cx:place" else concepts


def _veto(a: IncidentProfile, b: IncidentProfile, hierarchy: Hierarchy) -> str | None:
    if a.date and b.date and not a.date.overlaps(b.date):
        return f"dated {a.date.edtf} and {b.date.edtf}"
    for one, other in ((a, b), (b, a)):
        if one.weekdays and other.date and not any(_falls_on(day, other.date) for day in one.weekdays):
            return f"no day of {other.date.edtf} is the weekday named"
    for predicate, _, forbids in _CONCEPTS:
        ours, theirs = a.concepts.get(predicate, frozenset()), b.concepts.get(predicate, frozenset())
        if forbids and ours and theirs and not _agree(ours, theirs, hierarchy):
            return f"{predicate} is {', '.join(sorted(ours))} and {', '.join(sorted(theirs))}"
    if a.names and b.names and not a.names & b.names and a.count == b.count == 1:
        return "the crossers have different names"
    return None


def _agree(ours: frozenset[str], theirs: frozenset[str], hierarchy: Hierarchy) -> bool:
    """Whether some concept of one side is, or is broader or narrower than, one of the other."""
    return any(x == y or x in hierarchy.ancestors(y) or y in hierarchy.ancestors(x) for x in ours for y in theirs)


def _falls_on(weekday: int, interval: DateInterval) -> bool:
    if interval.earliest is None or interval.latest is None:
        return True
    first = interval.earliest + timedelta(days=(weekday - interval.earliest.weekday()) % 7)
    return first <= interval.latest


def overlap_weight(interval: DateInterval) -> float:
    """What an overlap with this interval gives at most; of two intervals that overlap the lesser counts."""
    if interval.earliest is None or interval.latest is None:
        return 0.0
    width = (interval.latest - interval.earliest).days + 1
    return next((weight for days, weight in _OVERLAP if width <= days), 0.25)
