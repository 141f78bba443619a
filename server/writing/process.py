"""The writer as the server sees it: started when needed, given one write after another, ended when it is stuck."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Callable

from kg.errors import UsageError
from server.limits import Limits
from server.problems import Problem
from server.workers.child import EXIT_ERROR, Child, spawn
from server.workers.wire import Failure, FrameReader, Hello, Record, decode, message
from server.writing.wire import Refresh, Rejected, Write, WriterSettings, Written

__all__ = ["Writer"]

_log = logging.getLogger("crossings.server")
#: How long the writer may take to be ready, in seconds: it may have a journal to go through.
_START = 600.0


class _Running:
    """A writer process and the streams to it."""

    def __init__(self, child: Child, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.child = child
        self._reader = reader
        self._writer = writer
        self._frames = FrameReader()
        self._ready: list[Record] = []

    async def send(self, write: Write) -> None:
        self._writer.write(message(write))
        await self._writer.drain()

    async def receive(self) -> Record:
        """The next record.

        Raises:
            EOFError: The process has ended.
        """
        while not self._ready:
            try:
                chunk = await self._reader.read(65_536)
            except ConnectionError:
                chunk = b""
            if not chunk:
                raise EOFError
            self._ready += [decode(kind, payload) for kind, payload in self._frames.feed(chunk)]
        return self._ready.pop(0)

    def end(self) -> tuple[int, str]:
        """Kill it if it lives; its exit status and the last line that it wrote."""
        if self.child.process.poll() is None:
            self.child.process.kill()
        self.child.process.wait()
        self._writer.transport.abort()
        wrote = self.child.last_words().decode("utf-8", "replace").strip().splitlines()
        return self.child.process.returncode, wrote[-1] if wrote else "it wrote nothing"


class Writer:
    """Has writes applied, one after another, by a process of their own.

    Args:
        settings: What the process must know.
        limits: How long a write may take, and how many may wait.
        events: Called with a word for each end of the process: `died` or `killed`.
    """

    def __init__(
        self, settings: WriterSettings, limits: Limits, events: Callable[[str], None] = lambda why: None
    ) -> None:
        self._settings = settings
        self._limits = limits
        self._events = events
        self._turn = asyncio.Lock()
        self._waiting = 0
        self._running: _Running | None = None
        self._closed = False

    @property
    def waiting(self) -> int:
        """How many writes wait or are being applied."""
        return self._waiting

    @property
    def pid(self) -> int | None:
        """The id of the process, while there is one."""
        return self._running.child.process.pid if self._running is not None else None

    async def ready(self) -> None:
        """Start the process before it is needed, and have what was written put into a new release.

        Why that fails is told in the log, and to who writes next.
        """
        try:
            await self.write(Refresh())
        except Problem as problem:
            _log.error("%s", problem.detail)

    async def close(self) -> None:
        """End the process when it has answered what it is doing; what waits is refused."""
        self._closed = True
        async with self._turn:
            if self._running is not None:
                running, self._running = self._running, None
                running.end()

    async def renew(self) -> None:
        """End the process when it has answered what it is doing; the next write starts another."""
        async with self._turn:
            if self._running is not None:
                running, self._running = self._running, None
                running.end()

    async def write(self, write: Write) -> Written | Rejected:
        """Have a write applied; when this returns, it is on the disk and is served.

        A write that has begun goes on if the client goes away.

        Raises:
            Problem: It is not applied, or nobody knows whether it is.
        """
        if self._waiting > self._limits.write_queue:
            detail = f"{self._waiting} writes wait already: send it again in a moment"
            raise Problem("overloaded", detail, headers={"Retry-After": "5"})
        self._waiting += 1
        try:
            return await asyncio.shield(asyncio.ensure_future(self._written(write)))
        finally:
            self._waiting -= 1

    async def _written(self, write: Write) -> Written | Rejected:
        async with self._turn:
            if self._closed:
                raise Problem("overloaded", "the server is shutting down", headers={"Retry-After": "5"})
            try:
                running = await self._started()
            except UsageError as error:
                raise Problem("writer-unavailable", str(error), headers={"Retry-After": "30"}) from error
            try:
                async with asyncio.timeout(self._limits.write_time):
                    await running.send(write)
                    record = await running.receive()
            except TimeoutError as error:
                self._ended("killed")
                detail = (
                    f"the write took longer than {self._limits.write_time:g} seconds and was ended: the revision tells "
                    "whether it was applied"
                )
                raise Problem("timeout", detail) from error
            except (EOFError, ConnectionError) as error:
                raise self._died() from error
        if isinstance(record, Failure):
            raise Problem(record.name, record.detail, dict(record.members), dict(record.headers))
        assert isinstance(record, Written | Rejected)  # nothing else answers a write
        return record

    async def _started(self) -> _Running:
        if self._running is not None:
            return self._running
        child = spawn("server.writing.writer", self._settings)
        reader, writer = await asyncio.open_unix_connection(sock=child.connection)
        running = _Running(child, reader, writer)
        try:
            async with asyncio.timeout(_START):
                record = await running.receive()
        except BaseException as error:
            _status, words = running.end()
            if isinstance(error, EOFError):
                raise UsageError(f"the writer cannot start: {words}") from error
            raise
        assert isinstance(record, Hello)  # it comes first
        self._running = running
        return running

    def _ended(self, why: str) -> tuple[int, str]:
        running, self._running = self._running, None
        assert running is not None
        self._events(why)
        return running.end()

    def _died(self) -> Problem:
        status, words = self._ended("died")
        if status == EXIT_ERROR:
            _log.error("the writer met an error of ours: %s", words)
            return Problem("server-error", "an error of ours, which was logged; the revision tells what was applied")
        how = signal.Signals(-status).name if status < 0 else "it gave itself up"
        _log.error("the writer ended during a write (%s): %s", how, words)
        detail = f"the writer ended during the write ({how}): the revision tells whether it was applied"
        return Problem("writer-unavailable", detail, headers={"Retry-After": "5"})
