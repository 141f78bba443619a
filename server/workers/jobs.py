"""A query that waits for a worker or has one, and whom a pool tells what happens to it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from server.workers.process import WorkerProcess
from server.workers.spool import Spool
from server.workers.wire import Ask

__all__ = ["Job", "PoolEvents"]


@dataclass
class PoolEvents:
    """What a pool tells: each is called with a word for why."""

    started: Callable[[], None] = lambda: None
    ended: Callable[[str], None] = lambda why: None
    moved: Callable[[str], None] = lambda lane: None


@dataclass(eq=False)
class Job:
    """A query that waits or runs.

    Args:
        ask: What is asked.
        key: What the query is known by.
        time: How long it may be evaluated, in seconds.
        buffer: How many bytes of the answer are held back.
    """

    ask: Ask
    key: bytes
    time: float
    buffer: int
    spool: Spool = field(init=False)
    worker: WorkerProcess | None = field(default=None, init=False)
    slow: bool = field(default=False, init=False)
    began: float = field(default=0.0, init=False)
    cpu: float = field(default=0.0, init=False)
    gone: bool = field(default=False, init=False)
    timer: asyncio.TimerHandle | None = field(default=None, init=False)
    on_used: Callable[[float], None] | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self.spool = Spool(self.buffer)
