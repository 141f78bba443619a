"""What a redaction of a home has to do, found out before anything is changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from kg.curation.model import Redaction
from kg.redaction.traces import Traces
from kg.release.release import Release

__all__ = ["Plan"]


@dataclass(frozen=True)
class Plan:
    """What there is to do.

    Attributes:
        record: The redactions to be added to `redactions.yaml`.
        reasons: The redactions whose reason there is to be another one.
        releases: The releases to be issued again.
        snapshot: The snapshot that is served and is to be made anew, if it is.
        stale: Directories of snapshots that nobody is to be served any more.
        unfinished: Whether an earlier run was broken off.
        traces: Where else the names stand.
    """

    record: tuple[Redaction, ...] = ()
    releases: tuple[Release, ...] = ()
    snapshot: Release | None = None
    stale: tuple[Path, ...] = ()
    unfinished: bool = False
    traces: Traces = field(default_factory=Traces)
    reasons: tuple[Redaction, ...] = ()

    def __bool__(self) -> bool:
        found = self.record or self.releases or self.snapshot or self.stale or self.traces.caches or self.traces.logs
        return bool(found or self.unfinished or self.reasons)
