"""The answer of a query as a table that is short enough for an assistant."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Literal

from msgspec import Meta

from kg.plural import plural
from kg.release import Release
from server.first_rows import first_rows
from server.mcp.call import Call
from server.mcp.terms import written
from server.mcp.tool import Answer
from server.workers.engine import EngineRequest

__all__ = ["MaxRows", "Table", "as_text", "table_of"]

#: How many rows an answer has where no number is asked for.
DEFAULT_ROWS = 100

MaxRows = Annotated[
    int, Meta(ge=1, description="Rows to give at most; the server has a limit of its own. `truncated` tells the rest.")
]


class Table(Answer, frozen=True, kw_only=True):
    """The answer of a query."""

    kind: Annotated[
        Literal["solutions", "triples", "boolean"], Meta(description="Of SELECT; of CONSTRUCT or DESCRIBE; of ASK.")
    ]
    columns: Annotated[list[str], Meta(description="The variables, in their order.")]
    rows: Annotated[
        list[list[str | None]],
        Meta(description="Cells are terms as SPARQL writes them, or null where a variable is not bound."),
    ]
    truth: Annotated[bool | None, Meta(description="The answer of ASK.")] = None
    truncated: Annotated[bool, Meta(description="Whether there are further rows, which are not given.")] = False
    notes: Annotated[list[str], Meta(description="What to know of this answer.")]
    seconds: Annotated[float, Meta(description="How long it took.")] = 0.0


async def table_of(
    call: Call, query: str, release: Release, max_rows: int, *, narrowed: str, seconds: float | None = None
) -> Table:
    """Ask a query.

    Args:
        call: Who asks.
        query: Its text.
        release: What is asked.
        max_rows: How many rows are wanted.
        narrowed: What to do for fewer rows, as the tool that is called allows it: `narrow the query`.
        seconds: How long it may take.

    Raises:
        Problem: There is no answer.
        ClientGoneError: The client has gone away first.
    """
    limits = call.ground.limits
    call.caller.query = query
    request = EngineRequest(release=release, client=call.caller.client, query=query, seconds=seconds)
    most = min(max_rows, limits.tool_rows)
    found = await first_rows(call.ground.engine, request, most, call.caller.gone, call.caller.used)
    rows, cut = _within([[written(cell) for cell in row] for row in found.rows], limits.tool_characters)
    notes: list[str] = []
    if cut:
        notes.append(f"Rows are left out beyond {limits.tool_characters} characters: {narrowed}.")
    elif found.more:
        raised = f"raise max_rows, to {limits.tool_rows} at most, or " if most < limits.tool_rows else ""
        notes.append(f"Rows behind the first {len(rows)} are left out: {raised}{narrowed}.")
    if max_rows > limits.tool_rows:
        notes.append(f"This server gives {limits.tool_rows} rows at most.")
    if found.hint:
        notes.append(found.hint)
    kind: Literal["solutions", "triples", "boolean"] = "solutions"
    if found.truth is not None:
        kind = "boolean"
    elif found.triples:
        kind = "triples"
    return Table(
        release=release.id,
        revision=release.revision,
        kind=kind,
        columns=list(found.variables),
        rows=rows,
        truth=found.truth,
        truncated=cut or found.more,
        notes=notes,
        seconds=round(found.seconds, 3),
    )


def _within(rows: list[list[str | None]], most: int) -> tuple[list[list[str | None]], bool]:
    """The first rows that are together not longer than so many characters, and whether others were left out."""
    length = 0
    for number, row in enumerate(rows):
        length += sum(len(cell or "") + 4 for cell in row)
        if length > most:
            return rows[:number], True
    return rows, False


def as_text(table: Table, more: Callable[[Table], str] | None = None) -> str:
    """A table with a tab between cells and a line a row."""
    lines = [more(table)] if more is not None else []
    if table.truth is not None:
        lines.append("true" if table.truth else "false")
    else:
        lines.append("\t".join(table.columns))
        lines += ["\t".join(cell or "" for cell in row) for row in table.rows]
        lines.append(f"{plural(len(table.rows), 'row')}{', and more are left out' if table.truncated else ''}.")
    return "\n".join([*lines, *table.notes, f"Release {table.revision}."])
