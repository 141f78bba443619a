"""An answer on its way from a worker to a client: what came so far, kept until the client has taken it.

The worker writes as fast as it can and is free again; a client that reads slowly holds a file, not a worker.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator
from typing import IO

from server.problems import Problem
from server.workers.wire import End, Head

__all__ = ["Spool"]

_READ = 262_144


class Spool:
    """The bytes of one answer, in memory and, beyond some size, in an unnamed file.

    Args:
        buffer: How many bytes are held back, until the answer is whole or longer; also what is kept in memory.
    """

    def __init__(self, buffer: int) -> None:
        self._buffer = buffer
        self._chunks: list[bytes] = []
        self._file: IO[bytes] | None = None
        self._size = 0
        self._changed: asyncio.Event | None = None
        self._ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._failure: Problem | None = None
        self._may_begin = False
        self._closed = False
        self.head: Head | None = None
        self.end: End | None = None

    @property
    def ready(self) -> asyncio.Future[None]:
        """Done when an answer can begin: it is whole, or longer than the buffer; the exception is its problem."""
        return self._ready

    @property
    def begun(self) -> bool:
        """Whether the client may have been sent a part: from then on nothing can be taken back."""
        return self._ready.done()

    @property
    def whole(self) -> bytes | None:
        """The answer, where it is whole and short."""
        return b"".join(self._chunks) if self.end is not None and self._file is None else None

    def add(self, chunk: bytes) -> None:
        """Take some bytes from the worker; what nobody will read is dropped."""
        if self._closed:
            return
        self._size += len(chunk)
        if self._file is None and self._size > self._buffer:
            self._file = tempfile.TemporaryFile(prefix="crossings-")  # noqa: SIM115  (closed by `close`)
            self._file.write(b"".join(self._chunks))
            self._chunks.clear()
        if self._file is None:
            self._chunks.append(chunk)
        else:
            self._file.seek(0, 2)
            self._file.write(chunk)
        self._tell()

    def may_begin(self) -> None:
        """Let the client have what is longer than the buffer before it is whole: the query will not begin again."""
        self._may_begin = True
        self._tell()

    def reset(self) -> None:
        """Forget what came, as the query begins again; only before a client was sent anything."""
        assert not self.begun
        self._let_go()
        self._chunks.clear()
        self._size = 0
        self.head = None

    def finish(self, end: End) -> None:
        """The answer is whole."""
        self.end = end
        self._tell()

    def fail(self, problem: Problem) -> None:
        """There will be no more; a client that was sent a part will see its connection break."""
        self._failure = problem
        if not self._ready.done():
            self._ready.set_exception(problem)
            self._ready.exception()  # who waited may have gone: then nobody asks, and that is well
        self._wake()

    def _tell(self) -> None:
        if self.end is not None or (self._file is not None and self._may_begin):
            if not self._ready.done():
                self._ready.set_result(None)
            self._wake()

    def _wake(self) -> None:
        if self._changed is not None:
            self._changed.set()

    async def chunks(self) -> AsyncIterator[bytes]:
        """The bytes in order, as they come.

        Raises:
            Problem: The answer broke off.
        """
        position = 0
        changed = self._changed = asyncio.Event()
        while True:
            changed.clear()
            if self._failure is not None:
                raise self._failure
            if self._file is None:
                if self.end is not None:
                    yield b"".join(self._chunks)
                    return
            else:
                while position < self._size:
                    self._file.seek(position)
                    found = self._file.read(_READ)
                    position += len(found)
                    yield found
                if self.end is not None:
                    return
            await changed.wait()

    def close(self) -> None:
        """Nobody reads it any more: let go of the file, and take nothing from now on."""
        self._closed = True
        self._chunks.clear()
        self._let_go()

    def _let_go(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None
