"""The tools, in the order in which an assistant sees them."""

from __future__ import annotations

from typing import Any

from server.mcp.entity import ENTITY
from server.mcp.library import ASK, LIST
from server.mcp.schema import SCHEMA
from server.mcp.search import SEARCH
from server.mcp.sparql import SPARQL
from server.mcp.tool import Tool
from server.mcp.validate import VALIDATE

__all__ = ["TOOLS"]

TOOLS: dict[str, Tool[Any, Any]] = {tool.name: tool for tool in (SCHEMA, LIST, ASK, SEARCH, ENTITY, SPARQL, VALIDATE)}
