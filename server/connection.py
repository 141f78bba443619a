"""A connection that a client cannot hold for nothing: its heads come in time and are bounded, its answers are taken.

uvicorn waits as long as a client likes for the first request, for the rest of a head and for its answer to be taken,
and takes a head of any length. Each of these costs the client nothing and the server a descriptor and memory.
"""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import Any, ClassVar

from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from server.limits import Limits
from server.problems import Problem
from server.replies import problem_response

__all__ = ["Connection", "connection_class"]

#: How long the headers of a request may be together, in bytes.
_HEADERS = 32_768
#: How long an address may be, in bytes: httptools reads no longer one.
_ADDRESS = 65_535
#: How fast a client must take an answer that it does not take whole, in bytes a second.
_PACE = 1_000


class Connection(HttpToolsProtocol):
    """One connection of a client; use `connection_class` to give it limits."""

    limits: ClassVar[Limits] = Limits()

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._head_timer: asyncio.TimerHandle | None = None
        self._answer_timer: asyncio.TimerHandle | None = None
        self._in_head = True
        self._head_size = 0
        self._headers_size = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """A client has connected."""
        super().connection_made(transport)
        self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """It has gone."""
        super().connection_lost(exc)
        for timer in (self._head_timer, self._answer_timer):
            if timer is not None:
                timer.cancel()
        self._head_timer = self._answer_timer = None

    def data_received(self, data: bytes) -> None:
        """Bytes of a request."""
        if self._head_timer is None and not self._answering:
            self._await_head()
        if self._in_head:
            self._head_size += len(data)
        super().data_received(data)
        if self._in_head and self._head_size > _ADDRESS + _HEADERS:
            self._cut(self._too_long())

    @property
    def _answering(self) -> bool:
        # uvicorn's annotation has a cycle always, but there is none before the first request.
        cycle: RequestResponseCycle | None = self.cycle
        return cycle is not None and not cycle.response_complete

    def on_message_begin(self) -> None:
        """A head begins."""
        super().on_message_begin()
        self._in_head = True
        self._headers_size = 0

    def on_header(self, name: bytes, value: bytes) -> None:
        """A header has come."""
        super().on_header(name, value)
        self._headers_size += len(name) + len(value) + 4

    def on_headers_complete(self) -> None:
        """A head is whole."""
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None
        self._in_head = False
        self._head_size = 0
        if self._headers_size > _HEADERS or len(self.url) > _ADDRESS:
            # uvicorn has no place to refuse a head, but asks this one application for the answer.
            app, self.app = self.app, _Refusal(self._too_long())
            self.url = b"/"
            super().on_headers_complete()
            self.app = app
        else:
            super().on_headers_complete()

    def pause_writing(self) -> None:
        """More of an answer waits to be taken than is good."""
        super().pause_writing()
        self._watch(self.transport.get_write_buffer_size())

    def resume_writing(self) -> None:
        """It was taken."""
        super().resume_writing()
        if self._answer_timer is not None:
            self._answer_timer.cancel()
            self._answer_timer = None

    def _await_head(self) -> None:
        self._in_head = True
        self._head_timer = self.loop.call_later(self.limits.idle_client, self._no_head)

    def _no_head(self) -> None:
        wait = f"{self.limits.idle_client:g}"
        if self._head_size:
            self._cut(Problem("too-slow", f"no request came within {wait} seconds", headers={"Connection": "close"}))
        else:
            self.transport.close()

    def _watch(self, waiting: int) -> None:
        self._answer_timer = self.loop.call_later(self.limits.idle_client, self._look, waiting)

    def _look(self, before: int) -> None:
        waiting = self.transport.get_write_buffer_size()
        if before - waiting < _PACE * self.limits.idle_client:
            # Not closed: a closed connection waits for its client to take what was written.
            self.transport.abort()
        else:
            self._watch(waiting)

    def _too_long(self) -> Problem:
        detail = f"an address may have {_ADDRESS} bytes, and the headers {_HEADERS} together: send a long query by POST"
        return Problem("head-too-large", detail, headers={"Connection": "close"})

    def _cut(self, problem: Problem) -> None:
        """Answer before there is a whole request, and close."""
        if self.transport.is_closing():
            return
        response = problem_response(problem)
        status = HTTPStatus(response.status_code)
        lines = [f"HTTP/1.1 {status.value} {status.phrase}".encode()]
        lines += [name + b": " + value for name, value in response.raw_headers]
        self.transport.write(b"\r\n".join([*lines, b"", bytes(response.body)]))
        self.transport.close()


class _Refusal:
    """The application that answers with one problem."""

    def __init__(self, problem: Problem) -> None:
        self._response: Response = problem_response(problem)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._response(scope, receive, send)


def connection_class(limits: Limits) -> type[Connection]:
    """The class of connections with some limits, as uvicorn wants it.

    Args:
        limits: `idle_client` is how long a client may keep us waiting.
    """
    return type("LimitedConnection", (Connection,), {"limits": limits})
