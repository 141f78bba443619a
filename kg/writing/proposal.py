"""What a write would do, before anybody is told that it is done."""

from __future__ import annotations

from dataclasses import dataclass

from kg.journal import Write
from kg.shapes.report import Report
from kg.writing.state import State

__all__ = ["Proposal"]


@dataclass(frozen=True)
class Proposal:
    """What a write would do to the graph it was proposed to; nothing is changed yet.

    Attributes:
        write: What the journal would hold; None where there is nothing to record, for the graph holds it already.
        added: The canonical N-Quads lines that enter the graph, sorted.
        removed: Those that leave it, sorted.
        report: What the shapes say: of the graph as it would be, or, if the write is refused, of what it would break.
        quarantined: What this write leaves out of the graph: shape, focus node and message of each result.
        ids: The IRIs that the write is about: the article and the entities that it speaks of.
        refused: Whether the gate stays shut.
        before: The state that the write was proposed to.
        after: The state after it.
    """

    write: Write | None
    added: tuple[str, ...]
    removed: tuple[str, ...]
    report: Report
    quarantined: tuple[dict[str, str], ...]
    ids: tuple[str, ...]
    refused: bool
    before: State
    after: State
