"""Writes what was measured as Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from statistics import median

from bench.pages.measure import Kind, Measured

__all__ = ["GOAL_BYTES", "goal", "markdown"]

#: Bytes of a first visit, at most.
GOAL_BYTES = 150_000
#: Seconds that the server may take for a page: on fewer quads than this, and on more.
_FEW, _GOAL_FEW, _GOAL_MANY = 50_000, 0.05, 0.15
_HEAD = (
    *("page", "pages", "made, ms", "slowest page, ms", "in lookups", "processor, ms", "again, ms", "first visit, kB"),
    "goal",
)


def goal(quads: int) -> float:
    """Seconds that the server may take for a page, over so many quads."""
    return _GOAL_FEW if quads < _FEW else _GOAL_MANY


def markdown(facts: dict[str, str], measured: Sequence[Measured]) -> str:
    """All tables of a run.

    Args:
        facts: What it ran on.
        measured: What came of it.
    """
    parts = [_table(("what", "is"), list(facts.items()))]
    for one in measured:
        parts.append(f"## {one.name}: {one.quads:,} quads of {one.articles:,} articles")
        parts.append(
            f"One lookup takes {median(one.lookups) * 1000:.2f} ms. The goal is {goal(one.quads) * 1000:g} ms."
        )
        parts.append(_table(_HEAD, [_row(one, kind) for kind in one.kinds]))
    return "\n\n".join(parts)


def _row(measured: Measured, kind: Kind) -> tuple[str, ...]:
    if kind.failure:
        return (kind.name, str(kind.pages), *["-"] * (len(_HEAD) - 3), kind.failure)
    middle = median(chain.from_iterable(kind.made))
    # Of each page the median of its rounds: what one page takes, not what else the machine did in one round.
    slowest = max(median(times) for times in zip(*kind.made, strict=True))
    missed = []
    if slowest > goal(measured.quads):
        missed.append("too slow")
    if kind.transfer > GOAL_BYTES:
        missed.append("too large")
    return (
        kind.name,
        str(kind.pages),
        f"{middle * 1000:.1f}",
        f"{slowest * 1000:.1f}",
        f"{middle / median(measured.lookups):.1f}",
        f"{kind.processor * 1000:.1f}",
        f"{median(kind.again) * 1000:.1f}",
        f"{kind.transfer / 1000:.1f}",
        ", ".join(missed) or "kept",
    )


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, ["---"] * len(head), *rows))
