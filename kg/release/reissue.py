"""Issues a release again without what is withheld since: `{id}+rN` takes the place of `{id}`, and of `{id}+r(N-1)`.

Each is made beside the others and swapped in by a rename, and nothing that can be asked leads to the older one from
then on: `find` gives the last of them. What it replaces is removed afterwards. Killed at any moment, each release
stands wholly as it was or wholly anew; `settle` ends what was begun.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import GraphError
from kg.mapping.quads import Quads
from kg.release.history import number_of
from kg.release.home import Home, fsync_directory, fsync_tree
from kg.release.manifest import Reissue
from kg.release.notes import SUPERSEDED, Note, write_note
from kg.release.publish import ReleaseContent, fill
from kg.release.quads import canonical_lines, digest_of
from kg.release.release import REISSUED, Release, origin_of

__all__ = ["Prepared", "discard", "next_id", "prepare", "settle", "swap_in"]


@dataclass(frozen=True)
class Prepared:
    """A release that is made and that nobody sees yet: its id, and where it stands."""

    ident: str
    directory: Path


def next_id(home: Home, release: Release) -> str:
    """The id that takes the place of a release: `{id}+rN`, N one more than there ever was."""
    numbers = [number_of(path.name) for path in home.releases_path.glob(f"{release.origin}{REISSUED}*")]
    return f"{release.origin}{REISSUED}{max([number_of(release.id), *numbers]) + 1}"


def prepare(home: Home, release: Release, content: ReleaseContent, reissue: Reissue) -> Prepared:
    """Make the release that takes the place of another.

    Args:
        home: The home, whose lock is held.
        release: The one whose place it takes.
        content: All of it but the description.
        reissue: What is to be said of that.
    """
    ident = next_id(home, release)
    building = home.building_path()
    try:
        lines = canonical_lines(Quads.of(content.quads))
        fill(building, lines, digest_of(lines), content, ident, release.manifest.created, reissue)
        fsync_tree(building)
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        raise
    return Prepared(ident, building)


def discard(prepared: Sequence[Prepared]) -> None:
    """Remove what was prepared and is not wanted."""
    for one in prepared:
        shutil.rmtree(one.directory, ignore_errors=True)


def swap_in(home: Home, prepared: Sequence[Prepared]) -> list[str]:
    """Put prepared releases in the place of those that they were made of, and remove these.

    Returns:
        The ids of the releases that were removed.
    """
    for one in prepared:
        one.directory.rename(home.releases_path / one.ident)
    fsync_directory(home.releases_path)
    return settle(home)


def settle(home: Home) -> list[str]:
    """Remove the releases whose place another took; `current` moves to that one first.

    Returns:
        The ids of the releases that were removed.

    Raises:
        GraphError: A release cannot be read.
    """
    found = [path for path in home.releases_path.iterdir() if path.is_dir() and not path.name.startswith(".")]
    removed = []
    current = home.current_link.readlink().name if home.current_link.is_symlink() else ""
    for path in sorted(found):
        rivals = [other for other in found if origin_of(other.name) == origin_of(path.name)]
        last = Release(max(rivals, key=lambda other: number_of(other.name)))
        if last.path == path:
            continue
        reissue = last.manifest.reissue
        if reissue is None:
            raise GraphError(f"{last.path} does not say whose place it takes: restore it")
        if current == path.name:
            home.point_current(last)
        # First the note, then the release: at no moment is one gone without a word.
        write_note(home, reissue.digest, Note(SUPERSEDED, last.id))
        home.discard(Release(path))
        removed.append(path.name)
    return removed
