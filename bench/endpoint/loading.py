"""Many connections that ask one server at once, from one process: what a load is made of."""

from __future__ import annotations

import selectors
import socket
import time

from bench.endpoint.http import Reader, connect
from bench.endpoint.jobs import NONCE, Answer, Job, Load, Target

__all__ = ["load"]


def load(job: Job) -> list[Answer]:
    """The load: one answer a request that was timed, and one for each that failed."""
    assert job.load is not None  # asking.main
    wanted = job.load
    target = job.targets[wanted.server]
    selector = selectors.DefaultSelector()
    clients = [_Client(target, wanted, number, job.timeout) for number in range(wanted.clients)]
    stranded = []
    for request in wanted.strand:
        sent = connect(target.host, target.port, job.timeout)
        sent.sendall(request.encode())
        stranded.append(sent)
    strays = {sent.fileno(): (sent, request) for sent, request in zip(stranded, wanted.strand, strict=True)}
    for client in clients:
        client.send(selector)
    for sent, _ in strays.values():
        selector.register(sent, selectors.EVENT_READ, None)
    end = time.perf_counter() + wanted.seconds
    found: list[Answer] = []
    while (left := end - time.perf_counter()) > 0:
        for key, _ in selector.select(left):
            if key.data is None:
                _again(strays, key.fd, target, job.timeout, selector)
            else:
                found.extend(key.data.read(selector))
    found.extend(answer for client in clients for answer in client.waited(end))
    for sent in (*(c.socket for c in clients), *(s for s, _ in strays.values())):
        sent.close()
    return found


def _again(
    strays: dict[int, tuple[socket.socket, str]],
    number: int,
    target: Target,
    timeout: float,
    selector: selectors.BaseSelector,
) -> None:
    """A stranded request was answered or cut off: the next one takes its place, so that their number stays."""
    old, request = strays.pop(number)
    selector.unregister(old)
    old.close()
    sent = connect(target.host, target.port, timeout)
    sent.sendall(request.encode())
    strays[sent.fileno()] = (sent, request)
    selector.register(sent, selectors.EVENT_READ, None)


class _Client:
    """One connection of a load."""

    def __init__(self, target: Target, load: Load, number: int, timeout: float) -> None:
        self._target = target
        self._load = load
        self._timeout = timeout
        self._next = number * 7
        self._began = 0.0
        self._nonce = f"{number}-"
        self.socket = connect(target.host, target.port, timeout)
        self._reader = Reader()

    def send(self, selector: selectors.BaseSelector) -> None:
        """Send the next request."""
        request = self._load.requests[self._next % len(self._load.requests)]
        self._next += 1
        if self._load.vary:
            request = request.replace(NONCE, f"{self._nonce}{self._next}")
        self._reader = Reader()
        if self.socket.fileno() not in selector.get_map():
            selector.register(self.socket, selectors.EVENT_READ, self)
        self._began = time.perf_counter()
        self.socket.sendall(request.encode())

    def read(self, selector: selectors.BaseSelector) -> list[Answer]:
        """Take what came; the answer, if it is whole, and then the next request is under way."""
        try:
            data = self.socket.recv(1 << 18)
            reply = self._reader.feed(data) if data else self._reader.end()
        except (OSError, ValueError) as error:
            return [self._failed(selector, str(error))]
        if reply is None:
            return [] if data else [self._failed(selector, "the server closed the connection")]
        took = time.perf_counter() - self._began
        failure = None if reply.status == 200 else f"status {reply.status}"
        if self._reader.closes or not data:
            self._renew(selector)
        self.send(selector)
        return [Answer(self._load.server, "load", took, failure, size=len(reply.body))]

    def waited(self, end: float) -> list[Answer]:
        """What is still waited for at the end is as slow as it is by then, if that is more than a tenth of it all."""
        took = end - self._began
        return [Answer(self._load.server, "load", took)] if took > self._load.seconds / 10 else []

    def _failed(self, selector: selectors.BaseSelector, why: str) -> Answer:
        took = time.perf_counter() - self._began
        self._renew(selector)
        self.send(selector)
        return Answer(self._load.server, "load", took, why)

    def _renew(self, selector: selectors.BaseSelector) -> None:
        selector.unregister(self.socket)
        self.socket.close()
        self.socket = connect(self._target.host, self._target.port, self._timeout)
