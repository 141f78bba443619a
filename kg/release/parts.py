"""The parts of a release that are made from its data: files that answer what the graphs would, only faster.

They are no data: the release's id does not depend on them, and each could be made again from the store.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from pyoxigraph import Store

from kg.summary.build import build_summary
from kg.summary.tables import SUMMARY

__all__ = ["PARTS", "has_parts", "make_parts"]

#: The file name of each part inside the release, and what makes it from the store.
PARTS: Mapping[str, Callable[[Store, Path], None]] = {
    SUMMARY: build_summary,
}


def make_parts(store: Store, directory: Path) -> None:
    """Make all parts.

    Args:
        store: What the release or snapshot holds.
        directory: Where it is built; no part is there yet.
    """
    for name, make in PARTS.items():
        make(store, directory / name)


def has_parts(directory: Path) -> bool:
    """Whether a release has all parts; one that an earlier version made may lack some."""
    return all((directory / name).is_file() for name in PARTS)
