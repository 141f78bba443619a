"""The releases of a home: list them, go back to an older one, remove old ones."""

from __future__ import annotations

from pathlib import Path

from kg.atomic import write_atomically
from kg.errors import UsageError
from kg.release.home import Home
from kg.release.publish import SHORT_ID
from kg.release.release import Release

__all__ = ["find", "gone", "prune", "releases", "rollback"]


def releases(home: Home) -> list[Release]:
    """All complete releases, the newest first.

    Raises:
        GraphError: A directory below `releases/` is no release.
    """
    if not home.releases_path.is_dir():
        return []
    paths = [path for path in home.releases_path.iterdir() if path.is_dir() and not path.name.startswith(".")]
    return sorted(map(Release, paths), key=lambda release: (release.manifest.created, release.id), reverse=True)


def find(home: Home, ident: str) -> Release:
    """The one release whose id, short or full, begins with `ident`.

    Raises:
        UsageError: No release or more than one begins so.
    """
    wanted = ident.lower()
    named = Release(home.releases_path / wanted[:SHORT_ID])
    # A whole id names its directory: no other manifest need be read, which a server with many releases would notice.
    if len(wanted) >= SHORT_ID and wanted.isalnum() and named.path.is_dir():
        fitting = [named] if named.manifest.digest.startswith(wanted) else []
    else:
        fitting = [release for release in releases(home) if wanted and release.manifest.digest.startswith(wanted)]
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
            older = known[[release.id for release in known].index(current) + 1 :]
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
        removed = [release for release in releases(home)[keep:] if current is None or release.id != current.id]
        for release in removed:
            # First the note, then the release: at no moment is one gone without a word.
            write_atomically(_note(home, release.manifest.digest), "pruned\n")
            home.discard(release)
    return removed


def gone(home: Home, ident: str) -> str | None:
    """Why a release is no longer kept ("pruned"), or None where none is known whose id begins with `ident`."""
    wanted = ident.lower()
    if not wanted.isalnum() or not home.gone_path.is_dir():
        return None
    notes = [path for path in home.gone_path.iterdir() if path.name.startswith(wanted)]
    return notes[0].read_text("utf-8").strip() if len(notes) == 1 else None


def _note(home: Home, digest: str) -> Path:
    return home.gone_path / digest
