"""The way of pages to a client: kept while their release is served, compressed, counted and logged."""

from __future__ import annotations

from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.errors import CrossingsError
from server.cache import KeptAnswer
from server.codings import compressor
from server.context import Context
from server.exchange import Exchange
from server.replies import matches, raw

__all__ = ["PageAnswers"]

#: A page shorter than this is not worth compressing, in bytes.
_COMPRESSED = 1_000
#: What is compressed; everything else is so already, or too rare.
_TEXTS = (
    "text/",
    "application/json",
    "application/ld+json",
    "application/rdf+xml",
    "application/rdf-patch",
    "application/n-",
    "image/svg+xml",
)
#: The pages of which releases are kept, which changes while the one that is served stays.
_OF_RELEASES = "/releases"


class PageAnswers:
    """Stands before the framework, which makes the pages.

    A page that has an entity tag may be sent again as long as its release is served: its address, and what the client
    takes, are the key.

    Args:
        framework: Makes the pages.
        context: With the cache, the metrics and the log.
    """

    def __init__(self, framework: ASGIApp, context: Context) -> None:
        self._framework = framework
        self._context = context

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        async with self._context.exchange("pages", scope, receive, send) as exchange:
            await self._answer(exchange)

    async def _answer(self, exchange: Exchange) -> None:
        key = await self._key(exchange)
        kept = self._context.cache.get(key) if key is not None else None
        if kept is None:
            answer = _Gathered()
            await self._framework(exchange.scope, exchange.receive, answer.send)
            kept = answer.finished(exchange.coding)
            exchange.record.outcome = "ok" if answer.status < 400 else "problem"
            if answer.status != 200 or not kept.etag:
                await self._send(exchange, answer.status, kept)
                return
            if key is not None:
                self._context.cache.keep(key, kept)
        else:
            exchange.record.outcome = "cached"
        if matches(exchange.if_none_match, kept.etag.decode()):
            exchange.record.outcome = "not-modified"
            dropped = (b"content-length", b"content-type", b"content-encoding")
            await exchange.start(304, [(name, value) for name, value in kept.headers if name not in dropped])
            await exchange.body(b"")
            return
        await self._send(exchange, 200, kept)

    async def _key(self, exchange: Exchange) -> tuple[object, ...] | None:
        """By what an answer is kept, or None for one that must not be: of an older release, which may be pruned."""
        if exchange.scope["method"] not in ("GET", "HEAD") or b"release=" in exchange.scope["query_string"]:
            return None
        if exchange.scope["path"].startswith(_OF_RELEASES):
            return None
        try:
            release = await self._context.engine.release(None)
        except CrossingsError:  # whoever needs a release will say so; `/health` tells of it
            return None
        return ("page", *exchange.key(release.revision, b""), exchange.headers.get("host"))

    async def _send(self, exchange: Exchange, status: int, kept: KeptAnswer) -> None:
        await exchange.start(status, list(kept.headers))
        await exchange.body(b"" if exchange.bodiless else kept.body)


class _Gathered:
    """An answer of the framework, whole."""

    def __init__(self) -> None:
        self.status = 500
        self._headers: list[tuple[bytes, bytes]] = []
        self._body = bytearray()

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self._headers = list(message["headers"])
        elif message["type"] == "http.response.body":
            self._body += message.get("body", b"")

    def finished(self, coding: str | None) -> KeptAnswer:
        """The answer, compressed if the client takes that and it is long enough."""
        headers = MutableHeaders(raw=self._headers)
        body = bytes(self._body)
        kind = headers.get("content-type", "")
        packed = "content-encoding" in headers
        if coding is not None and not packed and len(body) >= _COMPRESSED and kind.startswith(_TEXTS):
            packer: Any = compressor(coding)
            body = packer.compress(body) + packer.flush()
            headers["content-encoding"] = coding
            headers["content-length"] = str(len(body))
            if "etag" in headers:
                # Another coding is another representation (RFC 9110, section 8.8.3).
                headers["etag"] = f'{headers["etag"][:-1]}-{coding}"'
        return KeptAnswer(tuple(raw(dict(headers))), body, headers.get("etag", "").encode("latin-1"))
