"""The goals of the endpoint's speed, each held against what was measured.

All of them are ratios to `oxigraph serve` in the same run, a ratio being its median time over this server's: 2 is twice
as fast. Only the time of cheap queries beside runaway ones is absolute.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bench.endpoint.results import Class, Results, Size, median

__all__ = ["Goal", "goals", "ratio"]

_OURS, _REFERENCE, _RDFLIB = "crossings", "oxigraph", "rdflib-endpoint"
#: A class is slow where the reference takes longer than this, in seconds: there the engine does the work.
_SLOW = 0.030
_CHEAP_SECONDS = 0.030


@dataclass(frozen=True)
class Goal:
    """A goal, what was measured, and whether it was reached; None where it could not be measured."""

    text: str
    measured: str
    reached: bool | None

    @property
    def verdict(self) -> str:
        """In a word."""
        return {True: "reached", False: "**missed**", None: "not measured"}[self.reached]


def ratio(of: Class, server: str, warm: bool, against: str = _REFERENCE) -> float | None:
    """How many times as fast a server is as another, by the medians of a class; 0 where its answer is wrong."""
    if of.wrong(server):
        return 0.0
    times = of.warm if warm else of.cold
    ours, theirs = median(times.get(server, ())), median(times.get(against, ()))
    return theirs / ours if ours and theirs else None


def goals(results: Results, size: Size) -> list[Goal]:
    """Every goal, for one corpus."""
    slow, fast = _by_speed(size)
    found = [
        _least("every class over 30 ms at least 0.9, cold", ((c.name, ratio(c, _OURS, False)) for c in slow), 0.9),
        _least(
            "all other classes but the lookup at least 3, warm",
            ((c.name, ratio(c, _OURS, True)) for c in fast if c.name != "lookup"),
            3,
        ),
        _least(
            "the lookup at least 1, warm",
            ((c.name, ratio(c, _OURS, True)) for c in size.classes if c.name == "lookup"),
            1,
        ),
        _keep_alive(size),
        *_strain(results, size),
        _least(
            "never slower than rdflib-endpoint, cold",
            ((c.name, ratio(c, _OURS, False, _RDFLIB)) for c in size.classes),
            1,
            size.missing.get(_RDFLIB),
        ),
        _least(
            "10 times as fast as rdflib-endpoint on lookups and graph reads, cold",
            ((c.name, ratio(c, _OURS, False, _RDFLIB)) for c in size.classes if c.name in ("lookup", "graph read")),
            10,
            size.missing.get(_RDFLIB),
        ),
    ]
    return found


def _by_speed(size: Size) -> tuple[list[Class], list[Class]]:
    slow: list[Class] = []
    fast: list[Class] = []
    for one in size.classes:
        reference = median(one.cold.get(_REFERENCE, ()))
        if reference is not None:
            (slow if reference > _SLOW else fast).append(one)
    return slow, fast


def _least(text: str, ratios: Iterable[tuple[str, float | None]], least: float, missing: str | None = None) -> Goal:
    """A goal that the least of some ratios must reach; one that could not be measured is not passed over."""
    known = [(name, value) for name, value in ratios if value is not None]
    if not known:
        return Goal(text, missing or "nothing of the kind was answered", None)
    name, worst = min(known, key=lambda item: item[1])
    return Goal(text, f"{worst:.2f} ({name} is the worst of {len(known)})", worst >= least)


def _keep_alive(size: Size) -> Goal:
    text = "median latency of a lookup with one keep-alive client at least 0.4"
    ours, theirs = (median(size.keep_alive.get(name, ())) for name in (_OURS, _REFERENCE))
    if not ours or not theirs:
        return Goal(text, "not both servers answered", None)
    return Goal(
        text, f"{theirs / ours:.2f} ({ours * 1000:.2f} ms against {theirs * 1000:.2f} ms)", theirs / ours >= 0.4
    )


def _strain(results: Results, size: Size) -> list[Goal]:
    beside = f"while {results.workers - 1} runaway queries fill all but one of {results.workers} workers"
    mine = next((s for s in size.strains if s.server == _OURS and s.runaways), None)
    quick, whole = (
        f"p99 of cheap queries at most 30 ms {beside}",
        f"no cheap query failed {beside}",
    )
    if mine is None:
        return [Goal(quick, "not run", None), Goal(whole, "not run", None)]
    return [
        Goal(quick, f"{mine.p99 * 1000:.1f} ms of {mine.asked:,}", mine.p99 <= _CHEAP_SECONDS),
        Goal(whole, f"{mine.failed} of {mine.asked:,} failed", not mine.failed),
    ]
