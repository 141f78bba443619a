"""Tells a person what a long run is doing: at once on a terminal, else only when it takes long."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import TextIO

__all__ = ["Telling"]

#: Off a terminal, nothing is told before so many seconds, nor more often.
QUIET_SECONDS = 5.0


class Telling:
    """Writes clauses to the error stream; a log gets a line every few seconds, and a short run leaves none.

    Args:
        stream: Where to write.
        clock: Gives seconds that only grow.
    """

    def __init__(self, stream: TextIO | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self._stream = sys.stderr if stream is None else stream
        self._clock = clock
        self._last = clock()

    def __call__(self, what: str) -> None:
        """Tell what is being done."""
        now = self._clock()
        if self._stream.isatty() or now - self._last >= QUIET_SECONDS:
            self._last = now
            print(what, file=self._stream, flush=True)
