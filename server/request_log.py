"""The logs of requests: one JSON object a line, a file a day, and no longer kept than is said.

`access-DATE.jsonl` has every request to the endpoints, with a hash of its query and a client's address without its end.
`slow-DATE.jsonl` has the queries that took long, with their text, which an operator needs to see.
"""

from __future__ import annotations

import asyncio
import ipaddress
import logging
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import IO

import msgspec

from server.budget import client_of

__all__ = ["AccessRecord", "RequestLog", "masked"]

_log = logging.getLogger("crossings.server")
#: How long lines are gathered before they are written, in seconds.
_FLUSH = 0.5


class AccessRecord(msgspec.Struct, kw_only=True, omit_defaults=True):
    """One request. `seconds` is the time until its answer was sent, `worker` the time of a worker in it."""

    time: str = ""
    endpoint: str
    method: str
    status: int = 0
    outcome: str = ""
    client: str = ""
    release: str = ""
    format: str = ""
    query: str = ""
    sent: int = 0
    seconds: float = 0.0
    worker: float = 0.0


class _SlowRecord(msgspec.Struct, kw_only=True):
    time: str
    query: str
    outcome: str
    seconds: float
    worker: float
    text: str


@lru_cache(maxsize=4096)
def masked(address: str) -> str:
    """An address without the part that tells one person from another.

    >>> masked("192.0.2.77"), masked("2001:db8:1:2:3::4"), masked("")
    ('192.0.2.0', '2001:db8:1::/48', 'unknown')
    """
    known = client_of(address)
    if known.count(".") == 3:
        return known.rpartition(".")[0] + ".0"
    if known.endswith("/64"):
        return str(ipaddress.ip_network(known).supernet(new_prefix=48))
    return known


class RequestLog:
    """Writes the logs.

    Args:
        directory: Where the files are; absent, nothing is written.
        days: How many days' files are kept.
        slow: Queries that take longer, in seconds, are in the log of slow queries.
    """

    def __init__(self, directory: Path | None, days: int, slow: float) -> None:
        self._directory = directory
        self._days = days
        self._slow = slow
        self._lines: dict[str, list[bytes]] = {"access": [], "slow": []}
        self._timer: asyncio.TimerHandle | None = None
        self._encoder = msgspec.json.Encoder()
        self._open: dict[str, tuple[str, IO[bytes]]] = {}
        self._failed = False

    def write(self, record: AccessRecord, text: str | None = None) -> None:
        """Take a record; it is in the file after a moment.

        Args:
            record: The request; its time is set.
            text: The text of its query.
        """
        if self._directory is None:
            return
        record.time = datetime.now(UTC).isoformat(timespec="milliseconds")
        self._lines["access"].append(self._encoder.encode(record))
        if text is not None and max(record.seconds, record.worker) > self._slow:
            slow = _SlowRecord(
                time=record.time,
                query=record.query,
                outcome=record.outcome,
                seconds=record.seconds,
                worker=record.worker,
                text=text,
            )
            self._lines["slow"].append(self._encoder.encode(slow))
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(_FLUSH, self.flush)

    def flush(self) -> None:
        """Write what was taken; that the disk is full is told once and stops nothing."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        today = datetime.now(UTC).date().isoformat()
        for name, lines in self._lines.items():
            if not lines:
                continue
            content = b"\n".join(lines) + b"\n"
            lines.clear()
            try:
                self._file(name, today).write(content)
            except OSError as error:
                if not self._failed:
                    _log.error("the log in %s cannot be written (%s)", self._directory, error.strerror)
                self._failed = True
            else:
                self._failed = False

    def close(self) -> None:
        """Write what was taken and close the files."""
        self.flush()
        for _day, file in self._open.values():
            file.close()
        self._open.clear()

    def _file(self, name: str, today: str) -> IO[bytes]:
        held = self._open.get(name)
        if held is not None and held[0] == today:
            return held[1]
        if held is not None:
            held[1].close()
        assert self._directory is not None
        self._directory.mkdir(parents=True, exist_ok=True)
        # Unbuffered: what is gathered is written at once, and a crash loses no more than a moment.
        file = (self._directory / f"{name}-{today}.jsonl").open("ab", buffering=0)
        self._open[name] = (today, file)
        self._forget(date.fromisoformat(today))
        return file

    def _forget(self, today: date) -> None:
        assert self._directory is not None
        oldest = today - timedelta(days=self._days)
        for path in self._directory.glob("*-????-??-??.jsonl"):
            if path.stem[-10:] < oldest.isoformat():
                path.unlink(missing_ok=True)
