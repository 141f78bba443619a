"""What was read of a release and is dear to read again: kept for the releases that were asked for last."""

from __future__ import annotations

import asyncio
import weakref
from collections.abc import Awaitable, Callable
from typing import Any, Generic, TypeVar

__all__ = ["Kept", "forget_all"]

_T = TypeVar("_T")
#: The one that is served, and one that a reader has pinned.
_RELEASES = 2


#: All that live, so that what is withheld can be forgotten wherever it is kept.
_all: weakref.WeakSet[Kept[Any]] = weakref.WeakSet()


def forget_all() -> None:
    """Keep nothing of all that anybody keeps."""
    for kept in list(_all):
        kept.clear()


class Kept(Generic[_T]):
    """Values by the revision that they were read of; a revision never changes.

    Args:
        releases: Of how many revisions values are kept.
    """

    def __init__(self, releases: int = _RELEASES) -> None:
        self._most = releases
        self._values: dict[str, _T] = {}
        self._reading: dict[str, asyncio.Lock] = {}
        _all.add(self)

    def clear(self) -> None:
        """Keep nothing of all that was kept."""
        self._values.clear()

    async def of(self, revision: str, read: Callable[[], Awaitable[_T]]) -> _T:
        """The value of a revision; who asks while it is being read waits for it and does not read it again.

        Args:
            revision: The revision.
            read: Reads the value; what it raises is raised, and nothing is kept.
        """
        if revision not in self._values:
            async with self._reading.setdefault(revision, asyncio.Lock()):
                if revision not in self._values:
                    value = await read()
                    while len(self._values) >= self._most:
                        del self._values[next(iter(self._values))]
                    self._values[revision] = value
                    self._reading.pop(revision, None)
        # The one that was asked for last is the last to go.
        value = self._values.pop(revision)
        self._values[revision] = value
        return value
