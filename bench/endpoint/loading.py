"""Many connections that ask one server at once, from one process: what a load is made of."""

from __future__ import annotations

import selectors
import socket
import time

from bench.endpoint.http import Reader, connect
from bench.endpoint.jobs import NONCE, STRANDED, Answer, Job, Load, Target

__all__ = ["load"]

#: Stranded requests come from another address, so that a server which counts by client tells them from the others.
_STRANDED_FROM = "127.0.0.2"
#: A stranded request that is refused at once is sent again after so many seconds, not in a busy loop.
_PAUSE = 0.1
_CHUNK = 1 << 18


def load(job: Job) -> list[Answer]:
    """The load: one answer a request that was timed, failed ones too, and one for each end of a stranded request."""
    assert job.load is not None  # asking.main
    wanted = job.load
    target = job.targets[wanted.server]
    selector = selectors.DefaultSelector()
    strays = [_Stray(target, wanted.server, text, job.timeout) for text in wanted.strand]
    clients = [_Client(target, wanted, number, job.timeout) for number in range(wanted.clients)]
    found: list[Answer] = []
    try:
        for stray in strays:
            stray.send(selector)
        for client in clients:
            client.send(selector)
        end = time.perf_counter() + wanted.seconds
        while (left := end - time.perf_counter()) > 0:
            for key, _ in selector.select(min(left, _PAUSE)):
                found.extend(key.data.read(selector))
            for stray in strays:
                stray.again(selector)
        found.extend(answer for client in clients for answer in client.waited(end))
    except OSError as error:
        # A server that takes no connection any more is dead: that is the result, and there is nobody left to ask.
        found.append(Answer(wanted.server, "load", 0.0, f"the server takes no connection ({error})"))
    finally:
        selector.close()
        for connection in (*strays, *clients):
            connection.hang_up()
    return found


class _Asking:
    """One connection and the request that is under way on it."""

    def __init__(self, target: Target, server: str, name: str, timeout: float, source: str | None = None) -> None:
        self._target = target
        self._server = server
        self._name = name
        self._timeout = timeout
        self._source = source
        self._socket: socket.socket | None = None
        self._reader = Reader()
        self.began = 0.0

    def start(self, request: str, selector: selectors.BaseSelector) -> None:
        """Send a request, on a new connection if the last one is closed."""
        if self._socket is None:
            self._socket = connect(self._target.host, self._target.port, self._timeout, self._source)
            selector.register(self._socket, selectors.EVENT_READ, self)
        self._reader = Reader()
        self.began = time.perf_counter()
        self._socket.sendall(request.encode())

    def take(self, selector: selectors.BaseSelector) -> Answer | None:
        """Take what came; the answer, if it is whole or the connection failed."""
        assert self._socket is not None  # it was selected
        failure = None
        size = 0
        try:
            data = self._socket.recv(_CHUNK)
            reply = self._reader.feed(data) if data else self._reader.end()
            if reply is None and data:
                return None
            if reply is None:
                failure = "the server closed the connection"
            else:
                failure = None if reply.status == 200 else f"status {reply.status}"
                size = len(reply.body)
        except (OSError, ValueError) as error:
            data, failure = b"", str(error)
        took = time.perf_counter() - self.began
        if not data or self._reader.closes:
            selector.unregister(self._socket)
            self.hang_up()
        return Answer(self._server, self._name, took, failure, size=size)

    def hang_up(self) -> None:
        """Close the connection."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None


class _Client(_Asking):
    """A connection that asks the next request as soon as the last one is answered."""

    def __init__(self, target: Target, load: Load, number: int, timeout: float) -> None:
        super().__init__(target, load.server, "load", timeout)
        self._load = load
        self._number = number
        self._next = number * 7

    def send(self, selector: selectors.BaseSelector) -> None:
        """Send the next request."""
        request = self._load.requests[self._next % len(self._load.requests)]
        self._next += 1
        nonce = f"{self._load.vary}-{self._number}-{self._next}" if self._load.vary else "same"
        self.start(request.replace(NONCE, nonce), selector)

    def read(self, selector: selectors.BaseSelector) -> list[Answer]:
        """Take what came and, once it is whole, go on."""
        answer = self.take(selector)
        if answer is None:
            return []
        self.send(selector)
        return [answer]

    def waited(self, end: float) -> list[Answer]:
        """What is still waited for at the end is as slow as it is by then, if that is more than a tenth of it all."""
        took = end - self.began
        return [Answer(self._load.server, "load", took)] if took > self._load.seconds / 10 else []


class _Stray(_Asking):
    """A connection whose request is meant never to be answered, and is sent again where it is."""

    def __init__(self, target: Target, server: str, request: str, timeout: float) -> None:
        super().__init__(target, server, STRANDED, timeout, _STRANDED_FROM)
        self._request = request
        self._waits_until: float | None = None

    def send(self, selector: selectors.BaseSelector) -> None:
        """Send it."""
        self.start(self._request, selector)

    def read(self, selector: selectors.BaseSelector) -> list[Answer]:
        """How it ended, if it did."""
        answer = self.take(selector)
        if answer is None:
            return []
        self._waits_until = time.perf_counter() + _PAUSE
        return [answer]

    def again(self, selector: selectors.BaseSelector) -> None:
        """Send it once more, where it has ended a while ago."""
        if self._waits_until is not None and time.perf_counter() >= self._waits_until:
            self._waits_until = None
            self.send(selector)
