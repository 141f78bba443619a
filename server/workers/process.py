"""One worker process as the server sees it: started, asked, killed."""

from __future__ import annotations

import asyncio
import logging
import signal
import socket
import time
from collections.abc import Callable
from typing import cast

from kg.errors import UsageError
from server.problems import Problem
from server.workers.child import EXIT_ERROR, Child, spawn
from server.workers.isolation import lower_priority
from server.workers.spool import Spool
from server.workers.wire import Ask, End, Failure, FrameKind, FrameReader, Head, Hello, Open, decode, message
from server.workers.worker import WorkerSettings

__all__ = ["WorkerProcess", "start_worker"]

_log = logging.getLogger("crossings.server")
#: How long a worker may take to say that it is ready, in seconds.
_START = 60.0
#: How much a slow query gives way to others.
_NICE = 19
_NO_MEMORY = b"memory allocation of"


class WorkerProcess(asyncio.Protocol):
    """A worker process; it answers one query at a time.

    Args:
        child: The process.
        on_end: Called once when it has ended, of its own or not.
    """

    def __init__(self, child: Child, on_end: Callable[[WorkerProcess], None]) -> None:
        self._child = child
        self._process = child.process
        self._on_end = on_end
        self._reader = FrameReader()
        self._transport: asyncio.Transport | None = None
        self._spool: Spool | None = None
        self._finished: Callable[[], None] | None = None
        self.hello: asyncio.Future[Hello] = asyncio.get_running_loop().create_future()
        self.nice = False
        self.killed = False
        self.ended = False
        self.last_words = ""

    @property
    def pid(self) -> int:
        """The id of the process."""
        return self._process.pid

    @property
    def cpu(self) -> float:
        """The processor time that the process has had, in seconds.

        Its clock is made from its id, as clock_getcpuclockid(3) of Linux does.

        Raises:
            OSError: It has ended, or the system has no such clock.
        """
        return time.clock_gettime((~self.pid << 3) | 2)

    @property
    def connected(self) -> bool:
        """Whether its socket is served: then its end is noticed."""
        return self._transport is not None

    def hang_up(self) -> None:
        """Close its socket, whatever it may still say."""
        assert self._transport is not None
        self._transport.abort()

    def ask(self, ask: Ask, spool: Spool, finished: Callable[[], None]) -> None:
        """Have a query answered into a spool.

        Args:
            ask: The query.
            spool: Takes the answer.
            finished: Called when the worker is free again; not if it ends.
        """
        assert self._transport is not None
        self._spool, self._finished = spool, finished
        self._transport.write(message(ask))

    def open(self, release: str) -> None:
        """Have a release opened before it is asked."""
        assert self._transport is not None
        self._transport.write(message(Open(release=release)))

    def kill(self, verdict: Problem | None = None) -> None:
        """End it now; the query that it is answering fails with the problem, if one is given."""
        spool, self._spool, self._finished = self._spool, None, None
        self.killed = True
        if self._process.returncode is None:
            self._process.kill()
        if verdict is not None and spool is not None:
            spool.fail(verdict)

    def leave(self) -> None:
        """Answer into nothing from now on: the query will be asked again."""
        self._spool = self._finished = None

    def step_back(self) -> None:
        """Let it give way to other processes from now on."""
        self.nice = lower_priority(self.pid, _NICE)

    def step_forward(self) -> bool:
        """Let it be as others again; False where the system does not allow that."""
        if self.nice and lower_priority(self.pid, 0):
            self.nice = False
        return not self.nice

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The socket is ready."""
        self._transport = cast("asyncio.Transport", transport)  # uvloop has transports that are no subclass

    def data_received(self, data: bytes) -> None:
        """Frames of the worker, to the spool."""
        for kind, payload in self._reader.feed(data):
            if kind is FrameKind.DATA:
                if self._spool is not None:
                    self._spool.add(payload)
                continue
            record = decode(kind, payload)
            if isinstance(record, Hello):
                self.hello.set_result(record)
            elif isinstance(record, Head):
                if self._spool is not None:
                    self._spool.head = record
            elif isinstance(record, End | Failure):
                self._settle(record)

    def _settle(self, record: End | Failure) -> None:
        spool, finished = self._spool, self._finished
        self._spool = self._finished = None
        if spool is not None:
            if isinstance(record, End):
                spool.finish(record)
            else:
                spool.fail(Problem(record.name, record.detail, dict(record.members), dict(record.headers)))
        if finished is not None:
            finished()

    def connection_lost(self, exc: Exception | None) -> None:
        """The process has ended or is about to."""
        self.ended = True
        if self._process.returncode is None:
            self._process.kill()
        self._process.wait()  # it is dead already, so this takes no time
        wrote = self._child.last_words()
        self.last_words = next(reversed(wrote.decode("utf-8", "replace").strip().splitlines()), "")
        if self._spool is not None:
            self._spool.fail(_epitaph(self._process.returncode, wrote, self.last_words))
            self._spool = None
        if not self.hello.done():
            self.hello.set_exception(UsageError(f"a worker could not start: {self.last_words or 'it died'}"))
            self.hello.exception()
        self._on_end(self)


def _epitaph(status: int, wrote: bytes, last_words: str) -> Problem:
    """What a query has done that ended its worker."""
    if _NO_MEMORY in wrote or b"MemoryError" in wrote or b"bad_alloc" in wrote:
        return Problem("out-of-memory", "the query needs more memory than a worker has: ask for less at once")
    if status == EXIT_ERROR:
        _log.error("a worker met an error of ours: %s", last_words or "it wrote nothing")
        return Problem("server-error", "an error of ours, which was logged")
    how = signal.Signals(-status).name if status < 0 else "it gave itself up"
    return Problem(
        "engine-died",
        f"the engine ended while it evaluated the query ({how}): it may be nested too deeply or have too many parts",
    )


async def start_worker(
    settings: WorkerSettings,
    on_end: Callable[[WorkerProcess], None],
    on_gateway: Callable[[socket.socket], None] | None = None,
) -> WorkerProcess:
    """Start a worker; it is ready when its `hello` is done.

    Args:
        settings: What it must know.
        on_end: Called once when it has ended.
        on_gateway: Takes the listening socket of its network namespace, where it sends one.
    """
    child = spawn("server.workers.worker", settings)
    loop = asyncio.get_running_loop()
    worker = WorkerProcess(child, on_end)
    try:
        if on_gateway is not None:
            await _first_message(loop, child.connection, worker, on_gateway)
        await loop.create_connection(lambda: worker, sock=child.connection)
        async with asyncio.timeout(_START):
            await worker.hello
    except BaseException:  # nobody will use it, be it that it was too slow or that the server stops
        worker.kill()
        if worker.connected:
            worker.hang_up()
        else:
            child.connection.close()
            child.last_words()
        child.process.wait()  # it was killed, so this takes no time
        raise
    return worker


async def _first_message(
    loop: asyncio.AbstractEventLoop,
    ours: socket.socket,
    worker: WorkerProcess,
    on_gateway: Callable[[socket.socket], None],
) -> None:
    """Receive the first message, to which a socket is attached: no transport of asyncio receives those."""
    readable = asyncio.Event()
    loop.add_reader(ours.fileno(), readable.set)
    try:
        async with asyncio.timeout(_START):
            await readable.wait()
    finally:
        loop.remove_reader(ours.fileno())
    content, descriptors, _flags, _address = socket.recv_fds(ours, 65_536, 1)
    for descriptor in descriptors:
        on_gateway(socket.socket(fileno=descriptor))
    worker.data_received(content)
