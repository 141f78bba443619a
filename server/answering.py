"""What the endpoints share: a request is read, answered from what is kept or by a worker, sent, counted and logged."""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType

from starlette.datastructures import Headers
from starlette.types import Message, Receive, Scope, Send

from kg.errors import CrossingsError
from kg.query_dataset import Dataset
from kg.query_text import QueryText
from kg.release import Release
from server.cache import AnswerCache, KeptAnswer
from server.codings import preferred_coding
from server.engine import ClientGoneError, Engine, EngineAnswer, EngineRequest
from server.limits import Limits
from server.metrics import Metrics
from server.negotiation import chosen_format
from server.problems import Problem, problem_of
from server.replies import CORS, PREFLIGHT, entity_tag, matches, problem_response, raw
from server.request_log import AccessRecord, RequestLog, masked

__all__ = ["Answering", "Asked", "BrokenAnswerError", "Context"]

_coding = lru_cache(maxsize=256)(preferred_coding)
_ATTACHED = ("csv", "tsv")
#: The methods whose answer represents what they ask of, so that it can be the one that the client has.
_READING = ("GET", "HEAD", "QUERY")
#: The headers that every request is looked at for, and where they are kept.
_LOOKED_AT = {
    b"accept": "accept",
    b"accept-encoding": "coding",
    b"content-type": "content_type",
    b"if-none-match": "if_none_match",
}
#: The text of a query that is not longer is read here, where all others wait meanwhile; longer ones by a worker.
_SOON_READ = 10_000
#: The outcome of a request whose client did not wait for its answer.
_CLIENT_GONE = "client-gone"
#: A key longer than this is kept as its hash.
_LONG_KEY = 256


class BrokenAnswerError(Exception):
    """An answer broke off after a part was sent: the connection must break, so that it does not look whole."""


@dataclass(frozen=True)
class Context:
    """What the endpoints work with; `federated` says whether SERVICE may call some hosts."""

    engine: Engine
    cache: AnswerCache
    limits: Limits
    metrics: Metrics
    log: RequestLog
    federated: bool = False


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a request asks for: a query, else a graph of the release, else (both absent) the default graph."""

    query: str | None = None
    graph: str | None = None
    dataset: Dataset = field(default_factory=Dataset)
    format: str | None = None
    release: str | None = None
    seconds: float | None = None


@dataclass
class _Exchange:
    """One request while it is answered."""

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
        return str(self.scope["method"]) == "HEAD"

    async def start(self, status: int, headers: list[tuple[bytes, bytes]]) -> None:
        self.started = True
        self.record.status = status
        await self.send({"type": "http.response.start", "status": status, "headers": headers})

    async def body(self, content: bytes, *, more: bool = False) -> None:
        self.record.sent += len(content)
        await self.send({"type": "http.response.body", "body": content, "more_body": more})

    async def gone(self) -> None:
        """Returns when the client has gone away."""
        while (await self.receive())["type"] != "http.disconnect":
            pass


class Answering:
    """An ASGI application that answers queries or graphs; what is asked is read by a subclass.

    Args:
        context: What it works with.
    """

    #: The name in metrics and logs.
    name = ""
    #: The methods that are taken, and what OPTIONS says of them.
    methods: tuple[str, ...] = ("GET", "HEAD", "OPTIONS")
    #: Further headers of the answer to OPTIONS.
    options: Mapping[str, str] = MappingProxyType({})

    def __init__(self, context: Context) -> None:
        self.context = context

    async def read(self, scope: Scope, headers: Headers, body: bytes) -> Asked | None:
        """What a request asks for, or None where it is answered otherwise, by `other`.

        Raises:
            Problem: It cannot be read.
        """
        raise NotImplementedError

    async def other(self, scope: Scope, headers: Headers, release: Release) -> tuple[dict[str, str], bytes]:
        """The answer, headers and body, to a request that asks for no query; of the release unless it names another."""
        raise NotImplementedError

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, be it with a problem.

        Raises:
            BrokenAnswerError: The answer broke off on its way.
        """
        began = time.perf_counter()
        client = scope.get("client")
        record = AccessRecord(endpoint=self.name, method=scope["method"], client=masked(client[0] if client else ""))
        exchange = _Exchange(scope, receive, send, Headers(scope=scope), record)
        text: list[str] = []
        try:
            await self._answer(exchange, text)
        except Problem as problem:
            await self._problem(exchange, problem)
        except CrossingsError as error:
            await self._problem(exchange, problem_of(error))
        except ClientGoneError:
            record.outcome = _CLIENT_GONE
        finally:
            record.seconds = round(time.perf_counter() - began, 6)
            self.context.metrics.request(
                self.name,
                record.method,
                record.outcome,
                seconds=record.seconds,
                worker_seconds=record.worker,
                sent=record.sent,
            )
            self.context.log.write(record, text[0] if text else None)

    async def _answer(self, exchange: _Exchange, text: list[str]) -> None:
        scope, headers = exchange.scope, exchange.headers
        method = scope["method"]
        if method not in self.methods:
            allowed = ", ".join(self.methods)
            detail = f"{method} is not taken here: use {allowed}"
            raise Problem("method-not-allowed", detail, headers={"Allow": allowed})
        if method == "OPTIONS":
            await self._options(exchange)
            return
        body = b"" if method in ("GET", "HEAD") else await self._body(exchange)
        release = await self.context.engine.release(None)
        key = (
            release.id,
            method if method in ("POST", "QUERY") else "GET",
            scope["path"],
            _short(scope["query_string"]),
            _short(body),
            exchange.content_type,
            exchange.accept,
            exchange.coding,
        )
        kept = self.context.cache.get(key)
        if kept is not None:
            exchange.record.release = release.id
            await self._kept(exchange, kept)
            return
        asked = await self.read(scope, headers, body)
        if asked is not None and asked.query is not None:
            text.append(asked.query)
            exchange.record.query = hashlib.sha256(asked.query.encode()).hexdigest()[:16]
        if asked is not None and asked.release is not None:
            release = await self.context.engine.release(asked.release)
        exchange.record.release = release.id
        if asked is None:
            await self._other(exchange, release)
            return
        await self._asked(exchange, release, asked, key)

    async def _asked(self, exchange: _Exchange, release: Release, asked: Asked, key: tuple[object, ...]) -> None:
        tag_of = _Tag(release, asked, exchange.coding)
        header = exchange.if_none_match
        if header is not None and header != "*":
            tag = tag_of.expected(exchange.accept)
            if tag is not None and matches(header, tag):
                await self._not_modified(exchange, tag)
                return
        client = exchange.scope.get("client")
        request = EngineRequest(
            release=release,
            client=client[0] if client else "",
            query=asked.query,
            graph=asked.graph,
            dataset=asked.dataset,
            accept=exchange.accept,
            format=asked.format,
            coding=exchange.coding,
            seconds=asked.seconds,
        )

        def used(seconds: float) -> None:
            exchange.record.worker = round(exchange.record.worker + seconds, 6)

        async with self.context.engine.answer(request, exchange.gone, used) as answer:
            exchange.record.format = answer.head.format
            answered = self._headers(release, answer)
            tag = None if answer.head.volatile else tag_of.of(answer.head.format)
            if tag is not None:
                answered["ETag"] = tag
            if header == "*":  # any answer is one that the client has, as long as there is one
                await self._not_modified(exchange, tag)
                return
            whole = answer.whole
            if whole is None:
                await self._stream(exchange, answer, answered)
                return
            answered["Content-Length"] = str(len(whole))
            kept = KeptAnswer(tuple(raw(answered)), whole, (tag or "").encode())
            # An older release may be pruned, and is gone from then on: its answers are not kept.
            if tag is not None and asked.release is None:
                self.context.cache.keep(key, kept)
            if tag is not None and header is not None and header.strip() != "*" and matches(header, tag):
                await self._not_modified(exchange, tag)
            else:
                await self._send_whole(exchange, kept, "ok")

    def _headers(self, release: Release, answer: EngineAnswer) -> dict[str, str]:
        headers = {
            "Content-Type": answer.head.content_type,
            "Vary": "Accept, Accept-Encoding",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store" if answer.head.volatile else "no-cache",
            "Crossings-Release": release.id,
            **CORS,
        }
        if answer.head.coding is not None:
            headers["Content-Encoding"] = answer.head.coding
        if answer.head.format in _ATTACHED:
            headers["Content-Disposition"] = f'attachment; filename="crossings.{answer.head.format}"'
        if answer.hint is not None:
            headers["Crossings-Hint"] = answer.hint.encode("ascii", "backslashreplace").decode()
        return headers

    async def _send_whole(self, exchange: _Exchange, kept: KeptAnswer, outcome: str) -> None:
        exchange.record.outcome = outcome
        await exchange.start(200, list(kept.headers))
        await exchange.body(b"" if exchange.bodiless else kept.body)

    async def _kept(self, exchange: _Exchange, kept: KeptAnswer) -> None:
        if matches(exchange.if_none_match, kept.etag.decode()):
            await self._not_modified(exchange, kept.etag.decode())
        else:
            await self._send_whole(exchange, kept, "cached")

    async def _not_modified(self, exchange: _Exchange, tag: str | None) -> None:
        exchange.record.outcome = "not-modified"
        headers = {"Vary": "Accept, Accept-Encoding", "Cache-Control": "no-cache", **CORS}
        if tag is not None:
            headers["ETag"] = tag
        await exchange.start(304, raw(headers))
        await exchange.body(b"")

    async def _stream(self, exchange: _Exchange, answer: EngineAnswer, headers: dict[str, str]) -> None:
        """Send an answer as it comes; should it break off, the connection breaks."""
        exchange.record.outcome = "ok"
        await exchange.start(200, raw(headers))
        if exchange.bodiless:
            await exchange.body(b"")
            return
        leaving = asyncio.ensure_future(exchange.gone())
        try:
            async for chunk in answer.spool.chunks():
                if leaving.done():
                    exchange.record.outcome = _CLIENT_GONE
                    return
                await exchange.body(chunk, more=True)
            await exchange.body(b"")
        except Problem as problem:
            exchange.record.outcome = problem.name
            raise BrokenAnswerError(problem.detail) from problem
        finally:
            leaving.cancel()

    async def _problem(self, exchange: _Exchange, problem: Problem) -> None:
        exchange.record.outcome = problem.name
        if exchange.started:
            raise BrokenAnswerError(problem.detail) from problem
        response = problem_response(problem, exchange.accept)
        exchange.record.sent += len(response.body)
        await exchange.start(response.status_code, list(response.raw_headers))
        await exchange.body(b"" if exchange.bodiless else bytes(response.body))

    async def _other(self, exchange: _Exchange, release: Release) -> None:
        headers, body = await self.other(exchange.scope, exchange.headers, release)
        exchange.record.outcome = "ok"
        everyone = {
            "Vary": "Accept, Accept-Encoding",
            "X-Content-Type-Options": "nosniff",
            "Crossings-Release": release.id,
            "Content-Length": str(len(body)),
            **CORS,
        }
        await exchange.start(200, raw({**everyone, **headers}))
        await exchange.body(b"" if exchange.bodiless else body)

    async def _options(self, exchange: _Exchange) -> None:
        exchange.record.outcome = "ok"
        allowed = ", ".join(self.methods)
        headers = {
            "Allow": allowed,
            "Access-Control-Allow-Methods": allowed,
            **PREFLIGHT,
            **CORS,
            **self.options,
        }
        await exchange.start(204, raw(headers))
        await exchange.body(b"")

    async def _body(self, exchange: _Exchange) -> bytes:
        most = self.context.limits.request_bytes
        body = bytearray()
        stated = exchange.headers.get("content-length", "0")
        if stated.isdecimal() and int(stated) > most:  # it need not come first
            raise Problem("too-large", f"the body is longer than {most} bytes", headers={"Connection": "close"})
        try:
            async with asyncio.timeout(self.context.limits.idle_client):
                while True:
                    received: Message = await exchange.receive()
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
            wait = f"{self.context.limits.idle_client:g}"
            detail = f"the body did not come within {wait} seconds"
            raise Problem("too-slow", detail, headers={"Connection": "close"}) from error


@dataclass(frozen=True)
class _Tag:
    """The entity tag of an answer: of the release, what was asked, and how it is written."""

    release: Release
    asked: Asked
    coding: str | None

    def of(self, format: str) -> str:
        asked = self.asked
        what = asked.query if asked.query is not None else f"graph {asked.graph}"
        return entity_tag(self.release.id, what, asked.dataset, format, self.coding)

    def expected(self, accept: str | None) -> str | None:
        """The tag that the answer would have, if it can be told without asking."""
        if self.asked.query is None:
            return self.of(chosen_format("graph", accept, self.asked.format).name)
        if len(self.asked.query) > _SOON_READ:
            return None
        text = QueryText(self.asked.query)
        if text.form is None or text.volatile:
            return None
        return self.of(chosen_format(text.kind, accept, self.asked.format).name)


def _short(content: bytes) -> bytes:
    return content if len(content) <= _LONG_KEY else hashlib.blake2b(content, digest_size=32).digest()
