"""The counts behind every number: precision, recall and F1, slots, evidence, shares; all add up over texts."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.evaluate.judge import Verdict

__all__ = ["EvidenceScore", "Score", "ShareScore", "SlotScore", "f1"]


def f1(precision: float | None, recall: float | None) -> float | None:
    """The harmonic mean; 0 where one of them is 0 or cannot be said, None where neither can.

    >>> f1(0.5, 1.0), f1(None, 0.0), f1(None, None)
    (0.6666666666666666, 0.0, None)
    """
    if precision is None and recall is None:
        return None
    if not precision or not recall:
        return 0.0
    return 2 * precision * recall / (precision + recall)


@dataclass
class Score:
    """How many there are by the gold, how many were found, and how many of those are right."""

    gold: int = 0
    found: int = 0
    right: int = 0

    def add(self, gold: int, found: int, right: int) -> None:
        """Count some more."""
        self.gold += gold
        self.found += found
        self.right += right

    @property
    def precision(self) -> float | None:
        """Right among found; None where nothing was found."""
        return self.right / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        """Right among gold; None where there is no gold."""
        return self.right / self.gold if self.gold else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of both; None where there is no gold and nothing was found."""
        return f1(self.precision, self.recall)


@dataclass
class ShareScore:
    """How many there are, and how many of them are right."""

    of: int = 0
    right: int = 0

    def add(self, right: bool) -> None:
        """Count one more."""
        self.of += 1
        self.right += right

    @property
    def share(self) -> float | None:
        """Right among all; None where there are none."""
        return self.right / self.of if self.of else None


@dataclass
class SlotScore:
    """How a slot of aligned entities was found.

    `given` have a value by the gold; of these `right`, `wrong`, or `missing` were found. `empty` have none by the gold;
    of these `filled` were found with one. `near` counts those that are right or, of dates, contain the gold's or lie in
    it.
    """

    given: int = 0
    right: int = 0
    wrong: int = 0
    missing: int = 0
    empty: int = 0
    filled: int = 0
    near: int = 0

    def add(self, verdict: Verdict, near: bool) -> None:
        """Count one slot of one entity."""
        if verdict in {Verdict.SILENT, Verdict.FILLED}:
            self.empty += 1
            self.filled += verdict is Verdict.FILLED
            return
        self.given += 1
        self.right += verdict is Verdict.RIGHT
        self.wrong += verdict is Verdict.WRONG
        self.missing += verdict is Verdict.MISSING
        self.near += near

    @property
    def accuracy(self) -> float | None:
        """Right among given; None where none is given."""
        return self.right / self.given if self.given else None


@dataclass
class EvidenceScore:
    """How exactly the words behind a value are the gold's.

    `given` slots have words by the gold, `claimed` of them a claim, `overlapping` a claim whose words share a character
    with the gold's; `overlaps` are the F1 over characters of the claimed ones. `quotes` counts the words of all claims
    that are exactly what stands at their offsets.
    """

    given: int = 0
    claimed: int = 0
    overlapping: int = 0
    overlaps: list[float] = field(default_factory=list)
    quotes: ShareScore = field(default_factory=ShareScore)

    def add(self, best: float | None) -> None:
        """Count one slot; `best` is the F1 of the claim that fits its words best, None where there is no claim."""
        self.given += 1
        if best is not None:
            self.claimed += 1
            self.overlapping += best > 0
            self.overlaps.append(best)

    @property
    def share(self) -> float | None:
        """Overlapping among given."""
        return self.overlapping / self.given if self.given else None

    @property
    def mean(self) -> float | None:
        """The mean F1 over characters of what was claimed."""
        return sum(self.overlaps) / len(self.overlaps) if self.overlaps else None
