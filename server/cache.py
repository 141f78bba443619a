"""Answers that may be asked again, in memory, by what was asked: a repeated query costs no worker.

The key holds the id of the release, so what is kept can never be out of date.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass

__all__ = ["AnswerCache", "KeptAnswer"]

#: What a kept answer costs beside its body, in bytes, roughly.
_OVERHEAD = 1_000


@dataclass(frozen=True)
class KeptAnswer:
    """A whole answer: its headers as ASGI has them, its body, its entity tag."""

    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes
    etag: bytes

    @property
    def size(self) -> int:
        """How much memory it takes, in bytes, roughly."""
        return len(self.body) + _OVERHEAD


class AnswerCache:
    """Keeps answers up to a size together; those asked for longest ago go first.

    Args:
        size: The size of all together, in bytes; 0 keeps none.
        largest: The longest body that is kept, in bytes.
    """

    def __init__(self, size: int, largest: int) -> None:
        self._size = size
        self._largest = largest
        self._kept: OrderedDict[Hashable, KeptAnswer] = OrderedDict()
        self.used = 0

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: Hashable) -> KeptAnswer | None:
        """The answer, if it is kept."""
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
        return found

    def clear(self) -> None:
        """Keep nothing of all that was kept."""
        self._kept.clear()
        self.used = 0

    def keep(self, key: Hashable, answer: KeptAnswer) -> None:
        """Keep an answer, if it is not too long."""
        if len(answer.body) > self._largest or answer.size > self._size:
            return
        before = self._kept.pop(key, None)
        self.used += answer.size - (before.size if before is not None else 0)
        self._kept[key] = answer
        while self.used > self._size:
            _key, gone = self._kept.popitem(last=False)
            self.used -= gone.size
