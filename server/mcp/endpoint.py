"""`/mcp`: Streamable HTTP, one POST a message, each answered with JSON; no session is kept.

The SDK is imported when somebody asks first: a server whom nobody asks by this protocol does not pay for it.
"""

from __future__ import annotations

import asyncio
import importlib
from typing import Any

from anyio import to_thread
from starlette.types import Message, Receive, Scope, Send

from server.budget import peer_of
from server.context import Context
from server.exchange import CLIENT_GONE, Exchange
from server.mcp.call import Caller, Ground
from server.mcp.messages import MessageError, check_message
from server.mcp.origins import Origins
from server.problems import Problem
from server.replies import CORS, raw

__all__ = ["McpEndpoint"]

_JSON = "application/json"
_GUARDED = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}
_METHODS = "POST, OPTIONS"
_PREFLIGHT = {
    "Access-Control-Allow-Methods": _METHODS,
    "Access-Control-Allow-Headers": "Accept, Content-Type, MCP-Protocol-Version, MCP-Method, MCP-Name, MCP-Session-Id",
    "Access-Control-Max-Age": "86400",
}


class McpEndpoint:
    """The ASGI application at `/mcp`.

    Args:
        context: What the endpoints work with.
        origins: Who may ask.
    """

    name = "mcp"

    def __init__(self, context: Context, origins: Origins) -> None:
        self._context = context
        self._origins = origins
        self._ground = Ground(context.engine, context.limits)
        self._manager: Any = None
        self._starting = asyncio.Lock()
        self._serving: asyncio.Task[None] | None = None
        self._closed = asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, be it with a problem."""
        async with self._context.exchange(self.name, scope, receive, send) as exchange:
            caller = Caller(peer_of(scope))
            try:
                await self._answer(exchange, caller)
            finally:
                exchange.record.outcome = caller.outcome
                exchange.record.release = caller.release
                exchange.record.worker = caller.worker
                if caller.query is not None:
                    exchange.asks(caller.query)

    async def close(self) -> None:
        """End what is served."""
        self._closed.set()
        if self._serving is not None:
            await self._serving

    async def _answer(self, exchange: Exchange, caller: Caller) -> None:
        headers = exchange.headers
        self._origins.check(headers.get("host"), headers.get("origin"))
        method = exchange.scope["method"]
        if method == "OPTIONS":
            await exchange.start(204, raw({"Allow": _METHODS, **_PREFLIGHT, **self._cors(exchange)}))
            await exchange.body(b"")
            return
        if method != "POST":
            # There is no stream of the server's own to GET and no session to DELETE; the protocol has 405 for both.
            raise Problem("method-not-allowed", f"{method} is not taken here: use POST", headers={"Allow": _METHODS})
        if (exchange.content_type or "").partition(";")[0].strip().lower() != _JSON:
            raise Problem("unsupported-media-type", f"/mcp takes one message of JSON-RPC 2.0: send it as {_JSON}")
        body = await exchange.read_body(self._context.limits)
        try:
            check_message(body)
        except MessageError as error:
            caller.outcome = "malformed-request"
            head = {
                "Content-Type": _JSON,
                "Content-Length": str(len(error.content)),
                **_GUARDED,
                **self._cors(exchange),
            }
            await exchange.start(400, raw(head))
            await exchange.body(error.content)
            return
        manager = await self._started()
        left = asyncio.Event()

        async def watch() -> None:
            await exchange.gone()
            left.set()

        async def gone() -> None:
            await left.wait()

        caller.gone = gone
        from server.mcp.protocol import CALLER

        pending: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

        async def receive() -> Message:
            if pending:
                return pending.pop()
            await left.wait()
            return {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            if message["type"] == "http.response.start":
                cors = raw({**self._cors(exchange), **_GUARDED})
                fixed = {name for name, _value in cors}
                kept = [(name, value) for name, value in message["headers"] if name.lower() not in fixed]
                await exchange.start(message["status"], [*kept, *cors])
                if message["status"] >= 400 and caller.outcome == "ok":
                    caller.outcome = "malformed-request"
            else:
                await exchange.body(message.get("body", b""), more=message.get("more_body", False))

        watching = asyncio.ensure_future(watch())
        try:
            await manager.handle_request({**exchange.scope, CALLER: caller}, receive, send)
        finally:
            watching.cancel()
            if left.is_set() and not exchange.started:
                caller.outcome = CLIENT_GONE

    async def _started(self) -> Any:
        """What knows the protocol, begun at the first request."""
        if self._manager is None:
            async with self._starting:
                if self._manager is None:
                    protocol = await to_thread.run_sync(importlib.import_module, "server.mcp.protocol")
                    manager = importlib.import_module("mcp.server.streamable_http_manager")
                    made = manager.StreamableHTTPSessionManager(
                        protocol.server_for(self._ground),
                        json_response=True,
                        stateless=True,
                        max_request_body_size=self._context.limits.request_bytes,
                    )
                    ready = asyncio.Event()
                    self._serving = asyncio.ensure_future(self._serve(made, ready))
                    await ready.wait()
                    self._manager = made
        return self._manager

    async def _serve(self, manager: Any, ready: asyncio.Event) -> None:
        # Its tasks end in the task that began them.
        async with manager.run():
            ready.set()
            await self._closed.wait()

    def _cors(self, exchange: Exchange) -> dict[str, str]:
        """What lets a page of an allowed origin read the answer; of any other none came here."""
        origin = exchange.headers.get("origin")
        return {} if origin is None else {**CORS, "Access-Control-Allow-Origin": origin, "Vary": "Origin"}
