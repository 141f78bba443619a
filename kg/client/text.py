"""Rows as a table of plain text, for a prompt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.client.values import IRI, Value

__all__ = ["shown", "table_text"]

#: How many rows and how many characters of a cell are shown.
_ROWS, _WIDTH = 20, 40


def shown(value: Value) -> str:
    """A value as people read it: of an IRI its label, else its prefixed name; nothing of what is unbound."""
    if value is None:
        return ""
    if isinstance(value, IRI):
        return value.label or value.curie
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _cell(value: Value) -> str:
    text = "".join(mark if mark.isprintable() else " " for mark in shown(value))
    return text if len(text) <= _WIDTH else f"{text[: _WIDTH - 1]}…"


def table_text(columns: Sequence[str], rows: Sequence[Iterable[Value]]) -> str:
    """The first rows below their columns, and how many there are.

    >>> print(table_text(["n", "t"], [(1, "one"), (None, "two\\nlines")]))
    n  t
    1  one
       two lines
    2 rows
    """
    cells = [list(columns), *([_cell(value) for value in row] for row in rows[:_ROWS])]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in cells]
    count = f"{len(rows)} row{'' if len(rows) == 1 else 's'}"
    return "\n".join([*lines, count + (f", {_ROWS} of them shown" if len(rows) > _ROWS else "")])
