"""A client that costs little: keep-alive HTTP/1.1 over a plain socket, and only as much of it as the servers use.

A response is read by its Content-Length, by its chunks (RFC 9112, section 7.1), or up to the end of the connection.
Nothing is decompressed, for nothing asks for compression.
"""

from __future__ import annotations

import socket
from typing import NamedTuple

__all__ = ["Connection", "Reader", "Reply", "connect"]

_HEAD_END = b"\r\n\r\n"
_CHUNK = 1 << 18


class Reply(NamedTuple):
    """A whole response."""

    status: int
    body: bytes


class Reader:
    """Reads one response as its bytes come in.

    >>> reader = Reader()
    >>> reader.feed(b"HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n3\\r\\nabc\\r\\n0")
    >>> reader.feed(b"\\r\\n\\r\\n")
    Reply(status=200, body=b'abc')
    """

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._at = 0
        self._status = 0
        self._length: int | None = None
        self._chunks: list[bytes] | None = None
        self.closes = False

    @property
    def begun(self) -> bool:
        """Whether any byte has come."""
        return bool(self._buffer)

    def feed(self, data: bytes) -> Reply | None:
        """Take what came; the response once it is whole.

        Raises:
            ValueError: It is no HTTP/1.1 response.
        """
        self._buffer += data
        if not self._status and not self._head():
            return None
        if self._chunks is not None:
            return self._chunked()
        if self._length is not None and len(self._buffer) - self._at >= self._length:
            return Reply(self._status, bytes(self._buffer[self._at : self._at + self._length]))
        return None

    def end(self) -> Reply | None:
        """The connection has ended: the response, if that is how its end is told."""
        if self._status and self._length is None and self._chunks is None:
            return Reply(self._status, bytes(self._buffer[self._at :]))
        return None

    def _head(self) -> bool:
        end = self._buffer.find(_HEAD_END)
        if end < 0:
            return False
        first, *lines = bytes(self._buffer[:end]).split(b"\r\n")
        if not first.startswith(b"HTTP/1."):
            raise ValueError(f"the server answers {first[:60]!r}, which is no HTTP/1.1")
        self._status = int(first.split(b" ", 2)[1])
        self._at = end + len(_HEAD_END)
        self.closes = first.startswith(b"HTTP/1.0")
        for line in lines:
            name, _, value = line.partition(b":")
            name, value = name.lower(), value.strip().lower()
            if name == b"content-length":
                self._length = int(value)
            elif name == b"transfer-encoding" and value == b"chunked":
                self._chunks = []
            elif name == b"connection" and value == b"close":
                self.closes = True
        return True

    def _chunked(self) -> Reply | None:
        assert self._chunks is not None  # feed
        while (line := self._buffer.find(b"\r\n", self._at)) >= 0:
            size = int(bytes(self._buffer[self._at : line]).partition(b";")[0], 16)
            if len(self._buffer) < line + 2 + size + 2:
                return None
            if not size:
                return Reply(self._status, b"".join(self._chunks))
            self._chunks.append(bytes(self._buffer[line + 2 : line + 2 + size]))
            self._at = line + 2 + size + 2
        return None


def connect(host: str, port: int, timeout: float, source: str | None = None) -> socket.socket:
    """A connected socket that sends at once.

    Args:
        host: The server's address.
        port: Its port.
        timeout: How long to wait for any byte, in seconds.
        source: The address of this machine to ask from, if not the usual one.

    Raises:
        OSError: Nobody listens.
    """
    made = socket.create_connection((host, port), timeout, (source, 0) if source else None)
    made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return made


class Connection:
    """One keep-alive connection; it is made when it is first needed, and again after the server closed it.

    Args:
        host: The server's address.
        port: Its port.
        timeout: How long to wait for any byte, in seconds.
    """

    def __init__(self, host: str, port: int, timeout: float) -> None:
        self._where = (host, port)
        self._timeout = timeout
        self._socket: socket.socket | None = None

    def exchange(self, request: bytes) -> Reply:
        """Send a request and wait for its response.

        Raises:
            OSError: Nobody listens, or nothing comes in time (TimeoutError).
            ValueError: What comes is no HTTP.
        """
        fresh = self._socket is None
        try:
            return self._once(request)
        except (ConnectionResetError, BrokenPipeError):
            # A server may close a connection that was idle; one that was made just now it may not.
            self.close()
            if fresh:
                raise
            return self._once(request)

    def _once(self, request: bytes) -> Reply:
        if self._socket is None:
            self._socket = connect(*self._where, self._timeout)
        reader = Reader()
        try:
            self._socket.sendall(request)
            while True:
                data = self._socket.recv(_CHUNK)
                reply = reader.feed(data) if data else reader.end()
                if reply is not None:
                    if reader.closes or not data:
                        self.close()
                    return reply
                if not data:
                    raise ConnectionResetError("the server closed the connection in the middle of an answer")
        except TimeoutError:
            self.close()
            raise

    def close(self) -> None:
        """Close it; the next exchange makes another."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None
