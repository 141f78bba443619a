"""An assistant for the tests: the SDK's own client, on stdio or over HTTP, asked by tests that do not wait."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from anyio.from_thread import BlockingPortal, start_blocking_portal
from mcp import Client
from mcp.client.stdio import StdioServerParameters
from mcp_types import CallToolResult, TextContent

from tests.server.serving import alone, environment

__all__ = ["COMMAND", "Assistant", "connected", "stdio"]

_T = TypeVar("_T")

#: How a process runs `kg mcp`.
COMMAND = alone("server.mcp.command", "mcp")


def stdio(home: Path, *options: str) -> StdioServerParameters:
    """How the client starts the command."""
    arguments = [*COMMAND[1:], "--home", str(home), *options]
    return StdioServerParameters(command=COMMAND[0], args=arguments, env=environment())


class Assistant:
    """A connected client."""

    def __init__(self, portal: BlockingPortal, client: Client) -> None:
        self._portal = portal
        self.client = client

    def run(self, asked: Callable[[], Awaitable[_T]]) -> _T:
        """What a coroutine of the client's loop gives."""
        return self._portal.call(asked)

    def call(self, name: str, /, **arguments: Any) -> CallToolResult:
        """Call a tool; the client holds what it answers against the tool's schema."""
        return self.run(lambda: self.client.call_tool(name, arguments))

    def answer(self, name: str, /, **arguments: Any) -> dict[str, Any]:
        """The structured answer of a tool, which must be good."""
        result = self.call(name, **arguments)
        assert not result.is_error, result.content
        assert isinstance(result.structured_content, dict)
        return result.structured_content

    def refused(self, name: str, /, **arguments: Any) -> tuple[str, dict[str, Any]]:
        """The words and the problem of a tool that has no answer."""
        result = self.call(name, **arguments)
        assert result.is_error, result.structured_content
        assert isinstance(result.structured_content, dict)
        return text_of(result), result.structured_content

    def together(self, *calls: tuple[str, dict[str, Any]]) -> list[CallToolResult]:
        """Several calls at the same time, their results in the order of the calls."""

        async def all_of_them() -> list[CallToolResult]:
            return await asyncio.gather(*(self.client.call_tool(name, arguments) for name, arguments in calls))

        return self.run(all_of_them)


def text_of(result: CallToolResult) -> str:
    (content,) = result.content
    assert isinstance(content, TextContent)
    return content.text


@contextmanager
def connected(server: StdioServerParameters | str, mode: str = "auto") -> Iterator[Assistant]:
    """A client that is connected as long as the `with` block lasts.

    Args:
        server: The command, or the address.
        mode: `auto` for the newest protocol, `legacy` for that with a handshake.
    """
    with start_blocking_portal() as portal:
        client = Client(server, mode=mode, read_timeout_seconds=120)
        with portal.wrap_async_context_manager(client):
            yield Assistant(portal, client)
