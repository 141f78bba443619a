"""How long to wait for a server that is busy: as long as it says (RFC 9110, section 10.2.3), and never without end."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

__all__ = ["PATIENCE", "TIMEOUT", "TRIES", "Waiting"]

#: How many seconds a server may be silent, and how long we wait altogether for one that is busy.
TIMEOUT, PATIENCE = 60.0, 60.0
#: How often one thing is asked at most.
TRIES = 8


class Waiting:
    """The waits for one answer.

    Args:
        patience: How many seconds they may take altogether.

    Attributes:
        wanted: After how many seconds the server wanted to be asked again, the last time that it said so.
    """

    def __init__(self, patience: float) -> None:
        self._left = patience
        self._tries = 1
        self.wanted: float | None = None

    def again(self, retry_after: str | None) -> bool:
        """Wait before the server is asked again.

        Args:
            retry_after: The header of its answer; absent, a second, and twice as long each time.

        Returns:
            Whether there is to be another try; if not, this returns at once.
        """
        self.wanted = _seconds(retry_after)
        wait = self.wanted if self.wanted is not None else float(2 ** (self._tries - 1))
        if self._tries >= TRIES or wait > self._left:
            return False
        self._tries += 1
        self._left -= wait
        time.sleep(wait)
        return True

    @property
    def advice(self) -> str:
        """When to ask again, in words that go behind that."""
        return f" after {self.wanted:.0f} seconds" if self.wanted is not None else " later"


def _seconds(header: str | None) -> float | None:
    """The seconds of a `Retry-After`, which may be a moment; None where it is neither.

    >>> _seconds("3"), _seconds("soon"), _seconds("Thu, 01 Jan 1970 00:00:00 GMT")
    (3.0, None, 0.0)
    """
    text = (header or "").strip()
    if text.isascii() and text.isdecimal():
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:  # the header cannot be read, as if it were not there
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())
