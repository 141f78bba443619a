"""The tools and resources as a server of the SDK, whatever the transport; this module imports the SDK."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from importlib.metadata import version
from typing import Any, TypeVar

from mcp.server.lowlevel import Server
from mcp.shared.exceptions import MCPError
from mcp_types import (
    INTERNAL_ERROR,
    INVALID_PARAMS,
    CallToolRequestParams,
    CallToolResult,
    ListResourcesResult,
    ListResourceTemplatesResult,
    ListToolsResult,
    PaginatedRequestParams,
    ReadResourceRequestParams,
    ReadResourceResult,
    TextContent,
    TextResourceContents,
    ToolAnnotations,
)
from mcp_types import Resource as SdkResource
from mcp_types import ResourceTemplate as SdkTemplate
from mcp_types import Tool as SdkTool

from kg.errors import CrossingsError
from server.mcp.call import Call, Caller, Ground
from server.mcp.errors import told
from server.mcp.instructions import INSTRUCTIONS
from server.mcp.resources import ENTITY_TEMPLATE, RESOURCES, read_resource
from server.mcp.tool import Tool, schema_of
from server.mcp.tools import TOOLS
from server.problems import Problem, problem_of
from server.workers.engine import ClientGoneError

__all__ = ["CALLER", "server_for"]

_log = logging.getLogger("crossings.server")
#: Where the HTTP transport leaves who calls, in the scope of the request.
CALLER = "crossings.caller"
_OURS = Problem("server-error", "an error of ours, which was logged")
_T = TypeVar("_T")


def server_for(ground: Ground) -> Server[Any]:
    """The server of the SDK over a graph.

    Args:
        ground: The engine that answers, and the limits.
    """
    listed = ListToolsResult(tools=[_described(tool) for tool in TOOLS.values()])

    async def list_tools(_context: Any, _params: PaginatedRequestParams | None) -> ListToolsResult:
        return listed

    async def call_tool(context: Any, params: CallToolRequestParams) -> CallToolResult:
        tool = TOOLS.get(params.name)
        if tool is None:
            detail = f"there is no tool '{params.name[:60]}': there are {', '.join(TOOLS)}"
            raise MCPError(INVALID_PARAMS, detail)
        caller = _caller(context)
        try:
            answer, text = await _answered(caller, lambda: tool(Call(ground, caller), params.arguments or {}))
        except Problem as problem:
            words, document = told(problem)
            content = [TextContent(type="text", text=words)]
            return CallToolResult(content=list(content), structured_content=document, is_error=True)
        return CallToolResult(content=[TextContent(type="text", text=text)], structured_content=answer)

    async def list_resources(_context: Any, _params: PaginatedRequestParams | None) -> ListResourcesResult:
        return ListResourcesResult(
            resources=[
                SdkResource(uri=each.uri, name=each.name, description=each.description, mime_type=each.media_type)
                for each in RESOURCES.values()
            ]
        )

    async def list_templates(_context: Any, _params: PaginatedRequestParams | None) -> ListResourceTemplatesResult:
        template = SdkTemplate(
            uri_template=ENTITY_TEMPLATE,
            name="entity",
            description="The data of one entity, by its IRI or CLASS/NAME, with its claims and evidence.",
            mime_type="text/turtle",
        )
        return ListResourceTemplatesResult(resource_templates=[template])

    async def read(context: Any, params: ReadResourceRequestParams) -> ReadResourceResult:
        caller = _caller(context)
        try:
            text, kind = await _answered(caller, lambda: read_resource(Call(ground, caller), str(params.uri)))
        except Problem as problem:
            words, document = told(problem)
            code = INVALID_PARAMS if problem.kind.status < 500 else INTERNAL_ERROR
            raise MCPError(code, words, document) from problem
        return ReadResourceResult(contents=[TextResourceContents(uri=str(params.uri), mime_type=kind, text=text)])

    server: Server[Any] = Server(
        "crossings",
        version=version("crossings"),
        title="Crossings",
        instructions=INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
        on_list_resources=list_resources,
        on_list_resource_templates=list_templates,
        on_read_resource=read,
    )
    # What it says of each request, a stranger could fill the log with; ours has every request.
    logging.getLogger("mcp").setLevel(logging.ERROR)
    # Spans for a tracer that nobody has set up.
    server.middleware.clear()
    return server


def _caller(context: Any) -> Caller:
    """Who calls: whom the HTTP transport names, else the one client of this process."""
    scope = getattr(context.request, "scope", {})
    found = scope.get(CALLER)
    return found if isinstance(found, Caller) else Caller()


async def _answered(caller: Caller, asked: Callable[[], Awaitable[_T]]) -> _T:
    """What a call answers; whatever goes wrong is a problem.

    Raises:
        Problem: There is no answer.
    """
    try:
        return await asked()
    except Problem as problem:
        caller.outcome = problem.name
        raise
    except ClientGoneError as error:
        caller.outcome = "client-gone"
        raise Problem("overloaded", "the client has gone") from error
    except CrossingsError as error:
        known = problem_of(error)
        caller.outcome = known.name
        raise known from error
    except Exception as error:
        # Whoever asks learns nothing of our insides.
        _log.exception("a call of an assistant failed")
        caller.outcome = _OURS.name
        raise _OURS from error


def _described(tool: Tool[Any, Any]) -> SdkTool:
    return SdkTool(
        name=tool.name,
        title=tool.title,
        description=tool.description,
        input_schema={**schema_of(tool.arguments), "examples": [dict(each) for each in tool.examples]},
        output_schema=schema_of(tool.answer),
        annotations=ToolAnnotations(
            title=tool.title, read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
        ),
    )
