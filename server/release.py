"""The release that is served: the home's current one, taken up anew when it changes, without dropping a request."""

from __future__ import annotations

import logging
import os
import threading

from kg.errors import CrossingsError
from kg.querying import ReleaseStore, open_release
from kg.release import Home

__all__ = ["ServedRelease"]

_log = logging.getLogger("crossings.server")


class ServedRelease:
    """Hands out the open release; safe to use from many threads.

    A request keeps the release that it began with for as long as it holds the reference, so a swap in between harms
    nobody: the old store is closed when its last reader lets go.

    Args:
        home: The home whose `current` is followed.
    """

    def __init__(self, home: Home) -> None:
        self._home = home
        self._opening = threading.Lock()
        self._held: tuple[str, ReleaseStore] | None = None
        self._refused: str | None = None

    @property
    def failure(self) -> str | None:
        """Why the current release is not the one that is served, if so."""
        return self._refused

    def get(self) -> ReleaseStore:
        """The release to ask; a look at the link costs microseconds, opening a new one happens in one thread.

        While it is opened, and where it cannot be, other threads go on with the release that was served before.

        Raises:
            UsageError: There is no release at all.
            GraphError: The first release cannot be opened.
        """
        held = self._held
        target = self._target()
        if held is not None and (target is None or held[0] == target):
            return held[1]
        if held is not None and not self._opening.acquire(blocking=False):
            return held[1]
        if held is None:
            self._opening.acquire()
        try:
            return self._open()
        finally:
            self._opening.release()

    def _target(self) -> str | None:
        try:
            return os.readlink(self._home.current_link)  # noqa: PTH115  (a third of the time, on the way of every query)
        except OSError:
            return None

    def _open(self) -> ReleaseStore:
        held = self._held
        target = self._target()
        if held is not None and held[0] == target:
            return held[1]
        try:
            opened = open_release(self._home.require_current())
            _ = opened.release.manifest
        except CrossingsError as error:
            if held is None:
                raise
            if self._refused != str(error):
                _log.error("the current release cannot be served, the one before stays: %s", error)
            self._refused = str(error)
            return held[1]
        self._held = (target or "", opened)
        self._refused = None
        if held is not None:
            _log.info("now serving release %s", opened.release.id)
        return opened
