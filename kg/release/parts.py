"""The parts of a release that are made from its data: files that answer what the graphs would, only faster.

They are no data: the release's id does not depend on them, and each could be made again from the store.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Quad, Store

from kg.search import index as search
from kg.summary.build import build_summary
from kg.summary.opening import is_current
from kg.summary.tables import SUMMARY

__all__ = ["PARTS", "DerivedPart", "has_parts", "make_parts"]


@dataclass(frozen=True)
class DerivedPart:
    """One of these files.

    Attributes:
        name: Its name inside the release.
        make: Makes it from the store, at a path at which nothing is yet.
        is_current: Whether the file at a path is what this version would make of the same store.
        update: Makes it from the store, from the file of an earlier state of it, at a path, with the quads that are in
            one of the two states alone; absent, it is made anew.
    """

    name: str
    make: Callable[[Store, Path], None]
    is_current: Callable[[Path], bool]
    update: Callable[[Store, Path, Path, Sequence[Quad]], None] | None = None


#: All of them.
PARTS: tuple[DerivedPart, ...] = (
    DerivedPart(SUMMARY, build_summary, is_current),
    DerivedPart("search.sqlite", search.build_index, search.is_current, search.update_index),
)


def make_parts(store: Store, directory: Path, before: Path | None = None, changed: Sequence[Quad] = ()) -> None:
    """Make all parts.

    Args:
        store: What the release or snapshot holds.
        directory: Where it is built; no part is there yet.
        before: The directory of an earlier state of it, if there is one.
        changed: The quads that are in one of the two states alone.
    """
    for part in PARTS:
        if before is not None and part.update is not None:
            part.update(store, before / part.name, directory / part.name, changed)
        else:
            part.make(store, directory / part.name)


def has_parts(directory: Path) -> bool:
    """Whether a release has all parts as this version makes them."""
    return all(part.is_current(directory / part.name) for part in PARTS)
