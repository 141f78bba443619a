"""What was measured: records that are kept as JSON and written as tables."""

from __future__ import annotations

import statistics
from collections.abc import Sequence

import msgspec

__all__ = ["SAME_ROWS", "Class", "Load", "Results", "Size", "Strain", "median", "percentile"]

#: How an answer differs whose rows are as many, but not the same strings.
SAME_ROWS = "as many rows, with some values written otherwise"


class Class(msgspec.Struct):
    """One class of queries: seconds by server, cold and warm, and how many rows each server's answer had.

    `differs` names the servers whose answer is not that of the reference, with how.
    """

    name: str
    cold: dict[str, list[float]] = msgspec.field(default_factory=dict)
    warm: dict[str, list[float]] = msgspec.field(default_factory=dict)
    rows: dict[str, int] = msgspec.field(default_factory=dict)
    differs: dict[str, str] = msgspec.field(default_factory=dict)
    failures: dict[str, str] = msgspec.field(default_factory=dict)

    def wrong(self, server: str) -> bool:
        """Whether a server failed, or gave other rows than the reference: then its time says nothing."""
        return server in self.failures or self.differs.get(server, SAME_ROWS) != SAME_ROWS


class Load(msgspec.Struct, frozen=True):
    """Lookups by so many clients at once: answers a second, seconds of the median and of the slowest hundredth."""

    server: str
    warm: bool
    clients: int
    rate: float
    p50: float
    p99: float
    failed: int


class Strain(msgspec.Struct, frozen=True):
    """Cheap queries beside runaway queries: how many were asked and failed, and how the runaways ended."""

    server: str
    runaways: int
    asked: int
    failed: int
    p50: float
    p99: float
    ends: dict[str, int] = {}


class Size(msgspec.Struct):
    """All that was measured over one corpus; `missing` says why a server is absent; memory is RSS and PSS in MiB."""

    quads: int
    articles: int
    build: dict[str, float]
    classes: list[Class] = []
    keep_alive: dict[str, list[float]] = {}
    loads: list[Load] = []
    strains: list[Strain] = []
    idle: dict[str, tuple[float, float]] = {}
    loaded: dict[str, tuple[float, float]] = {}
    missing: dict[str, str] = {}


class Results(msgspec.Struct):
    """A whole run."""

    command: str
    date: str
    machine: dict[str, str]
    versions: dict[str, str]
    rounds: int
    workers: int
    sizes: list[Size] = []


def median(values: Sequence[float]) -> float | None:
    """The median, or None of nothing."""
    return statistics.median(values) if values else None


def percentile(values: Sequence[float], share: float) -> float:
    """The value that a share of all lie at or under, by the nearest rank; not a number of nothing.

    >>> percentile([5, 1, 3], 0.5), percentile(range(1, 201), 0.99)
    (3, 198)
    """
    if not values:
        return float("nan")
    ordered = sorted(values)
    return ordered[max(0, -(-round(share * len(ordered) * 1000) // 1000) - 1)]
