"""The tool `sparql`: a query of the assistant's own."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from server.mcp.call import Call
from server.mcp.table import DEFAULT_ROWS, MaxRows, Table, as_text, table_of
from server.mcp.tool import Arguments, ReleaseId, Tool

__all__ = ["SPARQL"]


_NARROWED = "select fewer columns, narrow the query, or page with ORDER BY, LIMIT, OFFSET"


class Query(Arguments, frozen=True, kw_only=True):
    """A query."""

    query: Annotated[
        str, Meta(min_length=1, description="SPARQL 1.1 SELECT, ASK, CONSTRUCT or DESCRIBE; `schema` lists prefixes.")
    ]
    max_rows: MaxRows = DEFAULT_ROWS
    timeout: Annotated[
        Annotated[float, Meta(gt=0)] | None, Meta(description="Seconds to wait at most, if not the server's limit.")
    ] = None
    release: ReleaseId = None


async def _run(call: Call, asked: Query) -> Table:
    release = await call.release(asked.release)
    return await table_of(call, asked.query, release, asked.max_rows, narrowed=_NARROWED, seconds=asked.timeout)


SPARQL = Tool(
    name="sparql",
    title="Ask a SPARQL query",
    description=(
        "Run a read-only SPARQL 1.1 query over the graph and get a table. The project's prefixes are declared. "
        "Values that are held to be so are in the default graph; claims with their evidence are in GRAPH ?g. "
        "Call schema first. An error names line and column. SERVICE and updates are refused."
    ),
    arguments=Query,
    answer=Table,
    run=_run,
    text=as_text,
    examples=(
        {"query": "SELECT ?incident ?label { ?incident a cx:Incident ; skos:prefLabel ?label }", "max_rows": 20},
        {"query": "ASK { ?conflict a cx:Conflict }"},
    ),
)
