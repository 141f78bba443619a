"""The releases of a home: list them, go back to an older one, remove old ones."""

from __future__ import annotations

from pathlib import Path

from kg.errors import UsageError
from kg.release.home import Home
from kg.release.notes import PRUNED, SUPERSEDED, Note, note_of, write_note
from kg.release.publish import SHORT_ID
from kg.release.release import REISSUED, Release, origin_of

__all__ = ["find", "gone", "number_of", "prune", "releases", "rollback"]


def releases(home: Home) -> list[Release]:
    """All complete releases, the newest first; of those that took each other's place, the last alone.

    Raises:
        GraphError: A directory below `releases/` is no release.
    """
    if not home.releases_path.is_dir():
        return []
    paths = [path for path in home.releases_path.iterdir() if path.is_dir() and not path.name.startswith(".")]
    last: dict[str, Path] = {}
    for path in paths:
        origin = origin_of(path.name)
        if origin not in last or number_of(path.name) > number_of(last[origin].name):
            last[origin] = path
    made = map(Release, last.values())
    return sorted(made, key=lambda release: (release.manifest.created, release.id), reverse=True)


def number_of(ident: str) -> int:
    """How often a release was issued again, by its id.

    >>> number_of("0123456789abcdef"), number_of("0123456789abcdef+r2")
    (0, 2)
    """
    end = ident.partition(REISSUED)[2]
    return int(end) if end.isascii() and end.isdigit() else 0


def find(home: Home, ident: str) -> Release:
    """The one release whose id, short or full, begins with `ident`, or that took the place of it.

    In an address `+` may come as the space that a form makes of it.

    Raises:
        UsageError: No release or more than one begins so.
    """
    wanted, mark, number = ident.lower().replace(" ", "+").partition(REISSUED)
    if mark and not (number.isascii() and number.isdigit()):
        wanted = ""
    newest = _newest(home, wanted[:SHORT_ID]) if len(wanted) >= SHORT_ID and wanted.isalnum() else None
    # A whole id names its directory: no other manifest need be read, which a server with many releases would notice.
    if newest is not None:
        fitting = [newest] if _digest(newest).startswith(wanted) else []
    else:
        fitting = [release for release in releases(home) if wanted and _digest(release).startswith(wanted)]
    # One that was never issued was never cited.
    fitting = [release for release in fitting if not mark or 1 <= int(number) <= number_of(release.id)]
    if len(fitting) == 1:
        return fitting[0]
    if not fitting:
        raise UsageError(f"no release '{ident}' in {home.path}: kg releases list shows those there are")
    ids = ", ".join(release.id for release in fitting)
    raise UsageError(f"'{ident}' fits {len(fitting)} releases ({ids}): give more digits")


def rollback(home: Home, ident: str | None = None) -> Release:
    """Make an older release the current one, after checking that it is whole.

    Args:
        home: The home.
        ident: The release to go to, its id or the beginning of it; absent, the one made before the current one.

    Raises:
        UsageError: There is no such release.
        GraphError: It is damaged.
    """
    with home.lock():
        if ident is not None:
            target = find(home, ident)
        else:
            known = releases(home)
            current = home.require_current().id
            older = known[[release.origin for release in known].index(origin_of(current)) + 1 :]
            if not older:
                raise UsageError(f"{current} is the oldest release in {home.path}: there is none to go back to")
            target = older[0]
        target.verify()
        home.point_current(target)
    return target


def prune(home: Home, keep: int) -> list[Release]:
    """Remove all but the newest releases; the current one always stays.

    Args:
        home: The home.
        keep: How many of the newest to keep, 1 or more.

    Returns:
        The releases that were removed; only their manifests can still be asked.

    Raises:
        UsageError: `keep` is less than 1.
    """
    if keep < 1:
        raise UsageError(f"--keep is {keep}, but at least 1 release stays")
    with home.lock():
        home.remove_leftovers()
        current = home.current()
        removed = [release for release in releases(home)[keep:] if current is None or release.origin != current.origin]
        for release in removed:
            # First the note, then the release: at no moment is one gone without a word.
            write_note(home, _digest(release), Note(PRUNED))
            home.discard(release)
    return removed


def gone(home: Home, ident: str) -> str | None:
    """Why a release is no longer kept ("pruned"), or None where none is known whose id begins with `ident`."""
    note = note_of(home, ident.replace(" ", "+"))
    if note is None or (note.why == SUPERSEDED and REISSUED in ident.replace(" ", "+")):
        return None  # what took its place is kept, and this was never issued
    return note.why


def _digest(release: Release) -> str:
    """The full id of what was built first."""
    reissue = release.manifest.reissue
    return reissue.digest if reissue is not None else release.manifest.digest


def _newest(home: Home, ident: str) -> Release | None:
    """The directory of a whole id, or of the last that took its place."""
    found = [home.releases_path / ident, *home.releases_path.glob(f"{ident}{REISSUED}*")]
    there = [path for path in found if path.is_dir()]
    return Release(max(there, key=lambda path: number_of(path.name))) if there else None
