"""What the endpoints share: a request is read, answered from what is kept or by a worker, sent, counted and logged."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Mapping
from types import MappingProxyType

from starlette.datastructures import Headers
from starlette.types import Receive, Scope, Send

from kg.formats import formats_for
from kg.release import Release
from server.asked import AnswerTag, Asked
from server.budget import peer_of
from server.cache import KeptAnswer
from server.context import Context
from server.exchange import BrokenAnswerError, Exchange
from server.problems import Problem
from server.replies import CORS, PREFLIGHT, address_of, hint_header, matches, raw, revision_headers
from server.workers.engine import EngineAnswer, EngineRequest

__all__ = ["Answering"]

#: The formats that a browser is to save, with the ending of the file.
_ATTACHED = {
    format.name: format.extension for format in formats_for("results") if format.binary or format.name in ("csv", "tsv")
}


class Answering(ABC):
    """An ASGI application that answers queries or graphs; what is asked is read by a subclass.

    Args:
        context: What it works with.
    """

    #: The name in metrics and logs.
    name = ""
    #: The methods that are taken, and what OPTIONS says of them.
    methods: tuple[str, ...] = ("GET", "HEAD", "OPTIONS")
    #: Those of them that write.
    writes: tuple[str, ...] = ()
    #: Further headers of the answer to OPTIONS.
    options: Mapping[str, str] = MappingProxyType({})

    def __init__(self, context: Context) -> None:
        self.context = context

    @property
    def taken(self) -> tuple[str, ...]:
        """The methods that are taken now."""
        return self.methods

    @abstractmethod
    async def read(self, scope: Scope, headers: Headers, body: bytes) -> Asked | None:
        """What a request asks for, or None where it is answered otherwise, by `other`.

        Raises:
            Problem: It cannot be read.
        """

    async def write(self, exchange: Exchange) -> None:
        """Answer a request that writes.

        Raises:
            Problem: Nothing was changed, or nobody knows.
        """
        raise Problem("writes-off", "writes are not taken here")

    async def other(self, scope: Scope, headers: Headers, release: Release) -> tuple[dict[str, str], bytes]:
        """The answer, headers and body, to a request that asks for no query; of the release unless it names another.

        Raises:
            Problem: There is none.
        """
        raise Problem("not-found", f"{scope['path']} has no answer to that")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, be it with a problem.

        Raises:
            BrokenAnswerError: The answer broke off on its way.
        """
        async with self.context.exchange(self.name, scope, receive, send) as exchange:
            await self._answer(exchange)

    async def _answer(self, exchange: Exchange) -> None:
        scope, headers = exchange.scope, exchange.headers
        method = scope["method"]
        if method not in self.taken:
            allowed = ", ".join(self.taken)
            detail = f"{method} is not taken here: use {allowed}"
            raise Problem("method-not-allowed", detail, headers={"Allow": allowed})
        if method == "OPTIONS":
            await self._options(exchange)
            return
        if method in self.writes:
            await self.write(exchange)
            return
        body = b"" if method in ("GET", "HEAD") else await exchange.read_body(self.context.limits)
        release = await self.context.engine.release(None)
        # Relative IRIs of a plain store are relative to the address under which it is asked.
        base = address_of(scope) if self.context.plain else None
        key = exchange.key(release.revision if base is None else f"{release.revision} {base}", body)
        kept = self.context.cache.get(key)
        if kept is not None:
            exchange.record.release = release.revision
            await self._kept(exchange, kept)
            return
        asked = await self.read(scope, headers, body)
        if asked is not None and asked.query is not None:
            exchange.asks(asked.query)
        if asked is not None and asked.release is not None:
            release = await self.context.engine.release(asked.release)
        exchange.record.release = release.revision
        if asked is None:
            await self._other(exchange, release)
            return
        await self._asked(exchange, release, asked, key, base)

    async def _asked(
        self, exchange: Exchange, release: Release, asked: Asked, key: tuple[object, ...], base: str | None
    ) -> None:
        tag_of = AnswerTag(release, asked, exchange.coding, base)
        header = exchange.if_none_match
        if header is not None and header != "*":
            tag = tag_of.expected(exchange.accept)
            if tag is not None and matches(header, tag):
                await self._not_modified(exchange, tag)
                return
        request = EngineRequest(
            release=release,
            client=peer_of(exchange.scope),
            query=asked.query,
            graph=asked.graph,
            document=asked.document,
            dataset=asked.dataset,
            accept=exchange.accept,
            format=asked.format,
            coding=exchange.coding,
            base=base,
            seconds=asked.seconds,
        )

        def used(seconds: float) -> None:
            exchange.record.worker += seconds

        async with self.context.engine.answer(request, exchange.gone, used) as answer:
            exchange.record.format = answer.head.format
            answered = {**self._headers(release, answer), **asked.headers}
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
            **revision_headers(release),
            **hint_header(answer.hint),
            **CORS,
        }
        if answer.head.coding is not None:
            headers["Content-Encoding"] = answer.head.coding
        if answer.head.format in _ATTACHED:
            headers["Content-Disposition"] = f'attachment; filename="crossings.{_ATTACHED[answer.head.format]}"'
        return headers

    async def _send_whole(self, exchange: Exchange, kept: KeptAnswer, outcome: str) -> None:
        exchange.record.outcome = outcome
        await exchange.start(200, list(kept.headers))
        await exchange.body(b"" if exchange.bodiless else kept.body)

    async def _kept(self, exchange: Exchange, kept: KeptAnswer) -> None:
        if matches(exchange.if_none_match, kept.etag.decode()):
            await self._not_modified(exchange, kept.etag.decode())
        else:
            await self._send_whole(exchange, kept, "cached")

    async def _not_modified(self, exchange: Exchange, tag: str | None) -> None:
        exchange.record.outcome = "not-modified"
        headers = {"Vary": "Accept, Accept-Encoding", "Cache-Control": "no-cache", **CORS}
        if tag is not None:
            headers["ETag"] = tag
        await exchange.start(304, raw(headers))
        await exchange.body(b"")

    async def _stream(self, exchange: Exchange, answer: EngineAnswer, headers: dict[str, str]) -> None:
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
                    exchange.left()
                    return
                await exchange.body(chunk, more=True)
            await exchange.body(b"")
        except Problem as problem:
            exchange.record.outcome = problem.name
            raise BrokenAnswerError(problem.detail) from problem
        finally:
            leaving.cancel()

    async def _other(self, exchange: Exchange, release: Release) -> None:
        headers, body = await self.other(exchange.scope, exchange.headers, release)
        exchange.record.outcome = "ok"
        everyone = {
            "Vary": "Accept, Accept-Encoding",
            "X-Content-Type-Options": "nosniff",
            **revision_headers(release),
            "Content-Length": str(len(body)),
            **CORS,
        }
        await exchange.start(200, raw({**everyone, **headers}))
        await exchange.body(b"" if exchange.bodiless else body)

    async def _options(self, exchange: Exchange) -> None:
        exchange.record.outcome = "ok"
        allowed = ", ".join(self.taken)
        headers = {
            "Allow": allowed,
            "Access-Control-Allow-Methods": allowed,
            **PREFLIGHT,
            **CORS,
            **self.options,
        }
        await exchange.start(204, raw(headers))
        await exchange.body(b"")
