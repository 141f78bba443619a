"""One request and its answer on the way: what of the request is looked at, its body, and what is sent."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass
from functools import lru_cache

from starlette.datastructures import Headers
from starlette.types import Message, Receive, Scope, Send

from server.codings import preferred_coding
from server.limits import Limits
from server.problems import Problem
from server.replies import problem_response
from server.request_log import AccessRecord

__all__ = ["CLIENT_GONE", "BrokenAnswerError", "Exchange"]

#: The outcome of a request whose client did not wait for its answer.
CLIENT_GONE = "client-gone"

_coding = lru_cache(maxsize=256)(preferred_coding)
#: The methods whose answer represents what they ask of, so that it can be the one that the client has.
_READING = ("GET", "HEAD", "QUERY")
#: The headers that every request is looked at for, and where they are kept.
_LOOKED_AT = {
    b"accept": "accept",
    b"accept-encoding": "coding",
    b"content-type": "content_type",
    b"if-none-match": "if_none_match",
}
#: A key longer than this is kept as its hash.
_LONG_KEY = 256


class BrokenAnswerError(Exception):
    """An answer broke off after a part was sent: the connection must break, so that it does not look whole."""


@dataclass
class Exchange:
    """One request while it is answered.

    Attributes:
        record: What the log will say of it.
        accept: Its Accept header.
        coding: The content coding that the client likes best, or None for none.
        content_type: The type of its body.
        if_none_match: Which answers the client has.
        started: Whether the head of an answer was sent.
        query: The text of the query that it asks, once that is read.
    """

    scope: Scope
    receive: Receive
    send: Send
    headers: Headers
    record: AccessRecord
    accept: str | None = None
    coding: str | None = None
    content_type: str | None = None
    if_none_match: str | None = None
    started: bool = False
    query: str | None = None

    def __post_init__(self) -> None:
        # In one pass over the headers, as this is on the way of every request.
        found: dict[bytes, list[str]] = {}
        for name, value in self.scope["headers"]:
            if name in _LOOKED_AT:
                found.setdefault(name, []).append(value.decode("latin-1"))
        for name, values in found.items():
            setattr(self, _LOOKED_AT[name], ", ".join(values).strip() or None)
        self.coding = _coding(self.coding)
        if self.scope["method"] not in _READING:
            # Of a POST it would tell nothing (RFC 9110, section 13.1.2).
            self.if_none_match = None

    @property
    def bodiless(self) -> bool:
        """Whether the answer has a head alone."""
        return str(self.scope["method"]) == "HEAD"

    def key(self, release: str, body: bytes) -> tuple[object, ...]:
        """By what the answer may be kept: the id of the release that is asked, and all of the request that matters."""
        method = self.scope["method"]
        return (
            release,
            method if method in ("POST", "QUERY") else "GET",
            self.scope["path"],
            _short(self.scope["query_string"]),
            _short(body),
            self.content_type,
            self.accept,
            self.coding,
        )

    async def start(self, status: int, headers: list[tuple[bytes, bytes]]) -> None:
        """Send the head of the answer."""
        self.started = True
        self.record.status = status
        await self.send({"type": "http.response.start", "status": status, "headers": headers})

    async def body(self, content: bytes, *, more: bool = False) -> None:
        """Send a part of the body; the last one, unless there is more."""
        self.record.sent += len(content)
        await self.send({"type": "http.response.body", "body": content, "more_body": more})

    async def problem(self, problem: Problem) -> None:
        """Send a problem as the answer.

        Raises:
            BrokenAnswerError: A part of an answer was sent before.
        """
        self.record.outcome = problem.name
        if self.started:
            raise BrokenAnswerError(problem.detail) from problem
        response = problem_response(problem, self.accept, problem.as_rdf(self.accept))
        await self.start(response.status_code, list(response.raw_headers))
        await self.body(b"" if self.bodiless else bytes(response.body))

    def asks(self, query: str) -> None:
        """Take the text of the query that it asks, of which the log has a hash."""
        self.query = query
        self.record.query = hashlib.sha256(query.encode()).hexdigest()[:16]

    def left(self) -> None:
        """Take that the client did not wait for the answer."""
        self.record.outcome = CLIENT_GONE

    async def gone(self) -> None:
        """Returns when the client has gone away."""
        while (await self.receive())["type"] != "http.disconnect":
            pass

    async def read_body(self, limits: Limits, most: int | None = None) -> bytes:
        """The body of the request.

        Args:
            limits: The limits.
            most: How long it may be, in bytes, if not as long as that of a query.

        Raises:
            Problem: It is too long, comes too slowly or breaks off.
        """
        most = limits.request_bytes if most is None else most
        body = bytearray()
        stated = self.headers.get("content-length", "0")
        if stated.isdecimal() and int(stated) > most:  # it need not come first
            raise Problem("too-large", f"the body is longer than {most} bytes", headers={"Connection": "close"})
        try:
            async with asyncio.timeout(limits.idle_client):
                while True:
                    received: Message = await self.receive()
                    if received["type"] == "http.disconnect":
                        raise Problem("malformed-request", "the body broke off")
                    body += received.get("body", b"")
                    if len(body) > most:
                        raise Problem(
                            "too-large", f"the body is longer than {most} bytes", headers={"Connection": "close"}
                        )
                    if not received.get("more_body", False):
                        return bytes(body)
        except TimeoutError as error:
            wait = f"{limits.idle_client:g}"
            detail = f"the body did not come within {wait} seconds"
            raise Problem("too-slow", detail, headers={"Connection": "close"}) from error


def _short(content: bytes) -> bytes:
    return content if len(content) <= _LONG_KEY else hashlib.blake2b(content, digest_size=32).digest()
