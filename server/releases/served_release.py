"""The release that is served: the home's current one, taken up anew when it changes, without dropping a request."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable

from kg.errors import CrossingsError, UsageError
from kg.querying import open_release
from kg.release import Home, Release, find
from kg.release.history import gone
from kg.release.release import REISSUED, origin_of
from kg.release.snapshots import Snapshots
from kg.release.withheld import KeptTombstone, kept_tombstones
from server.problems import Problem

__all__ = ["ServedRelease", "is_before"]

_log = logging.getLogger("crossings.server")


class ServedRelease:
    """Says which release is served; safe to use from many threads.

    Args:
        home: The home whose `current` is followed.
        on_change: Called, in the thread that found it, with each release that is served from now on.
        on_reissue: Called, likewise, with each release that took the place of another since the server began, before
            anybody is answered from it.
        plain: Whether the home holds a plain store: then its snapshots are all there is.
        behind: Whether a new release lacks what was written since it was begun; it is then not served until a snapshot
            of it has that as well.
    """

    def __init__(
        self,
        home: Home,
        on_change: Callable[[Release], None] = lambda release: None,
        *,
        on_reissue: Callable[[Release], None] = lambda release: None,
        plain: bool = False,
        behind: Callable[[Release], bool] = lambda release: False,
    ) -> None:
        self.home = home
        self._plain = plain
        self._snapshots = Snapshots(home)
        self._serving = str(self._snapshots.link)
        self._on_change = on_change
        self._on_reissue = on_reissue
        self._reissues = {path.name for path in home.releases_path.glob(f"*{REISSUED}*")}
        self._behind = behind
        self._put_off: str | None = None
        self._opening = threading.Lock()
        self._held: tuple[str, Release] | None = None
        self._refused: str | None = None
        self._withheld: tuple[object, dict[str, KeptTombstone]] | None = None

    @property
    def failure(self) -> str | None:
        """Why the current release is not the one that is served, if so."""
        return self._refused

    @property
    def held(self) -> Release | None:
        """The release that is served if it is still the current one, else None; a look at the link, microseconds."""
        held = self._held
        return held[1] if held is not None and self._target() in (held[0], self._put_off) else None

    def get(self) -> Release:
        """The release to ask; a new one is opened once, to see that it can be, in one thread.

        While it is opened, and where it cannot be, others go on with the release that was served before, unless it
        took the place of that: then something of that is withheld, and nobody is answered from it any more.

        Raises:
            UsageError: There is no release at all.
            GraphError: The first release cannot be opened, or the one that took the place of the one before.
        """
        held = self._held
        target = self._target()
        if held is not None and (target is None or target in (held[0], self._put_off)):
            return held[1]
        if not self._opening.acquire(blocking=held is None or _supersedes(target, held[1])):
            assert held is not None
            return held[1]
        try:
            return self._open()
        finally:
            self._opening.release()

    def older(self, ident: str) -> Release:
        """A release that is kept, by its id or the beginning of it.

        Raises:
            Problem: There is none, or it is no longer kept.
        """
        try:
            found = find(self.home, ident)
            self._tell(found)
        except UsageError as error:
            why = gone(self.home, ident)
            if why is not None:
                raise Problem("release-gone", f"the release {ident} was {why} and is no longer kept") from error
            raise Problem(
                "unknown-release",
                f"there is no release '{ident}' here, or more than one: leave it out to ask the current one",
            ) from error
        return found

    def withheld(self, iri: str) -> KeptTombstone | None:
        """What any release that is kept says of an id that it withholds; they are asked again when others are kept."""
        kept = (sorted(path.name for path in self.home.releases_path.iterdir()), _link(self._serving))
        held = self._withheld
        if held is None or held[0] != kept:
            self._withheld = held = (kept, kept_tombstones(self.home))
        return held[1].get(iri)

    def _tell(self, release: Release) -> None:
        """Tell of a release that took the place of another, once."""
        if release.manifest.reissue is not None and release.id not in self._reissues:
            self._reissues.add(release.id)
            self._on_reissue(release)

    def _target(self) -> str | None:
        """Where the link to what is served points: a snapshot, or the current release if it is not one of that."""
        serving = _link(self._serving)
        if self._plain:
            return serving
        current = _link(self.home.current_link)
        if serving is not None and current is not None and serving.rpartition("/")[2].startswith(_name(current) + "."):
            return serving
        return current

    def _open(self) -> Release:
        held = self._held
        target = self._target()
        if held is not None and held[0] == target:
            return held[1]
        try:
            snapshot = self._snapshots.current() if (target or "").startswith(self._snapshots.path.name) else None
            # A directory, not the link, is what workers are told to open: the link may move on in between.
            release = snapshot or Release(self.home.require_current().path.resolve())
            _ = release.manifest
            replaces = held is not None and _supersedes(target, held[1])
            if held is not None and snapshot is None and not replaces and self._behind(release):
                self._put_off = target
                self._refused = f"release {release.id} lacks what was written meanwhile, which is being put into it"
                return held[1]
            open_release(release)
        except CrossingsError as error:
            if held is None or _supersedes(target, held[1]):
                raise
            if self._refused != str(error):
                _log.error("the current release cannot be served, the one before stays: %s", error)
            self._refused = str(error)
            return held[1]
        self._held = (target or "", release)
        self._refused = None
        self._tell(release)
        if held is not None:
            _log.info("now serving %s", release.revision)
        self._on_change(release)
        return release


def _link(path: str | os.PathLike[str]) -> str | None:
    try:
        return os.readlink(path)  # noqa: PTH115  (a third of the time, on the way of every query)
    except OSError:
        return None


def _name(target: str) -> str:
    return target.rpartition("/")[2]


def is_before(directory: str, release: Release) -> bool:
    """Whether a directory is that of a release, or of a snapshot of one, whose place another took."""
    ident = _name(directory).partition(".")[0]
    return origin_of(ident) == release.origin and ident != release.id


def _supersedes(target: str | None, held: Release) -> bool:
    """Whether what a link points to took the place of a release: the same release, issued again."""
    ident = _name(target or "").partition(".")[0]
    return REISSUED in ident and ident != held.id and origin_of(ident) == held.origin
