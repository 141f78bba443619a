"""The home of a plain triple store: its snapshots, and no releases."""

from __future__ import annotations

from kg.release import Home, Manifest, Release
from kg.release.publish import software
from kg.release.snapshots import Snapshots

__all__ = ["PLAIN", "plain_manifest", "prepared", "served_by"]

#: What stands for the id of a release where there is none.
PLAIN = "plain"


def prepared(home: Home) -> Release:
    """What a plain store serves; an empty one where nothing was written yet.

    Raises:
        UsageError: Another server writes, or the home cannot be written.
        GraphError: The snapshot that was served is gone.
    """
    snapshots = Snapshots(home)
    served = snapshots.current()
    if served is None:
        with snapshots.writing():
            served = served_by(snapshots)
    return served


def served_by(snapshots: Snapshots) -> Release:
    """What is served, to who holds the lock of the writer."""
    return snapshots.current() or snapshots.publish(snapshots.copy(None), plain_manifest(0))


def plain_manifest(revision: int) -> Manifest:
    """What a snapshot of a plain store says of itself."""
    return Manifest(id=PLAIN, digest="", created="", software=software(), quads=0, revision=revision)
